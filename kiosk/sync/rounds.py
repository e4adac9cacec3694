"""The kiosk's side of one sync round as pure functions: what to say, and what an answer means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.actions.sync_ports import Outgoing
from kiosk.messages.feed import TOPIC_ORDER, FeedPage, FeedRow
from kiosk.messages.sync import ClockView, SyncReply, SyncRequest

_FORKED = "bureau.refused.fork"
_OPENS_QUOTAS = {"job", "trip"}
_FIRST_RETRY_S = 2.0
_MOST_DOUBLINGS = 16  # a network may be down for weeks, and a float has an end


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with an answer: believe it or not, speak again at once or not.

    `is_closed` tells that the bureau has closed this stream, because it heard two stories of it.
    """

    is_valid: bool
    speaks_again: bool = False
    is_closed: bool = False


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
    )


def judge_reply(said: SyncRequest, reply: SyncReply) -> Verdict:
    """Return whether an answer belongs to what was said.

    An answer for another stream is not believed. A new generation means the bureau was restored: the kiosk
    reports everything again. Where work came down, the next round asks for numbers of it, so that a kiosk
    never waits an interval for its first places.
    """
    if reply.stream != said.stream:
        return Verdict(is_valid=False)
    is_restored = said.generation not in {"", reply.generation}
    has_more = is_restored or _has_entries_left(said, reply) or _brought_more(reply)
    return Verdict(
        is_valid=True,
        speaks_again=reply.retry_after_s is None and has_more,
        # An old stream is over anyway; it is known by saying no cursors.
        is_closed=bool(said.cursors) and any(refusal.reason == _FORKED for refusal in reply.refusals),
    )


def _has_entries_left(said: SyncRequest, reply: SyncReply) -> bool:
    has_moved = bool(said.events) and reply.acked >= said.first
    return (has_moved or reply.need_from is not None) and reply.acked < said.head


def _brought_more(reply: SyncReply) -> bool:
    """Return whether there are more pages, or work on these that the kiosk has not asked numbers of yet."""
    rows = (row for page in reply.pages for row in page.rows)
    return any(page.has_more and page.rows for page in reply.pages) or any(
        row.topic in _OPENS_QUOTAS and not row.is_deleted for row in rows
    )


def in_order(page: FeedPage) -> list[FeedRow]:
    """Return a page's rows with topics in the order they depend on each other."""
    return sorted(page.rows, key=lambda row: (_rank(row.topic), row.pos))


def _rank(topic: str) -> int:
    return TOPIC_ORDER.index(topic) if topic in TOPIC_ORDER else len(TOPIC_ORDER)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When to speak next. `interval_s` and `jitter` (a share of it) come from settings."""

    interval_s: float
    jitter: float

    def next_after(self, failures: int, draw: float, retry_after_s: float | None) -> float:
        """Return the seconds to wait; `draw` is uniform in [0, 1).

        Failures double the wait from 2 s up to the interval, so that a bureau that comes back is heard
        soon and one that is drowning is not trampled.
        """
        doubled_s = _FIRST_RETRY_S * 2.0 ** min(failures - 1, _MOST_DOUBLINGS)
        base = self.interval_s if failures == 0 else min(self.interval_s, doubled_s)
        spread = base * (1 + self.jitter * (2 * draw - 1))
        return max(spread, retry_after_s or 0.0)


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a round went, for the desk; `problem` is a catalogue key, empty when all went well.

    `heard` is what the bureau's clock said, and at which monotonic second of this machine.
    """

    at: datetime
    problem: str
    heard: tuple[datetime, float] | None = None
    speaks_again: bool = False
    retry_after_s: float | None = None

    @property
    def is_success(self) -> bool:
        """Return whether the bureau answered and everything was stored."""
        return self.problem == ""
