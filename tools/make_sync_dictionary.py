"""Trains the dictionary that packed messages are compressed with: `python -m tools.make_sync_dictionary`.

It learns from invented mornings (tools/figures/mornings.py), whose seeds are fixed, and from two of them in
which some entries are of any other type there is; with the same library it comes out the same. A dictionary
that was ever shipped is never made again: kiosks and bureaux speak of it by its number. A better one gets the
next number.
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import zstandard

from kiosk.messages.events import FIRST_HASH, EventBody, chain_hash
from kiosk.messages.exchanges import Exchange
from kiosk.messages.feed import FeedPage
from kiosk.messages.packing import plain_of
from kiosk.messages.sealing import sealed_json
from tests.faults.vocabulary import bodies
from tools.figures.halls import feed_pages
from tools.figures.mornings import Morning, a_morning

SEEDS = range(100, 106)
SEEDS_OF_ALL = SEEDS[:2]
OTHER_TYPES_SHARE = 0.3
ENTRIES = 320
SIZES = (0, 1, 1, 2, 3, 5, 8, 10, 10, 14, 20, 40)
MOST_BYTES = 60 * 1024
_LEVEL = 6


def main() -> int:
    """Write the dictionary to the file that is named, unless one is there."""
    target = Path(sys.argv[1])
    if target.exists():
        print(f"{target} is there already; a new dictionary gets a new number", file=sys.stderr)
        return 1
    made = dictionary()
    target.write_bytes(made)
    print(f"{len(made)} bytes, SHA-256 {hashlib.sha256(made).hexdigest()}")
    return 0


def dictionary() -> bytes:
    """Return the dictionary."""
    samples: list[bytes | bytearray | memoryview] = list(lessons())
    return zstandard.train_dictionary(MOST_BYTES, samples, level=_LEVEL, threads=0).as_bytes()


def lessons() -> Iterator[bytes]:
    """Yield messages before they are compressed: rounds of all sizes, pages, each with and without memory."""
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            morning = a_morning(Path(folder), seed, ENTRIES)
        draw = random.Random(seed)
        yield from _rounds(morning, draw)
        if seed in SEEDS_OF_ALL:
            yield from _rounds(_with_all_types(morning, draw), draw)
        for page in _pages(morning, draw):
            said = morning.request(2, 0)
            yield plain_of(morning.reply(said, page))[1]


def _rounds(morning: Morning, draw: random.Random) -> Iterator[bytes]:
    first = 1
    last: Exchange | None = None
    while first < ENTRIES - max(SIZES):
        count = draw.choice(SIZES)
        said = morning.request(max(first, 2), count)
        heard = morning.reply(said)
        yield plain_of(said)[1]
        yield plain_of(heard)[1]
        if last is not None:
            yield plain_of(said, last.request)[1]
            yield plain_of(heard, last.reply)[1]
        last = Exchange.of(said, heard)
        first += count


def _with_all_types(morning: Morning, draw: random.Random) -> Morning:
    """Return a morning in which some entries are of any type, in the words in which each was recorded."""
    told, before = [], FIRST_HASH
    for event in morning.events:
        kind, v, text = event.type, event.v, event.body
        if draw.random() < OTHER_TYPES_SHARE:
            body = draw.choice(bodies())
            kind, v, text = body.type, body.v, _sealed(body, morning.stream, event.seq, draw)
        after = chain_hash(morning.stream, event.seq, kind, v, before, text)
        changes = {"type": kind, "v": v, "body": text, "prev_hash": before, "hash": after}
        told.append(event.model_copy(update=changes))
        before = after
    return replace(morning, events=tuple(told))


def _sealed(body: EventBody, stream: str, seq: int, draw: random.Random) -> str:
    if body.sealing is None:
        return body.model_dump_json()
    return sealed_json(body, draw.randbytes(16).hex(), stream, seq)


def _pages(morning: Morning, draw: random.Random) -> Iterator[FeedPage]:
    """Yield the sample as pages of several lengths, as a new kiosk and as one that hears of a change."""
    for page in feed_pages(morning.sample, len(morning.sample.jobs)):
        yield page
        for count in (1, 2, 5, 20):
            rows = draw.sample(page.rows, count)
            yield page.model_copy(update={"rows": rows})


if __name__ == "__main__":
    raise SystemExit(main())
