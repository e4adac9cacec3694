"""Halls of a district: they know one another's people and work, and those of other districts do not.

A bureau of one city has no districts, and a capsule goes to every kiosk. In a province that would be five
thousand kiosks that read of everybody, whom nearly none of them will ever meet. Whoever comes to a hall of
another district is new to its kiosks once, and known in both from then on.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from kiosk.bureau.feeds import (
    CAPSULE,
    Changes,
    capsule_scopes,
    people_scope,
    scopes_of,
    work_scope,
)
from kiosk.bureau.met import KEPT
from kiosk.bureau.portable import among, listed
from kiosk.bureau.tables import hall_district, seen_in_hall
from kiosk.messages.feed import CapsuleBody
from kiosk.statements import Statement

_WHERE = Statement(
    select(seen_in_hall.c.last_seen, hall_district.c.district)
    .outerjoin(hall_district, hall_district.c.station == seen_in_hall.c.station)
    .where(among(seen_in_hall.c.worker, listed("people")))
    .order_by(seen_in_hall.c.last_seen.desc())
)
_DISTRICT = Statement(select(hall_district.c.district).where(hall_district.c.station == bindparam("station")))


def scopes_at(connection: Connection, station: str) -> tuple[str, ...]:
    """Return the scopes that the work at a hall is told in, the widest first."""
    return scopes_of(station, _district_of(connection, station))


def work_scope_at(connection: Connection, station: str) -> str:
    """Return the scope of work that goes out from a hall: all kiosks of its district read of it."""
    return work_scope(_district_of(connection, station))


def work_scopes(connection: Connection) -> list[str]:
    """Return every scope that tells work of more than one hall, that of the whole bureau first."""
    districts = connection.scalars(select(hall_district.c.district).distinct().order_by("district")).all()
    return [*dict.fromkeys(map(work_scope, ["", *districts]))]


def say_capsule(
    connection: Connection,
    changes: Changes,
    people: Collection[str],
    row_id: str,
    body: CapsuleBody,
    now: datetime,
) -> None:
    """Say a capsule where its person was seen lately, and take it back everywhere else."""
    seen = _WHERE.all(connection, {"people": json.dumps([*people])})
    # Who is at work and was not seen for long is known where he came last.
    lately = [row for row in seen if row.last_seen > now - KEPT] or seen[:1]
    wanted = {people_scope(row.district or "") for row in lately}
    for scope in wanted:
        changes.say(scope, CAPSULE, row_id, body)
    take_capsule_back(connection, changes, row_id, but=wanted)


def take_capsule_back(
    connection: Connection, changes: Changes, row_id: str, but: Collection[str] = ()
) -> None:
    """Take a capsule back from every district that has it, but for some."""
    for scope in capsule_scopes(connection, row_id):
        if scope not in but:
            changes.take_back(scope, CAPSULE, row_id)


def _district_of(connection: Connection, station: str) -> str:
    row = _DISTRICT.first(connection, {"station": station})
    return "" if row is None else str(row.district)
