"""Check a person in: once a day, and a second tap changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kiosk.actions.give_back import hear_given_back
from kiosk.actions.hall import Hall
from kiosk.actions.ports import CheckIn, Records
from kiosk.actions.recognise import Recognition, worker_from
from kiosk.domain.ids import WorkerId
from kiosk.domain.orders import OrderKey, queue_number
from kiosk.domain.restrictions import Restriction, later_of
from kiosk.domain.workers import FirstAnswers, Worker
from kiosk.messages.events import CheckedIn, CountsChanged, FirstAnswersGiven, Person, WorkerRegistered
from kiosk.messages.feed import CapsuleContent
from kiosk.messages.personal import Kind

Method = Literal["card", "by_hand"]


@dataclass(frozen=True, slots=True)
class VisitElsewhere:
    """Today's check-in at another kiosk of the city, as the person's capsule tells it."""

    queue_number: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """The visit that stands for today; `is_new` is False for a second tap, here or at another kiosk.

    A person is checked in once a day in the whole city, and a printed number never changes: whoever got A12
    at one kiosk is A12 at the next one too.
    """

    check_in: CheckIn | VisitElsewhere
    is_new: bool


def check_in(hall: Hall, recognition: Recognition, method: Method = "card") -> Arrival:
    """Check in a person the hall knows, here or by capsule. One transaction."""
    with hall.store.writing() as records:
        _remember(hall, records, recognition)
        _hear_restriction(records, recognition)
        hear_given_back(hall, records, recognition)
        return _arrive(hall, records, recognition.worker, recognition.capsule, method)


def register_and_check_in(
    hall: Hall, recognition: Recognition, method: Method = "card", actor: str = ""
) -> Arrival:
    """Register a person who said yes to the notice now in force, and check them in. One transaction.

    `actor` is who keyed him in, empty where he laid down his card.
    """
    with hall.store.writing() as records:
        version = records.settings.parameters(hall.today()).whole("notice.version")
        worker = worker_from(recognition, version, hall)
        if records.workers.by_id(worker.id) is None:
            records.workers.add(worker)
        else:
            records.workers.set_notice(worker.id, version)
        _hear_restriction(records, recognition)
        hear_given_back(hall, records, recognition)
        records.journal.append(_registered(records, worker, method, actor), hall.now())
        return _arrive(hall, records, worker.id, recognition.capsule, method)


def give_first_answers(hall: Hall, worker: WorkerId, answers: FirstAnswers) -> None:
    """Keep what a person answered; an unanswered question stays open."""
    with hall.store.writing() as records:
        keep_answers(hall, records, worker, answers)


def keep_answers(hall: Hall, records: Records, worker: WorkerId, answers: FirstAnswers) -> None:
    """Keep and journal answers within a transaction; they take the place of all that were given before."""
    records.workers.set_answers(worker, answers)
    given = FirstAnswersGiven(
        worker=worker,
        phone=answers.phone,
        trades=list(answers.trades),
        span=answers.span.value if answers.span else None,
    )
    records.journal.append(given, hall.now())


def count_anonymously(hall: Hall, kind: str) -> None:
    """Add one to an anonymous count of today, such as `notice_refused`; nothing else is kept."""
    with hall.store.writing() as records:
        total = records.desk.add_count(hall.today(), kind)
        records.journal.append(CountsChanged(hall_day=hall.today(), kind=kind, count=total), hall.now())


def _remember(hall: Hall, records: Records, recognition: Recognition) -> None:
    """Keep a person known to the city by capsule; consent was given and journalled where it was asked."""
    if records.workers.by_id(recognition.worker) is None and recognition.capsule is not None:
        records.workers.add(worker_from(recognition, recognition.capsule.notice_version, hall))


def _hear_restriction(records: Records, recognition: Recognition) -> None:
    """Keep what a person said at another kiosk about the use of what he allowed, if it is the later word."""
    if recognition.capsule is None:
        return
    told = Restriction(recognition.capsule.is_restricted, recognition.capsule.restriction_step)
    known = records.restrictions.of(recognition.worker)
    if later_of(known, told) != known:
        records.restrictions.keep(recognition.worker, told)


def _arrive(
    hall: Hall, records: Records, worker: WorkerId, capsule: CapsuleContent | None, method: Method
) -> Arrival:
    today = hall.today()
    earlier = records.check_ins.of(worker, today)
    if earlier is not None:
        return Arrival(earlier, is_new=False)
    if capsule is not None and capsule.checked_in_on == today and capsule.check_in_queue_number is not None:
        return Arrival(VisitElsewhere(capsule.check_in_queue_number), is_new=False)
    sequence = records.check_ins.next_sequence(today)
    key = OrderKey(today, hall.now(), hall.identity.kiosk, sequence)
    visit = CheckIn(hall.fresh_id(), worker, key, queue_number(hall.identity.letter, sequence), method)
    records.check_ins.add(visit)
    records.journal.append(_checked_in(visit), hall.now())
    return Arrival(visit, is_new=True)


def _checked_in(visit: CheckIn) -> CheckedIn:
    return CheckedIn(
        check_in=visit.id,
        worker=visit.worker,
        hall_day=visit.key.day,
        queue_number=visit.queue_number,
        sequence=visit.key.sequence,
        arrived_at=visit.key.arrived_at,
        method="by_hand" if visit.method == "by_hand" else "card",
    )


def _registered(records: Records, worker: Worker, method: Method, actor: str) -> WorkerRegistered:
    erasure = records.erasures.of(worker.id, Kind.STATUTORY)
    person = Person(
        kind=worker.kind,
        name=worker.name,
        number=worker.number,
        sex=worker.sex,
        birth_date=worker.birth_date,
        region=worker.region,
    )
    return WorkerRegistered(
        worker=worker.id,
        person=person,
        notice_version=worker.notice_version,
        method=method,
        epoch=erasure.epoch if erasure else 0,
        actor=actor,
    )
