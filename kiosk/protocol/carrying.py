"""What carrying by hand changes: rounds are said in advance, come late, come twice, and come out of order.

On a wire an answer belongs to the request just made. A stick may bring a request of last week, written
before the machine was started anew, or an answer to a question that was asked again since. Such a request
must not look like a kiosk that went back in time, and such an answer must neither turn the board back nor
leave a hole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kiosk.messages.events import FIRST_HASH, Event
from kiosk.messages.feed import Cursor, FeedPage
from kiosk.messages.sealing import needed_by
from kiosk.messages.sync import MAX_EVENTS_A_ROUND, ClockView, SyncRequest
from kiosk.protocol.feed_places import by_scope, end_of, leads_on
from kiosk.protocol.ingest import is_chain_broken
from kiosk.protocol.kiosk_side import request_of
from kiosk.protocol.ports import Outgoing, StreamRecord


def requests_of(
    outgoing: Outgoing, kiosk: str, clock: ClockView, most: int = MAX_EVENTS_A_ROUND
) -> list[SyncRequest]:
    """Return what one view says as rounds of at most `most` entries; only the last one asks for anything."""
    starts = range(0, max(len(outgoing.events), 1), most)
    parts = [outgoing.events[start : start + most] for start in starts]
    return [
        _round_of(outgoing, start, part, kiosk, clock, is_last=start == starts[-1])
        for start, part in zip(starts, parts, strict=True)
    ]


def is_late(known: StreamRecord, request: SyncRequest, hashes: Mapping[int, str]) -> bool:
    """Return whether everything that a carried request knew is known, and more: it was overtaken.

    `hashes` are ours by seq, from `first - 1` on; what was lost before a restore has none. A kiosk that went
    back in time looks the same, so nothing may be granted to either; the watermark in the answer tells the
    one what it knows, and the other that it must begin a new stream.
    """
    if request.head >= known.acked or is_chain_broken(request):
        return False
    said = {request.first - 1: request.prev_hash} | {entry.seq: entry.hash for entry in request.events}
    ours = {0: FIRST_HASH, **hashes}
    return all(ours.get(seq, told) == told for seq, told in said.items())


def news(pages: Iterable[FeedPage], asked: Iterable[Cursor], known: Iterable[Cursor]) -> list[FeedPage]:
    """Return the pages of a carried answer that lead on from what was read by now.

    `asked` is how far the request had read, where the pages begin; `known` is how far has been read since. A
    page that only tells what is known is left out, a snapshot too; so is one that begins further on.
    """
    begin, read = by_scope(asked), by_scope(known)
    told: list[FeedPage] = []
    for page in pages:
        if leads_on(page, begin.get(page.scope), read.get(page.scope)):
            told.append(page)
            read[page.scope] = end_of(page)
        begin[page.scope] = end_of(page)
    return told


def _round_of(
    outgoing: Outgoing, start: int, events: tuple[Event, ...], kiosk: str, clock: ClockView, *, is_last: bool
) -> SyncRequest:
    part = replace(
        outgoing,
        first=outgoing.first + start,
        prev_hash=outgoing.events[start - 1].hash if start else outgoing.prev_hash,
        events=events,
        wants=outgoing.wants if is_last else (),
        keys=needed_by(events, outgoing.keys),
    )
    return request_of(part, kiosk, clock)
