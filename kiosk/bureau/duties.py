"""Who could not be shown to answer for people on a trip, or too many, over all that the halls told.

Facts of one trip come from several kiosks: its door saw it off, another desk heard of its arrival. None of
them sees the whole, so gaps and overlaps are looked for here, by the very rule of the desk's page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Row, select, union

from kiosk.bureau.databases import looked_into
from kiosk.bureau.duty_tables import duty_handed
from kiosk.bureau.trip_tables import trip_departure
from kiosk.domain.ids import TripId
from kiosk.domain.segments import Boundary, Fault, Flaw, HandOver, Party, Proof, flaws

_BOUNDARIES = {(each.giver.value, each.taker.value): each for each in Boundary}


@dataclass(frozen=True, slots=True)
class TripFlaw:
    """A time of one trip in which not exactly one party can be shown to answer."""

    station: str
    trip: TripId
    flaw: Flaw


def duty_flaws(data_dir: Path, since: datetime, now: datetime) -> list[TripFlaw]:
    """Return every gap and overlap that ended since, by hall, trip and time, whether or not a server runs.

    What nobody has ended yet lasts until now.
    """
    with looked_into(data_dir) as connection:
        found = [item for station, trip in _trips(connection) for item in _of(connection, station, trip, now)]
    return [item for item in found if item.flaw.until >= since]


def _trips(connection: Connection) -> list[tuple[str, str]]:
    told = (select(table.c.station, table.c.trip) for table in (duty_handed, trip_departure))
    return [(row.station, row.trip) for row in sorted(connection.execute(union(*told)).all())]


def _of(connection: Connection, station: str, trip: str, now: datetime) -> Iterator[TripFlaw]:
    of_trip = select(duty_handed).where(duty_handed.c.station == station, duty_handed.c.trip == trip)
    handed = [_hand_over(row) for row in connection.execute(of_trip)]
    left = connection.execute(
        select(trip_departure.c.departed_at).where(trip_departure.c.trip == trip)
    ).scalar_one_or_none()
    opened_at = min([*([left] if left else []), *(each.at for each in handed)])
    is_back = any(each.boundary is Boundary.RETURN for each in handed)
    until = max(each.at for each in handed) if is_back else now
    for flaw in (*flaws(handed, opened_at, until), *_never_handed(handed, left, until)):
        yield TripFlaw(station, TripId(trip), flaw)


def _never_handed(handed: Iterable[HandOver], left: datetime | None, until: datetime) -> Iterator[Flaw]:
    """Yield the time since a coach left where nobody was handed over: the rule sees no gap in nothing."""
    if left is not None and left < until and not [*handed]:
        yield Flaw(Fault.GAP, (Party.OPERATOR, Party.TRANSPORT), left, until)


def _hand_over(row: Row[tuple[object, ...]]) -> HandOver:
    return HandOver(
        id=row.hand_over,
        trip=TripId(row.trip),
        boundary=_BOUNDARIES[row.giver, row.taker],
        at=row.at,
        noted_at=row.noted_at,
        place=row.place,
        headcount=row.headcount,
        expected=row.expected,
        signer=row.signer,
        proof=Proof(row.proof),
        exceptions=row.exceptions,
    )
