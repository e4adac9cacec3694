"""Stretches of hall days: the day, the week and the month that a ledger is read for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both ends included. Raises ValueError where it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends before it begins")


def day_of(today: date) -> Period:
    """Return the day alone."""
    return Period(today, today)


def week_of(today: date) -> Period:
    """Return the week from Monday up to this day."""
    return Period(today - timedelta(days=today.weekday()), today)


def month_of(today: date) -> Period:
    """Return the month from its first up to this day."""
    return Period(today.replace(day=1), today)


def years_before(day: date, years: int) -> date:
    """Return the same day so many years before; of 29 February the first of March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)
