"""Who is one person at the bureau: every registration that standing merges tie together.

What is projected stands under the registration it was said of; what counts for a person is read for all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import CTE, ColumnElement, Connection, Select, String, bindparam, case, or_, select

from kiosk.bureau.merge_tables import STANDS, merge
from kiosk.bureau.portable import among, by_bytes, listed
from kiosk.statements import Statement


def _tied(first: Select[tuple[str]]) -> CTE:
    """Return these ids, each with all that merges tie it to."""
    found = first.cte("same_person", recursive=True)
    other = case((merge.c.kept == found.c.id, merge.c.joined), else_=merge.c.kept)
    is_named = or_(merge.c.kept == found.c.id, merge.c.joined == found.c.id)
    return found.union(select(other).where(STANDS, is_named))


_people = listed("people").subquery()
_SAME_PERSON = _tied(select(by_bytes(bindparam("worker", type_=String)).label("id")))
_IDS = Statement(select(_SAME_PERSON.c.id))
_IDS_OF_ALL = Statement(select(_tied(select(by_bytes(_people.c.value).label("id"))).c.id))
_TIES = Statement(
    select(merge.c.kept, merge.c.joined).where(
        STANDS, or_(among(merge.c.kept, listed("people")), among(merge.c.joined, listed("people")))
    )
)


def is_same_person(worker: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that a column names any registration of the person bound to `worker`."""
    return among(worker, select(_SAME_PERSON.c.id))


def ids_of(connection: Connection, person: str) -> list[str]:
    """Return every registration of a person, this one first."""
    return [row.id for row in _IDS.all(connection, {"worker": person})]


def ids_of_all(connection: Connection, people: Iterable[str]) -> list[str]:
    """Return every registration of all these people, in the order of their ids."""
    wanted = sorted(set(people))
    if not wanted:
        return []
    return sorted(row.id for row in _IDS_OF_ALL.all(connection, {"people": json.dumps(wanted)}))


def registrations_of(connection: Connection, people: Iterable[str]) -> dict[str, list[str]]:
    """Return, for each of these people, every registration of him, this one first."""
    asked = sorted(set(people))
    everybody = ids_of_all(connection, asked)
    tied: dict[str, set[str]] = {name: {name} for name in everybody}
    for row in _TIES.all(connection, {"people": json.dumps(everybody)}) if everybody else ():
        together = tied[row.kept] | tied[row.joined]
        tied.update(dict.fromkeys(together, together))
    return {name: [name, *sorted(tied[name] - {name})] for name in asked}
