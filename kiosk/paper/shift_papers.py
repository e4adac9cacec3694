"""The sheet of a shift (工作日报 / 交班单): what was counted, what is open, what is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.shifts import ShiftCounts
from kiosk.paper.blocks import Block, Document, FillIns, Flow, Rule, Space, TitleBar, Weight, Words
from kiosk.paper.phrases import Sentences, day_text

COUNTED = ("check_ins", "placements", "printed", "waiting", "uncertain", "void", "returned")
OPEN_ENDS = ("unsynced", "refused")


@dataclass(frozen=True, slots=True)
class ShiftPaper:
    """Everything on the sheet; times are the hall's own without zone, names stand in full."""

    number: str
    station: str
    kiosk_letter: str
    opened_at: datetime
    opened_by: str
    closed_at: datetime
    closed_by: str
    counts: ShiftCounts
    faults: tuple[str, ...]
    note: str


def shift_blocks(paper: ShiftPaper, tr: Sentences) -> Document:
    """Return the sheet as it is printed, with lines for both to sign on."""
    sign = ((Words(tr("paper.shift.gives"), 30), None), (Words(tr("paper.shift.takes"), 30), None))
    return Document(
        (
            TitleBar(
                Words(tr("paper.shift.title"), 56, Weight.BLACK, 40),
                (Flow((Words(paper.number, 28),)), Flow((Words(_place(paper, tr), 28),))),
            ),
            Space(12),
            *_who(paper, tr),
            Space(8),
            Rule(2),
            Space(8),
            *_counts(paper, tr, COUNTED),
            Rule(2),
            Space(8),
            *_counts(paper, tr, OPEN_ENDS),
            Flow((Words(tr("paper.shift.faults"), 32), *_faults(paper, tr))),
            Space(8),
            Rule(2),
            Space(8),
            Flow(
                (Words(tr("paper.shift.note"), 32, Weight.BLACK), Words(_note(paper, tr), 32, Weight.MEDIUM))
            ),
            Space(16),
            FillIns((sign[0],)),
            Space(12),
            FillIns((sign[1],)),
        )
    )


def _place(paper: ShiftPaper, tr: Sentences) -> str:
    return f"{paper.station}\u2002{tr('paper.kiosk', letter=paper.kiosk_letter)}"


def _who(paper: ShiftPaper, tr: Sentences) -> list[Block]:
    lines = (
        ("opened", paper.opened_at, paper.opened_by),
        ("closed", paper.closed_at, paper.closed_by),
    )
    blocks: list[Block] = []
    for what, at, name in lines:
        when = Words(f"{day_text(at.date(), tr)} {at:%H:%M}", 32)
        word = Words(tr(f"paper.shift.{what}"), 32, Weight.BLACK)
        blocks += [Flow((word, when, Words(name, 32, Weight.MEDIUM))), Space(8)]
    return blocks


def _counts(paper: ShiftPaper, tr: Sentences, names: tuple[str, ...]) -> list[Block]:
    blocks: list[Block] = []
    for name in names:
        word, count = tr(f"shift.count.{name}"), str(getattr(paper.counts, name))
        blocks += [Flow((Words(word, 34), Words(count, 40, Weight.BLACK)), is_spread=True), Space(6)]
    return blocks


def _faults(paper: ShiftPaper, tr: Sentences) -> tuple[Words, ...]:
    told = paper.faults or (tr("paper.shift.no_faults"),)
    return tuple(Words(fault, 32, Weight.MEDIUM) for fault in told)


def _note(paper: ShiftPaper, tr: Sentences) -> str:
    return paper.note or tr("paper.shift.no_note")
