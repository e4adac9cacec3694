"""Did everybody come back? Who went out with a trip against who is back, stays over, or is missing.

Nobody is out silently: whoever was aboard and of whom nobody has said anything is out, and is listed until
somebody says that he is back or stays, or closes the count and so calls him missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiosk.domain.clock import instant_of
from kiosk.domain.ids import SlipNumber
from kiosk.domain.trips import Trip


class Whereabouts(StrEnum):
    """Where somebody is who went out with a trip, as far as anybody has said."""

    OUT = "out"
    BACK = "back"
    STAYED = "stayed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ReturnMark:
    """What was said of one passenger, when it was said, and until which day somebody stays who stays over."""

    slip: SlipNumber
    where: Whereabouts
    at: datetime
    reason: str = ""
    until: date | None = None

    def on(self, day: date) -> Whereabouts:
        """Return where he is on a day: whoever stayed over is out again once his last day is past."""
        is_over = self.where is Whereabouts.STAYED and self.until is not None and day > self.until
        return Whereabouts.OUT if is_over else self.where


@dataclass(frozen=True, slots=True)
class ReturnCount:
    """Everybody of a trip, each once, in the order in which they were told."""

    out: tuple[SlipNumber, ...]
    back: tuple[SlipNumber, ...]
    stayed: tuple[SlipNumber, ...]
    missing: tuple[SlipNumber, ...]

    @property
    def expected(self) -> int:
        """Return how many went out."""
        return len(self.out) + len(self.back) + len(self.stayed) + len(self.missing)

    @property
    def is_open(self) -> bool:
        """Return whether somebody is out, or missing."""
        return bool(self.out or self.missing)


def counted(outbound: Iterable[SlipNumber], marks: Mapping[SlipNumber, ReturnMark], day: date) -> ReturnCount:
    """Return where everybody is who went out; a mark of somebody who did not counts for nothing."""
    found: dict[Whereabouts, list[SlipNumber]] = {where: [] for where in Whereabouts}
    for slip in dict.fromkeys(outbound):
        mark = marks.get(slip)
        found[mark.on(day) if mark else Whereabouts.OUT].append(slip)
    return ReturnCount(*(tuple(found[where]) for where in Whereabouts))


def due_at(trip: Trip, grace_min: int) -> datetime:
    """Return from when on it is asked who is not back; a trip without a time back has its whole day.

    A time back that lies before the departure is one of the next morning.
    """
    grace = timedelta(minutes=grace_min)
    if trip.returns_at is None:
        return instant_of(trip.day + timedelta(days=1), time()) + grace
    days = 0 if trip.returns_at > trip.departs_at else 1
    return instant_of(trip.day + timedelta(days=days), trip.returns_at) + grace
