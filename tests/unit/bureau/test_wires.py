"""What a bureau remembers of how a round travelled: the last exchange of thousands, and of nobody refused."""

from __future__ import annotations

import gc
import random
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.wires import MOST_TOLD_BYTES, Wires
from kiosk.codes import load_dictionaries
from kiosk.messages.exchanges import Exchange
from kiosk.messages.feed import Cursor, FeedPage
from kiosk.messages.packing import MEDIA_TYPE, Packing
from kiosk.messages.sync import ClockView, RightGrant, RightView, SyncReply, SyncRequest
from tests.patience import wait_until
from tests.unit.bureau.rehearsal import HandClock
from tests.unit.bureau.test_wire import enrolled

A_PROVINCE = 5_000
JOBS = 20
DAWN = datetime(2026, 9, 17, 21, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def packing() -> Packing:
    return Packing(load_dictionaries())


def said_by(number: int) -> SyncRequest:
    """What a kiosk with numbers of many jobs says when nobody came for a minute."""
    draw = random.Random(number)
    of = [f"places:{draw.randbytes(16).hex()}" for _ in range(JOBS)]
    return SyncRequest(
        kiosk=f"H{number:04d}-01",
        stream=draw.randbytes(16).hex(),
        generation=f"1-{'c3' * 16}",
        head=number,
        first=number + 1,
        prev_hash=draw.randbytes(32).hex(),
        events=[],
        rights=[RightView(quota=quota, granted=[(1, 4)], returned=[], spent=1) for quota in of],
        wants=[],
        cursors=[Cursor(scope="city", feed_gen="0123456789abcdef", pos=412)],
        clock=ClockView(wall=DAWN, boot="e421ac8e-1e19-673b-35dd-ecef8170216a", boottime_ms=4_000_000),
        backlog=0,
        machine=draw.randbytes(32).hex(),
        hello="",
    )


def told_to(said: SyncRequest) -> SyncReply:
    return SyncReply(
        stream=said.stream,
        generation=said.generation,
        server_time=DAWN,
        acked=said.head,
        prune_ok=0,
        need_from=0,
        rights=[RightGrant(quota=right.quota, granted=right.granted) for right in said.rights],
        refusals=[],
        pages=[FeedPage(scope="city", feed_gen="0123456789abcdef", rows=[], pos=412, has_more=False)],
        asks_older=False,
        hello="",
    )


def speak(wires: Wires, packing: Packing, said: SyncRequest, after: Exchange | None = None) -> None:
    body = packing.pack(said, after=after.request if after else None)
    headers = {"content-type": MEDIA_TYPE, "kiosk-id": said.kiosk}
    assert wires.request(said.kiosk, headers, body) == said
    wires.answer(headers, body, told_to(said))


def test_a_province_is_remembered_and_whoever_spoke_longest_ago_is_forgotten_first(packing: Packing) -> None:
    """Breaks when what is remembered of a kiosk is as large as the objects that it was read into."""
    speaking = [said_by(number) for number in range(60)]
    wires = Wires(packing)
    for said in speaking[:10]:
        speak(wires, packing, said)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for said in speaking[10:]:
            speak(wires, packing, said)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert A_PROVINCE * (after - before) / 50 < MOST_TOLD_BYTES
    for said in speaking:
        speak(wires, packing, said, Exchange.of(said, told_to(said)))

    few = Wires(packing, most_bytes=MOST_TOLD_BYTES // A_PROVINCE * 3)
    for said in speaking[:10]:
        speak(few, packing, said)
    speak(few, packing, speaking[9], Exchange.of(speaking[9], told_to(speaking[9])))
    with pytest.raises(RequestRefused) as refused:
        speak(few, packing, speaking[0], Exchange.of(speaking[0], told_to(speaking[0])))
    assert refused.value.status == 412


def test_nothing_is_kept_of_a_request_that_is_refused(
    wire: httpx.Client, folder: Path, clock: HandClock, packing: Packing
) -> None:
    """Breaks when a request goes with its answer alone: whole rounds stayed until their kiosk came again."""
    machine = enrolled(wire, folder)
    of_today = machine.request().model_copy(update={"protocol": 99})
    body = packing.pack(of_today)
    headers = {**machine.headers(body), "Content-Type": MEDIA_TYPE}
    before = requests_kept()
    assert wire.post("/sync", content=body, headers=headers).status_code == 426
    # The thread that answered may hold it for a moment longer.
    wait_until(lambda: requests_kept() == before, "the request to be let go")


def requests_kept() -> int:
    gc.collect()
    return sum(isinstance(item, SyncRequest) for item in gc.get_objects())
