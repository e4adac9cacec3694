"""What somebody proved with a paper an attendant saw: grades of skill, hardship; and doubts settled."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.ids import JobId, WorkerId
from kiosk.domain.skills import Grade, HeldSkill
from kiosk.domain.workers import Release
from kiosk.statements import Statement
from kiosk.storage.merges import is_same_person
from kiosk.storage.proof_tables import held_hardship, held_skill, released_review

_SKILLS = Statement(
    select(held_skill.c.trade, held_skill.c.grade)
    .where(is_same_person(held_skill.c.worker))
    .order_by(held_skill.c.trade)
)
_HARDSHIPS = Statement(
    select(held_hardship.c.kind, held_hardship.c.valid_until)
    .where(is_same_person(held_hardship.c.worker))
    .order_by(held_hardship.c.kind)
)
_SKILL = upsert(held_skill)
_KEEP_SKILL = Statement(
    _SKILL.on_conflict_do_update(index_elements=["worker", "trade"], set_={"grade": _SKILL.excluded.grade})
)
_HARDSHIP = upsert(held_hardship)
_KEEP_HARDSHIP = Statement(
    _HARDSHIP.on_conflict_do_update(
        index_elements=["worker", "kind"], set_={"valid_until": _HARDSHIP.excluded.valid_until}
    )
)
_RELEASES = Statement(
    select(released_review.c.job, released_review.c.job_version, released_review.c.rule).where(
        is_same_person(released_review.c.worker)
    )
)
_KEEP_RELEASE = Statement(upsert(released_review).on_conflict_do_nothing())
_FORGET_HARDSHIPS = Statement(delete(held_hardship).where(held_hardship.c.worker == bindparam("of")))


class SqlProofs:
    """The proofs of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def skills(self, worker: WorkerId) -> tuple[HeldSkill, ...]:
        """Return the grades an attendant saw a paper of."""
        rows = _SKILLS.all(self._connection, {"worker": worker})
        return tuple(HeldSkill(row.trade, Grade(row.grade)) for row in rows)

    def add_skill(self, worker: WorkerId, held: HeldSkill) -> None:
        """Keep a grade; seen again in the same trade, the newer one stands."""
        values = {"worker": worker, "trade": held.trade, "grade": held.grade.value}
        _KEEP_SKILL.run(self._connection, values)

    def hardships(self, worker: WorkerId) -> tuple[HeldHardship, ...]:
        """Return the kinds of hardship that were verified, whether or not they still count."""
        rows = _HARDSHIPS.all(self._connection, {"worker": worker})
        return tuple(HeldHardship(Hardship(row.kind), row.valid_until) for row in rows)

    def add_hardship(self, worker: WorkerId, held: HeldHardship) -> None:
        """Keep a kind of hardship; verified again, its newer day stands."""
        values = {"worker": worker, "kind": held.kind.value, "valid_until": held.valid_until}
        _KEEP_HARDSHIP.run(self._connection, values)

    def releases(self, worker: WorkerId) -> frozenset[Release]:
        """Return the doubts that the desk settled for this person."""
        rows = _RELEASES.all(self._connection, {"worker": worker})
        return frozenset(Release(JobId(row.job), row.job_version, row.rule) for row in rows)

    def release(self, worker: WorkerId, releases: Iterable[Release]) -> None:
        """Keep doubts as settled; settled again, nothing changes."""
        for item in releases:
            values = {"worker": worker, "job": item.job, "job_version": item.job_version, "rule": item.rule}
            _KEEP_RELEASE.run(self._connection, values)


def forget_hardships(connection: Connection, of: str) -> None:
    """Forget what somebody told of his hardship, which only consent allows to keep."""
    _FORGET_HARDSHIPS.run(connection, {"of": of})
