"""Put right at the desk what is known of a person: name, sex and birth where no number fixes them, answers.

A number is never put right: whoever has another one is registered with it. Why stands in the audit log, what
it was and is now in the sealed entry alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.actions.check_in import keep_answers
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.cards import CardKind, Sex
from kiosk.domain.duties import Act
from kiosk.domain.eligibility.ages import MINIMUM, least_age
from kiosk.domain.identity import age_on, check_phone, normalise_phone
from kiosk.domain.ids import WorkerId
from kiosk.domain.sentences import Sentence
from kiosk.domain.workers import FirstAnswers, Worker
from kiosk.messages.events import WorkerCorrected

SHORTEST_NAME = 2


def correct_name(hall: Hall, worker: WorkerId, name: str, reason: str, staff: Staff) -> None:
    """Write a name as the person's paper has it. Raises Refused."""
    if len(name.strip()) < SHORTEST_NAME:
        raise Refused(Sentence("actions.correct.name"))
    with hall.store.writing() as records:
        known = _known(records, worker)
        _keep(hall, records, replace(known, name=name.strip()), reason, staff)


def is_fixed_by_number(known: Worker) -> bool:
    """Return whether the number tells sex and day of birth: but for one of fifteen characters."""
    return known.kind is not CardKind.FOREIGN_2017


def correct_sex(hall: Hall, worker: WorkerId, sex: Sex, reason: str, staff: Staff) -> None:
    """Write the sex as the person's paper has it. Raises Refused where the number tells it."""
    with hall.store.writing() as records:
        known = _unfixed(records, worker)
        _keep(hall, records, replace(known, sex=sex), reason, staff)


def births_that_fit(known: Worker) -> tuple[date, ...]:
    """Return the days of birth that a number of fifteen characters leaves open: one a century."""
    year, month, day = (int(known.number[at : at + 2]) for at in (7, 9, 11))
    return tuple(filter(None, (_day(century + year, month, day) for century in (1900, 2000))))


def correct_birth(hall: Hall, worker: WorkerId, born: date, reason: str, staff: Staff) -> None:
    """Write another day of birth that the number leaves open. Raises Refused.

    AGE-01: nobody becomes younger than the least age by a correction; such a person goes no further here.
    """
    with hall.store.writing() as records:
        known = _unfixed(records, worker)
        least = least_age(records.settings.parameters(hall.today()).whole(MINIMUM))
        if born not in births_that_fit(known) or age_on(born, hall.today()) < least:
            raise Refused(Sentence("actions.correct.birth"))
        _keep(hall, records, replace(known, birth_date=born), reason, staff)


def answer_for(hall: Hall, worker: WorkerId, answers: FirstAnswers, reason: str, staff: Staff) -> None:
    """Keep what a person says of telephone, trades and span, keyed by an attendant. Raises Refused.

    These are his to give: the desk asks him first, and a number that was given is not removed here, for only
    an erasure makes it unreadable (`own_data`).
    """
    if answers.phone is not None and check_phone(answers.phone) is not None:
        raise Refused(Sentence("actions.own_data.phone"))
    with hall.store.writing() as records:
        known = _known(records, worker)
        if known.answers.phone is not None and answers.phone is None:
            raise Refused(Sentence("actions.correct.phone_kept"))
        phone = None if answers.phone is None else normalise_phone(answers.phone)
        _record(hall, records, worker, reason, staff)
        keep_answers(hall, records, worker, replace(answers, phone=phone))


def _keep(hall: Hall, records: Records, corrected: Worker, reason: str, staff: Staff) -> None:
    _record(hall, records, corrected.id, reason, staff)
    records.workers.correct(corrected)
    entry = WorkerCorrected(
        worker=corrected.id,
        name=corrected.name,
        sex=corrected.sex.value,
        birth_date=corrected.birth_date,
        actor=staff.id,
    )
    records.journal.append(entry, hall.now())


def _record(hall: Hall, records: Records, worker: WorkerId, reason: str, staff: Staff) -> None:
    if not reason.strip():
        raise Refused(Sentence("actions.reason_missing"))
    record_act(hall, records, staff, Act.CORRECT_PERSON, "worker", worker, reason)


def _known(records: Records, worker: WorkerId) -> Worker:
    known = records.workers.by_id(worker)
    if known is None:
        raise Refused(Sentence("actions.correct.gone"))
    return known


def _unfixed(records: Records, worker: WorkerId) -> Worker:
    known = _known(records, worker)
    if is_fixed_by_number(known):
        raise Refused(Sentence("actions.correct.fixed"))
    return known


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
