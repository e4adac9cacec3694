"""What any kiosk may know of people once their cards lie on a reader: many people at once.

What stands of them in the tables is asked in one journey, and what their entries say in a second one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from operator import attrgetter
from typing import TypeVar

from sqlalchemy import Connection, bindparam, func, or_, select

from kiosk.bureau.met import KEPT
from kiosk.bureau.pay_questions import ask_promises
from kiosk.bureau.pay_tables import pay_answer
from kiosk.bureau.portable import among, listed
from kiosk.bureau.proof_tables import proof
from kiosk.bureau.readings import Reader
from kiosk.bureau.restriction_tables import restriction
from kiosk.bureau.same_person import registrations_of
from kiosk.bureau.tables import certificate, check_in, class_held, event, placement, stream, worker
from kiosk.domain.clock import hall_day
from kiosk.domain.paydays import ASKED_FOR, PAY_STATES
from kiosk.domain.placements import NEVER_HELD, OPEN_STATES, PlacementState
from kiosk.domain.restrictions import Restriction, stricter_of
from kiosk.messages.events import (
    CertificateRecorded,
    FirstAnswersGiven,
    HardshipVerified,
    Person,
    SkillRecorded,
    WorkerCorrected,
    WorkerRegistered,
)
from kiosk.messages.feed import (
    CapsuleCertificate,
    CapsuleClass,
    CapsuleContent,
    CapsuleHardship,
    CapsulePay,
    CapsulePlacement,
    CapsuleSkill,
)
from kiosk.statements import Row, Statement

_CLOCKS_APART = timedelta(days=1)
_OPEN = frozenset(state.value for state in OPEN_STATES)
_FIRM = frozenset(state.value for state in PAY_STATES)
_Proof = TypeVar("_Proof", HardshipVerified, SkillRecorded)
_ByWorker = Mapping[str, Sequence[Row]]
_PEOPLE = listed("people")
_people = _PEOPLE.subquery()
_WORKERS = Statement(select(worker).where(among(worker.c.id, _PEOPLE)))
_came = check_in.alias()
_last_coming = (
    select(_came.c.id)
    .where(_came.c.worker == _people.c.value)
    .order_by(_came.c.hall_day.desc())
    .limit(1)
    .scalar_subquery()
)
_COMINGS = Statement(
    select(check_in, stream.c.kiosk)
    .join(stream, stream.c.id == check_in.c.stream)
    .where(among(check_in.c.id, select(_last_coming).select_from(_people)))
)
_RESTRICTIONS = Statement(select(restriction).where(among(restriction.c.worker, _PEOPLE)))
_CERTIFICATES = Statement(
    select(certificate.c.worker, certificate.c.stream, certificate.c.seq).where(
        among(certificate.c.worker, _PEOPLE)
    )
)
_PROOFS = Statement(
    select(proof.c.worker, proof.c.stream, proof.c.seq, event.c.type, event.c.pos)
    .join(event, (event.c.stream == proof.c.stream) & (event.c.seq == proof.c.seq))
    .where(among(proof.c.worker, _PEOPLE))
)
_CLASSES = Statement(
    select(class_held).where(
        among(class_held.c.worker, _PEOPLE), class_held.c.valid_until >= bindparam("today")
    )
)
_is_answered = select(pay_answer.c.seq).where(pay_answer.c.placement == placement.c.id).exists()
_PLACES = Statement(
    select(placement, _is_answered.label("is_answered"))
    .where(among(placement.c.worker, _PEOPLE))
    .where(or_(placement.c.ends > bindparam("since"), placement.c.pay_due_at > bindparam("asked_since")))
)
_last_end = select(func.max(placement.c.ends)).where(
    placement.c.worker == _people.c.value, *(placement.c.state != state.value for state in NEVER_HELD)
)
_LAST_WORKED = Statement(select(_people.c.value.label("worker"), _last_end.scalar_subquery().label("ends")))


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A registration, and what may be known of its person; who he is is None where nobody may or can read it.

    `everybody` are all registrations of that person. Kiosks forget who is not `is_current`: he was not seen
    for long, has no place ahead, and is not to be asked about his money.
    """

    worker: str
    number_hash: str
    everybody: Sequence[str]
    identity: Person | None
    content: CapsuleContent
    is_current: bool

    @property
    def is_told(self) -> bool:
        """Return whether kiosks are told."""
        return self.is_current and self.identity is not None


def shown_of(connection: Connection, reader: Reader, workers: Iterable[str], now: datetime) -> list[Shown]:
    """Return what may be known of these registrations, as far as there are such, in the order of their ids.

    Whoever has several registrations is known by each of his cards as all of them together, but for one that
    was erased.
    """
    groups = registrations_of(connection, workers)
    facts = _Facts.asked(connection, sorted({*chain.from_iterable(groups.values())}), now)
    promised = ask_promises(connection, facts.jobs)
    known = [name for name in sorted(groups) if name in facts.workers]
    telling = [_Telling.asked(connection, reader, facts, name, groups[name]) for name in known]
    return [item.shown(reader, facts, promised) for item in telling]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the tables say of many registrations, by registration, and when."""

    now: datetime
    workers: Mapping[str, Row]
    comings: _ByWorker
    restrictions: _ByWorker
    certificates: _ByWorker
    proofs: _ByWorker
    classes: _ByWorker
    places: _ByWorker
    last_worked: _ByWorker

    @classmethod
    def asked(cls, connection: Connection, everybody: Sequence[str], now: datetime) -> _Facts:
        """Ask all of it in one journey."""
        people = {"people": json.dumps(everybody)}
        workers = _WORKERS.ask(connection, people)
        said = [
            statement.ask(connection, {**people, **values})
            for statement, values in (
                (_COMINGS, {}),
                (_RESTRICTIONS, {}),
                (_CERTIFICATES, {}),
                (_PROOFS, {}),
                (_CLASSES, {"today": hall_day(now)}),
                (_PLACES, {"since": now - KEPT, "asked_since": now - ASKED_FOR}),
                (_LAST_WORKED, {}),
            )
        ]
        return cls(now, {row.id: row for row in workers.all()}, *(_by_worker(item.all()) for item in said))

    @property
    def jobs(self) -> set[str]:
        """Return the jobs of whose pay a capsule may tell."""
        return {row.job for rows in self.places.values() for row in rows if _is_unanswered(row, self.now)}


def _by_worker(rows: Iterable[Row]) -> _ByWorker:
    found = defaultdict(list)
    for row in rows:
        found[row.worker].append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Telling:
    """A registration of which the entries are asked; `people` are those of its registrations that count."""

    row: Row
    everybody: Sequence[str]
    people: Sequence[str]
    registered: Callable[[], WorkerRegistered | None]
    corrected: Callable[[], WorkerCorrected | None]
    answered: Callable[[], FirstAnswersGiven | None]
    certificates: Sequence[Callable[[], CertificateRecorded | None]]
    skills: Sequence[Callable[[], SkillRecorded | None]]
    hardships: Sequence[Callable[[], HardshipVerified | None]]

    @classmethod
    def asked(
        cls, connection: Connection, reader: Reader, facts: _Facts, name: str, everybody: Sequence[str]
    ) -> _Telling:
        """Ask what the entries of a person say."""
        row = facts.workers[name]
        people = [of for of in everybody if of == name or not reader.is_forgotten(of)]
        return cls(
            row=row,
            everybody=everybody,
            people=people,
            registered=reader.ask(connection, WorkerRegistered, row.identity_stream, row.identity_seq),
            corrected=reader.ask(connection, WorkerCorrected, row.correction_stream, row.correction_seq),
            answered=reader.ask(connection, FirstAnswersGiven, row.answers_stream, row.answers_seq),
            certificates=[
                reader.ask(connection, CertificateRecorded, item.stream, item.seq)
                for item in _of(facts.certificates, people, "stream", "seq")
            ],
            skills=_ask_proofs(connection, reader, SkillRecorded, facts, people),
            hardships=_ask_proofs(connection, reader, HardshipVerified, facts, people),
        )

    def shown(self, reader: Reader, facts: _Facts, promised: Callable[[Row], CapsulePay]) -> Shown:
        """Return all of it, now that everything is answered."""
        identity = _identity(self.registered(), self.corrected())
        return Shown(
            worker=self.row.id,
            number_hash=reader.hash_of(identity.number) if identity else self.row.number_hash,
            everybody=self.everybody,
            identity=identity,
            content=self._content(identity, facts, promised),
            is_current=_is_current(facts, self.everybody),
        )

    def _content(
        self, identity: Person | None, facts: _Facts, promised: Callable[[Row], CapsulePay]
    ) -> CapsuleContent:
        people, now, answers = self.people, facts.now, self.answered()
        last = _last(_of(facts.comings, people))
        places = _of(facts.places, people, "id")
        words = _of(facts.restrictions, people)
        said = stricter_of(Restriction(item.is_restricted, item.step) for item in words)
        return CapsuleContent(
            worker=self.row.id,
            person_kind=identity.kind if identity else "",
            notice_version=self.row.notice_version,
            phone=answers.phone if answers else None,
            trades=answers.trades if answers else [],
            span=answers.span if answers else None,
            first_seen=self.row.first_seen,
            checked_in_on=last.hall_day if last else None,
            check_in_queue_number=last.queue_number if last else None,
            certificates=_certificates([ask() for ask in self.certificates]),
            classes=_classes(_of(facts.classes, people, "held_on", "hazard_class")),
            placements=_ahead(places, now),
            pay_due=[promised(item) for item in _unanswered(places, now)],
            pay_answered=[item.id for item in places if item.is_answered and _may_be_asked(item, now)],
            skills=_skills([ask() for ask in self.skills]),
            hardships=_hardships([ask() for ask in self.hardships]),
            last_worked_on=_last_worked_on(_of(facts.last_worked, people)),
            check_in_arrived_at=last.arrived_at if last else None,
            check_in_kiosk=last.kiosk if last else None,
            check_in_sequence=last.sequence if last else None,
            given_back=_given_back(places, now),
            is_restricted=said.is_restricted,
            restriction_step=said.step,
        )


def _of(found: _ByWorker, people: Sequence[str], *order: str) -> list[Row]:
    """Return the rows of a person's registrations, in the order of some columns."""
    rows = [row for of in people for row in found.get(of, ())]
    return sorted(rows, key=attrgetter(*order)) if order else rows


def _last(comings: Sequence[Row]) -> Row | None:
    """Return the first coming of the last day on which there was one."""
    last_day = max((item.hall_day for item in comings), default=None)
    of_day = (item for item in comings if item.hall_day == last_day)
    return min(of_day, key=attrgetter("arrived_at"), default=None)


def _ask_proofs(
    connection: Connection, reader: Reader, kind: type[_Proof], facts: _Facts, people: Sequence[str]
) -> list[Callable[[], _Proof | None]]:
    """Ask for what was proven, in the order in which it came."""
    rows = _of(facts.proofs, people, "pos")
    return [reader.ask(connection, kind, row.stream, row.seq) for row in rows if row.type == kind.type]


def _identity(registered: WorkerRegistered | None, corrected: WorkerCorrected | None) -> Person | None:
    """Return who a person is, as it was put right since."""
    if registered is None or registered.person is None or corrected is None:
        return None if registered is None else registered.person
    news = corrected.model_dump(include={"name", "sex", "birth_date"})
    return registered.person.model_copy(update=news)


def _is_current(facts: _Facts, everybody: Sequence[str]) -> bool:
    """Return whether a person was seen or worked lately, or is to be asked about his money.

    A placement that nobody closed is open for ever, but it does not keep a person known for ever.
    """
    seen = [facts.workers[of].last_seen for of in everybody if of in facts.workers]
    places = _of(facts.places, everybody)
    has_open = any(row.state in _OPEN and row.ends > facts.now - KEPT for row in places)
    return max(seen) >= facts.now - KEPT or has_open or len(_unanswered(places, facts.now)) > 0


def _may_be_asked(row: Row, now: datetime) -> bool:
    return row.pay_due_at is not None and row.pay_due_at > now - ASKED_FOR


def _is_unanswered(row: Row, now: datetime) -> bool:
    """Return what `pay_questions.is_unanswered` asks of the table."""
    return row.state in _FIRM and _may_be_asked(row, now) and not row.is_answered


def _unanswered(places: Sequence[Row], now: datetime) -> list[Row]:
    """Return the firm places of which a person has not said yet, those that are not due yet among them."""
    return sorted((row for row in places if _is_unanswered(row, now)), key=attrgetter("pay_due_at", "id"))


def _given_back(places: Sequence[Row], now: datetime) -> list[str]:
    """Return places given back, for the kiosk where each was taken: it would ask about their pay."""
    return [
        row.id
        for row in places
        if row.state == PlacementState.CANCELLED.value and (row.ends > now or _may_be_asked(row, now))
    ]


def _ahead(places: Sequence[Row], now: datetime) -> list[CapsulePlacement]:
    """Return what takes a person's time from now on: a capsule must not grow with every place."""
    open_ones = [row for row in places if row.state in _OPEN and row.ends > now - _CLOCKS_APART]
    return [
        CapsulePlacement(
            placement=row.id, title=row.title, starts=row.starts, ends=row.ends, slip=row.slip, job=row.job
        )
        for row in sorted(open_ones, key=attrgetter("starts", "id"))
    ]


def _certificates(seen: Iterable[CertificateRecorded | None]) -> list[CapsuleCertificate]:
    """Return each certificate as it was seen last."""
    newest = {
        (item.kind, item.number_tail): CapsuleCertificate(
            kind=item.kind,
            number_tail=item.number_tail,
            valid_until=item.valid_until,
            review_by=item.review_by,
        )
        for item in seen
        if item is not None
    }
    return list(newest.values())


def _skills(seen: Iterable[SkillRecorded | None]) -> list[CapsuleSkill]:
    """Return the grade in each trade as it was seen last."""
    newest = {
        item.trade: CapsuleSkill(trade=item.trade, grade=item.grade) for item in seen if item is not None
    }
    return list(newest.values())


def _hardships(seen: Iterable[HardshipVerified | None]) -> list[CapsuleHardship]:
    """Return each kind of hardship as it was verified last."""
    newest = {
        item.kind: CapsuleHardship(kind=item.kind, valid_until=item.valid_until)
        for item in seen
        if item is not None
    }
    return list(newest.values())


def _classes(rows: Iterable[Row]) -> list[CapsuleClass]:
    return [
        CapsuleClass(hazard_class=row.hazard_class, held_on=row.held_on, valid_until=row.valid_until)
        for row in rows
    ]


def _last_worked_on(rows: Iterable[Row]) -> date | None:
    """Return the last day of the latest place this person held, None before the first."""
    ends = [row.ends for row in rows if row.ends is not None]
    return hall_day(max(ends)) if ends else None
