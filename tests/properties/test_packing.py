"""A packed message says exactly what its JSON says, and nothing that comes in makes unpacking go astray."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any, TypeVar

import msgpack
import zstandard
from annotated_types import Ge
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.codes import load_dictionaries
from kiosk.messages.columns import Pool, Room, column_of, texts_in
from kiosk.messages.events import FIRST_HASH, Event, chain_hash
from kiosk.messages.exchanges import Exchange
from kiosk.messages.packing import Packing, PackingFault
from kiosk.messages.planes import PackedWrong
from kiosk.messages.shapes import columns_of, taken_apart, texts_of
from kiosk.messages.sync import SyncReply, SyncRequest
from kiosk.messages.wire import Wire
from tests.stations import STATIONS

_Message = TypeVar("_Message", bound=Wire)
ROOM = 10_000_000

HEX = st.sampled_from((8, 10, 12, 16, 32)).flatmap(
    lambda size: st.binary(min_size=size, max_size=size).map(bytes.hex)
)
TELLING = st.one_of(
    st.text(max_size=12),
    HEX,
    st.builds("{}{}".format, st.sampled_from(("w-", "places:", "1-", "", '"')), HEX),
    st.uuids().map(str),
    st.datetimes().map(lambda moment: moment.isoformat() + "Z"),
    st.dates().map(str),
    st.builds("PG-{}-0919-01-{:04d}".format, STATIONS, st.integers(0, 12_000)),
    st.builds("A{}".format, st.integers(0, 300)),
    st.builds('"{}"'.format, st.binary(min_size=16, max_size=40).map(bytes.hex)),
    st.sampled_from(("null", "007", "999999196803120012", "99999919680312001X", "", "\0", "%s", "1e5", '"')),
)
"""Texts that look like something that packing would rather keep as bytes or numbers, and others."""
NUMBERS = st.one_of(st.integers(0, 2**53), st.integers(0, 300), st.integers(-(2**70), 2**70))
OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
ZONES = st.one_of(st.none(), st.just(UTC), OFFSETS)
CHANGES: tuple[dict[str, object], ...] = ({"seq": 7}, {"hash": "f" * 64}, {"prev_hash": "x"}, {"body": "{}"})
BODIES = st.one_of(
    st.recursive(
        st.one_of(st.none(), st.booleans(), NUMBERS, TELLING),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TELLING, inner, max_size=4),
        max_leaves=8,
    ).map(lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))),
    st.text(max_size=30),
    st.builds(
        '{{"check_in":"{}","worker":"w-{}","arrived_at":"{}Z","count":{},"phone":{}}}'.format,
        HEX,
        HEX,
        st.datetimes().map(datetime.isoformat),
        st.integers(0, 500),
        st.sampled_from(("null", '"13900000001"', '"13900000002"')),
    ),
)


def values_of(annotation: Any, least: int | None = None) -> st.SearchStrategy[Any]:  # noqa: ANN401
    """Return what a field of a model may hold, from its annotation alone."""
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: TELLING,
        int: NUMBERS if least is None else NUMBERS.map(lambda number: max(least, number)),
        bool: st.booleans(),
        float: st.floats(allow_nan=False, allow_infinity=False),
        datetime: st.datetimes(timezones=ZONES),
        type(None): st.none(),
    }
    if annotation in plain:
        return plain[annotation]
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in {types.UnionType, typing.Union}:
        return st.one_of(*map(values_of, inner))
    if origin is list:
        return st.lists(values_of(inner[0]), max_size=3)
    if origin is tuple:
        return st.tuples(*map(values_of, inner))
    if origin is dict:
        return st.dictionaries(values_of(inner[0]), values_of(inner[1]), max_size=6)
    return messages_of(annotation)


def least_of(rules: Sequence[object]) -> int | None:
    """Return the least number that a field's rules allow, None where they say nothing."""
    found = [rule.ge for rule in rules if isinstance(rule, Ge)]
    return int(str(found[0])) if found else None


@cache
def messages_of(kind: type[Wire]) -> st.SearchStrategy[Any]:
    """Return messages of a kind with anything in every field, as JSON brings them."""
    fields = {
        name: BODIES if name == "body" else values_of(field.annotation, least_of(field.metadata))
        for name, field in kind.model_fields.items()
    }
    return st.fixed_dictionaries(fields).map(kind.model_validate).map(through_json)


def through_json(message: _Message) -> _Message:
    return type(message).model_validate_json(message.model_dump_json())


@st.composite
def chains(draw: st.DrawFn) -> SyncRequest:
    """Draw a request whose entries follow from one another, but for some that somebody changed."""
    said: SyncRequest = draw(messages_of(SyncRequest))
    first, before = draw(st.integers(1, 10**6)), draw(st.sampled_from((FIRST_HASH, "ab" * 32)))
    zone = draw(ZONES)
    events, last = [], before
    for place, body in enumerate(draw(st.lists(BODIES, max_size=12))):
        seq, kind = first + place, draw(st.sampled_from(("checked_in", "place_taken", "of_tomorrow")))
        after = chain_hash(said.stream, seq, kind, 1, last, body)
        event = Event(
            seq=seq,
            type=kind,
            v=1,
            at=draw(st.datetimes(timezones=st.just(zone) if draw(st.booleans()) else ZONES)),
            boot=draw(st.sampled_from(("b1", "e421ac8e-1e19-673b-35dd-ecef8170216a"))),
            boottime_ms=draw(NUMBERS),
            prev_hash=last,
            hash=after,
            body=body,
        )
        if draw(st.integers(0, 9)) == 0:
            event = event.model_copy(update=draw(st.sampled_from(CHANGES)))
        events.append(event)
        last = event.hash
    return through_json(said.model_copy(update={"first": first, "prev_hash": before, "events": events}))


@cache
def packing() -> Packing:
    return Packing(load_dictionaries())


def assert_same(message: Wire, back: Wire) -> None:
    assert back == message
    assert back.model_dump_json() == message.model_dump_json()


@settings(max_examples=60, deadline=None)
@given(chains())
def test_a_packed_request_says_what_its_json_says(said: SyncRequest) -> None:
    """Breaks when a changed entry is told as if it followed from the one before."""
    assert_same(said, packing().unpack(SyncRequest, packing().pack(said)))


@settings(max_examples=25, deadline=None)
@given(messages_of(SyncRequest))
def test_a_request_of_any_values_says_what_its_json_says(said: SyncRequest) -> None:
    """Breaks when the text before hex digits is left out."""
    assert_same(said, packing().unpack(SyncRequest, packing().pack(said)))


@settings(max_examples=40, deadline=None)
@given(messages_of(SyncReply))
def test_a_packed_answer_says_what_its_json_says(reply: SyncReply) -> None:
    """Breaks when a row's being deleted is not told."""
    assert_same(reply, packing().unpack(SyncReply, packing().pack(reply)))


@settings(max_examples=15, deadline=None)
@given(messages_of(SyncRequest), messages_of(SyncReply), chains(), messages_of(SyncReply), st.data())
def test_what_builds_upon_an_exchange_says_what_its_json_says(
    said: SyncRequest, reply: SyncReply, then: SyncRequest, answer: SyncReply, data: st.DataObject
) -> None:
    """Breaks when a field that became empty is left out with those that never changed.

    The bureau remembers its side packed.
    """
    kept = data.draw(st.sets(st.sampled_from(sorted(SyncRequest.model_fields))))
    kept -= {"events", "first", "prev_hash"}
    then = then.model_copy(update={name: getattr(said, name) for name in kept})
    here, there = Exchange.of(said, reply), Exchange.of(through_json(said), through_json(reply))
    assert here.name == there.name
    with suppress(OverflowError):  # of numbers that large nothing is remembered
        there = Exchange.unpacked(there.packed())
        assert there == here
    packed = packing().pack(then, after=here.request)
    assert_same(then, packing().unpack(SyncRequest, packed, there.request))
    assert_same(answer, packing().unpack(SyncReply, packing().pack(answer, after=there.reply), here.reply))


@settings(max_examples=200, deadline=None)
@given(st.lists(TELLING, min_size=1, max_size=20) | st.lists(st.sampled_from(("null", "a", "b")), min_size=1))
def test_a_column_gives_back_its_texts(values: list[str]) -> None:
    """Breaks when a missing value comes back as an empty text."""
    packed = msgpack.unpackb(msgpack.packb(column_of(values, Pool())))
    assert texts_in(packed, len(values), Pool(), Room(ROOM)) == values


@settings(max_examples=200, deadline=None)
@given(BODIES | st.text() | st.text(alphabet='{}[]:,"\\ax0\0%'))
def test_a_shape_and_its_values_are_the_text(text: str) -> None:
    """Breaks when a text that holds the sign of a hole is taken apart."""
    shape, values = taken_apart(text)
    assert texts_of(shape, columns_of([values], Pool()), 1, Pool(), Room(ROOM)) == [text]


@settings(max_examples=150, deadline=2000)
@given(st.binary(max_size=400), st.integers(0, 4), st.integers(0, 2))
def test_strange_bytes_are_a_packing_fault_and_nothing_else(junk: bytes, form: int, dictionary: int) -> None:
    """Breaks when what zstd raises is let through."""
    for content in (junk, bytes((form, dictionary)) + junk):
        for kind in (SyncRequest, SyncReply):
            assert_refused(kind, content)


PACKED = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**63), 2**64 - 1),
        st.integers(-2, 9),
        st.floats(),
        st.text(max_size=6),
        st.binary(max_size=12),
        st.builds(msgpack.ExtType, st.integers(0, 7), st.binary(max_size=20)),
    ),
    lambda inner: (
        st.lists(inner, max_size=8)
        | st.dictionaries(
            st.sampled_from(("", "r", "v", "pages", "stream", "first", "rows")), inner, max_size=4
        )
    ),
    max_leaves=30,
)


COLUMNS = st.one_of(
    PACKED,
    st.lists(st.text(max_size=3), max_size=4).map(lambda texts: [0, texts]),
    st.builds(lambda kind, parts: [kind, *parts], st.integers(0, 10), st.lists(PACKED, max_size=5)),
)


@settings(max_examples=150, deadline=2000)
@given(PACKED, st.sampled_from((SyncRequest, SyncReply)))
def test_strange_values_well_packed_are_a_packing_fault(value: object, kind: type[Wire]) -> None:
    """Breaks when values of a wrong type raise what they raise."""
    assert_refused(kind, sealed(msgpack.packb(value)))


@settings(max_examples=60, deadline=2000)
@given(chains() | messages_of(SyncReply), st.data())
def test_a_packed_message_that_was_changed_is_unpacked_or_a_packing_fault(
    message: Wire, data: st.DataObject
) -> None:
    """Breaks when values of a wrong type raise what they raise."""
    plain = bytearray(opened(packing().pack(message)))
    for _ in range(data.draw(st.integers(1, 4))):
        plain[data.draw(st.integers(0, len(plain) - 1))] = data.draw(st.integers(0, 255))
    try:
        packing().unpack(type(message), sealed(bytes(plain)))
    except PackingFault:
        return


@settings(max_examples=200, deadline=None)
@given(COLUMNS, st.integers(0, 4))
def test_a_strange_column_is_wrong_or_has_its_length(column: object, count: int) -> None:
    """Breaks when a column may be shorter than it must be."""
    try:
        texts = texts_in(column, count, Pool(), Room(ROOM))
    except (PackedWrong, ValueError, TypeError, LookupError, ArithmeticError, StopIteration, RecursionError):
        return
    assert len(texts) == count
    assert all(isinstance(text, str) for text in texts)


def assert_refused(kind: type[Wire], content: bytes) -> None:
    try:
        packing().unpack(kind, content)
    except PackingFault:
        return
    raise AssertionError("nothing was said, yet something was understood")


def sealed(plain: bytes) -> bytes:
    """Compress a content as a packed message of the first form."""
    return bytes((1, 1)) + packing()._compressor(1).compress(plain)


def opened(content: bytes) -> bytes:
    """Return what a packed message holds."""
    params = zstandard.get_frame_parameters(content[2:], format=zstandard.FORMAT_ZSTD1_MAGICLESS)
    assert params.content_size > 0
    return packing()._decompressor(content[1]).decompress(content[2:])
