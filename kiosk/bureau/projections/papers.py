"""Papers that must be kept out: told to the trip's door, freed when it keeps them out. I8: bodies <= seats.

The rules are `protocol.doors`; here they stand between reading and writing. What became of a paper is the
bureau's own decision, so a replay of the log leaves it alone. A number bears no year and is given out again
a year later, so a paper is its number and its year (`slip_year`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, insert, select, update

from kiosk.bureau.door_tables import block, boarded, door, scanned_slip
from kiosk.bureau.doors import say_block
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.quotas import hold, load, save
from kiosk.bureau.rows import has
from kiosk.bureau.tables import placement, slip, spent_number
from kiosk.bureau.trip_tables import passenger
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import QuotaId, StreamId
from kiosk.domain.quotas import NumberSet
from kiosk.domain.slips import slip_year
from kiosk.messages.events import BlockAcknowledged, DoorClosed, SlipBoarded, SlipScannedIn
from kiosk.protocol import doors
from kiosk.protocol.doors import Door
from kiosk.protocol.quotas import give_back

NO_TRIP = ""
Paper = tuple[str, int]
"""The number of a slip, and its year."""


def paper_of(number: str, at: datetime) -> Paper:
    """Return the paper of a number that was in somebody's hand at an instant."""
    return number, slip_year(number, hall_day(at))


def keep_out(ground: Ground, paper: Paper, *, is_over: bool) -> None:
    """Keep out the paper of a slip whose place was given back or is a duplicate; again, nothing changes.

    `is_over`: its own kiosk has ended it, and prints no more copies. A paper that was scanned in before is
    settled at once: entries of two kiosks come in any order.
    """
    connection = ground.connection
    if ground.is_replay:
        if has(connection, block, **_key(paper), is_freed=True):
            release(connection, _placement_of(connection, paper))
        return
    if not has(connection, block, **_key(paper)):
        _open_block(ground, paper)
    if is_over:
        connection.execute(update(block).where(_is(block, paper)).values(is_over=True))
    if has(connection, scanned_slip, **_key(paper)):
        _scan_in(ground, paper)


def note_over(ground: Ground, paper: Paper) -> None:
    """Note that a slip which must stay out was made void by its own kiosk."""
    if has(ground.connection, block, **_key(paper)):
        keep_out(ground, paper, is_over=True)


def scan_in(ground: Ground, body: SlipScannedIn) -> None:
    """Note that a paper was scanned and kept; where it had to be kept out, its numbers are free now."""
    if ground.is_replay:
        return
    paper = paper_of(body.slip, ground.source.at)
    if not has(ground.connection, scanned_slip, **_key(paper)):
        ground.connection.execute(insert(scanned_slip).values(**_key(paper)))
    _scan_in(ground, paper)


def note_boarded(ground: Ground, body: SlipBoarded) -> None:
    """Note that a slip is aboard: given back later, its numbers are never handed out again."""
    if not ground.is_replay:
        _note_aboard(ground, body.trip, [body.slip])


def acknowledge_block(ground: Ground, body: BlockAcknowledged) -> None:
    """Free the numbers of papers that the trip's door keeps out from now on; another device frees nothing."""
    connection = ground.connection
    if ground.is_replay:
        return
    before = _door(connection, body.trip, body.slips)
    _note_aboard(ground, body.trip, body.aboard)
    aboard = connection.scalars(select(boarded.c.slip).where(boarded.c.trip == body.trip)).all()
    after, freed = doors.acknowledged(before, ground.source.stream, body.slips, [*body.aboard, *aboard])
    kept = connection.execute(select(door).where(door.c.trip == body.trip)).first()
    unknown = kept.unknown_aboard if kept else 0
    surely, unknown = doors.surely_out(freed, unknown)
    connection.execute(update(door).where(door.c.trip == body.trip).values(unknown_aboard=unknown))
    _settle(ground, body.trip, after.settled - before.settled, surely)


def close_door(ground: Ground, body: DoorClosed) -> None:
    """Note that the device lets nobody in any more, and who is aboard; only the door's own word closes it."""
    if ground.is_replay:
        return
    _note_aboard(ground, body.trip, body.boarded)
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


def _key(paper: Paper) -> dict[str, object]:
    return dict(zip(("slip", "year"), paper, strict=True))


def _is(table: Table, paper: Paper) -> ColumnElement[bool]:
    number, year = paper
    return (table.c.slip == number) & (table.c.year == year)


def _is_slip(paper: Paper) -> ColumnElement[bool]:
    number, year = paper
    return (slip.c.number == number) & (slip.c.year == year)


def _open_block(ground: Ground, paper: Paper) -> None:
    connection, (number, _) = ground.connection, paper
    trip = _trip_of(connection, paper)
    facts = {"is_over": False, "is_settled": has(connection, boarded, **_key(paper)), "is_freed": False}
    connection.execute(insert(block).values(**_key(paper), trip=trip or NO_TRIP, **facts))
    if trip:
        say_block(connection, ground.changes, trip, number, ground.source.station)


def _trip_of(connection: Connection, paper: Paper) -> str | None:
    """Return the coach of a slip: the one it was sold with, or the one that a desk formed with its holder."""
    row = connection.execute(
        select(placement.c.trip, passenger.c.trip.label("formed"))
        .join_from(slip, placement, placement.c.id == slip.c.placement)
        .outerjoin(passenger, passenger.c.placement == placement.c.id)
        .where(_is_slip(paper))
    ).one()
    found: str | None = row.trip or row.formed
    return found


def _scan_in(ground: Ground, paper: Paper) -> None:
    connection, (number, year) = ground.connection, paper
    row = connection.execute(select(block).where(_is(block, paper))).first()
    if row is None:
        return
    copies = connection.execute(select(slip.c.copy_no).where(_is_slip(paper))).scalar()
    open_blocks, settled = (frozenset({number} if row.is_settled is it else ()) for it in (False, True))
    before = Door(row.trip, open_blocks=open_blocks, settled=settled)
    after, freed = doors.scanned_in(before, number, copies or 0, is_over=row.is_over)
    _settle_papers(ground, [(of, year) for of in after.settled - before.settled], freed)


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


def _settle(ground: Ground, trip: str, settled: Iterable[str], freed: Iterable[str]) -> None:
    """Settle blocks of one coach, which has no two papers of one number: it goes on one day."""
    of_trip = (block.c.trip == trip) & block.c.slip.in_([*settled])
    rows = ground.connection.execute(select(block.c.slip, block.c.year).where(of_trip)).all()
    _settle_papers(ground, [(row.slip, row.year) for row in rows], freed)


def _settle_papers(ground: Ground, settled: Iterable[Paper], freed: Iterable[str]) -> None:
    """Settle blocks, and give the numbers back of those whose slips are free now."""
    connection, free = ground.connection, set(freed)
    for paper in sorted(settled):
        is_freed = paper[0] in free
        values = {"is_settled": True} | ({"is_freed": True} if is_freed else {})
        connection.execute(update(block).where(_is(block, paper)).values(values))
        if is_freed:
            taken = _placement_of(connection, paper)
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


def _note_aboard(ground: Ground, trip: str, slips: Iterable[str]) -> None:
    """Remember who is aboard; a paper that was to be kept out came too late, and frees nothing any more."""
    connection = ground.connection
    for number in slips:
        paper = paper_of(number, ground.source.at)
        if not has(connection, boarded, **_key(paper)):
            connection.execute(insert(boarded).values(**_key(paper), trip=trip))
        connection.execute(update(block).where(_is(block, paper)).values(is_settled=True))


def _placement_of(connection: Connection, paper: Paper) -> str:
    return str(connection.execute(select(slip.c.placement).where(_is_slip(paper))).scalar_one())
