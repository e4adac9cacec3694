"""The kiosk's side of one round: what to say, what an answer means, and in which order it becomes durable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from kiosk.domain.quotas import NumberSet
from kiosk.messages.sync import ClockView, RightGrant, SyncReply, SyncRequest
from kiosk.protocol import marks
from kiosk.protocol.feed_places import by_scope, end_of, leads_on
from kiosk.protocol.generations import NONE_YET, Belief, belief_in
from kiosk.protocol.marks import MarkFiles, OlderStream
from kiosk.protocol.ports import Outgoing, Since, SyncBook
from kiosk.protocol.watermarks import Told

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENS_QUOTAS = frozenset({"job", "trip"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer means. `speaks_again`: there is more to say or to read."""

    is_valid: bool
    speaks_again: bool = False


def request_of(outgoing: Outgoing, kiosk: str, clock: ClockView) -> SyncRequest:
    """Return what the kiosk says now."""
    return SyncRequest(
        kiosk=kiosk,
        stream=outgoing.stream,
        generation=outgoing.generation,
        head=outgoing.head,
        first=outgoing.first,
        prev_hash=outgoing.prev_hash,
        events=list(outgoing.events),
        rights=list(outgoing.rights),
        wants=list(outgoing.wants),
        cursors=list(outgoing.cursors),
        clock=clock,
        backlog=outgoing.backlog,
        refused_open=outgoing.refused_open,
        is_old=outgoing.is_old,
        floor=outgoing.floor,
        older=None if outgoing.older is None else list(outgoing.older),
        hello=outgoing.hello,
        machine=outgoing.machine,
        keys=list(outgoing.keys),
    )


def take_in(
    book: SyncBook, said: SyncRequest, reply: SyncReply, now: datetime, between_pages: Callable[[], None]
) -> Verdict:
    """Carry out an answer. One for another stream, of an older life or of a strange one changes nothing.

    A newer life is kept first, and nothing else: the bureau was restored, so everything is told again.
    """
    if reply.stream != said.stream:
        return Verdict(is_valid=False)
    known = book.generation()
    belief = belief_in(reply.generation, known)
    if belief is Belief.STRANGE:
        return Verdict(is_valid=False)
    if belief is Belief.NEWER:
        book.adopt_generation(reply.generation)
        if known != NONE_YET:
            return Verdict(is_valid=True, speaks_again=reply.retry_after_s is None)
    since = Since(said.stream, reply.generation)
    book.note_hello(since, reply.hello, asks_older=reply.asks_older)
    if reply.is_revoked:
        book.note_revoked(now)
    if reply.is_forked and not said.is_old:
        book.begin_stream(since)
    if reply.hello or (reply.is_forked and not said.is_old):
        return Verdict(is_valid=True, speaks_again=reply.retry_after_s is None)
    keep_granted(book, since, reply.rights)
    book.refuse(since, reply.refusals, now)
    book.acknowledge(since, told_in(said), reply.acked, reply.need_from, reply.prune_ok)
    has_returned = book.return_surplus(since, reply.recalls)
    # An old stream says no cursors and is answered from the beginning, which was read long ago.
    asked = by_scope(said.cursors)
    for page in () if said.is_old else reply.pages:
        book.apply_page(page, partial(leads_on, page, asked.get(page.scope)))
        asked[page.scope] = end_of(page)
        between_pages()
    book.set_open_places(reply.open_places)
    has_more = has_returned or _has_more(said, reply)
    return Verdict(is_valid=True, speaks_again=reply.retry_after_s is None and has_more)


def told_in(said: SyncRequest | Outgoing) -> Told:
    """Return which entries a request tells."""
    last = said.events[-1] if said.events else None
    if last is None:
        return Told(said.first, said.first - 1, said.prev_hash)
    return Told(said.first, last.seq, last.hash)


def keep_granted(book: SyncBook, since: Since, rights: list[RightGrant]) -> None:
    """Keep granted numbers: the marker first, then the database, where they can be spent.

    The other way round, a number could be spent of which an older copy of the database, put back after a
    crash in between, tells nobody.
    """
    missing = book.missing(since, {item.quota: NumberSet.of_pairs(item.granted) for item in rights})
    if missing:
        book.remember_granted(since, missing)
        book.store_granted(since, missing)


class Followed(Protocol):
    """A transaction's records: what the marker must follow once they are committed."""

    def committed_head(self) -> tuple[str, int, str, Mapping[str, int]] | None:
        """Return stream, seq and hash of the newest entry and the counters used; None without an entry."""
        ...


_Records = TypeVar("_Records", bound=Followed)


def begin_life(
    files: MarkFiles,
    stream: str,
    boot: str,
    fingerprint: str,
    ended: OlderStream | None,
    store: Callable[[], None],
) -> None:
    """Begin a new stream, the marker first: a crash in between only makes the next start begin another."""
    marks.begin(files, stream, boot, fingerprint, ended)
    store()


@contextmanager
def followed_by_marker(
    writing: AbstractContextManager[_Records],
    raise_head: Callable[[str, int, str, Mapping[str, int]], None],
) -> Iterator[_Records]:
    """Run a transaction and let the marker follow its commit, before anything is printed.

    Whoever has come out of this has a commit that an older copy of the database cannot hide.
    """
    with writing as records:
        yield records
    head = records.committed_head()
    if head is not None:
        raise_head(*head)


def _has_more(said: SyncRequest, reply: SyncReply) -> bool:
    """Return whether entries or pages are left, or what came opens quotas of which nothing was asked yet.

    After an old stream it is the present one's turn, whose takes should not wait an interval for it.
    """
    has_moved = bool(said.events) and reply.acked >= said.first
    has_entries = (has_moved or reply.need_from is not None) and reply.acked < said.head
    asks = reply.asks_older and said.older is None and not said.is_old
    rows = (row for page in reply.pages for row in page.rows)
    return (
        said.is_old
        or has_entries
        or asks
        or any(page.has_more and page.rows for page in reply.pages)
        or any(row.topic in _OPENS_QUOTAS and not row.is_deleted for row in rows)
    )
