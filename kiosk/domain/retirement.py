"""When somebody is of statutory retirement age: since 2025 it comes later by whole months, step by step.

国务院关于渐进式延迟法定退休年龄的办法 (2024), 1 and 2: from January 2025 on, whoever reaches the age of
before waits a month longer for each step of months that has begun since, up to so many months.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

DELAY_BEGINS = date(2025, 1, 1)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Retirement:
    """The age of before in years, and how it grows: by a month for each `step` months, at most `most`."""

    years: int
    step: int
    most: int

    def comes_on(self, birth: date) -> date:
        """Return the day on which somebody is of that age; in a shorter month its last day."""
        before = _later(birth, self.years * _MONTHS)
        since = (before.year - DELAY_BEGINS.year) * _MONTHS + before.month - DELAY_BEGINS.month
        delay = 0 if since < 0 else min(self.most, since // self.step + 1)
        return _later(birth, self.years * _MONTHS + delay)


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
