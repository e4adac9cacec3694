"""When the money for a place is due, and what becomes of the place once its worker has said how it went.

A payday that falls on a day of rest comes before it, though never before the work is done.

| rule of pay | the last of it is due |
| --- | --- |
| same day, after work | at the hour that was promised on the last day of work, else when work ends |
| on a date | at the hour that was promised on that day, else when the day is over |
| weekly | a week after the last day of work |
| monthly | a month after the last day of work |

Sources: 保障农民工工资支付条例 11–14 (14: before a day of rest); 工资支付暂行规定 8.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from kiosk.domain.clock import instant_of
from kiosk.domain.ids import PlacementId
from kiosk.domain.jobs import Pay, PayRule, PayUnit, Shift
from kiosk.domain.placements import PlacementState
from kiosk.domain.rest_days import RestDays

ASKED_FOR = timedelta(days=30)
"""So long after payday somebody who never said is still asked; then the window is the place to go."""

MOST_HOURS = 100_000
"""Eleven years after the work: money that is promised for later counts as due then."""

_HOUR = timedelta(hours=1)
_WEEK_DAYS = 7
_S = PlacementState
PAY_STATES = frozenset(
    {_S.CONFIRMED, _S.EDUCATED, _S.SLIP_ISSUED, _S.BOARDED, _S.ARRIVED, _S.WORKING, _S.INCIDENT, _S.ENDED}
)
"""States of a firm place of which nobody has said yet whether it was paid."""


class PayAnswer(StrEnum):
    """What a worker says about the money of one place."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PayQuestion:
    """One place whose worker is to be asked, with what was promised as far as it is still known.

    `trade` and `title` say which work it was, `worked_on` the local day on which it began. `fen` is None
    where the advertisement has changed since, or is gone.
    """

    placement: PlacementId
    title: str
    worked_on: date
    due_at: datetime
    trade: str = ""
    fen: int | None = None
    unit: PayUnit = PayUnit.DAY
    piece_name: str = ""

    def is_due(self, now: datetime) -> bool:
        """Return whether this is asked now."""
        return self.due_at <= now < self.due_at + ASKED_FOR


def pay_due_after_h(pay: Pay, shift: Shift, ends: datetime, rest: RestDays) -> int:
    """Return how many hours after a place has ended, the way home included, the last of its money is due."""
    hours = math.ceil((_last_payday(pay, shift, rest) - ends) / _HOUR)
    return min(max(0, hours), MOST_HOURS)


def state_after(state: PlacementState, answer: PayAnswer) -> PlacementState:
    """Return the state of a place once its worker has answered; a later answer stands instead of the first.

    Whoever says how it went with the money says that the work is over, so stages that nobody noted in between
    are passed over. A place that was never firm or was cancelled stays what it is.
    """
    if state not in PAY_STATES | {_S.SETTLED, _S.DISPUTED}:
        return state
    return _S.SETTLED if answer is PayAnswer.FULL else _S.DISPUTED


def _last_payday(pay: Pay, shift: Shift, rest: RestDays) -> datetime:
    last = shift.last_day
    day = pay.due_on or last
    if pay.rule is PayRule.WEEKLY:
        day = last + timedelta(days=_WEEK_DAYS)
    elif pay.rule is PayRule.MONTHLY:
        day = _month_after(last)
    if (day := rest.worked_by(day, earliest=last)) > last:
        return _on(day, pay.due_at)
    return shift.ends if pay.due_at is None else instant_of(last, pay.due_at)


def _on(day: date, at: time | None) -> datetime:
    """Return the hour of a day, or the end of it."""
    return instant_of(day + timedelta(days=1), time()) if at is None else instant_of(day, at)


def _month_after(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month, 12)
    month += 1
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date(year, month, min(day.day, last.day))
