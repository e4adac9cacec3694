"""A line before one job of a sample kiosk: people who are like any other, and an attendant who calls."""

from __future__ import annotations

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.recognise import Recognition, recognise
from kiosk.actions.sign_up import sign_up
from kiosk.domain.ids import JobId, places_of
from kiosk.domain.sign_ups import SignUp
from kiosk.messages.sync import Recall
from tests import answers
from tests.halls import CLERK, SampleKiosk
from tests.unit.actions.visits import version_of
from tools.figures.people import person_card

STAFF = CLERK


def come(kiosk: SampleKiosk, number: int, after_s: float = 30) -> Recognition:
    """Let an invented person come in, half a minute after the one before."""
    kiosk.clock.pass_time(after_s)
    card = person_card(number)
    register_and_check_in(kiosk.hall, recognise(kiosk.hall, card))
    return recognise(kiosk.hall, card)


def talked_over(kiosk: SampleKiosk) -> JobId:
    """Return a job that is talked over, with five places."""
    return JobId(next(job.id for job in kiosk.sample.jobs if job.is_talked_over and job.headcount == 5))


def full_job(kiosk: SampleKiosk) -> JobId:
    """Return a job of instant places, the numbers of which went back from this kiosk: none is left."""
    plain = next(
        job
        for job in kiosk.sample.jobs
        if job.open_places == 0
        and job.is_instant
        and not (job.trip or job.certificates or job.needs_classes or job.is_dangerous)
    )
    with kiosk.hall.store.writing() as records:
        assert records.rights.lowest_free(places_of(JobId(plain.id))) is not None
    kiosk.opened.sync_book.return_surplus(
        answers.life(kiosk.opened), [Recall(quota=places_of(JobId(plain.id)), keep=0)]
    )
    return JobId(plain.id)


def in_line(kiosk: SampleKiosk, met: Recognition, job: JobId) -> SignUp:
    """Let somebody sign up for the job as the board shows it."""
    return sign_up(kiosk.hall, met, job, version_of(kiosk, job))


def line_of(kiosk: SampleKiosk, job: JobId) -> list[str]:
    """Return the numbers of a line in its order."""
    with kiosk.hall.store.reading() as records:
        return [item.queue_number for item in records.sign_ups.line_of(job, kiosk.hall.today())]


def now_of(kiosk: SampleKiosk, item: SignUp) -> SignUp:
    """Return how a sign-up stands by now."""
    with kiosk.hall.store.reading() as records:
        known = records.sign_ups.by_id(item.id)
    assert known is not None
    return known
