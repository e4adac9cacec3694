"""Which days are rest days: Saturday and Sunday, but for what the State Council arranges for each year.

Sources: 全国年节及纪念日放假办法; the yearly 国务院办公厅关于部分节假日安排的通知, which also says which
weekend days are worked in exchange. The bureau tells it day by day, as parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.domain.parameters import Parameter, Parameters

_CALENDAR = "calendar."
"""`calendar.2026-10-01`: whether that day is one of rest or of work."""
_REST, _WORK = "rest", "work"
_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RestDays:
    """What was told of single days; all others follow the week."""

    told: Mapping[date, bool]

    def is_rest(self, day: date) -> bool:
        """Return whether a day is a holiday or a day of rest."""
        return self.told.get(day, day.weekday() >= _SATURDAY)

    def worked_by(self, day: date, earliest: date) -> date:
        """Return the last working day up to a day; where there is none from `earliest` on, `earliest`."""
        while day > earliest and self.is_rest(day):
            day -= _DAY
        return day


@dataclass(frozen=True, slots=True)
class ToldDay:
    """What a day is, and by which document."""

    day: date
    is_rest: bool
    source: str

    def parameter(self) -> Parameter:
        """Return how the bureau tells it.

        Paydays are written down long before, so what a day is counts from the beginning of the year before.
        """
        begins = date(self.day.year - 1, 1, 1)
        value = _REST if self.is_rest else _WORK
        return Parameter(f"{_CALENDAR}{self.day.isoformat()}", value, "rest", self.source, begins)


def is_told_day(key: str) -> bool:
    """Return whether a parameter tells what a day is."""
    return key.startswith(_CALENDAR)


def told_day(key: str, value: str, source: str) -> ToldDay:
    """Return what a parameter tells of a day; raises ValueError where its key names none."""
    return ToldDay(date.fromisoformat(key.removeprefix(_CALENDAR)), value == _REST, source)


def rest_days(parameters: Parameters) -> RestDays:
    """Return the rest days that the bureau has told."""
    told = (
        told_day(item.key, item.value, item.source)
        for item in parameters.values.values()
        if is_told_day(item.key)
    )
    return RestDays({item.day: item.is_rest for item in told})
