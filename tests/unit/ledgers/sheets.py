"""The sheet of an invented shift, each of whose counts is another."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain.shift_sheets import ShiftSheet
from kiosk.domain.shifts import ShiftCounts


def at(hour: int, minute: int) -> datetime:
    """Return a time of the sample day as the hall's clocks show it."""
    return datetime(2026, 9, 18, hour, minute)  # noqa: DTZ001 - the hall's own time, as it is printed


SHEET = ShiftSheet(
    number="JB-NZ-0918-1200",
    hall="NZ",
    station="汽车南站零工驿站",
    kiosk_letter="A",
    opened_at=at(4, 5),
    opened_by="测试己",
    closed_at=at(12, 0),
    closed_by="测试庚",
    counts=ShiftCounts(*range(9)),
    faults=("读卡的坏了", "打印机没纸"),
    note="",
)
