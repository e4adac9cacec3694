"""The sheet of a shift (工作日报 / 交班单): what it tells, described once for paper and files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ledgers import Column, Layout, Ledger, Mask
from kiosk.domain.shifts import ShiftCounts

OPENED, CLOSED = "opened", "closed"
COUNTED, OPEN_ENDS = "counted", "open_ends"
FAULTS, NOTE = "faults", "note"
"""The parts of the sheet, from its head to its foot."""
_DONE = ("check_ins", "placements", "printed", "waiting", "uncertain", "void", "returned")
_LEFT = ("unsynced", "refused")


@dataclass(frozen=True, slots=True)
class ShiftSheet:
    """Everything on the sheet; times are the hall's own without zone, names stand in full.

    `hall` is the letters of the station, `station` its name.
    """

    number: str
    hall: str
    station: str
    kiosk_letter: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime
    closed_by: str
    counts: ShiftCounts
    faults: tuple[str, ...]
    note: str


def _counts(part: str, names: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(f"shift.count.{name}", f"counts.{name}", part=part) for name in names)


SHIFT_SHEET = Ledger(
    name="shift",
    title="paper.shift.title",
    layout=Layout.SHEET,
    columns=(
        Column("shift.column.opened_at", "opened_at", part=OPENED),
        Column("shift.column.opened_by", "opened_by", Mask.NAME, OPENED),
        Column("shift.column.closed_at", "closed_at", part=CLOSED),
        Column("shift.column.closed_by", "closed_by", Mask.NAME, CLOSED),
        *_counts(COUNTED, _DONE),
        *_counts(OPEN_ENDS, _LEFT),
        Column("paper.shift.faults", "faults", part=FAULTS, empty="paper.shift.no_faults"),
        Column("paper.shift.note", "note", part=NOTE, empty="paper.shift.no_note"),
    ),
    signers=("paper.shift.gives", "paper.shift.takes"),
)
"""Who signs sees the names in full on paper; a file, which leaves the hall, has them masked."""
