"""Halls of a district: they know one another's people, and those of other districts do not.

A bureau of one city has no districts, and a capsule goes to every kiosk. In a province that would be five
thousand kiosks that read of everybody, whom nearly none of them will ever meet. Whoever comes to a hall of
another district is new to its kiosks once, and known in both from then on.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from operator import itemgetter
from pathlib import Path

from sqlalchemy import Connection, func, select

from kiosk.actions.faults import Refused
from kiosk.bureau.databases import opened
from kiosk.bureau.feeds import CAPSULE, Changes, capsule_scopes, people_scope
from kiosk.bureau.met import KEPT, mark_due
from kiosk.bureau.portable import listed
from kiosk.bureau.rows import has, put
from kiosk.bureau.tables import hall_district, kiosk, seen_in_hall
from kiosk.domain.sentences import Sentence
from kiosk.messages.feed import CapsuleBody
from kiosk.statements import Statement

_WHERE = Statement(
    select(seen_in_hall.c.last_seen, hall_district.c.district)
    .outerjoin(hall_district, hall_district.c.station == seen_in_hall.c.station)
    .where(seen_in_hall.c.worker.in_(listed("people")))
    .order_by(seen_in_hall.c.last_seen.desc())
)


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


def halls(data_dir: Path) -> list[tuple[str, str, str]]:
    """Return station, name and district ("" for none) of every hall, by district and station."""
    with opened(data_dir) as database, database.reading() as connection:
        rows = connection.execute(
            select(kiosk.c.station, func.max(kiosk.c.station_name).label("name"), hall_district.c.district)
            .outerjoin(hall_district, hall_district.c.station == kiosk.c.station)
            .group_by(kiosk.c.station, hall_district.c.district)
        ).all()
    return sorted(((row.station, row.name, row.district or "") for row in rows), key=itemgetter(2, 0))


def set_district(data_dir: Path, station: str, district: str, now: datetime) -> int:
    """Lay a hall into a district; return how many people's capsules are told anew for it.

    Its kiosks hear of their neighbours' people with their next rounds, and no more of all others. Raises
    Refused for a hall without a kiosk.
    """
    with opened(data_dir) as database, database.writing() as connection:
        if not has(connection, kiosk, station=station):
            raise Refused(Sentence("bureau.districts.no_hall", {"station": station}))
        put(connection, hall_district, {"station": station}, {"district": district})
        is_here = (seen_in_hall.c.station == station) & (seen_in_hall.c.last_seen > now - KEPT)
        people = connection.scalars(select(seen_in_hall.c.worker).where(is_here)).all()
        mark_due(connection, people)
    return len(people)
