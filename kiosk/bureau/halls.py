"""The halls of a bureau, and laying one into a district: from then on its people and work are told there."""

from __future__ import annotations

from datetime import datetime
from operator import itemgetter
from pathlib import Path

from sqlalchemy import Connection, func, select

from kiosk.actions.faults import Refused
from kiosk.bureau.databases import opened
from kiosk.bureau.districts import work_scope_at
from kiosk.bureau.feeds import Changes, bodies
from kiosk.bureau.met import KEPT, mark_due
from kiosk.bureau.publishing import say
from kiosk.bureau.rows import has, put
from kiosk.bureau.tables import hall_district, kiosk, seen_in_hall
from kiosk.domain.sentences import Sentence
from kiosk.messages.feed import JobBody, TripBody

_WORK: tuple[tuple[str, type[JobBody | TripBody]], ...] = (("trip", TripBody), ("job", JobBody))


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

    Its kiosks hear of their neighbours' people and work with their next rounds, and forget all others. Its
    own work goes along, and numbers that lie idle elsewhere come back. Raises Refused for a hall without a
    kiosk.
    """
    with opened(data_dir) as database, database.writing() as connection:
        if not has(connection, kiosk, station=station):
            raise Refused(Sentence("bureau.districts.no_hall", {"station": station}))
        before = work_scope_at(connection, station)
        put(connection, hall_district, {"station": station}, {"district": district})
        _move_work(connection, station, before)
        is_here = (seen_in_hall.c.station == station) & (seen_in_hall.c.last_seen > now - KEPT)
        people = connection.scalars(select(seen_in_hall.c.worker).where(is_here)).all()
        mark_due(connection, people)
    return len(people)


def _move_work(connection: Connection, station: str, before: str) -> None:
    """Tell the jobs and coaches of a hall where it lies now, and nowhere else."""
    after = work_scope_at(connection, station)
    if after == before:
        return
    changes = Changes()
    for topic, kind in _WORK:
        told = (kind.model_validate_json(text) for text in bodies(connection, before, topic))
        for body in told:
            if body.station == station:
                changes.take_back(before, topic, body.id)
                say(connection, changes, after, [body])
    changes.stamp(connection)
