"""The port of shifts."""

from __future__ import annotations

from typing import Protocol

from kiosk.domain.shifts import Shift


class Shifts(Protocol):
    """The shifts of this kiosk's desk."""

    def newest(self) -> Shift | None:
        """Return the shift that lasts, or the one closed last; None before the first."""
        ...

    def last_closed(self) -> Shift | None:
        """Return the shift that was handed over last; None before the first."""
        ...

    def keep(self, shift: Shift) -> None:
        """Keep a shift, new or closed now."""
        ...
