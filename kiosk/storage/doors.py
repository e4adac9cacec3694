"""The door of a trip, as the one device that holds it keeps it: blocks, who is aboard, and what is answered.

Which slips stay out and who may come in is told by `kiosk.protocol.doors`. Every device of a hall keeps every
block, so that one that is given a door later knows them all before it lets anybody in.

What is told again is answered again, a block or the trip with its door: the bureau may have forgotten the
answer with a restore, or heard it while another device held the door. An answer too many frees nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, literal, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.door_ports import Boarded, Holding
from kiosk.domain.ids import SlipNumber, TripId
from kiosk.messages.events import BlockAcknowledged
from kiosk.messages.feed import BlockBody, FeedRow
from kiosk.protocol import doors
from kiosk.protocol.doors import DoorBook
from kiosk.statements import Statement
from kiosk.storage.columns import Instant
from kiosk.storage.door_tables import boarded_slip, closed_door, door_block
from kiosk.storage.feed_tables import trip
from kiosk.storage.journal import SqlJournal
from kiosk.storage.outings import BEGIN
from kiosk.storage.tables import current_stream

_TOPIC = "block"
_OURS = (
    select(trip.c.id, closed_door.c.at.label("closed_at"))
    .join(current_stream, current_stream.c.stream == trip.c.door)
    .outerjoin(
        closed_door, and_(closed_door.c.trip == trip.c.id, closed_door.c.stream == current_stream.c.stream)
    )
    .where(trip.c.id == bindparam("trip"), current_stream.c.only == literal(1))
)
_IS_OURS = Statement(_OURS)
_IS_OPEN = Statement(_OURS.where(closed_door.c.at.is_(None)))
_ABOARD = Statement(
    select(boarded_slip.c.slip).where(
        boarded_slip.c.slip == bindparam("slip"), boarded_slip.c.trip == bindparam("trip")
    )
)
_KEPT_OUT = Statement(
    select(door_block.c.slip).where(
        door_block.c.slip == bindparam("slip"), door_block.c.trip == bindparam("trip")
    )
)
_COME = Statement(upsert(boarded_slip).on_conflict_do_nothing(), "slip", "trip", "at")
_ABOARD_WHERE = Statement(
    select(boarded_slip.c.trip, boarded_slip.c.at).where(boarded_slip.c.slip == bindparam("slip"))
)
_ALL_ABOARD = Statement(
    select(boarded_slip.c.slip, boarded_slip.c.at)
    .where(boarded_slip.c.trip == bindparam("trip"))
    .order_by(boarded_slip.c.at, boarded_slip.c.slip)
)
_CLOSE = Statement(
    upsert(closed_door).from_select(
        ["trip", "stream", "at"],
        select(bindparam("trip"), current_stream.c.stream, bindparam("at", type_=Instant)).where(
            current_stream.c.only == literal(1)
        ),
    )
)
_UNANSWERED = (
    select(door_block.c.trip, door_block.c.slip)
    .join(trip, trip.c.id == door_block.c.trip)
    .where(
        trip.c.door == bindparam("stream"),
        or_(door_block.c.answered_by != trip.c.door, door_block.c.answered_in != door_block.c.feed_gen),
    )
    .order_by(door_block.c.trip, door_block.c.slip)
)


class SqlDoors:
    """The doors of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection

    def book(self, of: TripId, slip: SlipNumber) -> DoorBook:
        """Return what a trip's door knows of one slip; a door that another device holds is closed here."""
        asked = {"trip": of, "slip": slip}
        return DoorBook(
            trip=of,
            aboard=frozenset(row.slip for row in _ABOARD.all(self._connection, asked)),
            kept_out=frozenset(row.slip for row in _KEPT_OUT.all(self._connection, asked)),
            is_closed=_IS_OPEN.first(self._connection, asked) is None,
        )

    def holding(self, of: TripId) -> Holding:
        """Return whether this device is the door of a trip, and whether it has closed it."""
        ours = _IS_OURS.first(self._connection, {"trip": of})
        if ours is None:
            return Holding.ELSEWHERE
        return Holding.OPEN if ours.closed_at is None else Holding.CLOSED

    def aboard(self, of: TripId) -> Mapping[SlipNumber, datetime]:
        """Return which slips this device let into a trip's coach, and when, the first one first."""
        return {SlipNumber(row.slip): row.at for row in _ALL_ABOARD.all(self._connection, {"trip": of})}

    def came_aboard(self, slip: SlipNumber) -> Boarded | None:
        """Return into which coach this device let a slip, and when."""
        row = _ABOARD_WHERE.first(self._connection, {"slip": slip})
        return None if row is None else Boarded(TripId(row.trip), row.at)

    def come_aboard(self, of: TripId, slip: SlipNumber, at: datetime) -> None:
        """Remember that a slip is in the coach; with the first one its outing begins."""
        _COME.run(self._connection, {"trip": of, "slip": slip, "at": at})
        BEGIN.run(self._connection, {"trip": of, "at": at})

    def close(self, of: TripId, at: datetime) -> None:
        """Remember that this device lets nobody into a trip's coach any more."""
        _CLOSE.run(self._connection, {"trip": of, "at": at})


def parted(rows: Sequence[FeedRow]) -> tuple[list[BlockBody], list[FeedRow]]:
    """Return the blocks of a page, and all other rows; nothing takes a block back."""
    blocks: list[BlockBody] = []
    others: list[FeedRow] = []
    for row in rows:
        block = _block(row)
        if block is None:
            others.append(row)
        else:
            blocks.append(block)
    return blocks, others


def keep_blocks(
    connection: Connection,
    blocks: Iterable[BlockBody],
    others: Iterable[FeedRow],
    feed_gen: str,
    now: datetime,
) -> None:
    """Keep blocks, and in which life of the feed they were told last; those told again want an answer again.

    `others` are the other rows of the page, the trips among them.
    """
    trips = [row.id for row in others if row.topic == "trip"]
    connection.execute(update(door_block).where(door_block.c.trip.in_(trips)).values(answered_in=""))
    for block in blocks:
        statement = upsert(door_block).values(
            slip=block.slip, trip=block.trip, told_at=now, feed_gen=feed_gen, answered_by="", answered_in=""
        )
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["slip"], set_={"feed_gen": feed_gen, "answered_in": ""}
            )
        )


def answer_blocks(connection: Connection, journal: SqlJournal, stream: str, now: datetime) -> None:
    """Acknowledge every block of the doors that this stream holds, once each time it was told."""
    waiting: dict[str, list[str]] = {}
    for of, slip in connection.execute(_UNANSWERED, {"stream": stream}):
        waiting.setdefault(of, []).append(slip)
    for of, slips in waiting.items():
        boarded = connection.execute(select(boarded_slip.c.slip).where(boarded_slip.c.trip == of)).scalars()
        _, aboard = doors.keep_out(DoorBook(of, aboard=frozenset(boarded)), slips)
        journal.append(BlockAcknowledged(trip=of, slips=slips, aboard=sorted(aboard)), now)
        answered = update(door_block).where(door_block.c.slip.in_(slips))
        connection.execute(answered.values(answered_by=stream, answered_in=door_block.c.feed_gen))


def is_block(row: FeedRow) -> bool:
    """Return whether a row tells of a block that this version understands."""
    return _block(row) is not None


def _block(row: FeedRow) -> BlockBody | None:
    """Return a row's block; a word of a newer bureau is put aside like any other."""
    if row.topic != _TOPIC or row.is_deleted:
        return None
    try:
        return BlockBody.model_validate_json(row.body)
    except ValueError:
        return None
