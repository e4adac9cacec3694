"""The order of the day: who came first, by a clock that a hand cannot turn back.

The key is (hall day, arrival on the agreed clock, kiosk, sequence). The agreed clock is the last time the
bureau told plus the monotonic seconds since; where no bureau has spoken since start-up it is the wall
clock at start plus monotonic seconds, so setting the wall clock by hand reorders nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class OrderKey:
    """A place in the order of the day; smaller comes first."""

    day: date
    arrived_at: datetime
    kiosk: str
    sequence: int


@dataclass(frozen=True, slots=True)
class AgreedClock:
    """An anchor: at monotonic second `at_monotonic_s` the agreed time was `agreed_at` (aware, UTC)."""

    agreed_at: datetime
    at_monotonic_s: float

    def at(self, monotonic_s: float) -> datetime:
        """Return the agreed instant of a monotonic second."""
        return self.agreed_at + timedelta(seconds=monotonic_s - self.at_monotonic_s)


def queue_number(kiosk_letter: str, sequence: int) -> str:
    """Return the number a person is called by: kiosk letter and sequence, such as A37. It never changes."""
    return f"{kiosk_letter}{sequence}"


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """Whose turn it is in the line of one job; smaller comes first.

    It begins as the person's own place in the order of the day. Whoever did not come when called goes behind
    the next: he borrows that one's place, `shift` steps behind it. Who is moved by hand stands before it.
    """

    at: OrderKey
    shift: int
    own: OrderKey

    @classmethod
    def of(cls, key: OrderKey) -> Turn:
        """Return the turn that nobody has moved."""
        return cls(key, 0, key)

    def behind(self, next_one: Turn) -> Turn:
        """Return this person's turn right behind somebody else's."""
        return Turn(next_one.at, next_one.shift + 1, self.own)

    def before(self, later: Turn) -> Turn:
        """Return this person's turn before somebody else's."""
        return Turn(later.at, later.shift - 1, self.own)
