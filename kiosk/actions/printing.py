"""The port to the slip printer as a hall sees it: hand a slip in, hear honestly what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.domain.ids import PaperNumber, SlipNumber
from kiosk.domain.sentences import Sentence


class PrintStage(StrEnum):
    """What is known of a slip on its way to paper."""

    SENDING = "sending"
    WAITING_FOR_PAPER = "waiting_for_paper"
    HELD_OUT = "held_out"
    PRINTED = "printed"
    UNCERTAIN = "uncertain"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class PrintNews:
    """One step of one slip or other paper; `fraction` is the share that is out, as far as is known."""

    slip: SlipNumber | PaperNumber
    stage: PrintStage
    fraction: float
    sentence: Sentence | None = None


class PaperState(StrEnum):
    """Whether a slip could come out now; unknown is not ready."""

    READY = "ready"
    LOW = "low"
    OUT = "out"
    FAULT = "fault"
    UNKNOWN = "unknown"


class PaperWay(Protocol):
    """The way from a queued slip to paper; calls return at once, news comes from another thread."""

    def submit(self, slip: SlipNumber) -> None:
        """Print this queued slip next."""
        ...

    def print_paper(self, number: PaperNumber) -> None:
        """Print this queued ticket, receipt or pass next."""
        ...


class SlipPrinting(PaperWay, Protocol):
    """The same way, with what can be asked of it and heard from it."""

    def paper(self) -> PaperState:
        """Return the last known state without asking the printer."""
        ...

    def subscribe(self, listener: Callable[[PrintNews], None]) -> None:
        """Call the listener, from the printing thread, with every piece of news."""
        ...
