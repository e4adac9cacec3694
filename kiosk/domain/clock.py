"""Time in the hall: instants are UTC, days and times of day are local, and the two are never mixed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Protocol

HALL_ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China keeps one zone and no daylight saving, so a fixed offset is exact and needs no zone file."""


class Clock(Protocol):
    """The only way to learn the time."""

    def now(self) -> datetime:
        """Return the instant now, aware and in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never run backwards while this machine stays on."""
        ...


def hall_time(instant: datetime) -> datetime:
    """Return the hall's local date and time of an aware instant."""
    if instant.tzinfo is None:
        raise ValueError("an instant must know its zone")
    return instant.astimezone(HALL_ZONE)


def hall_day(instant: datetime) -> date:
    """Return the hall's calendar day of an aware instant."""
    return hall_time(instant).date()


def instant_of(day: date, at: time) -> datetime:
    """Return the UTC instant of a local day and time of day (midnight is a time like any other)."""
    return datetime.combine(day, at, HALL_ZONE).astimezone(UTC)


def clock_text(at: time) -> str:
    """Return a time of day as station boards write it: 06:20."""
    return f"{at.hour:02d}:{at.minute:02d}"
