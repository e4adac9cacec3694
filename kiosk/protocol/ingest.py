"""Taking a stream's entries in: trim what is known, refuse a gap, see a fork; a pure judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kiosk.messages.events import FIRST_HASH, Event, chain_hash
from kiosk.messages.sync import SyncRequest
from kiosk.protocol.ports import StreamRecord

Entries = Sequence[Event]


@dataclass(frozen=True, slots=True)
class Fresh:
    """Entries to take in, the first of them right behind the watermark; perhaps none."""

    events: Entries


@dataclass(frozen=True, slots=True)
class Gap:
    """The request begins too late; the stream is asked for again from `need_from`."""

    need_from: int


@dataclass(frozen=True, slots=True)
class Lost:
    """What is missing up to `floor` is gone at the kiosk too: a person is told, and the stream goes on."""

    floor: int
    hash_at_floor: str
    events: Entries


@dataclass(frozen=True, slots=True)
class Fork:
    """The stream tells another story than before: a copy of it was put back, or is alive elsewhere."""

    events: Entries


def judge(known: StreamRecord, request: SyncRequest, hashes: Mapping[int, str]) -> Fresh | Gap | Lost | Fork:
    """Judge a request against the watermark; `hashes` are ours by seq, from `first - 1` on."""
    if _went_back(known, request) or is_chain_broken(request):
        return Fork(request.events)
    if request.first > known.acked + 1:
        if request.first == request.floor + 1:
            return Lost(request.floor, request.prev_hash, request.events)
        return Gap(known.acked + 1)
    ours_before = hashes.get(request.first - 1, FIRST_HASH)
    # What was noted as lost has no hash here: a late request that still holds it contradicts nothing.
    overlap = (
        hashes.get(entry.seq, entry.hash) == entry.hash
        for entry in request.events
        if entry.seq <= known.acked
    )
    if request.prev_hash != ours_before or not all(overlap):
        return Fork(request.events)
    return Fresh([entry for entry in request.events if entry.seq > known.acked])


def _went_back(known: StreamRecord, request: SyncRequest) -> bool:
    """Return whether the kiosk has forgotten entries it once sent.

    A request that was merely late also has an older head, but then it was made earlier in the same boot.
    """
    if request.head >= known.acked:
        return False
    return request.clock.boot != known.boot or request.clock.boottime_ms > known.boottime_ms


def is_chain_broken(request: SyncRequest) -> bool:
    """Return whether a request's entries are not dense from `first` on, or not what their hashes say."""
    before, seq = request.prev_hash, request.first
    for entry in request.events:
        expected = chain_hash(request.stream, entry.seq, entry.type, entry.v, before, entry.body)
        if entry.seq != seq or entry.prev_hash != before or entry.hash != expected:
            return True
        before, seq = entry.hash, seq + 1
    return False
