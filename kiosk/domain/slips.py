"""The numbers and states of slips: numbers are never reused, and a state never claims more than is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.ids import STATION_SHAPE, SlipNumber


class SlipKind(StrEnum):
    """派工单 promises a place; 推荐单 introduces a person and lets the employer decide."""

    DISPATCH = "dispatch"
    REFERRAL = "referral"

    @property
    def series(self) -> str:
        """Return the two letters a number of this kind begins with."""
        return {SlipKind.DISPATCH: "PG", SlipKind.REFERRAL: "TJ"}[self]


class SlipState(StrEnum):
    """What is known of a slip's paper.

    `uncertain` means that paper may or may not have come out: it is neither reprinted nor closed without
    a person's word.
    """

    QUEUED = "queued"
    SENDING = "sending"
    PRINTED = "printed"
    UNCERTAIN = "uncertain"
    VOID = "void"


_LEGAL_NEXT = {
    SlipState.QUEUED: {SlipState.SENDING, SlipState.VOID},
    SlipState.SENDING: {SlipState.PRINTED, SlipState.UNCERTAIN, SlipState.QUEUED},
    SlipState.UNCERTAIN: {SlipState.PRINTED, SlipState.QUEUED, SlipState.VOID},
    SlipState.PRINTED: {SlipState.QUEUED, SlipState.VOID},
    SlipState.VOID: set(),
}


def may_become(now: SlipState, then: SlipState) -> bool:
    """Return whether a slip may go from one state to another.

    `sending → queued` is for a print that was refused before any byte left; `printed → queued` and
    `uncertain → queued` are reprints, which carry a copy number.
    """
    return then in _LEGAL_NEXT[now]


@dataclass(frozen=True, slots=True)
class SlipSerial:
    """The parts of a slip number: PG-NZ-0918-02-0037 is kind, station, month and day, kiosk, counter."""

    kind: SlipKind
    station: str
    day: date
    kiosk_no: int
    counter: int

    def number(self) -> SlipNumber:
        """Return the number as it is printed and spoken."""
        return SlipNumber(
            f"{self.kind.series}-{self.station}-{self.day:%m%d}-{self.kiosk_no:02d}-{self.counter:04d}"
        )


_NUMBER = re.compile(rf"(PG|TJ)-{STATION_SHAPE}-(?P<month>\d{{2}})(?P<day>\d{{2}})-\d{{2}}-\d{{4}}")


def slip_year(number: str, near: date) -> int:
    """Return the year of a slip that was in use on a day: the one whose month and day lie nearest.

    A number bears no year, and the same one is given out again a year later. Papers are in use for some weeks
    at most and clocks differ by less, so half a year to either side leaves no doubt. What has not the shape
    of a number is of the day's own year.
    """
    parts = _NUMBER.fullmatch(number)
    if parts is None:
        return near.year
    month, day = int(parts["month"]), int(parts["day"])
    years = (near.year, near.year - 1, near.year + 1)
    return min(years, key=lambda year: _days_between((year, month, day), near))


def _days_between(then: tuple[int, int, int], near: date) -> int:
    try:
        return abs((date(*then) - near).days)
    except ValueError:
        return date.max.toordinal()


def is_slip_number(text: str) -> bool:
    """Return whether a text has the shape of a slip number."""
    return _NUMBER.fullmatch(text) is not None
