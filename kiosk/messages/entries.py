"""Entries and rows as columns: what can be worked out is not sent, what contradicts that is sent beside.

An entry's place follows from the first one's; its hash and the one before from the chain. Entries whose
place or hashes are others, as in a journal that somebody changed, are told one by one, just as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from kiosk.messages.columns import Pool, Room, column_of, texts_in
from kiosk.messages.events import Event, chain_hash
from kiosk.messages.feed import FeedRow
from kiosk.messages.planes import PackedWrong, numbers_in, planes_of, steps_in, steps_of
from kiosk.messages.shapes import columns_of, taken_apart, texts_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOST_ROWS = 100_000

Kind = tuple[Any, ...]
"""What the texts of one group have in common: some fields, and last the shape."""


def packed_entries(events: Sequence[Event], stream: str, first: int, before: str, pool: Pool) -> list[Any]:
    """Return entries as columns; `first` and `before` are what the message says of seq and hash.

    Raises OverflowError for numbers that have no place in 63 bits.
    """
    if not events:
        return []
    broken: list[list[Any]] = []
    last = before
    for place, event in enumerate(events):
        seq = first + place
        expected = chain_hash(stream, seq, event.type, event.v, last, event.body)
        if event.seq != seq or event.prev_hash != last or event.hash != expected:
            broken.append([place, event.seq, event.prev_hash, event.hash])
        last = event.hash
    moments = [_micros_of(event.at) for event in events]
    offset = events[0].at.utcoffset()
    is_told_whole = any(event.at.utcoffset() != offset for event in events)
    skews = [event.boottime_ms - moment // 1000 for event, moment in zip(events, moments, strict=True)]
    return [
        len(events),
        None if offset is None else offset // _MICROSECOND,
        column_of([event.at.isoformat() for event in events], pool) if is_told_whole else steps_of(moments),
        steps_of(skews),
        column_of([event.boot for event in events], pool),
        *_packed_texts([(event.type, event.v, event.body) for event in events], pool),
        broken,
    ]


def entries_in(
    packed: object, stream: str, first: int, before: str, pool: Pool, room: Room
) -> list[dict[str, Any]]:
    """Return entries as the fields of `Event`. Raises PackedWrong, and TooMuch."""
    if packed == []:
        return []
    count, offset, at, skews, boot, kinds, order, columns, broken = _listed(packed)
    _check_count(count)
    moments = _moments_in(offset, at, count, pool, room)
    boottimes = [
        skew + moment // 1000
        for skew, moment in zip(steps_in(skews, count), map(_micros_of, moments), strict=True)
    ]
    boots = texts_in(boot, count, pool, room)
    told = _texts_in(kinds, order, columns, count, 2, pool, room)
    others = {place: (seq, before_it, its) for place, seq, before_it, its in map(_listed, _listed(broken))}
    entries, last = [], before
    for place, (kind, v, body) in enumerate(told):
        seq, before_it = first + place, last
        if place in others:
            seq, before_it, last = others[place]
        else:
            last = chain_hash(stream, seq, kind, v, before_it, body)
        entries.append(
            {
                "seq": seq,
                "type": kind,
                "v": v,
                "at": moments[place],
                "boot": boots[place],
                "boottime_ms": boottimes[place],
                "prev_hash": before_it,
                "hash": last,
                "body": body,
            }
        )
    return entries


def packed_rows(rows: Sequence[FeedRow], pool: Pool) -> list[Any]:
    """Return rows of a feed as columns. Raises OverflowError."""
    if not rows:
        return []
    return [
        len(rows),
        steps_of([row.pos for row in rows]),
        column_of([row.id for row in rows], pool),
        *_packed_texts([(row.topic, row.is_deleted, row.body) for row in rows], pool),
    ]


def rows_in(packed: object, pool: Pool, room: Room) -> list[dict[str, Any]]:
    """Return rows as the fields of `FeedRow`. Raises PackedWrong, and TooMuch."""
    if packed == []:
        return []
    count, positions, ids, kinds, order, columns = _listed(packed)
    _check_count(count)
    places = steps_in(positions, count)
    names = texts_in(ids, count, pool, room)
    told = _texts_in(kinds, order, columns, count, 2, pool, room)
    return [
        {"topic": topic, "id": name, "pos": pos, "is_deleted": is_deleted, "body": body}
        for pos, name, (topic, is_deleted, body) in zip(places, names, told, strict=True)
    ]


def _packed_texts(said: Sequence[Kind], pool: Pool) -> tuple[list[Kind], bytes, list[Any]]:
    """Group texts by what they have in common; return the groups, whose turn it is, and their columns."""
    groups: dict[Kind, int] = {}
    values: list[list[list[str]]] = []
    order = []
    for *common, text in said:
        shape, held = taken_apart(text)
        group = groups.setdefault((*common, shape), len(values))
        if group == len(values):
            values.append([])
        values[group].append(held)
        order.append(group)
    return list(groups), planes_of(order), [columns_of(rows, pool) for rows in values]


def _texts_in(
    kinds: object, order: object, columns: object, count: int, common: int, pool: Pool, room: Room
) -> list[Kind]:
    turns = numbers_in(order, count)
    many = Counter(turns)
    groups = []
    for place, (kind, packed) in enumerate(zip(_listed(kinds), _listed(columns), strict=True)):
        *fields, shape = _listed(kind)
        if len(fields) != common:
            raise PackedWrong("group")
        texts = texts_of(shape, packed, many[place], pool, room)
        groups.append(iter([(*fields, text) for text in texts]))
    if min(turns) < 0:
        raise PackedWrong("group")
    return [next(groups[turn]) for turn in turns]


def _moments_in(offset: object, at: object, count: int, pool: Pool, room: Room) -> list[datetime]:
    if isinstance(at, list):
        return [datetime.fromisoformat(text) for text in texts_in(at, count, pool, room)]
    if offset is not None and not isinstance(offset, int):
        raise PackedWrong("offset")
    zone = None if offset is None else timezone(offset * _MICROSECOND)
    return [(_EPOCH + micros * _MICROSECOND).replace(tzinfo=zone) for micros in steps_in(at, count)]


def _micros_of(moment: datetime) -> int:
    """Return the microseconds of what the hands show, wherever that is."""
    return (moment.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND


def _listed(packed: object) -> list[Any]:
    if not isinstance(packed, list):
        raise PackedWrong("list")
    return packed


def _check_count(count: object) -> None:
    if not isinstance(count, int) or not 0 < count <= _MOST_ROWS:
        raise PackedWrong("count")
