"""Duty at the desk (值班): who opened and closed it, what was counted, and what is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ids import StaffId


@dataclass(frozen=True, slots=True)
class ShiftCounts:
    """What was done at this kiosk during a shift; slips by what became of their paper.

    `returned` are places given back of those that were taken meanwhile; `unsynced` and `refused` is what the
    bureau has not heard, or would not take, at the end.
    """

    check_ins: int
    placements: int
    printed: int
    waiting: int
    uncertain: int
    void: int
    returned: int
    unsynced: int
    refused: int


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift; `closed_at` and what follows is None or empty while it lasts.

    `faults` are the devices that did not work at the end, each as a person reads it.
    """

    id: str
    opened_at: datetime
    opened_by: StaffId
    closed_at: datetime | None = None
    closed_by: StaffId | None = None
    note: str = ""
    faults: tuple[str, ...] = ()
    counts: ShiftCounts | None = None
