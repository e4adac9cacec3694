"""Halls of a district: they know one another's people and work, and those of other districts do not.

A bureau of one city has no districts, and a capsule goes to every kiosk. In a province that would be five
thousand kiosks that read of everybody, whom nearly none of them will ever meet. Whoever comes to a hall of
another district is new to its kiosks once, and known in both from then on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

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
from kiosk.statements import Row, Statement

_WHERE = Statement(
    select(seen_in_hall.c.worker, seen_in_hall.c.last_seen, hall_district.c.district)
    .outerjoin(hall_district, hall_district.c.station == seen_in_hall.c.station)
    .where(among(seen_in_hall.c.worker, listed("people")))
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


@dataclass(frozen=True, slots=True)
class Capsule:
    """What is said of a person under an id of the feed; None takes it back. He has these registrations."""

    row_id: str
    people: Collection[str]
    body: CapsuleBody | None


def say_capsules(
    connection: Connection, changes: Changes, capsules: Sequence[Capsule], now: datetime
) -> None:
    """Say capsules where their people were seen lately, and take them back everywhere else."""
    seen: dict[str, list[Row]] = defaultdict(list)
    people = {"people": json.dumps(sorted({of for item in capsules for of in item.people}))}
    for row in _WHERE.all(connection, people):
        seen[row.worker].append(row)
    wanted: dict[str, set[str]] = {}
    for item in capsules:
        if item.body is None:
            continue
        places = sorted((row for of in item.people for row in seen[of]), key=attrgetter("last_seen"))
        # Who is at work and was not seen for long is known where he came last.
        lately = [row for row in places if row.last_seen > now - KEPT] or places[-1:]
        wanted[item.row_id] = {people_scope(row.district or "") for row in lately}
        for scope in wanted[item.row_id]:
            changes.say(scope, CAPSULE, item.row_id, item.body)
    take_capsules_back(connection, changes, {item.row_id: wanted.get(item.row_id, ()) for item in capsules})


def take_capsules_back(connection: Connection, changes: Changes, but: Mapping[str, Collection[str]]) -> None:
    """Take capsules back from every district that has them, but for some scopes of each."""
    for row_id, scopes in capsule_scopes(connection, but).items():
        for scope in sorted(scopes.difference(but[row_id])):
            changes.take_back(scope, CAPSULE, row_id)


def _district_of(connection: Connection, station: str) -> str:
    row = _DISTRICT.first(connection, {"station": station})
    return "" if row is None else str(row.district)
