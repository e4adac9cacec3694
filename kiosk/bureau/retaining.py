"""What law makes the bureau keep of a person, and until when; nothing else stands against an erasure.

| law | of what | how long |
| --- | --- | --- |
| 人力资源市场暂行条例 33: the ledger of services | every place taken | from the end of the work |
| 道路旅客运输及客运站管理规定: the list of passengers | every place with a coach | from the end of the work |
| 安全生产法 28: the file of safety education | every class held | from the day of the class |

How many years is a parameter (`retention.…_years`); where none is published, the usual ones here hold. So is
for how many days who asks at a kiosk can be looked at by a person (`retention.asked_erasure_days`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from kiosk.bureau.feeds import CITY, bodies
from kiosk.bureau.tables import class_held, placement
from kiosk.domain.clock import hall_day
from kiosk.domain.parameters import Parameter, in_force
from kiosk.messages.feed import ParameterBody

_USUAL_YEARS = {
    "retention.service_ledger_years": ("3", "人力资源市场暂行条例 第三十三条"),
    "retention.passenger_list_years": ("1", "道路旅客运输及客运站管理规定"),
    "retention.safety_class_years": ("3", "安全生产法 第二十八条"),
}
_DAYS_TO_LOOK = "retention.asked_erasure_days"
_USUAL_DAYS = 15
"""Half of the thirty days within which GB/T 35273-2020, 8.7 wants an answer."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A law that still holds what is known of a person, and the first day on which it no longer does."""

    until: date
    law: str


def held_by_law(connection: Connection, person: str, today: date) -> Hold | None:
    """Return the law that holds a person longest, None where nothing does."""
    holds = [hold for hold in _holds(connection, person, today) if hold.until > today]
    return max(holds, key=lambda hold: hold.until, default=None)


def looked_at_until(connection: Connection, today: date) -> date:
    """Return the first day on which what was asked at a kiosk today needs no person's look any more."""
    now = parameter_in_force(connection, _DAYS_TO_LOOK, today)
    return today + timedelta(days=_USUAL_DAYS if now is None else int(now.value))


def ledger_since(connection: Connection, today: date) -> date:
    """Return the first day of which the ledger of services must still be kept."""
    years, _ = _years_of(connection, "retention.service_ledger_years", today)
    return _years_later(today, -years)


def parameter_in_force(connection: Connection, key: str, today: date) -> Parameter | None:
    """Return what was published for a key and counts today, None where nothing was."""
    told = [ParameterBody.model_validate_json(text) for text in bodies(connection, CITY, "parameter")]
    published = [
        Parameter(item.key, item.value, item.unit, item.source, item.effective_from)
        for item in told
        if item.key == key
    ]
    return in_force(published, today).values.get(key)


def _holds(connection: Connection, person: str, today: date) -> Iterator[Hold]:
    own = select(func.max(placement.c.ends)).where(placement.c.worker == person)
    ends = connection.execute(own).scalar_one()
    if ends is not None:
        yield _hold(connection, "retention.service_ledger_years", hall_day(ends), today)
    by_coach = connection.execute(own.where(placement.c.trip.is_not(None))).scalar_one()
    if by_coach is not None:
        yield _hold(connection, "retention.passenger_list_years", hall_day(by_coach), today)
    classes = select(func.max(class_held.c.held_on)).where(class_held.c.worker == person)
    held_on = connection.execute(classes).scalar_one()
    if held_on is not None:
        yield _hold(connection, "retention.safety_class_years", held_on, today)


def _hold(connection: Connection, key: str, since: date, today: date) -> Hold:
    years, law = _years_of(connection, key, today)
    return Hold(_years_later(since, years), law)


def _years_of(connection: Connection, key: str, today: date) -> tuple[int, str]:
    """Return for how many years what a law names is kept, and the law."""
    now = parameter_in_force(connection, key, today)
    years, law = _USUAL_YEARS[key] if now is None else (now.value, now.source)
    return int(years), law


def _years_later(day: date, years: int) -> date:
    """Return the day after so many years; of 29 February the day after the last one of that month."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
