"""How far long work is, for whoever waits in front of it; the work itself knows nobody who looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

Item = TypeVar("Item")


class Step(StrEnum):
    """A part of long work; in its docstring's words, what it counts."""

    READ = "read"
    """Rows of a file, of which nobody knows how many there are before the last."""
    JUDGE = "judge"
    """Rows of a file."""
    TAKE_IN = "take_in"
    """Rows of a file."""
    SAY = "say"
    """Things that the halls are told."""
    GATHER = "gather"
    """Things that the halls are told."""
    WRITE = "write"
    """Nothing: the file is written at once."""
    COPY = "copy"
    """Pages of a database's file, or rows where one is a server's."""
    READ_AGAIN = "read_again"
    """Rows, in both databases."""
    HASH = "hash"
    """Streams of the log."""
    CHECK = "check"
    """Nothing: how long the rules take nobody knows."""
    BEGIN = "begin"
    """Nothing: a new life of the bureau begins at once."""
    REPLAY = "replay"
    """Entries of the log."""
    PART = "part"
    """Months."""


Progress = Callable[[Step, int, int | None], None]
"""Told a step, how much of it is done, and of how much: None where nobody knows before its end."""


def untold(step: Step, done: int, of: int | None) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Tally:
    """What is done of a step by now, told whenever some is added. `of` is as in `Progress`."""

    tell: Progress
    step: Step
    of: int | None
    done: int = 0

    def add(self, count: int) -> None:
        """Tell that so much more is done."""
        self.done += count
        self.tell(self.step, self.done, self.of)


def told(items: Iterable[Item], tell: Progress, step: Step, of: int | None) -> Iterator[Item]:
    """Yield each item, and tell how many are done once the next one is asked for."""
    tally = Tally(tell, step, of)
    tally.add(0)
    for item in items:
        yield item
        tally.add(1)
