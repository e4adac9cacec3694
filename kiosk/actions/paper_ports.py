"""What is kept of the small papers: each with its document and what is known of it on its way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from kiosk.domain.ids import PaperNumber, WorkerId
from kiosk.domain.papers import PaperKind
from kiosk.domain.slips import SlipState


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """One small paper in the print journal. `copy_no` counts how often it was asked for again.

    It has the states of a slip; `void` is one that the printer refused before any byte left.
    """

    number: PaperNumber
    kind: PaperKind
    worker: WorkerId
    state: SlipState
    copy_no: int
    document: str = field(repr=False)
    token: str
    evidence: str
    changed_at: datetime


class Papers(Protocol):
    """The small papers of one transaction."""

    def by_number(self, number: PaperNumber) -> PaperRecord | None: ...
    def in_state(self, *states: SlipState) -> Sequence[PaperRecord]: ...
    def put(self, paper: PaperRecord) -> None:
        """Keep a paper, new or changed."""
        ...

    def waiting_before(self, day: date, sequence: int) -> int:
        """Return how many came to this kiosk on that day before this one and took no place on it."""
        ...
