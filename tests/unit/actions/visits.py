"""Sample people at a kiosk: they lay their card down, say yes to the notice, take a place, hold a slip."""

from __future__ import annotations

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.find_jobs import look_at_job
from kiosk.actions.ports import SlipRecord
from kiosk.actions.recognise import Recognition, recognise
from kiosk.actions.take_place import TakenPlace, take_place
from kiosk.domain.cards import Sex
from kiosk.domain.ids import JobId, SlipNumber
from tests.halls import SampleKiosk
from tools.figures.people import citizen_card


def register(kiosk: SampleKiosk, key: str) -> Recognition:
    """Lay the card of a sample person down and say yes to the notice."""
    met = recognise(kiosk.hall, kiosk.people[key].card)
    register_and_check_in(kiosk.hall, met)
    return recognise(kiosk.hall, kiosk.people[key].card)


def doubled(kiosk: SampleKiosk, met: Recognition, nth: int = 0) -> Recognition:
    """Register the same human with another number, of the same day of birth and the same sex."""
    born = met.card.birth_date
    assert born is not None
    card = citizen_card(born, 501 + 2 * nth + (met.card.sex is Sex.FEMALE))
    register_and_check_in(kiosk.hall, recognise(kiosk.hall, card))
    return recognise(kiosk.hall, card)


def version_of(kiosk: SampleKiosk, job: JobId) -> int:
    """Return the version of a job that the board shows now."""
    looked = look_at_job(kiosk.hall, job, None)
    assert looked is not None
    return looked.line.job.version


def place_of(kiosk: SampleKiosk, key: str = "miao") -> TakenPlace:
    """Let a sample person come and take the place that the sample has for him."""
    job = JobId(str(kiosk.people[key].takes))
    return take_place(kiosk.hall, register(kiosk, key), job, version_of(kiosk, job))


def slip_of(kiosk: SampleKiosk, number: SlipNumber) -> SlipRecord:
    """Return a slip that this kiosk made."""
    with kiosk.hall.store.reading() as records:
        slip = records.slips.by_number(number)
    assert slip is not None
    return slip
