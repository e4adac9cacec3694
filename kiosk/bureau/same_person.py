"""Who is one person at the bureau: every registration that standing merges tie together.

What is projected stands under the registration it was said of; what counts for a person is read for all.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, String, bindparam, case, or_, select

from kiosk.bureau.merge_tables import STANDS, merge
from kiosk.bureau.portable import by_bytes
from kiosk.statements import Statement

_found = select(by_bytes(bindparam("worker", type_=String)).label("id")).cte("same_person", recursive=True)
_OTHER = case((merge.c.kept == _found.c.id, merge.c.joined), else_=merge.c.kept)
_IS_NAMED = or_(merge.c.kept == _found.c.id, merge.c.joined == _found.c.id)
_SAME_PERSON = _found.union(select(_OTHER).where(STANDS, _IS_NAMED))
_IDS = Statement(select(_SAME_PERSON.c.id))


def is_same_person(worker: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a column names any registration of the person bound to `worker`."""
    return worker.in_(select(_SAME_PERSON.c.id))


def ids_of(connection: Connection, person: str) -> list[str]:
    """Return every registration of a person, this one first."""
    return [row.id for row in _IDS.all(connection, {"worker": person})]
