"""Sealing what a city's kiosks may know of a person, after the answer that changed it has been sent.

A person whose rows changed is marked in `capsule_due` within the change's own transaction. Sealing costs
scrypt, so it happens outside; a mark that moved meanwhile stays, and a crash leaves the mark, never a gap.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import Connection, Row, delete, exists, func, insert, literal, or_, select, update

from kiosk.bureau.databases import Database
from kiosk.bureau.districts import say_capsule, take_capsule_back
from kiosk.bureau.endings import forget_what_is_over
from kiosk.bureau.erasing import destroy_what_law_let_go
from kiosk.bureau.feeds import CAPSULE, Changes
from kiosk.bureau.init import meta_value
from kiosk.bureau.met import KEPT, mark_due
from kiosk.bureau.pay_questions import pay_answered, pay_due
from kiosk.bureau.proof_tables import proof
from kiosk.bureau.readings import Reader, is_unread
from kiosk.bureau.restriction_tables import restriction
from kiosk.bureau.same_person import ids_of
from kiosk.bureau.tables import (
    capsule_due,
    certificate,
    check_in,
    class_held,
    event,
    feed_row,
    meta,
    placement,
    stream,
    worker,
)
from kiosk.domain.clock import hall_day
from kiosk.domain.paydays import ASKED_FOR
from kiosk.domain.placements import NEVER_HELD, OPEN_STATES, PlacementState
from kiosk.domain.restrictions import Restriction, stricter_of
from kiosk.messages.capsules import content_key, seal
from kiosk.messages.events import (
    CertificateRecorded,
    FirstAnswersGiven,
    HardshipVerified,
    SkillRecorded,
    WorkerCorrected,
    WorkerRegistered,
)
from kiosk.messages.feed import (
    CapsuleBody,
    CapsuleCertificate,
    CapsuleClass,
    CapsuleContent,
    CapsuleHardship,
    CapsulePlacement,
    CapsuleSkill,
)

_CLOCKS_APART = timedelta(days=1)
_KEYS_AT_HAND = 4096
_Proof = TypeVar("_Proof", HardshipVerified, SkillRecorded)
_OPEN = [state.value for state in OPEN_STATES]


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals due capsules, one thread of one server at a time; nobody waits for the one that is at it."""

    database: Database
    reader: Reader
    lock: threading.Lock = field(default_factory=threading.Lock)
    content_key: Callable[[bytes, str], bytes] = field(
        default_factory=lambda: lru_cache(maxsize=_KEYS_AT_HAND)(content_key), repr=False
    )
    """Who comes in the morning changes three or four times within the hour, and his key never does."""
    swept: set[date] = field(default_factory=set)
    """The days whose work is known to be done, so that nobody asks again with every round."""

    def seal_due(self, now: datetime, most: int | None = None) -> int:
        """Seal every capsule that is due, or so many, and return how many; once a day let old ones go.

        Where another thread or server is sealing, that one does it: it looks again after it has let go of
        the lock.
        """
        count, today = 0, hall_day(now)
        if today not in self.swept:
            with self._first() as is_first:
                if is_first:
                    self._sweep(now)
                    self.swept.add(today)
        while self._next_due() is not None:
            with self._first() as is_first:
                while is_first and count != most and (due := self._next_due()) is not None:
                    self._seal_one(*due, now)
                    count += 1
            if not is_first or count == most:
                break
        return count

    @contextmanager
    def _first(self) -> Iterator[bool]:
        if not self.lock.acquire(blocking=False):
            yield False
            return
        try:
            with self.database.sealing() as is_first:
                yield is_first
        finally:
            self.lock.release()

    def _next_due(self) -> tuple[str, int] | None:
        with self.database.reading() as connection:
            row = connection.execute(select(capsule_due).order_by(capsule_due.c.worker).limit(1)).first()
        return None if row is None else (row.worker, row.mark)

    def _seal_one(self, person: str, mark: int, now: datetime) -> None:
        with self.database.reading() as connection:
            found = connection.execute(select(worker).where(worker.c.id == person)).one()
            number = number_to_show(connection, self.reader, found)
            content = None
            if number is not None and _is_current(connection, found, now):
                content = content_of(connection, self.reader, found, now)
        sealed = None
        if number is not None and content is not None:
            key = self.content_key(self.reader.city_key, number)
            sealed = CapsuleBody(sealed=seal(content, key=key, found_by=self.reader.hash_of(number)))
        row_id = found.number_hash if number is None else self.reader.hash_of(number)
        with self.database.writing() as connection:
            # Whoever was at it before us, or has told something since, has a newer view than ours.
            of_this_view = (capsule_due.c.worker == person) & (capsule_due.c.mark == mark)
            if connection.execute(delete(capsule_due).where(of_this_view)).rowcount == 0:
                return
            changes = Changes()
            if sealed is not None:
                say_capsule(connection, changes, ids_of(connection, person), row_id, sealed, now)
            elif not is_unread(row_id):
                take_capsule_back(connection, changes, row_id)
            changes.stamp(connection)

    def _sweep(self, now: datetime) -> None:
        """Do the work of a day: let old capsules go, what law held until today, and what is over."""
        today = hall_day(now).isoformat()
        with self.database.reading() as connection:
            if meta_value(connection, "capsules_swept_on") == today:
                return
        with self.database.writing() as connection:
            stale = connection.scalars(
                select(worker.c.id)
                .join(feed_row, feed_row.c.id == worker.c.number_hash)
                .where(feed_row.c.topic == CAPSULE, feed_row.c.is_deleted.is_(False))
                .where(worker.c.last_seen < now - KEPT)
            )
            mark_due(connection, stale.all())
            connection.execute(update(meta).where(meta.c.key == "capsules_swept_on").values(value=today))
        destroy_what_law_let_go(self.database, self.reader.keys, now)
        forget_what_is_over(self.database, now)


def seal_again(connection: Connection) -> None:
    """Ask for every capsule that there was to be sealed again, since no backup holds any."""
    connection.execute(delete(capsule_due))
    had = select(worker.c.id, literal(1)).distinct().join(feed_row, feed_row.c.id == worker.c.number_hash)
    connection.execute(
        insert(capsule_due).from_select(["worker", "mark"], had.where(feed_row.c.topic == CAPSULE))
    )


def number_to_show(connection: Connection, reader: Reader, person: Row[tuple[object, ...]]) -> str | None:
    """Return the number under which other kiosks may know a person, None where nobody may or can."""
    registered = identity_of(connection, reader, person)
    return None if registered is None or registered.person is None else registered.person.number


def identity_of(
    connection: Connection, reader: Reader, person: Row[tuple[object, ...]]
) -> WorkerRegistered | None:
    """Return who a person is, as it was put right since; None where no key is left."""
    registered = reader.entry(connection, WorkerRegistered, person.identity_stream, person.identity_seq)
    corrected = reader.entry(connection, WorkerCorrected, person.correction_stream, person.correction_seq)
    if registered is None or registered.person is None or corrected is None:
        return registered
    news = corrected.model_dump(include={"name", "sex", "birth_date"})
    return registered.model_copy(update={"person": registered.person.model_copy(update=news)})


def content_of(
    connection: Connection, reader: Reader, person: Row[tuple[object, ...]], now: datetime
) -> CapsuleContent:
    """Return what any kiosk of the city may know of a person once the card lies on its reader.

    Whoever has several registrations is known by each of his cards as all of them together, but for one that
    was erased.
    """
    people = [of for of in ids_of(connection, person.id) if of == person.id or not reader.is_forgotten(of)]
    registered = identity_of(connection, reader, person)
    answers = reader.entry(connection, FirstAnswersGiven, person.answers_stream, person.answers_seq)
    last = connection.execute(
        select(check_in, stream.c.kiosk)
        .join(stream, stream.c.id == check_in.c.stream)
        .where(check_in.c.worker.in_(people))
        .order_by(check_in.c.hall_day.desc(), check_in.c.arrived_at)
        .limit(1)
    ).first()
    words = connection.execute(select(restriction).where(restriction.c.worker.in_(people)))
    said = stricter_of(Restriction(row.is_restricted, row.step) for row in words)
    return CapsuleContent(
        worker=person.id,
        person_kind=registered.person.kind if registered and registered.person else "",
        notice_version=person.notice_version,
        phone=answers.phone if answers else None,
        trades=answers.trades if answers else [],
        span=answers.span if answers else None,
        first_seen=person.first_seen,
        checked_in_on=last.hall_day if last else None,
        check_in_queue_number=last.queue_number if last else None,
        certificates=_certificates(connection, reader, people),
        classes=_classes(connection, people, hall_day(now)),
        placements=_placements(connection, people, now),
        pay_due=pay_due(connection, people, now),
        pay_answered=pay_answered(connection, people, now),
        skills=_skills(connection, reader, people),
        hardships=_hardships(connection, reader, people),
        last_worked_on=_last_worked_on(connection, people),
        check_in_arrived_at=last.arrived_at if last else None,
        check_in_kiosk=last.kiosk if last else None,
        check_in_sequence=last.sequence if last else None,
        given_back=_given_back(connection, people, now),
        is_restricted=said.is_restricted,
        restriction_step=said.step,
    )


def _is_current(connection: Connection, person: Row[tuple[object, ...]], now: datetime) -> bool:
    """Return whether a person was seen or worked lately, or is to be asked about his money.

    A placement that nobody closed is open for ever, but it does not keep a person known for ever.
    """
    people = ids_of(connection, person.id)
    has_open = exists().where(
        placement.c.worker.in_(people), placement.c.state.in_(_OPEN), placement.c.ends > now - KEPT
    )
    was_seen = exists().where(worker.c.id.in_(people), worker.c.last_seen >= now - KEPT)
    is_open = bool(connection.execute(select(or_(was_seen, has_open))).scalar_one())
    return is_open or len(pay_due(connection, people, now)) > 0


def _given_back(connection: Connection, people: Sequence[str], now: datetime) -> list[str]:
    """Return places given back, for the kiosk where each was taken: it would ask about their pay."""
    rows = connection.scalars(
        select(placement.c.id)
        .where(placement.c.worker.in_(people), placement.c.state == PlacementState.CANCELLED.value)
        .where(or_(placement.c.ends > now, placement.c.pay_due_at > now - ASKED_FOR))
        .order_by(placement.c.id)
    )
    return list(rows)


def _certificates(connection: Connection, reader: Reader, people: Sequence[str]) -> list[CapsuleCertificate]:
    """Return each certificate as it was seen last."""
    rows = connection.execute(
        select(certificate.c.stream, certificate.c.seq)
        .where(certificate.c.worker.in_(people))
        .order_by(certificate.c.stream, certificate.c.seq)
    )
    seen = (reader.entry(connection, CertificateRecorded, row.stream, row.seq) for row in rows.all())
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


def _skills(connection: Connection, reader: Reader, people: Sequence[str]) -> list[CapsuleSkill]:
    """Return the grade in each trade as it was seen last."""
    seen = _proofs(connection, reader, SkillRecorded, people)
    newest = {item.trade: CapsuleSkill(trade=item.trade, grade=item.grade) for item in seen}
    return list(newest.values())


def _hardships(connection: Connection, reader: Reader, people: Sequence[str]) -> list[CapsuleHardship]:
    """Return each kind of hardship as it was verified last."""
    seen = _proofs(connection, reader, HardshipVerified, people)
    newest = {item.kind: CapsuleHardship(kind=item.kind, valid_until=item.valid_until) for item in seen}
    return list(newest.values())


def _proofs(
    connection: Connection, reader: Reader, kind: type[_Proof], people: Sequence[str]
) -> Iterator[_Proof]:
    """Yield what was proven and may still be shown, in the order in which it came."""
    rows = connection.execute(
        select(proof.c.stream, proof.c.seq)
        .join(event, (event.c.stream == proof.c.stream) & (event.c.seq == proof.c.seq))
        .where(proof.c.worker.in_(people))
        .order_by(event.c.pos)
    )
    for row in rows.all():
        seen = reader.entry(connection, kind, row.stream, row.seq)
        if seen is not None:
            yield seen


def _last_worked_on(connection: Connection, people: Sequence[str]) -> date | None:
    """Return the last day of the latest place this person held, None before the first."""
    held = select(func.max(placement.c.ends)).where(
        placement.c.worker.in_(people), placement.c.state.not_in([state.value for state in NEVER_HELD])
    )
    ends = connection.execute(held).scalar_one()
    return None if ends is None else hall_day(ends)


def _classes(connection: Connection, people: Sequence[str], today: date) -> list[CapsuleClass]:
    rows = connection.execute(
        select(class_held)
        .where(class_held.c.worker.in_(people), class_held.c.valid_until >= today)
        .order_by(class_held.c.held_on, class_held.c.hazard_class)
    )
    return [
        CapsuleClass(hazard_class=row.hazard_class, held_on=row.held_on, valid_until=row.valid_until)
        for row in rows
    ]


def _placements(connection: Connection, people: Sequence[str], now: datetime) -> list[CapsulePlacement]:
    """Return what takes a person's time from now on: a capsule must not grow with every place."""
    rows = connection.execute(
        select(placement)
        .where(placement.c.worker.in_(people), placement.c.state.in_(_OPEN))
        .where(placement.c.ends > now - _CLOCKS_APART)
        .order_by(placement.c.starts, placement.c.id)
    )
    return [
        CapsulePlacement(
            placement=row.id, title=row.title, starts=row.starts, ends=row.ends, slip=row.slip, job=row.job
        )
        for row in rows
    ]
