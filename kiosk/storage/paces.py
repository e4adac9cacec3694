"""How many rows of the feed lock the file at once: few in a hall, a whole page before its board shows any.

Whoever comes waits for one commit, which encrypts every page of a table or an index that the rows touched.
How long that takes is the machine's, so each slice is measured and the next one is as long as it may be.
"""

from __future__ import annotations

from dataclasses import dataclass

_FIRST_ROWS = 5
_COMMIT_S = 0.003
"""How long the commit of a slice may lock the file."""
_WHOLE_PAGE_S = 1.0
"""The same before a hall has anything to show; it ends for whoever waits like any other."""
_WHOLE_PAGE_ROWS = 1_000


@dataclass(slots=True)
class Pace:
    """How many rows the next slice may be, when a commit may lock the file so long."""

    rows: int = _FIRST_ROWS
    commit_s: float = _COMMIT_S

    def learn(self, rows: int, commit_s: float) -> None:
        """Learn that the commit of so many rows locked the file so long; it grows twofold at most."""
        self.rows = max(1, min(int(rows * self.commit_s / commit_s), 2 * self.rows))


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
