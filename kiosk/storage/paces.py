"""How many rows of the feed lock the file at once: few in a hall, a whole page before its board shows any.

Whoever comes waits for one commit, which encrypts every page of a table or an index that the rows touched.
How long that takes is the machine's, so each slice is measured and the next one is as long as it may be.
Who came once is about to come again: for a while after him slices are short, with a rest behind each.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_FIRST_ROWS = 5
_COMMIT_S = 0.003
"""How long the commit of a slice may lock the file."""
_BESIDE_SOMEBODY_S = 0.001
"""The same while somebody is at the screen, who writes again and again."""
_REST_S = 0.002
"""How long the file is left alone behind each slice then, so that he mostly finds it free."""
_REMEMBERED_S = 2.0
"""So long after somebody waited he is taken to be there still."""
_WHOLE_PAGE_S = 1.0
"""The same before a hall has anything to show; it ends for whoever waits like any other."""
_WHOLE_PAGE_ROWS = 1_000


@dataclass(slots=True)
class Pace:
    """How many rows the next slice may be, when a commit may lock the file so long."""

    rows: int = _FIRST_ROWS
    commit_s: float = _COMMIT_S
    beside_until_s: float = -math.inf
    """Until then, by the monotonic clock, somebody who waited is taken to be there."""

    def learn(self, rows: int, commit_s: float, now_s: float) -> None:
        """Learn that the commit of so many rows locked the file so long; it grows twofold at most."""
        may_s = min(self.commit_s, _BESIDE_SOMEBODY_S) if self.rest_s(now_s) else self.commit_s
        self.rows = max(1, min(int(rows * may_s / commit_s), 2 * self.rows))

    def somebody_waited(self, now_s: float) -> None:
        """Learn that somebody waited to write while a slice was written."""
        self.beside_until_s = now_s + _REMEMBERED_S

    def rest_s(self, now_s: float) -> float:
        """Return how long to leave the file alone after a slice."""
        return _REST_S if now_s < self.beside_until_s else 0.0


class Paces:
    """The paces of one process, which remembers what it reads for the first time."""

    def __init__(self) -> None:
        """Begin carefully."""
        self._usual = Pace()
        self._first_read: set[str] = set()

    def of(self, scope: str, *, is_known: bool, has_more: bool) -> Pace:
        """Return the pace of a page; `is_known` tells that of its scope something was read before."""
        if not is_known:
            self._first_read.add(scope)
        is_first = scope in self._first_read
        if not has_more:
            self._first_read.discard(scope)
        return Pace(_WHOLE_PAGE_ROWS, _WHOLE_PAGE_S) if is_first else self._usual
