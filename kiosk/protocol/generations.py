"""Lives of the bureau's database: a restore begins one, and nothing is granted until all have reported.

A generation is told as `NUMBER-ID`. The number orders them; the id tells two restores of one backup apart.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

NONE_YET = ""
"""What a kiosk says that never heard of any generation; it holds no rights."""


class Belief(Enum):
    """What a kiosk makes of the generation that an answer names."""

    SAME = "same"
    NEWER = "newer"
    STRANGE = "strange"


def number_of(generation: str) -> int:
    """Return the number of a generation, 0 for none; what carries no number counts as the first."""
    if generation == NONE_YET:
        return 0
    head = generation.partition("-")[0]
    return int(head) if head.isdecimal() else 1


def following(known: str, unique: str) -> str:
    """Return a generation after `known`; `unique` is random."""
    return f"{number_of(known) + 1}-{unique}"


def belief_in(told: str, known: str) -> Belief:
    """Return whether to believe an answer: an older life, or another of the same age, is not ours."""
    if told == known:
        return Belief.SAME
    return Belief.NEWER if number_of(told) > number_of(known) else Belief.STRANGE


def knows_more(said: str, ours: str) -> bool:
    """Return whether a kiosk proves that the bureau went back unannounced: it heard of a later life."""
    return said not in {NONE_YET, ours} and number_of(said) >= number_of(ours)


@dataclass(frozen=True, slots=True)
class Quarantine:
    """The time after a restore. It ends when every machine, a set and not a count, has reported."""

    reported: frozenset[str] = frozenset()

    def is_over(self, awaited: frozenset[str]) -> bool:
        """Return whether nobody is awaited any more; who was written off by count is not awaited."""
        return awaited <= self.reported

    def with_report(self, machine: str) -> Quarantine:
        """Return the quarantine after a machine's full report."""
        return replace(self, reported=self.reported | {machine})


def is_full_report(*, is_old: bool, tells_older: bool, acked: int, head: int) -> bool:
    """Return whether a request told all: the present stream up to its head, and every stream before it."""
    return not is_old and tells_older and acked >= head
