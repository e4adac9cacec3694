"""Rows of the feed into the durable store of a kiosk, from the bytes of the bureau's answer on.

An answer of one page is unpacked, validated and kept as the sync process keeps it, the cursor with its last
rows. In a hall that has read its feed before, whoever comes waits for a short commit; before the first
reading has ended there is nothing to take, so a whole page is one.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kiosk.codes import load_dictionaries, load_trades, spoken_names
from kiosk.messages.feed import FeedPage
from kiosk.messages.packing import Packing
from kiosk.messages.sync import SyncReply
from kiosk.sample.loader import sample_rows
from kiosk.storage.opening import OpenedStore, join_store, open_store
from kiosk.sync.rounds import yield_turn
from kiosk.system_clock import SystemClock
from tools.figures.halls import feed_pages
from tools.figures.rows import Measured

JOBS = 10_000
_ALONE = 120
"""Rows of the baseline, each of which waits for the disk."""


def measure(work: Path) -> Iterator[Measured]:
    """Yield rows a second of a feed that goes on, then of one that is read for the first time."""
    pages = list(feed_pages(sample_rows(SystemClock().now()), JOBS))
    alone = _one_by_one(work / "alone", pages[0])
    known = [pages[0].model_copy(update={"has_more": False}), *pages[1:]]
    yield Measured("sync.pull", _pulled(work / "open", known), alone)
    yield Measured("sync.pull_alone", _pulled(work / "shut", pages), alone)


def _pulled(folder: Path, pages: Sequence[FeedPage]) -> tuple[float, ...]:
    """Keep pages in a new store; return rows a second of each but the first, which brings all wordings."""
    packing = Packing(load_dictionaries())
    answers = [(len(page.rows), packing.pack(_answer(page))) for page in pages]
    rates = []
    with _store(folder) as store:
        for count, answer in answers:
            began = time.perf_counter()
            for page in packing.unpack(SyncReply, answer).pages:
                store.sync_book.apply_page(page)
                yield_turn()
            rates.append(count / (time.perf_counter() - began))
    return tuple(rates[1:])


def _one_by_one(folder: Path, page: FeedPage) -> tuple[float, ...]:
    """Keep rows as a plain client would: each from a JSON text of its own, in a commit of its own."""
    rates = []
    with _store(folder) as store:
        store.sync_book.apply_page(page)
        for row in page.rows[-_ALONE:]:
            moved = row.model_copy(update={"pos": row.pos + page.pos})
            alone = page.model_copy(update={"rows": [moved], "pos": moved.pos})
            text = _answer(alone).model_dump_json()
            began = time.perf_counter()
            store.sync_book.apply_page(SyncReply.model_validate_json(text).pages[0])
            rates.append(1 / (time.perf_counter() - began))
    return tuple(rates)


def _answer(page: FeedPage) -> SyncReply:
    return SyncReply(
        stream="bench",
        generation="1-bench",
        server_time=SystemClock().now(),
        acked=0,
        prune_ok=0,
        rights=[],
        refusals=[],
        pages=[page],
    )


@contextmanager
def _store(folder: Path) -> Iterator[OpenedStore]:
    """Open a new store as the sync process does, whose writer has another cache than the one who made it."""
    names = spoken_names(load_trades())
    open_store(folder, SystemClock(), trade_names=names).close()
    opened = join_store(folder, SystemClock(), trade_names=names)
    try:
        yield opened
    finally:
        opened.close()
