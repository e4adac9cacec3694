"""What is kept at the door of a coach: who is aboard, who stays out, whether this device holds the door."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kiosk.domain.ids import SlipNumber, TripId
from kiosk.protocol.doors import DoorBook


class Doors(Protocol):
    """The doors that one transaction sees."""

    def book(self, of: TripId, slip: SlipNumber) -> DoorBook:
        """Return what a trip's door knows of one slip; a door that another device holds is closed here."""
        ...

    def come_aboard(self, of: TripId, slip: SlipNumber, at: datetime) -> None:
        """Remember that a slip is in the coach."""
        ...
