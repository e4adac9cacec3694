"""Which numbers this kiosk asks for: of every job on its board that people want, and of the coach there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, literal, select

from kiosk.domain.clock import hall_day
from kiosk.domain.ids import JobId, QuotaId, TripId, places_of, seats_of
from kiosk.domain.wants import Demand, numbers_to_ask
from kiosk.messages.sync import Want
from kiosk.protocol.profiles import rights_of
from kiosk.storage.columns import Instant
from kiosk.storage.demand import Looks, taken_lately
from kiosk.storage.feed_tables import job, trip
from kiosk.storage.settings import SqlSettings
from kiosk.storage.tables import quota

_MOST_WANTS = 500
"""The soonest jobs come first; a round stays small, and the next one asks for the rest."""


_NOW = bindparam("now", type_=Instant)
_HERE = func.coalesce(quota.c.here, 0)
_PLACES = (
    select(job.c.id, _HERE, quota.c.open_at_bureau, job.c.headcount)
    .outerjoin(quota, quota.c.id == literal(places_of(JobId(""))).op("||")(job.c.id))
    .where(job.c.is_open == literal(1), job.c.starts > _NOW, job.c.valid_until > _NOW)
    .order_by(job.c.starts, job.c.pay_rank, job.c.id)
)
_SEATS = (
    select(trip.c.id, _HERE, quota.c.open_at_bureau, trip.c.seats)
    .outerjoin(quota, quota.c.id == literal(seats_of(TripId(""))).op("||")(trip.c.id))
    .where(
        trip.c.day >= bindparam("today"), exists().where(job.c.trip == trip.c.id, job.c.is_open == literal(1))
    )
    .order_by(trip.c.day, trip.c.departs_at)
)


def wants(connection: Connection, now: datetime, looks: Looks) -> tuple[Want, ...]:
    """Return what to ask for now: seats first, for without one a place is of no use."""
    taken = taken_lately(connection, now)
    identity = SqlSettings(connection).identity()
    keeps_stock = identity is None or not rights_of(identity.profile).is_on_demand

    def demand_of(quota_id: QuotaId) -> Demand:
        return looks.demand(quota_id, taken)

    seats = connection.execute(_SEATS, {"today": hall_day(now)})
    places = connection.execute(_PLACES, {"now": now})
    asked = chain(
        _asked(seats, seats_of, demand_of, keeps_stock=keeps_stock),
        _asked(places, places_of, demand_of, keeps_stock=keeps_stock),
    )
    return tuple(islice(asked, _MOST_WANTS))


def _asked(
    rows: Iterable[Any],
    name: Callable[[Any], QuotaId],
    demand_of: Callable[[QuotaId], Demand],
    *,
    keeps_stock: bool,
) -> Iterator[Want]:
    for item, here, open_at_bureau, capacity in rows:
        demand = demand_of(name(item))
        count = numbers_to_ask(here, open_at_bureau, capacity, demand, keeps_stock=keeps_stock)
        if count > 0:
            yield Want(quota=name(item), count=count, waiting=demand.waiting)
