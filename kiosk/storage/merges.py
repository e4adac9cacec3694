"""Who is one person: the merges kept here, and the one condition by which every read of a person goes.

Rows stand under the registration they were written for, and are read for all registrations of one person.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.ids import MergeId, WorkerId
from kiosk.domain.merges import Merge, shown_as, shown_people
from kiosk.statements import Row, Statement
from kiosk.storage.desk import LOCAL_SCOPE
from kiosk.storage.merge_tables import STANDS, merge

_found = select(bindparam("worker", type_=String).label("id")).cte("same_person", recursive=True)
_OTHER = case((merge.c.kept == _found.c.id, merge.c.joined), else_=merge.c.kept)
_IS_NAMED = or_(merge.c.kept == _found.c.id, merge.c.joined == _found.c.id)
_SAME_PERSON = _found.union(select(_OTHER).where(STANDS, _IS_NAMED))
_IDS = Statement(select(_SAME_PERSON.c.id))
_OF = Statement(
    select(merge)
    .where(STANDS, merge.c.kept.in_(select(_SAME_PERSON.c.id)))
    .order_by(merge.c.merged_at.desc(), merge.c.id)
)
_ALL = Statement(select(merge).where(STANDS).order_by(merge.c.kept))
_BY_ID = Statement(select(merge).where(merge.c.id == bindparam("id"), STANDS))
_ADD = Statement(
    upsert(merge).on_conflict_do_nothing(), "id", "scope", "pos", "kept", "joined", "merged_at", "is_undone"
)
_UNDO = Statement(update(merge).where(merge.c.id == bindparam("of")).values(is_undone=True))


def is_same_person(worker: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a column names any registration of the person bound to `worker`."""
    return worker.in_(select(_SAME_PERSON.c.id))


def is_merged(worker: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a column names a registration that was joined with another."""
    is_kept, is_joined = (
        exists().where(STANDS, merge.c.kept == worker),
        exists().where(merge.c.joined == worker),
    )
    return or_(is_kept, is_joined.where(STANDS))


def ids_of(connection: Connection, worker: str) -> list[str]:
    """Return every registration of a person, this one first."""
    return [row.id for row in _IDS.all(connection, {"worker": worker})]


def shown_everywhere(connection: Connection) -> str:
    """Return by every registration that was merged the one that stands for its person, for `standing_for`."""
    return json.dumps(shown_people([_merge(row) for row in _ALL.all(connection)]))


def standing_for(worker: ColumnElement[str]) -> ColumnElement[str]:
    """Return which registration stands for the person of a column, where `shown` is bound."""
    shown = func.json_extract(bindparam("shown"), literal('$."') + worker + literal('"'))
    return func.coalesce(shown, worker)


class SqlMerges:
    """The merges of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def ids_of(self, worker: WorkerId) -> tuple[WorkerId, ...]:
        """Return every registration of a person, this one first."""
        return tuple(map(WorkerId, ids_of(self._connection, worker)))

    def of(self, worker: WorkerId) -> Sequence[Merge]:
        """Return what joins the registrations of a person, the newest first."""
        return [_merge(row) for row in _OF.all(self._connection, {"worker": worker})]

    def shown_as(self, worker: WorkerId) -> WorkerId:
        """Return the registration that stands for a person."""
        return shown_as(worker, self.of(worker))

    def by_id(self, of: MergeId) -> Merge | None:
        """Return a merge that stands."""
        row = _BY_ID.first(self._connection, {"id": of})
        return None if row is None else _merge(row)

    def add(self, made: Merge) -> None:
        """Keep a merge; the bureau tells it to the other kiosks."""
        values = {"id": made.id, "kept": made.kept, "joined": made.joined, "merged_at": made.merged_at}
        _ADD.run(self._connection, {**values, "scope": LOCAL_SCOPE, "pos": 0, "is_undone": False})

    def undo(self, of: MergeId) -> None:
        """Let a merge count no more."""
        _UNDO.run(self._connection, {"of": of})


def _merge(row: Row) -> Merge:
    return Merge(MergeId(row.id), WorkerId(row.kept), WorkerId(row.joined), row.merged_at)
