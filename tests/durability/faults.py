"""Faults a test puts in the way: the disk is full, the disk fails, at the n-th write or flush of a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

Chosen = Callable[[PurePath], bool]


@dataclass(slots=True)
class Faults:
    """At most one fault at a time; numbers are those of the operating system, 0 lets a call happen.

    From the `from_nth` chosen write or flush on, every one of them fails, or only that one, until `clear`.
    """

    number: int = 0
    writes: Chosen = field(default=lambda _path: False)
    flushes: Chosen = field(default=lambda _path: False)
    from_nth: int = 1
    is_once: bool = False
    met: int = 0
    """How many chosen writes and flushes came by since the fault was set, whether they failed or not."""

    def set(
        self,
        number: int,
        *,
        writes: Chosen | None = None,
        flushes: Chosen | None = None,
        from_nth: int = 1,
        is_once: bool = False,
    ) -> None:
        """Fail the chosen calls with a number from now on."""
        self.number, self.from_nth, self.is_once, self.met = number, from_nth, is_once, 0
        self.writes = writes or (lambda _path: False)
        self.flushes = flushes or (lambda _path: False)

    def clear(self) -> None:
        """Let everything happen again."""
        self.set(0)

    def at_write(self, path: PurePath) -> int:
        """Return the fault of a write, or 0."""
        return self._met(is_chosen=self.writes(path))

    def at_flush(self, path: PurePath) -> int:
        """Return the fault of a flush, or 0."""
        return self._met(is_chosen=self.flushes(path))

    def _met(self, *, is_chosen: bool) -> int:
        if not is_chosen:
            return 0
        self.met += 1
        is_due = self.met == self.from_nth if self.is_once else self.met >= self.from_nth
        return self.number if is_due else 0
