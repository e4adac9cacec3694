"""The bureau's side of one round: what is believed, what is taken in, and whether anything may be granted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.domain.ids import StreamId
from kiosk.domain.quotas import NumberSet
from kiosk.messages.events import FIRST_HASH
from kiosk.messages.sync import RightView, SyncRequest
from kiosk.protocol import ingest
from kiosk.protocol.generations import is_full_report, knows_more
from kiosk.protocol.ports import BureauBook, StreamRecord
from kiosk.protocol.quotas import claim, opened_quota

LIVE, SUPERSEDED, FORKED = "live", "superseded", "forked"


class NotYourStream(Exception):
    """A kiosk spoke for a stream of another kiosk."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a round came to. `may_grant`: the stream is live and nobody is awaited after a restore."""

    acked: int = 0
    need_from: int | None = None
    may_grant: bool = False
    asks_older: bool = False
    hello: str = ""
    is_superseded: bool = False
    is_forked: bool = False


def hear(book: BureauBook, kiosk: str, request: SyncRequest, *, is_revoked: bool = False) -> Heard:
    """Take in what a kiosk says, in one transaction; the same request twice has one effect.

    Raises NotYourStream. A request of another generation is answered with ours and nothing else, so that
    the kiosk begins again; one that knows of a later generation proves that we went back unannounced.

    Of a machine that `is_revoked` entries are heard and nothing else: it takes nobody's place, is believed no
    number that we do not know of, and no later generation.
    """
    ours = book.generation()
    if knows_more(request.generation, ours) and not is_revoked:
        book.begin_generation(request.generation)
        return Heard(asks_older=True)
    if request.generation not in {"", ours}:
        return Heard(asks_older=True)
    known = book.stream(request.stream)
    if known is None:
        machine = request.machine
        if not request.is_old and request.hello != book.hello_of(kiosk, machine, makes_new=False):
            return Heard(hello=book.hello_of(kiosk, machine, makes_new=True))
        known = _begun(book, kiosk, request, takes_over=not (request.is_old or is_revoked))
    elif known.kiosk != kiosk:
        raise NotYourStream(request.stream)
    if not is_revoked or book.is_quarantined():
        # After a restore every number that somebody was given is needed, also of who was revoked since.
        _believe_claims(book, kiosk, request)
    return _take_in(book, kiosk, known, request)


def _begun(book: BureauBook, kiosk: str, request: SyncRequest, *, takes_over: bool) -> StreamRecord:
    """Keep a new stream, which takes the place of the kiosk's earlier one.

    One that the kiosk gave up before we first heard it takes nobody's place: rights are for the present.
    """
    if takes_over:
        book.await_machine(kiosk, request.machine)
        book.supersede(kiosk, request.stream)
    state = LIVE if takes_over else SUPERSEDED
    clock = request.clock
    fresh = StreamRecord(
        request.stream, kiosk, request.machine, state, 0, FIRST_HASH, clock.boot, clock.boottime_ms
    )
    book.open_stream(fresh)
    return fresh


def _believe_claims(book: BureauBook, kiosk: str, request: SyncRequest) -> None:
    """Commit every number that a kiosk says it was given, also to its streams before: some may be spent."""
    _believe(book, request.stream, request.rights)
    for old in request.older or []:
        known = book.stream(old.stream)
        if known is None:
            book.open_stream(
                StreamRecord(old.stream, kiosk, request.machine, SUPERSEDED, 0, FIRST_HASH, "", 0)
            )
        elif known.kiosk != kiosk:
            continue
        elif known.state == LIVE and known.machine == request.machine and old.stream != request.stream:
            # Only the machine on which a stream ended knows that it did; its copy elsewhere may live on.
            book.set_state(old.stream, SUPERSEDED)
        _believe(book, old.stream, old.rights)


def _believe(book: BureauBook, stream: str, views: list[RightView]) -> None:
    if not views:
        return
    granted = book.granted_of(stream, [view.quota for view in views])
    for view in views:
        claimed, known = NumberSet.of_pairs(view.granted), granted.get(view.quota, NumberSet())
        if claimed == known or not len(claimed - known):
            continue
        state = book.quota(view.quota) or opened_quota(0)
        book.save_claim(view.quota, stream, claim(state, StreamId(stream), claimed))


def _take_in(book: BureauBook, kiosk: str, known: StreamRecord, request: SyncRequest) -> Heard:
    hashes = book.hashes(known.id, request.first - 1, request.first + len(request.events) - 1)
    verdict = ingest.judge(known, request, hashes)
    if isinstance(verdict, ingest.Fork) or known.state == FORKED:
        # The watermark stays, but what is told is acknowledged, so that no queue waits for it.
        book.keep_aside(known.id, [entry for entry in request.events if hashes.get(entry.seq) != entry.hash])
        book.set_state(known.id, FORKED)
        return Heard(acked=request.first - 1 + len(request.events), is_forked=True)
    if isinstance(verdict, ingest.Gap):
        return Heard(acked=known.acked, need_from=verdict.need_from, asks_older=book.is_quarantined())
    if isinstance(verdict, ingest.Lost):
        book.note_loss(known.id, known.acked + 1, verdict.floor, verdict.hash_at_floor)
        known = replace(known, acked=verdict.floor, head_hash=verdict.hash_at_floor)
    book.take_in(known, verdict.events)
    known = _advanced(known, request, verdict.events)
    book.advance(known)
    return _report(book, kiosk, known, request)


def _advanced(known: StreamRecord, request: SyncRequest, events: ingest.Entries) -> StreamRecord:
    clock = request.clock
    if events:
        known = replace(known, acked=events[-1].seq, head_hash=events[-1].hash)
    if clock.boot != known.boot or clock.boottime_ms >= known.boottime_ms:
        known = replace(known, boot=clock.boot, boottime_ms=clock.boottime_ms)
    return known


def _report(book: BureauBook, kiosk: str, known: StreamRecord, request: SyncRequest) -> Heard:
    is_live, still_waits = known.state == LIVE, book.is_quarantined()
    if still_waits:
        tells_all = is_full_report(
            is_old=request.is_old,
            tells_older=request.older is not None,
            acked=known.acked,
            head=request.head,
        )
        if tells_all:
            book.note_report(kiosk, request.machine)
            still_waits = book.is_quarantined()
    return Heard(
        acked=known.acked,
        may_grant=is_live and not request.is_old and not still_waits,
        asks_older=still_waits,
        is_superseded=not is_live and not request.is_old,
    )
