"""Ten minutes of a peak hour: who speaks when, what it cost, and whether every rule held behind it."""

from __future__ import annotations

import heapq
import os
import random
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from kiosk.bureau.databases import looked_into
from kiosk.bureau.feeds import CAPSULE, CITY
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.tables import capsule_due, dead_letter, event, feed_row, placement, stream, worker
from tools.figures.bureaus import BenchBureau
from tools.figures.light_kiosks import LightKiosk
from tools.figures.processors import family_s, own_s
from tools.figures.pulses import resident_mb
from tools.figures.rows import percentile

SPEAKERS = 16
"""So many kiosks may wait for an answer at the same moment."""
PER_KIOSK_S = 278 / 5_000
"""Entries a second of one kiosk in the peak hour of a province: 1,000 a day, a fifth of them in that hour."""
WATCHED = 20
"""Kiosks whose reading is kept row by row."""
_MOST_ROUNDS = 200
_LOOKS_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class Peak:
    """How long it lasts, the pause between rounds, whom each kiosk knows, and whose time is told apart."""

    lasts_s: float
    every_s: float
    known: int
    driver: int
    servers: tuple[int, ...]
    database: int

    def used_s(self) -> tuple[float, float, float]:
        """Return the seconds of one core that driver, servers and PostgreSQL have used."""
        return own_s(self.driver), sum(map(own_s, self.servers)), family_s(self.database)


@dataclass(slots=True)
class Heard:
    """What the kiosks met; threads share it."""

    took_s: list[float] = field(default_factory=list)
    late_s: list[float] = field(default_factory=list)
    entries: int = 0
    faults: list[str] = field(default_factory=list)


def peak_hour(peak: Peak, bureau: BenchBureau, kiosks: Sequence[LightKiosk]) -> int:
    """Let them begin, speak and end; print what it was, and return 1 when something is wrong, else 0."""
    for kiosk in kiosks[:WATCHED]:
        kiosk.read = {}
    began = time.monotonic()
    _begin(kiosks, peak.known)
    print(f"{len(kiosks)} kiosks have begun in {time.monotonic() - began:.0f} s", flush=True)
    _tell_unsealed(bureau.folder)
    _settle_all(kiosks)  # so that everybody has read of whom the others know
    before, began = peak.used_s(), time.monotonic()
    heard = _speak(peak, kiosks)
    lasted, used = time.monotonic() - began, peak.used_s()
    _print(heard, lasted, [after - first for after, first in zip(used, before, strict=True)], peak)
    _tell_unsealed(bureau.folder)
    _settle_all(kiosks)
    _wait_for_capsules(bureau.folder)
    wrong = [*heard.faults, *check_invariants(bureau.folder), *_unequal(bureau.folder, kiosks)]
    print("\n".join(wrong) or "every rule holds: entries once, numbers once, chains whole, no row missed")
    return 1 if wrong else 0


def _begin(kiosks: Sequence[LightKiosk], known: int) -> None:
    """Let every kiosk be heard and tell whom it knows; one reads the city's feed for all others."""
    for kiosk in kiosks[:WATCHED]:
        _settle(kiosk)
        kiosk.remember(known)
        _settle(kiosk)
    read = kiosks[0].cursors[CITY]

    def begin(kiosk: LightKiosk) -> None:
        kiosk.cursors[CITY] = read
        _settle(kiosk)
        kiosk.remember(known)
        _settle(kiosk)

    with ThreadPoolExecutor(SPEAKERS) as together:
        list(together.map(begin, kiosks[WATCHED:]))


def _tell_unsealed(folder: Path) -> None:
    """Print how many capsules are not made yet, and how long that takes."""
    began, left = time.monotonic(), _unsealed(folder)
    _wait_for_capsules(folder)
    print(f"capsules         {left} were left, made in {time.monotonic() - began:.0f} s", flush=True)


def _wait_for_capsules(folder: Path) -> None:
    while _unsealed(folder):
        time.sleep(_LOOKS_EVERY_S)


def _unsealed(folder: Path) -> int:
    with looked_into(folder) as connection:
        count: int = connection.execute(select(func.count()).select_from(capsule_due)).scalar_one()
    return count


def _settle_all(kiosks: Sequence[LightKiosk]) -> None:
    with ThreadPoolExecutor(SPEAKERS) as together:
        list(together.map(_settle, kiosks))


def _settle(kiosk: LightKiosk) -> None:
    """Speak until nothing is left to say or to read."""
    for _ in range(_MOST_ROUNDS):
        if not kiosk.round() and kiosk.has_numbers:
            return
    raise RuntimeError(f"{kiosk.name} does not come to an end")


def _speak(peak: Peak, kiosks: Sequence[LightKiosk]) -> Heard:
    """Let each kiosk speak in its turn, from a first moment of its own on."""
    heard, lock, draw = Heard(), threading.Lock(), random.Random(0)
    began = time.monotonic()
    due = [(began + draw.uniform(0, peak.every_s), at) for at in range(len(kiosks))]
    heapq.heapify(due)

    def speak() -> None:
        while True:
            with lock:
                if not due or due[0][0] >= began + peak.lasts_s:
                    return
                moment, at = heapq.heappop(due)
                entries = _count(draw, PER_KIOSK_S * peak.every_s)
            time.sleep(max(0.0, moment - time.monotonic()))
            late_s = time.monotonic() - moment
            took, fault = _minute(kiosks[at], entries)
            with lock:
                heard.took_s += took
                heard.late_s.append(late_s)
                heard.entries += entries
                heard.faults += fault
                heapq.heappush(due, (moment + peak.every_s, at))

    with ThreadPoolExecutor(SPEAKERS) as together:
        for speaking in [together.submit(speak) for _ in range(SPEAKERS)]:
            speaking.result()
    return heard


def _count(draw: random.Random, mean: float) -> int:
    """Return how many entries there are between two rounds, so many on the average."""
    return int(mean) + (draw.random() < mean % 1)


def _minute(kiosk: LightKiosk, entries: int) -> tuple[list[float], list[str]]:
    """Journal and speak as often as there is something to say; return what each round took in seconds."""
    took: list[float] = []
    try:
        kiosk.journal(entries)
        is_going_on = True
        while is_going_on:
            began = time.monotonic()
            is_going_on = kiosk.round()
            took.append(time.monotonic() - began)
    except Exception as fault:  # noqa: BLE001 - it is told at the end, and the others go on
        return took, [f"{kiosk.name}: {type(fault).__name__} {fault}"]
    return took, []


def _print(heard: Heard, lasted_s: float, used_s: Sequence[float], peak: Peak) -> None:
    rounds = len(heard.took_s)
    told_ms = [1000 * took for took in heard.took_s]
    print(f"entries/s        {heard.entries / lasted_s:.1f}")
    print(f"rounds/s         {rounds / lasted_s:.1f} ({rounds / len(heard.late_s):.2f} a kiosk's turn)")
    print(f"round p50, p99   {statistics.median(told_ms):.1f} ms, {percentile(told_ms, 0.99):.1f} ms")
    print(f"late p50, p99    {statistics.median(heard.late_s):.2f} s, {percentile(heard.late_s, 0.99):.2f} s")
    for name, used in zip(("driver", "servers", "PostgreSQL"), used_s, strict=True):
        print(f"{name:16} {used / lasted_s:.2f} of a core, {1000 * used / rounds:.2f} ms a round")
    busy = (used_s[1] + used_s[2]) / lasted_s
    cores = os.cpu_count() or 1
    print(f"bureau           {busy:.2f} cores of {cores}: {100 * busy / cores:.0f} % of what the machine has")
    told = ", ".join(f"{resident_mb(server):.0f}" for server in peak.servers)
    print(f"server memory    {told} MB; load {os.getloadavg()[0]:.1f}", flush=True)


def _unequal(folder: Path, kiosks: Sequence[LightKiosk]) -> list[str]:
    """Return in words where the bureau has not what was said, or a watched kiosk not what was told."""
    with looked_into(folder) as connection:
        heads = {row.id: row for row in connection.execute(select(stream))}
        wrong = [
            f"{item.name}: the bureau ends elsewhere"
            for item in kiosks
            if (heads[item.stream].acked, heads[item.stream].head_hash) != (item.head, item.head_hash)
        ]
        told = sum(item.head for item in kiosks)
        if (kept := len(connection.execute(select(event.c.seq)).all())) != told:
            wrong.append(f"{told} entries were said and {kept} are kept")
        wrong += [f"{row.stream}: {row.reason}" for row in connection.execute(select(dead_letter))]
        rows = connection.execute(select(feed_row)).all()
        people = connection.execute(select(func.count()).select_from(worker)).scalar_one()
        if (capsules := sum(row.topic == CAPSULE for row in rows)) != people:
            wrong.append(f"{people} people were met and {capsules} are known at the kiosks")
        placed = len(connection.execute(select(placement.c.id)).all())
    for item in kiosks[:WATCHED]:
        read = item.read or {}
        upto = {of: cursor.pos for of, cursor in item.cursors.items()}
        missed = sum(
            read.get((row.topic, row.id)) != row.pos for row in rows if row.pos <= upto.get(row.scope, 0)
        )
        if missed:
            wrong.append(f"{item.name}: {missed} rows of {len(rows)} were missed")
    print(
        f"{told} entries, {placed} placements and {len(rows)} rows of the feed are compared",
        file=sys.stderr,
    )
    return wrong
