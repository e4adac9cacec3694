"""How fast whole rounds go: real kiosks, the real server over TLS, both durable, against one POST an entry.

Rounds of ten are prepared in the kiosks' stores, so that in the measured time a client only words, signs and
sends. Pushes are the whole pulse: out of the outbox, acknowledged by the bureau, and that kept.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from kiosk.app.machine import boot_id
from kiosk.codes import load_dictionaries
from kiosk.messages.feed import Cursor
from kiosk.messages.packing import Packing
from kiosk.messages.sync import SyncRequest
from kiosk.protocol.kiosk_side import request_of, told_in
from kiosk.protocol.ports import Since
from kiosk.sync.http_bureau import HttpBureau
from kiosk.sync.rounds import clock_view
from kiosk.system_clock import SystemClock
from tools.figures.bureaus import BenchBureau, BenchKiosk, furnished
from tools.figures.lines import LeanBureau
from tools.figures.plain_posts import Posts, posts
from tools.figures.pulses import memory
from tools.figures.rows import Measured

KIOSKS = 8
ROUNDS, SMALL = 105, 10
"""Rounds of each kiosk, and entries in each of them."""
WARM = 5
"""The first few fill caches of statements and pages on both sides."""
PUSHED = 2_000
"""Entries that each kiosk pushes."""
POSTED = 600
_SLICES = 10
"""The time of a figure is cut into so many pieces with the same number of answers, each a sample."""
_Item = TypeVar("_Item")


def measure(work: Path) -> Iterator[Measured]:
    """Yield rounds a second and their slowest, then entries pushed a second, then what the pulse weighs."""
    with furnished(work, KIOSKS) as (bureau, kiosks):
        for kiosk in kiosks:
            kiosk.journal(ROUNDS * SMALL + PUSHED)
        posted_s = plain_posts(bureau.copied(work / "plain"), kiosks[0]).took_s
        with bureau.served():
            yield from rounds("sync", bureau, kiosks, posted_s)
            yield Measured("sync.push", push(bureau, kiosks), push_baseline(posted_s))
            yield memory(kiosks[0])


def plain_posts(bureau: BenchBureau, kiosk: BenchKiosk, database: int | None = None) -> Posts:
    """Return what the baseline took and cost; `database` is the process of a PostgreSQL beside it."""
    said = kiosk.store.sync_book.outgoing(POSTED)
    return posts(bureau, said.stream, said.events[:POSTED], database)


def rounds(
    group: str, bureau: BenchBureau, kiosks: Sequence[BenchKiosk], posted_s: list[float]
) -> Iterator[Measured]:
    """Yield how many small rounds a second kiosks get, and their slowest, as figures of a group."""
    prepared = [_prepared(kiosk) for kiosk in kiosks]
    packing = Packing(load_dictionaries())

    def speak(kiosk: BenchKiosk, requests: Sequence[SyncRequest]) -> list[tuple[float, float]]:
        with LeanBureau(bureau.port, bureau.ca, packing) as wire:
            list(_spoken(wire, kiosk, requests[:WARM]))
            return list(_spoken(wire, kiosk, requests[WARM:]))

    with ThreadPoolExecutor(KIOSKS) as together:
        told = [item for spoken in together.map(speak, kiosks, prepared) for item in spoken]
    began = min(at - took for at, took in told)
    tens = tuple(rate / SMALL for rate in push_baseline(posted_s))
    yield Measured(f"{group}.rounds", _rates([at for at, _ in told], began), tens)
    waits = tuple(1000 * sum(posted_s[at : at + SMALL]) for at in range(0, POSTED, SMALL))
    yield Measured(f"{group}.rounds_p99", tuple(1000 * took for _, took in told), waits)


def push(bureau: BenchBureau, kiosks: Sequence[BenchKiosk]) -> tuple[float, ...]:
    """Push all outboxes at once; a sample is what one kiosk reached, times the kiosks."""

    def pushed(kiosk: BenchKiosk) -> float:
        with bureau.speaker() as wire:
            began, waiting = time.perf_counter(), kiosk.store.sync_book.outgoing(1).backlog
            while kiosk.store.sync_book.outgoing(1).backlog:
                kiosk.pulse(wire).beat()
            return KIOSKS * waiting / (time.perf_counter() - began)

    with ThreadPoolExecutor(KIOSKS) as together:
        return tuple(together.map(pushed, kiosks))


def _prepared(kiosk: BenchKiosk) -> list[SyncRequest]:
    """Return the rounds of a kiosk, each told as if the one before had been acknowledged."""
    book, prepared = kiosk.store.sync_book, []
    for _ in range(ROUNDS):
        outgoing = book.outgoing(SMALL)
        said = request_of(outgoing, kiosk.identity.kiosk, clock_view(SystemClock(), boot_id()))
        book.acknowledge(Since(said.stream, said.generation), told_in(said), said.events[-1].seq)
        prepared.append(said)
    return prepared


def _spoken(
    wire: HttpBureau, kiosk: BenchKiosk, requests: Sequence[SyncRequest]
) -> Iterator[tuple[float, float]]:
    """Say one request after another; what came down is not told again, as when it is kept."""
    cursors = requests[0].cursors
    for request in requests:
        said = request.model_copy(update={"cursors": cursors})
        began = time.perf_counter()
        reply = wire.sync(said, kiosk.key)
        ended = time.perf_counter()
        assert reply.acked == said.events[-1].seq, "the bureau has taken in everything"
        assert not reply.refusals, "and everything made sense"
        cursors = [Cursor(scope=page.scope, feed_gen=page.feed_gen, pos=page.pos) for page in reply.pages]
        yield ended, ended - began


def push_baseline(posted_s: Sequence[float]) -> tuple[float, ...]:
    """Return how many entries a second the plain server took in each slice."""
    return tuple(len(part) / sum(part) for part in _in_slices(posted_s))


def _rates(heard: Sequence[float], began: float) -> tuple[float, ...]:
    """Return how many answers a second there were in each slice; `heard` is when they had arrived."""
    rates = []
    for part in _in_slices(sorted(heard)):
        rates.append(len(part) / (part[-1] - began))
        began = part[-1]
    return tuple(rates)


def _in_slices(items: Sequence[_Item]) -> list[Sequence[_Item]]:
    size = len(items) // _SLICES
    return [items[at * size : (at + 1) * size] for at in range(_SLICES)]
