"""What people here want of each quota: taken lately, looked for in vain, and what the bureau has answered.

Takes stand in the tables. The rest is remembered by the sync process alone: losing it costs one look or one
round, and keeping it would cost a commit at every touch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import Connection, func, select

from kiosk.domain.clock import hall_day
from kiosk.domain.wants import ANSWERED_FOR_S, LOOKED_FOR_S, TAKEN_FOR_S, Demand
from kiosk.storage.tables import placement, spent_number


class Looks:
    """Who looked for what, and what was answered when; safe from any thread."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        """Remember nothing yet; `seconds` is a clock that no hand sets."""
        self._seconds = seconds
        self._lock = Lock()
        self._looked: defaultdict[str, list[float]] = defaultdict(list)
        self._gathered: dict[str, tuple[int, float]] = {}
        self._answered: dict[str, float] = {}

    def hear(self, words: str) -> bool:
        """Take in what the screen says; return whether it is news.

        Each word is a quota somebody looked for, or a count and a quota: so many would have to lie here.
        """
        is_news = False
        for word in words.split():
            count, _, of = word.partition("*")
            if count.isdigit():
                is_news |= self.gather(of, int(count))
            else:
                self.look([word])
                is_news = True
        return is_news

    def look(self, quotas: Iterable[str]) -> None:
        """Somebody looked for a number of each of these, and there was none here."""
        with self._lock:
            for of in quotas:
                self._looked[of].append(self._seconds())

    def gather(self, of: str, people: int) -> bool:
        """So many would have to lie here for a team or a line; return whether it is news.

        It is said again and again while they stand here, and what was said last holds.
        """
        now_s = self._seconds()
        with self._lock:
            before, at_s = self._gathered.get(of, (0, float("-inf")))
            self._gathered[of] = people, now_s
        return before != people or at_s <= now_s - LOOKED_FOR_S

    def answer(self, quotas: Iterable[str]) -> None:
        """The bureau answered what was asked of these."""
        with self._lock:
            self._answered.update(dict.fromkeys(quotas, self._seconds()))

    def waiting(self, of: str) -> int:
        """Return how many looked lately, or gathered if they are more; who did so longer ago has left."""
        since_s = self._seconds() - LOOKED_FOR_S
        with self._lock:
            still = [at for at in self._looked.pop(of, []) if at > since_s]
            if still:
                self._looked[of] = still
            people, at_s = self._gathered.get(of, (0, float("-inf")))
        # Whoever goes with a team, or stands in a line, has looked before.
        return max(len(still), people if at_s > since_s else 0)

    def is_answered(self, of: str) -> bool:
        """Return whether an answer still holds."""
        with self._lock:
            return self._answered.get(of, float("-inf")) > self._seconds() - ANSWERED_FOR_S

    def demand(self, of: str, taken: Mapping[str, int]) -> Demand:
        """Return what is wanted of a quota; `taken` counts numbers by quota."""
        return Demand(taken.get(of, 0), self.waiting(of), self.is_answered(of))


def taken_lately(connection: Connection, now: datetime) -> dict[str, int]:
    """Return how many numbers of each quota were spent here in the last half hour."""
    since = now - timedelta(seconds=TAKEN_FOR_S)
    statement = (
        select(spent_number.c.quota, func.count().label("numbers"))
        .join(placement, placement.c.id == spent_number.c.placement)
        .where(placement.c.taken_on >= hall_day(since), placement.c.taken_at > since)
        .group_by(spent_number.c.quota)
    )
    return {row.quota: row.numbers for row in connection.execute(statement)}
