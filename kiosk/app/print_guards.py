"""Whoever may bar the printer from use; the print minder asks before each slip and tells how it went."""

from __future__ import annotations

from typing import Protocol

from kiosk.devices.escpos.status import PrinterStatus
from kiosk.devices.printers import PrintOutcome
from kiosk.domain.sentences import Sentence


class Guard(Protocol):
    """Whoever may say that the printer is not to be used, and hears how it fares."""

    def barred(self) -> Sentence | None:
        """Return why nothing may be sent, None where it may."""
        ...

    def saw(self, status: PrinterStatus) -> None:
        """Take note of a look at the printer."""
        ...

    def ended(self, outcome: PrintOutcome) -> None:
        """Take note of how an attempt ended."""
        ...


class NoGuard:
    """Nobody minds: what a print minder has where no supervisor is."""

    def barred(self) -> Sentence | None:
        """Let everything pass."""
        return None

    def saw(self, status: PrinterStatus) -> None:
        """Note nothing."""

    def ended(self, outcome: PrintOutcome) -> None:
        """Note nothing."""
