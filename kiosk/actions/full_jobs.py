"""Jobs of which every place is taken: they stay findable, each with what would change that.

It can be waited for, and the same trade may be open on another day, with another coach, or elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.actions.board_ports import BoardQuery, JobOnBoard
from kiosk.actions.call_next import ANSWER_MIN
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records


@dataclass(frozen=True, slots=True)
class FullJob:
    """A job without a place: how many wait for one, whether it can be waited for, and its trade elsewhere."""

    line: JobOnBoard
    waiting: int
    can_wait: bool
    instead: JobOnBoard | None


def full_jobs(hall: Hall, query: BoardQuery, offset: int, limit: int) -> Sequence[FullJob]:
    """Return some of the full jobs that a query finds, the soonest first."""
    now, today = hall.now(), hall.today()
    with hall.store.reading() as records:
        lines = records.board.page(query, now, offset, limit)
        waiting = Counter(item.job for item in records.sign_ups.open_on(today) if item.is_waiting)
        can_wait = ANSWER_MIN in records.settings.parameters(today).values
        instead = _instead(records, sorted({line.job.trade for line in lines}), now)
    return [
        FullJob(line, waiting[line.job.id], can_wait or line.job.is_talked_over, instead.get(line.job.trade))
        for line in lines
    ]


def instead_of(hall: Hall, trade: str) -> JobOnBoard | None:
    """Return the job of a trade that has a place and begins first, None where there is none."""
    with hall.store.reading() as records:
        return _instead(records, [trade], hall.now()).get(trade)


def _instead(records: Records, trades: Sequence[str], now: datetime) -> Mapping[str, JobOnBoard]:
    found = records.board.soonest_of(trades, now)
    return {line.job.trade: line for line in records.board.lines(list(found.values()), now)}
