"""Coaches as a desk changes them: formed, crewed, checked and seen off; each is one row that also comes down.

What is changed here is written into the trip's own row at once and journalled; the bureau's word of it takes
its place when it comes. Who rides with a formed trip is kept here alone, where its door is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError

from kiosk.actions.faults import IntegrityFault
from kiosk.actions.trip_ports import Departed, Passenger, Waiting
from kiosk.domain.clock import instant_of
from kiosk.domain.departures import Check, Tick
from kiosk.domain.drivers import Crewed
from kiosk.domain.ids import JobId, PlacementId, SlipNumber, StaffId, TripId, WorkerId
from kiosk.domain.manifests import Manifest, manifest_from
from kiosk.domain.placements import PlacementState
from kiosk.domain.slips import SlipKind
from kiosk.domain.trips import Trip, TripState
from kiosk.messages.feed import TripBody
from kiosk.statements import Row, Statement
from kiosk.storage.columns import Instant
from kiosk.storage.desk import LOCAL_SCOPE
from kiosk.storage.feed_tables import trip
from kiosk.storage.feed_values import read_trip
from kiosk.storage.outings import BEGIN
from kiosk.storage.tables import check_in, current_stream, placement, worker
from kiosk.storage.trip_tables import departure, passenger, trip_tick

LONGEST_AHEAD = timedelta(days=30)
"""A place that was taken longer ago than people are kept is nobody's who could be named."""
_FIRM = (PlacementState.CONFIRMED, PlacementState.EDUCATED, PlacementState.SLIP_ISSUED)

_BODY = Statement(select(trip.c.body).where(trip.c.id == bindparam("id")))
_STREAM = select(current_stream.c.stream).where(current_stream.c.only == 1)
_OF_DAYS = Statement(
    select(trip.c.body)
    .where(trip.c.day >= bindparam("first"), trip.c.day <= bindparam("last"))
    .order_by(trip.c.day, trip.c.departs_at, trip.c.id)
)
_SEATED = select(
    passenger.c.trip, passenger.c.seat, passenger.c.placement, placement.c.worker, placement.c.slip
).join(placement, placement.c.id == passenger.c.placement)
_PASSENGERS = Statement(_SEATED.where(passenger.c.trip == bindparam("trip")).order_by(passenger.c.seat))
_RIDE = Statement(_SEATED.where(passenger.c.placement == bindparam("placement")))
_WAITING = Statement(
    select(
        placement.c.id,
        placement.c.worker,
        placement.c.slip,
        placement.c.job,
        placement.c.title,
        func.coalesce(worker.c.name, "").label("name"),
        func.coalesce(worker.c.number_tail, "").label("tail"),
        func.coalesce(check_in.c.queue_number, "").label("queue_number"),
    )
    .outerjoin(worker, worker.c.id == placement.c.worker)
    .outerjoin(check_in, (check_in.c.worker == placement.c.worker) & (check_in.c.day == placement.c.taken_on))
    .where(
        placement.c.taken_on >= bindparam("since"),
        placement.c.starts >= bindparam("begins", type_=Instant),
        placement.c.starts < bindparam("ends", type_=Instant),
        placement.c.trip.is_(None),
        placement.c.kind == bindparam(None, SlipKind.DISPATCH.value),
        placement.c.state.in_([bindparam(None, state.value) for state in _FIRM]),
        ~exists().where(passenger.c.placement == placement.c.id),
    )
    .order_by(
        placement.c.taken_on,
        check_in.c.arrived_at.is_(None),
        check_in.c.arrived_at,
        check_in.c.kiosk,
        check_in.c.sequence,
        placement.c.taken_at,
        placement.c.id,
    )
)
_TICKS = Statement(select(trip_tick).where(trip_tick.c.trip == bindparam("trip")))
_DEPARTURE = Statement(select(departure).where(departure.c.trip == bindparam("trip")))


class SqlTrips:
    """The coaches of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def add(self, formed: Trip) -> None:
        """Keep a trip that was formed here; this device is its door."""
        stream = self._connection.execute(_STREAM).scalar_one()
        body = TripBody(
            id=formed.id,
            station=formed.station,
            label=formed.label,
            day=formed.day,
            departs_at=formed.departs_at,
            bay=formed.bay,
            destination=formed.destination,
            returns_at=formed.returns_at,
            seats=formed.seats,
            plate=formed.plate,
            phone=formed.phone,
            state=formed.state.value,
            door=stream,
            driver=formed.driver or "",
            is_formed=formed.is_formed,
        )
        self._connection.execute(
            insert(trip).values(
                id=formed.id,
                scope=LOCAL_SCOPE,
                pos=0,
                day=formed.day,
                departs_at=formed.departs_at.isoformat("minutes"),
                seats=formed.seats,
                body=body.model_dump_json(),
                door=stream,
            )
        )

    def crew(self, of: TripId, plate: str, driver: WorkerId, seats: int) -> None:
        """Let a trip go with this vehicle and driver, and with no other any more."""
        self._change(of, plate=plate, driver=driver, seats=seats)

    def crewed(self, first: date, last: date) -> Sequence[Crewed]:
        """Return the trips of some days that are not cancelled, each with its crew."""
        rows = _OF_DAYS.all(self._connection, {"first": first, "last": last})
        trips = [read_trip(row.body) for row in rows]
        return [
            Crewed(item.id, item.label, item.plate, item.driver, item.day, item.departs_at, item.returns_at)
            for item in trips
            if item.state is not TripState.CANCELLED
        ]

    def passengers(self, of: TripId) -> Sequence[Passenger]:
        """Return who has a seat of a formed trip, by seat."""
        return [_passenger(row) for row in _PASSENGERS.all(self._connection, {"trip": of})]

    def ride_of(self, of: PlacementId) -> Passenger | None:
        """Return the seat that a placement has in a formed trip."""
        row = _RIDE.first(self._connection, {"placement": of})
        return None if row is None else _passenger(row)

    def give_seat(self, of: TripId, seat: int, who: PlacementId) -> None:
        """Give a free seat; raises IntegrityFault for a taken one, or for whoever has a seat already."""
        try:
            self._connection.execute(insert(passenger).values(trip=of, seat=seat, placement=who))
        except IntegrityError as fault:
            raise IntegrityFault(f"seat {seat} of {of} is not free for {who}") from fault

    def take_seat_back(self, who: PlacementId) -> None:
        """Let a placement have no seat of a formed trip."""
        self._connection.execute(delete(passenger).where(passenger.c.placement == who))

    def waiting(self, day: date) -> Sequence[Waiting]:
        """Return who has a firm place of this kiosk that begins on a day, and no coach, in fair order."""
        begins = instant_of(day, time())
        asked = {"since": day - LONGEST_AHEAD, "begins": begins, "ends": begins + timedelta(days=1)}
        return [
            Waiting(
                placement=PlacementId(row.id),
                worker=WorkerId(row.worker),
                slip=SlipNumber(row.slip),
                job=JobId(row.job),
                title=row.title,
                name=row.name,
                number_tail=row.tail,
                queue_number=row.queue_number,
            )
            for row in _WAITING.all(self._connection, asked)
        ]

    def ticks(self, of: TripId) -> Mapping[Check, Tick]:
        """Return what people said of a trip's checks last."""
        return {Check(row.check): _tick(row) for row in _TICKS.all(self._connection, {"trip": of})}

    def keep_tick(self, of: TripId, tick: Tick) -> None:
        """Keep what somebody said of a check, in the place of what was said before."""
        values = {
            "is_good": tick.is_good,
            "actor": tick.actor,
            "at": tick.at,
            "plate": tick.plate,
            "driver": tick.driver,
        }
        statement = upsert(trip_tick).values(trip=of, check=tick.check.value, **values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["trip", "check"], set_=values)
        )

    def departed(self, of: TripId) -> Departed | None:
        """Return the departure of a coach that this device saw off."""
        row = _DEPARTURE.first(self._connection, {"trip": of})
        return None if row is None else Departed(manifest_from(row.manifest), row.digest, row.printed)

    def depart(self, manifest: Manifest, at: datetime) -> None:
        """Keep that a coach left, with its manifest; it sells and boards nothing any more."""
        self._connection.execute(
            insert(departure).values(
                trip=manifest.trip, at=at, manifest=manifest.text, digest=manifest.digest, printed=0
            )
        )
        self._change(manifest.trip, state=TripState.DEPARTED.value)
        BEGIN.run(self._connection, {"trip": manifest.trip, "at": at})

    def count_print(self, of: TripId) -> int:
        """Count one printing of a departure's papers; return how often they were printed before."""
        counted = update(departure).where(departure.c.trip == of).values(printed=departure.c.printed + 1)
        return int(self._connection.execute(counted.returning(departure.c.printed)).scalar_one()) - 1

    def _change(self, of: TripId, **changed: Any) -> None:  # noqa: ANN401 - fields of the body
        """Change the row of a trip as the bureau will say it, once it has heard of this."""
        text = _BODY.scalar(self._connection, {"id": of})
        if text is None:
            raise IntegrityFault(f"no trip {of}")
        body = TripBody.model_validate_json(text).model_copy(update=changed)
        values = {"body": body.model_dump_json(), "seats": body.seats}
        self._connection.execute(update(trip).where(trip.c.id == of).values(values))


def _passenger(row: Row) -> Passenger:
    return Passenger(
        trip=TripId(row.trip),
        seat=row.seat,
        placement=PlacementId(row.placement),
        worker=WorkerId(row.worker),
        slip=SlipNumber(row.slip),
    )


def _tick(row: Row) -> Tick:
    who = WorkerId(row.driver)
    return Tick(Check(row.check), bool(row.is_good), StaffId(row.actor), row.at, row.plate, who)
