"""People known here, what they answered, and what an attendant saw of their papers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.cards import CardKind, Sex
from kiosk.domain.identity import last_four
from kiosk.domain.ids import NumberHash, WorkerId
from kiosk.domain.jobs import Certificate
from kiosk.domain.workers import (
    Engagement,
    FirstAnswers,
    HeldCertificate,
    HeldEducation,
    Worker,
    WorkSpan,
)
from kiosk.statements import Row, Statement
from kiosk.storage.feed_tables import capsule
from kiosk.storage.merges import is_same_person
from kiosk.storage.name_initials import forget_initials, found_by_initials, spell_names
from kiosk.storage.placements import TAKES_TIME, WAS_HELD
from kiosk.storage.tables import held_certificate, held_education, placement, worker

_BY_HASH = Statement(select(worker).where(worker.c.number_hash == bindparam("number_hash")))
_BY_ID = Statement(select(worker).where(worker.c.id == bindparam("id")))
_BY_TAIL = Statement(select(worker).where(worker.c.number_tail == bindparam("tail")).order_by(worker.c.id))
_CERTIFICATES = Statement(select(held_certificate).where(is_same_person(held_certificate.c.worker)))
_CLASSES = Statement(select(held_education).where(is_same_person(held_education.c.worker)))
_ADD = Statement(insert(worker), *(column.name for column in worker.columns if column.name != "is_spelled"))
_ENGAGEMENTS = Statement(
    select(placement.c.id, placement.c.starts, placement.c.ends, placement.c.title)
    .where(is_same_person(placement.c.worker), placement.c.ends > bindparam("after"), TAKES_TIME)
    .order_by(placement.c.ends)
)
_LAST_ENGAGED = Statement(
    select(placement.c.ends)
    .where(is_same_person(placement.c.worker), WAS_HELD)
    .order_by(placement.c.ends.desc())
    .limit(1)
)
_CAPSULE = Statement(select(capsule.c.sealed).where(capsule.c.id == bindparam("number_hash")))


class SqlWorkers:
    """The workers of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def by_hash(self, number_hash: NumberHash) -> Worker | None:
        """Return the person with this HMAC of a number."""
        row = _BY_HASH.first(self._connection, {"number_hash": number_hash})
        return None if row is None else _worker(row)

    def by_id(self, worker_id: WorkerId) -> Worker | None:
        """Return the person with this id."""
        row = _BY_ID.first(self._connection, {"id": worker_id})
        return None if row is None else _worker(row)

    def by_tail(self, last_four_characters: str) -> Sequence[Worker]:
        """Return everyone whose number ends so."""
        rows = _BY_TAIL.all(self._connection, {"tail": last_four_characters})
        return [_worker(row) for row in rows]

    def spell_names(self) -> int:
        """Make those found by initials whose names nobody looked for yet; return how many they were."""
        return spell_names(self._connection)

    def by_initials(self, letters: str, day: date, most: int) -> Sequence[Worker]:
        """Return so many of those whose names begin with these letters, who came on that day first."""
        found = found_by_initials(self._connection, letters, day, most)
        people = (self.by_id(item) for item in found)
        return [person for person in people if person is not None]

    def add(self, person: Worker) -> None:
        """Keep a person; the same number twice is a defect."""
        _ADD.run(
            self._connection,
            {
                "id": person.id,
                "number_hash": person.number_hash,
                "kind": person.kind.value,
                "name": person.name,
                "number": person.number,
                "number_tail": last_four(person.number),
                "sex": person.sex.value,
                "birth_date": person.birth_date,
                "region": person.region,
                "notice_version": person.notice_version,
                "first_seen": person.first_seen,
                **_answer_columns(person.answers),
            },
        )

    def correct(self, corrected: Worker) -> None:
        """Put name, sex and day of birth in the place of those that are kept."""
        values = {"name": corrected.name, "sex": corrected.sex.value, "birth_date": corrected.birth_date}
        changed = update(worker).where(worker.c.id == corrected.id).values(is_spelled=False, **values)
        self._connection.execute(changed)
        forget_initials(self._connection, corrected.id)

    def set_answers(self, worker_id: WorkerId, answers: FirstAnswers) -> None:
        """Replace what a person said at the first visit."""
        changed = update(worker).where(worker.c.id == worker_id).values(**_answer_columns(answers))
        self._connection.execute(changed)

    def set_notice(self, worker_id: WorkerId, notice_version: int) -> None:
        """Remember which notice a person said yes to."""
        changed = update(worker).where(worker.c.id == worker_id).values(notice_version=notice_version)
        self._connection.execute(changed)

    def certificates(self, worker_id: WorkerId) -> tuple[HeldCertificate, ...]:
        """Return the certificates an attendant saw."""
        rows = _CERTIFICATES.all(self._connection, {"worker": worker_id})
        return tuple(
            HeldCertificate(Certificate(row.kind), row.number_tail, row.valid_until, row.review_by)
            for row in rows
        )

    def add_certificate(self, worker_id: WorkerId, held: HeldCertificate) -> None:
        """Keep a certificate; seen again, its newer dates replace the older ones."""
        statement = upsert(held_certificate).values(
            worker=worker_id,
            kind=held.kind.value,
            number_tail=held.number_tail,
            valid_until=held.valid_until,
            review_by=held.review_by,
        )
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["worker", "kind", "number_tail"],
                set_={"valid_until": held.valid_until, "review_by": held.review_by},
            )
        )

    def education(self, worker_id: WorkerId) -> tuple[HeldEducation, ...]:
        """Return the safety classes a person attended."""
        rows = _CLASSES.all(self._connection, {"worker": worker_id})
        return tuple(HeldEducation(row.hazard_class, row.held_on, row.valid_until) for row in rows)

    def add_education(self, worker_id: WorkerId, held: HeldEducation) -> None:
        """Keep a class; the same class of the same day twice is one class."""
        statement = upsert(held_education).values(
            worker=worker_id,
            hazard_class=held.hazard_class,
            held_on=held.held_on,
            valid_until=held.valid_until,
        )
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=["worker", "hazard_class", "held_on"],
                set_={"valid_until": held.valid_until},
            )
        )

    def engagements(self, worker_id: WorkerId, after: datetime) -> tuple[Engagement, ...]:
        """Return the times taken by placements made here that end after an instant."""
        rows = _ENGAGEMENTS.all(self._connection, {"worker": worker_id, "after": after})
        return tuple(Engagement(*row) for row in rows)

    def last_engaged(self, worker_id: WorkerId) -> datetime | None:
        """Return when the last place this person took here ends or ended; None when there was none."""
        ends: datetime | None = _LAST_ENGAGED.scalar(self._connection, {"worker": worker_id})
        return ends

    def capsule(self, number_hash: NumberHash) -> str | None:
        """Return the sealed capsule found by this HMAC of a number."""
        sealed: str | None = _CAPSULE.scalar(self._connection, {"number_hash": number_hash})
        return sealed


def _worker(row: Row) -> Worker:
    answers = FirstAnswers(row.phone, tuple(json.loads(row.trades)), WorkSpan(row.span) if row.span else None)
    return Worker(
        id=WorkerId(row.id),
        number_hash=NumberHash(row.number_hash),
        kind=CardKind(row.kind),
        name=row.name,
        number=row.number,
        sex=Sex(row.sex),
        birth_date=row.birth_date,
        region=row.region,
        notice_version=row.notice_version,
        answers=answers,
        first_seen=row.first_seen,
    )


def _answer_columns(answers: FirstAnswers) -> dict[str, str | None]:
    return {
        "phone": answers.phone,
        "trades": json.dumps(answers.trades),
        "span": answers.span.value if answers.span else None,
    }
