"""Papers that must be kept out: told to the trip's door, freed when it keeps them out. I8: bodies <= seats.

The rules are `protocol.doors`; here they stand between reading and writing. What became of a paper is the
bureau's own decision, so a replay of the log leaves it alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, insert, select, update

from kiosk.bureau.door_tables import block, boarded, door, scanned_slip
from kiosk.bureau.doors import say_block
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.quotas import hold, load, save
from kiosk.bureau.rows import has
from kiosk.bureau.tables import placement, slip, spent_number
from kiosk.bureau.trip_tables import passenger
from kiosk.domain.ids import QuotaId, StreamId
from kiosk.domain.quotas import NumberSet
from kiosk.messages.events import BlockAcknowledged, DoorClosed, SlipBoarded, SlipScannedIn
from kiosk.protocol import doors
from kiosk.protocol.doors import Door
from kiosk.protocol.quotas import give_back

NO_TRIP = ""


def keep_out(ground: Ground, number: str, *, is_over: bool) -> None:
    """Keep out the paper of a slip whose place was given back or is a duplicate; again, nothing changes.

    `is_over`: its own kiosk has ended it, and prints no more copies. A paper that was scanned in before is
    settled at once: entries of two kiosks come in any order.
    """
    connection = ground.connection
    if ground.is_replay:
        if has(connection, block, slip=number, is_freed=True):
            release(connection, _placement_of(connection, number))
        return
    if not has(connection, block, slip=number):
        _open_block(ground, number)
    if is_over:
        connection.execute(update(block).where(block.c.slip == number).values(is_over=True))
    if has(connection, scanned_slip, slip=number):
        _scan_in(ground, number)


def note_over(ground: Ground, number: str) -> None:
    """Note that a slip which must stay out was made void by its own kiosk."""
    if has(ground.connection, block, slip=number):
        keep_out(ground, number, is_over=True)


def scan_in(ground: Ground, body: SlipScannedIn) -> None:
    """Note that a paper was scanned and kept; where it had to be kept out, its numbers are free now."""
    if ground.is_replay:
        return
    if not has(ground.connection, scanned_slip, slip=body.slip):
        ground.connection.execute(insert(scanned_slip).values(slip=body.slip))
    _scan_in(ground, body.slip)


def note_boarded(ground: Ground, body: SlipBoarded) -> None:
    """Note that a slip is aboard: given back later, its numbers are never handed out again."""
    if not ground.is_replay:
        _note_aboard(ground.connection, body.trip, [body.slip])


def acknowledge_block(ground: Ground, body: BlockAcknowledged) -> None:
    """Free the numbers of papers that the trip's door keeps out from now on; another device frees nothing."""
    connection = ground.connection
    if ground.is_replay:
        return
    before = _door(connection, body.trip, body.slips)
    _note_aboard(connection, body.trip, body.aboard)
    aboard = connection.scalars(select(boarded.c.slip).where(boarded.c.trip == body.trip)).all()
    after, freed = doors.acknowledged(before, ground.source.stream, body.slips, [*body.aboard, *aboard])
    kept = connection.execute(select(door).where(door.c.trip == body.trip)).first()
    unknown = kept.unknown_aboard if kept else 0
    surely, unknown = doors.surely_out(freed, unknown)
    connection.execute(update(door).where(door.c.trip == body.trip).values(unknown_aboard=unknown))
    _settle(ground, after.settled - before.settled, surely)


def close_door(ground: Ground, body: DoorClosed) -> None:
    """Note that the device lets nobody in any more, and who is aboard; only the door's own word closes it."""
    if ground.is_replay:
        return
    _note_aboard(ground.connection, body.trip, body.boarded)
    ground.connection.execute(
        update(door)
        .where(door.c.trip == body.trip, door.c.stream == ground.source.stream)
        .values(is_closed=True)
    )


def release(connection: Connection, placement_id: str) -> None:
    """Let go of the numbers a placement holds."""
    released = connection.execute(
        update(spent_number)
        .where(spent_number.c.placement == placement_id, spent_number.c.is_held.is_(True))
        .values(is_held=False)
        .returning(spent_number.c.quota)
    )
    for name in released.scalars().all():
        hold(connection, QuotaId(name), -1)


def _open_block(ground: Ground, number: str) -> None:
    connection = ground.connection
    trip = _trip_of(connection, number)
    facts = {"is_over": False, "is_settled": has(connection, boarded, slip=number), "is_freed": False}
    connection.execute(insert(block).values(slip=number, trip=trip or NO_TRIP, **facts))
    if trip:
        say_block(connection, ground.changes, trip, number, ground.source.station)


def _trip_of(connection: Connection, number: str) -> str | None:
    """Return the coach of a slip: the one it was sold with, or the one that a desk formed with its holder."""
    row = connection.execute(
        select(placement.c.trip, passenger.c.trip.label("formed"))
        .outerjoin(passenger, passenger.c.placement == placement.c.id)
        .where(placement.c.slip == number)
    ).one()
    found: str | None = row.trip or row.formed
    return found


def _scan_in(ground: Ground, number: str) -> None:
    row = ground.connection.execute(select(block).where(block.c.slip == number)).first()
    if row is None:
        return
    copies = ground.connection.execute(select(slip.c.copy_no).where(slip.c.number == number)).scalar()
    before = _door(ground.connection, row.trip, [number])
    after, freed = doors.scanned_in(before, number, copies or 0, is_over=row.is_over)
    _settle(ground, after.settled - before.settled, freed)


def _door(connection: Connection, trip: str, slips: Iterable[str]) -> Door:
    """Return a trip's door as far as it is about these slips."""
    holder = connection.execute(select(door.c.stream).where(door.c.trip == trip)).scalar_one_or_none()
    rows = connection.execute(select(block).where(block.c.trip == trip, block.c.slip.in_(list(slips)))).all()
    return Door(
        trip,
        holder or "",
        frozenset(row.slip for row in rows if not row.is_settled),
        frozenset(row.slip for row in rows if row.is_settled),
    )


def _settle(ground: Ground, settled: Iterable[str], freed: Iterable[str]) -> None:
    connection = ground.connection
    connection.execute(update(block).where(block.c.slip.in_(list(settled))).values(is_settled=True))
    for number in sorted(freed):
        connection.execute(update(block).where(block.c.slip == number).values(is_freed=True))
        taken = _placement_of(connection, number)
        release(connection, taken)
        free_numbers(connection, taken)


def free_numbers(connection: Connection, placement_id: str) -> None:
    """Give a placement's numbers back in the name of the stream that spent them."""
    rows = connection.execute(
        select(spent_number.c.quota, spent_number.c.number, placement.c.stream)
        .join(placement, placement.c.id == spent_number.c.placement)
        .where(placement.c.id == placement_id)
    ).all()
    for row in rows:
        name, stream = QuotaId(row.quota), StreamId(row.stream)
        state = load(connection, name)
        if state is not None and row.number in state.right_of(stream).committed:
            save(connection, name, give_back(state, stream, NumberSet.single(row.number)), stream)


def _note_aboard(connection: Connection, trip: str, slips: Iterable[str]) -> None:
    """Remember who is aboard; a paper that was to be kept out came too late, and frees nothing any more."""
    for number in slips:
        if not has(connection, boarded, slip=number):
            connection.execute(insert(boarded).values(slip=number, trip=trip))
        connection.execute(update(block).where(block.c.slip == number).values(is_settled=True))


def _placement_of(connection: Connection, number: str) -> str:
    return str(connection.execute(select(slip.c.placement).where(slip.c.number == number)).scalar_one())
