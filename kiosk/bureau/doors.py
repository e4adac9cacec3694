"""Coach doors as the bureau's people see them: one device each, changed only when the one before let go."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Row, insert, select

from kiosk.actions.faults import Refused
from kiosk.bureau.databases import opened
from kiosk.bureau.door_tables import block, boarded, door, door_act
from kiosk.bureau.feeds import Changes, hall_scope
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.kept_beside import registry_of
from kiosk.bureau.registries import KnownDoor, Registry
from kiosk.bureau.restoring import is_quarantined
from kiosk.bureau.riders import coach_told, say_riders_of
from kiosk.bureau.rows import change, has, put
from kiosk.bureau.tables import quota, stream
from kiosk.domain.ids import TripId, seats_of
from kiosk.domain.sentences import Sentence
from kiosk.messages.feed import BlockBody, TripBody
from kiosk.protocol.bureau_side import LIVE
from kiosk.protocol.doors import Door, DoorStillOpen, KeptOutUnknown, handed_to

_KEPT = timedelta(days=7)
_ABOARD = {"is_over": False, "is_settled": True, "is_freed": False}


def give_door(
    data_dir: Path, trip: str, kiosk: str, now: datetime, boarded_count: int | None = None, reason: str = ""
) -> None:
    """Make a kiosk the door of a trip; the same one again changes nothing.

    Where the door is another device's that has not closed it, `boarded_count` says how many people that one
    let in, and `reason` how this is known. Every slip that is aboard is told to the new device, so that none
    comes aboard twice. Raises Refused, also while a restored bureau waits for kiosks: it does not know yet
    every paper that a new door would have to keep out.
    """
    with opened(data_dir) as database, database.writing() as connection:
        holder = _live_stream_of(connection, kiosk)
        row = connection.execute(select(door).where(door.c.trip == trip)).first()
        kept = Door(trip, row.stream if row else "")
        if kept.stream == holder and row is not None and not row.is_closed:
            return
        try:
            given = handed_to(
                kept,
                holder,
                is_closed=_has_let_go(row) or boarded_count is not None,
                is_quarantined=is_quarantined(connection),
            )
        except DoorStillOpen:
            raise Refused(Sentence("bureau.door.still_open", {"trip": trip})) from None
        except KeptOutUnknown:
            raise Refused(Sentence("bureau.door.waits", {"trip": trip})) from None
        changes = Changes()
        unknown = (row.unknown_aboard if row else 0) + _unknown(connection, trip, row, boarded_count)
        facts = {"stream": given.stream, "is_closed": False, "unknown_aboard": unknown}
        put(connection, door, {"trip": trip}, facts)
        _tell(connection, changes, trip)
        registry = registry_of(BureauFolder(data_dir))
        held = KnownDoor(stream=holder, unknown_aboard=unknown)
        registry.note_door(trip, held, _over(connection, registry, now))
        connection.execute(
            insert(door_act).values(
                trip=trip, stream=holder, written_off=boarded_count, reason=reason, actor="bureau", at=now
            )
        )
        changes.stamp(connection)


def say_block(connection: Connection, changes: Changes, trip: str, slip: str, station: str) -> None:
    """Tell the hall of a trip that a slip stays out; a trip nobody knows any more is one of `station`."""
    known = coach_told(connection, changes, trip)
    changes.say(
        hall_scope(known[1].station if known else station), "block", slip, BlockBody(trip=trip, slip=slip)
    )


def holder_of(connection: Connection, trip: str) -> str:
    """Return the stream that holds a trip's door, or nothing."""
    found = connection.execute(select(door.c.stream).where(door.c.trip == trip)).scalar_one_or_none()
    return found or ""


def door_words(connection: Connection, trip: str) -> dict[str, str]:
    """Return what a trip's row says of its door: the stream that lets people in, and whose that is."""
    holder = holder_of(connection, trip)
    at = connection.execute(select(stream.c.kiosk).where(stream.c.id == holder)).scalar_one_or_none()
    return {"door": holder, "door_at": at or ""}


def forget_blocks(connection: Connection, changes: Changes, trip: TripBody) -> None:
    """Take back what was told of a trip that is gone."""
    for slip in connection.scalars(select(block.c.slip).where(block.c.trip == trip.id)):
        changes.take_back(hall_scope(trip.station), "block", slip)


def _has_let_go(row: Row[tuple[object, ...]] | None) -> bool:
    return row is None or bool(row.is_closed)


def _unknown(
    connection: Connection, trip: str, row: Row[tuple[object, ...]] | None, boarded_count: int | None
) -> int:
    """Return how many people are aboard by a door that was written off, whose slips nobody told us."""
    if boarded_count is None or _has_let_go(row):
        return 0
    known = connection.scalars(select(boarded.c.slip).where(boarded.c.trip == trip)).all()
    return max(0, boarded_count - len(known))


def _tell(connection: Connection, changes: Changes, trip: str) -> None:
    known = coach_told(connection, changes, trip)
    if known is None:
        raise Refused(Sentence("bureau.door.unknown_trip", {"trip": trip}))
    scope, body = known
    changes.say(scope, "trip", trip, body.model_copy(update=door_words(connection, trip)))
    say_riders_of(connection, changes, trip)
    for row in connection.execute(select(boarded.c.slip, boarded.c.year).where(boarded.c.trip == trip)).all():
        paper = {"slip": row.slip, "year": row.year}
        if has(connection, block, **paper):
            change(connection, block, paper, {"is_settled": True})
        else:
            connection.execute(insert(block).values(**paper, trip=trip, **_ABOARD))
        say_block(connection, changes, trip, row.slip, body.station)


def _over(connection: Connection, registry: Registry, now: datetime) -> list[str]:
    """Return the trips with a remembered door that left days ago."""
    names = {seats_of(TripId(trip)): trip for trip in registry.doors()}
    left = select(quota.c.id).where(quota.c.id.in_(list(names)), quota.c.closes_at <= now - _KEPT)
    return [names[name] for name in connection.scalars(left)]


def _live_stream_of(connection: Connection, kiosk: str) -> str:
    found = connection.execute(
        select(stream.c.id).where(stream.c.kiosk == kiosk, stream.c.state == LIVE)
    ).scalar_one_or_none()
    if found is None:
        raise Refused(Sentence("bureau.door.no_kiosk", {"kiosk": kiosk}))
    return str(found)
