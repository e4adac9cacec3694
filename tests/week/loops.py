"""One place that was taken in a week, as the journals tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.messages import events
from tests.week.hall import Said


@dataclass(slots=True)
class Loop:
    """One place that was taken, and all that was said of it since."""

    taken: events.PlaceTaken
    said: Said
    is_given_back: bool = False
    is_refused: bool = False
    is_aboard: bool = False
    where: str = ""
    stays_until: date | None = None
    outcome: str = ""
    has_come: bool = False
    pay: str = ""
    trip: str = ""

    @property
    def is_closed(self) -> bool:
        """Return whether nobody need look after it any more."""
        is_void = self.is_given_back or self.is_refused
        return is_void or bool(self.pay) or (self.outcome == "not_hired" and not self.is_aboard)
