"""Packed messages: the frame, its dictionaries, what is refused, what is remembered, and what they weigh."""

from __future__ import annotations

import hashlib
import json
import random
from datetime import UTC, datetime, timedelta

import msgpack
import pytest
import zstandard

from kiosk.codes import load_dictionaries
from kiosk.messages.events import FIRST_HASH, CheckedIn, Event, chain_hash
from kiosk.messages.exchanges import Exchange, Memory
from kiosk.messages.feed import Cursor, FeedPage, FeedRow
from kiosk.messages.packing import LARGEST_BYTES, Packing, PackingFault, Reason
from kiosk.messages.sync import ClockView, RightGrant, RightView, SyncReply, SyncRequest
from kiosk.resources import data
from tools.make_sync_schema import schema

DAWN = datetime(2026, 9, 17, 21, 10, tzinfo=UTC)
SHIPPED = {
    1: "dc896a30e433925ed140d3d92aa0730ea0a35c1af4d2dda3593a6cc491fcb23c",
    2: "8ae4da4b09b9fd4749c7887cf90b4e947981b917df4f80ef68eb90e2a9727914",
    3: "72d9f00c67d99c78069d79b9e2bc6b4ec324b50905198b6a664825152a3970c8",
}
"""SHA-256 of every dictionary that was ever shipped; kiosks and bureaux speak of them by their numbers."""
STREAM = "5a" * 16
DRAW = random.Random(4)
JOBS = [DRAW.randbytes(16).hex() for _ in range(40)]


@pytest.fixture(scope="module")
def packing() -> Packing:
    return Packing(load_dictionaries())


def request(entries: int, first: int = 1, before: str = FIRST_HASH) -> SyncRequest:
    events: list[Event] = []
    for seq in range(first, first + entries):
        body = CheckedIn(
            check_in=DRAW.randbytes(16).hex(),
            worker=f"w-{DRAW.randbytes(12).hex()}",
            hall_day=DAWN.date(),
            queue_number=f"A{seq}",
            sequence=seq,
            arrived_at=DAWN + timedelta(seconds=9 * seq, microseconds=DRAW.randrange(10**6)),
            method="card",
        ).model_dump_json()
        last = events[-1].hash if events else before
        events.append(
            Event(
                seq=seq,
                type="checked_in",
                v=1,
                at=DAWN + timedelta(seconds=9 * seq, microseconds=DRAW.randrange(10**6)),
                boot="e421ac8e-1e19-673b-35dd-ecef8170216a",
                boottime_ms=4_000_000 + 9000 * seq,
                prev_hash=last,
                hash=chain_hash(STREAM, seq, "checked_in", 1, last, body),
                body=body,
            )
        )
    return SyncRequest(
        kiosk="nz-1",
        stream=STREAM,
        generation=f"1-{'c3' * 16}",
        head=first + entries - 1,
        first=first,
        prev_hash=before,
        events=events,
        rights=[RightView(quota=f"places:{job}", granted=[(1, 4)], returned=[], spent=1) for job in JOBS],
        wants=[],
        cursors=[Cursor(scope="city", feed_gen="0123456789abcdef", pos=412)],
        clock=ClockView(
            wall=DAWN + timedelta(seconds=9 * (first + entries)),
            boot="e421ac8e-1e19-673b-35dd-ecef8170216a",
            boottime_ms=4_000_000 + 9000 * (first + entries),
        ),
        backlog=entries,
        machine="9b" * 32,
    )


def reply(said: SyncRequest, *rows: FeedRow) -> SyncReply:
    page = FeedPage(scope="city", feed_gen="0123456789abcdef", rows=list(rows), pos=412, has_more=False)
    return SyncReply(
        stream=said.stream,
        generation=said.generation,
        server_time=said.clock.wall + timedelta(seconds=1),
        acked=said.head,
        prune_ok=0,
        rights=[RightGrant(quota=view.quota, granted=view.granted) for view in said.rights],
        refusals=[],
        pages=[page],
        open_places={view.quota: 9 for view in said.rights},
    )


def reason_of(packing: Packing, content: bytes) -> Reason:
    with pytest.raises(PackingFault) as fault:
        packing.unpack(SyncRequest, content)
    return fault.value.reason


def framed(plain: bytes, form: int = 1) -> bytes:
    """Compress a content with the first dictionary, as a kiosk does."""
    parameters = zstandard.ZstdCompressionParameters(
        format=zstandard.FORMAT_ZSTD1_MAGICLESS, write_content_size=1, write_dict_id=0
    )
    known = zstandard.ZstdCompressionDict(load_dictionaries()[1])
    compressor = zstandard.ZstdCompressor(dict_data=known, compression_params=parameters)
    return bytes((form, 1)) + compressor.compress(plain)


def entries_of(count: int, shape: str, columns: list[object]) -> bytes:
    """Return a request of so many entries of one shape, before it is compressed."""
    noughts, boot = bytes(count), [1, [0, ["b"]]]
    entries = [count, 0, noughts, noughts, boot, [["t", 1, shape]], noughts, [columns], []]
    return bytes(msgpack.packb([{"stream": "s", "first": 1, "prev_hash": "p"}, entries]))


def test_the_dictionaries_are_those_that_were_shipped() -> None:
    found = {number: hashlib.sha256(raw).hexdigest() for number, raw in load_dictionaries().items()}
    assert found == SHIPPED
    assert all(len(raw) <= 64 * 1024 for raw in load_dictionaries().values())


def test_the_published_schema_is_that_of_the_models() -> None:
    published = json.loads(data("sync", "schema.json").read_text(encoding="utf-8"))
    assert published == schema()


def test_another_form_or_dictionary_is_strange(packing: Packing) -> None:
    content = packing.pack(request(2))
    assert reason_of(packing, b"\x09" + content[1:]) is Reason.STRANGE
    assert reason_of(packing, content[:1] + b"\xfe" + content[2:]) is Reason.STRANGE
    assert reason_of(packing, b"{}") is Reason.STRANGE


def test_what_is_cut_short_is_malformed(packing: Packing) -> None:
    content = packing.pack(request(3))
    assert {reason_of(packing, content[:length]) for length in range(2, len(content))} == {Reason.MALFORMED}
    assert reason_of(packing, content[:1]) is Reason.MALFORMED


def test_something_behind_a_message_is_malformed(packing: Packing) -> None:
    assert reason_of(packing, packing.pack(request(1)) + b"x") is Reason.MALFORMED


def test_a_content_that_would_grow_too_large_is_not_even_unpacked(packing: Packing) -> None:
    bomb = framed(bytes(LARGEST_BYTES + 1))
    assert len(bomb) < 3000
    assert reason_of(packing, bomb) is Reason.TOO_LARGE


def test_a_small_content_that_stands_for_a_large_message_is_too_large(packing: Packing) -> None:
    content = framed(entries_of(500, "\0", [[1, [0, ["x" * 200_000]]]]))
    assert len(content) < 1000
    assert reason_of(packing, content) is Reason.TOO_LARGE


def test_a_million_holes_are_too_large(packing: Packing) -> None:
    content = framed(entries_of(500, "\0" * 100_000, [[1, [0, [""]]]] * 100_000))
    assert len(content) < 1000
    assert reason_of(packing, content) is Reason.TOO_LARGE


def test_a_reference_behind_the_last_id_is_malformed(packing: Packing) -> None:
    column = [4, "", "", 8, b"", bytes((10,))]
    assert reason_of(packing, framed(entries_of(1, "\0", [column]))) is Reason.MALFORMED


def test_what_is_nested_too_deep_is_malformed(packing: Packing) -> None:
    for plain in (b"\x91" * 100_000 + b"\x90", b"\x81\xa0" * 400 + b"\xc0"):
        assert reason_of(packing, framed(plain)) is Reason.MALFORMED


def test_a_message_of_another_kind_is_malformed(packing: Packing) -> None:
    assert reason_of(packing, packing.pack(reply(request(1)))) is Reason.MALFORMED


def test_numbers_that_no_column_holds_travel_as_json(packing: Packing) -> None:
    said = request(2)
    said = said.model_copy(
        update={"events": [said.events[0].model_copy(update={"boottime_ms": 2**80}), said.events[1]]}
    )
    assert packing.pack(said)[0] == 2
    assert packing.unpack(SyncRequest, packing.pack(said)) == said


def test_a_field_of_a_newer_version_is_passed_over(packing: Packing) -> None:
    class Tomorrow(SyncRequest):
        mood: str = "bright"

    said = request(0)
    told = Tomorrow.model_validate_json(said.model_dump_json())
    fields = msgpack.packb([json.loads(told.model_dump_json(exclude={"events"}))])
    assert packing.unpack(SyncRequest, framed(fields)) == said


def test_what_builds_upon_a_forgotten_exchange_is_told_so(packing: Packing) -> None:
    said = request(0)
    before, other = Exchange.of(said, reply(said)), request(0).model_copy(update={"hello": "h"})
    content = packing.pack(said, after=before.request)
    assert reason_of(packing, content) is Reason.FORGOTTEN
    with pytest.raises(PackingFault) as fault:
        packing.unpack(SyncRequest, content, Exchange.of(other, reply(other)).request)
    assert fault.value.reason is Reason.FORGOTTEN


def test_a_round_without_news_repeats_nothing(packing: Packing) -> None:
    said = request(5)
    now = request(0, 6, said.events[-1].hash)
    before = Exchange.of(said, reply(said))
    packed = packing.pack(now, after=before.request)
    assert packing.unpack(SyncRequest, packed, before.request) == now
    assert len(packed) <= 110
    then = now.model_copy(update={"clock": now.clock.model_copy(update={"boottime_ms": 4_999_999})})
    after = Exchange.of(now, reply(now))
    assert len(packing.pack(then, after=after.request)) <= 60
    answer = reply(then)
    packed = packing.pack(answer, after=after.reply)
    assert packing.unpack(SyncReply, packed, after.reply) == answer
    assert len(packed) <= 60


def test_two_sides_that_understood_an_exchange_differently_never_build_upon_it() -> None:
    said = request(0)
    changed = said.model_copy(update={"refused_open": 1})
    assert Exchange.of(said, reply(said)).name != Exchange.of(changed, reply(said)).name


def test_only_the_most_recent_are_remembered() -> None:
    memory: Memory[int] = Memory(2)
    for who, what in (("a", 1), ("b", 2), ("a", 3), ("c", 4)):
        memory.keep(who, what)
    assert [memory.of(who) for who in "abc"] == [3, None, 4]
    assert [memory.take("a"), memory.take("a"), memory.of("c")] == [3, None, 4]


def test_whoever_says_much_leaves_room_for_fewer() -> None:
    memory: Memory[str] = Memory(6, len)
    for who, what in (("a", "aaa"), ("b", "bb"), ("a", "a"), ("c", "ccc"), ("d", "d")):
        memory.keep(who, what)
    assert [memory.of(who) for who in "abcd"] == ["a", None, "ccc", "d"]
    memory.keep("e", "too long")
    assert [memory.of(who) for who in "acde"] == [None] * 4


def test_an_id_said_twice_is_sent_once(packing: Packing) -> None:
    rows = [FeedRow(topic="job", id=job, pos=1, body=f'{{"id":"{job}"}}') for job in JOBS]
    said = request(0)
    with_rows = packing.pack(reply(said, *rows))
    assert len(with_rows) - len(packing.pack(reply(said))) < 3 * len(JOBS)


def test_five_hundred_entries_weigh_little_more_than_what_is_random_in_them(packing: Packing) -> None:
    said = request(500)
    random_bytes = 500 * (16 + 12 + 2 * 3)
    assert len(packing.pack(said)) < random_bytes + 500 * 4 + 40 * 16 + 300
