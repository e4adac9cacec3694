"""The receipt of a card that was left behind (遗留证件登记): for whoever has it back, and who gave it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.found_cards import FoundKind, Lies, Proof
from kiosk.paper.blocks import Block, Document, FillIns, Flow, Rule, Space, TitleBar, Weight, Words
from kiosk.paper.phrases import Sentences, day_text


@dataclass(frozen=True, slots=True)
class FoundReceipt:
    """Everything on the receipt: it names the attendant and, but for his own hand, nobody else.

    Times are the hall's own without zone.
    """

    number: str
    station: str
    kiosk_letter: str
    kind: FoundKind
    lay: Lies
    found_at: datetime
    handed_at: datetime
    proof: Proof
    attendant: str


def found_blocks(paper: FoundReceipt, tr: Sentences) -> Document:
    """Return the receipt as it is printed, with lines for both to sign on."""
    place = f"{paper.station}\u2002{tr('paper.kiosk', letter=paper.kiosk_letter)}"
    return Document(
        (
            TitleBar(
                Words(tr("paper.found.title"), 50, Weight.BLACK, 36),
                (Flow((Words(paper.number, 28),)), Flow((Words(place, 28),))),
            ),
            Space(14),
            Flow((Words(tr(f"found.kind.{paper.kind.value}"), 50, Weight.BLACK, 36),)),
            Space(10),
            *_line("paper.found.lay", tr(f"found.lies.{paper.lay.value}"), tr),
            *_line("paper.found.found_at", _when(paper.found_at, tr), tr),
            *_line("paper.found.handed_at", _when(paper.handed_at, tr), tr),
            *_line("paper.found.proof", tr(f"paper.found.proof.{paper.proof.value}"), tr),
            *_line("paper.found.attendant", paper.attendant, tr),
            Space(4),
            Rule(2),
            Space(8),
            Flow((Words(tr("paper.found.no_pledge"), 30, Weight.BLACK), Words(tr("paper.found.law"), 28))),
            Space(18),
            FillIns(((Words(tr("paper.found.owner"), 30), None),)),
            Space(12),
            FillIns(((Words(tr("paper.found.giver"), 30), None),)),
        )
    )


def _line(word: str, value: str, tr: Sentences) -> list[Block]:
    return [Flow((Words(tr(word), 32), Words(value, 32, Weight.BOLD)), is_spread=True), Space(6)]


def _when(at: datetime, tr: Sentences) -> str:
    return tr("paper.class.held", year=at.year, day=day_text(at.date(), tr), at=f"{at:%H:%M}")
