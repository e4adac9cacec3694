"""What the tray can do to the things around a demo kiosk, as it asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from kiosk.domain.sentences import Sentence


class BureauState(StrEnum):
    """Whether kiosks can reach the bureau, or are about to."""

    HERE = "here"
    LEAVING = "leaving"
    AWAY = "away"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class TrayPerson:
    """One person whose card lies ready in the tray; `age` is in years, `told` is what will happen."""

    key: str
    name: str
    age: int | None
    told: Sentence


@dataclass(frozen=True, slots=True)
class BenchState:
    """How things stand; the conditions of a device that is not ours to move are None."""

    is_card_laid: bool | None = None
    is_paper_out: bool | None = None
    is_printer_silent: bool | None = None
    bureau: BureauState = BureauState.HERE
    paper: Path | None = None
    """The picture of the last slip that was cut off."""
    papers: int = 0
    is_over: bool = False
    """Whether the kiosk was closed, so that the tray goes too."""


class Bench(Protocol):
    """The emulated devices and the bureau; none of it takes longer than a glance."""

    def look(self) -> BenchState:
        """Return how things stand now."""

    def lay(self, key: str) -> None:
        """Lay the card of this person on the reader, in place of one that may lie there."""

    def lift(self) -> None:
        """Take the card away."""

    def set_paper_out(self, is_out: bool) -> None:
        """Take the roll out of the printer, or put a new one in."""

    def set_printer_silent(self, is_silent: bool) -> None:
        """Let the printer swallow its answers, or speak again."""

    def set_bureau_away(self, is_away: bool) -> None:
        """Ask for the bureau to go, or to come back; `look` tells when it has."""
