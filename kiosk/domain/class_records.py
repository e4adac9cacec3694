"""One class that was held, as the file of safety education keeps it (安全生产法 28)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.ids import WorkerId


class ClassMode(StrEnum):
    """How a class was held: by an attendant in own words, alone at the screen, or together before it."""

    TAUGHT = "taught"
    ALONE = "alone"
    GROUP = "group"


@dataclass(frozen=True, slots=True, repr=False)
class ClassRecord:
    """Who learned what, when, how long, with what result; `signature` is the text of the strokes.

    `course_version` 0 is a class without a published course; `score_percent` None is one without questions.
    """

    number: str
    worker: WorkerId
    hazard_class: str
    course_version: int
    mode: ClassMode
    held_at: datetime
    valid_until: date
    spent_min: int
    score_percent: int | None
    tries: int
    attendant: str
    signature: str

    def __repr__(self) -> str:
        """Show the number alone."""
        return f"ClassRecord({self.number})"


def record_number(station: str, day: date, kiosk_no: int, counter: int) -> str:
    """Return the number of a record: AJ-NZ-0918-02-0037 is 安教, station, month and day, kiosk, counter."""
    return f"AJ-{station}-{day:%m%d}-{kiosk_no:02d}-{counter:04d}"
