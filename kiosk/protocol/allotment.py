"""How many free numbers a kiosk gets that asks: everyone's fair share first, refills from what is left.

A kiosk that never had any of a quota gets its share, the free numbers divided by all who have not had any.
A refill waits while a kiosk that was heard of just now has not had its share; of what kiosks gone quiet
might still ask for, it leaves their share. So a silent kiosk keeps a part back but never everything.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """Other kiosks that may still ask for their first share: heard of just now, or quiet for some time."""

    here: int
    quiet: int


def allotted(free: int, wanted: int, waiting: Waiting, *, is_first: bool) -> int:
    """Return how many of `free` numbers to give to a kiosk that wants `wanted` more.

    `is_first` says that it never had any of this quota.
    """
    if free <= 0 or wanted <= 0 or (not is_first and waiting.here):
        return 0
    share = -(-free // (1 + waiting.here + waiting.quiet))
    return min(wanted, share)


def unmet(wanted: int, given: int, seen: int) -> int:
    """Return how much of a want is still open, when the asker has `seen` only a part of what was `given`.

    An answer may have been lost, so a kiosk that asks again is first told what it already has.
    """
    return max(0, wanted - (given - seen))
