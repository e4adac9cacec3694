"""The first lines of every paper: where and when it came out, on whose watch, and that it costs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.clock import clock_text
from kiosk.paper.blocks import Block, Flow, Rule, Space, TitleBar, Weight, Words
from kiosk.paper.phrases import Sentences, copy_text, day_text


@dataclass(frozen=True, slots=True)
class Heading:
    """Where and when (local) a paper came out; `copy_no` 0 is 首打, n is 补打n. Names are masked before."""

    station: str
    kiosk_letter: str
    attendant: str
    printed_at: datetime
    copy_no: int = 0


def titled(title: str, number: str, heading: Heading, tr: Sentences) -> list[Block]:
    """Return the title bar with the paper's number and copy mark, and the lines of its origin."""
    notes = (Flow((Words(number, 30),)), Flow((Words(copy_text(heading.copy_no, tr)),)))
    return [TitleBar(Words(title, 60, Weight.BLACK, 40), notes), Space(10), *origin(heading, tr)]


def origin(heading: Heading, tr: Sentences) -> list[Block]:
    """Return hall, kiosk and attendant; that nothing is charged; day and time; and a rule under them."""
    day, clock = day_text(heading.printed_at.date(), tr), clock_text(heading.printed_at.time())
    printed = tr("paper.printed_at", day=day, time=clock)
    kiosk = tr("paper.kiosk", letter=heading.kiosk_letter)
    on_duty = tr("paper.attendant", name=heading.attendant)
    return [
        Flow((Words(heading.station), plain(f"{kiosk}\u2002{on_duty}")), is_spread=True),
        Space(6),
        Flow((Words(tr("paper.free")), plain(printed)), is_spread=True),
        Space(8),
        Rule(),
        Space(10),
    ]


def plain(text: str, size_dots: int = 28) -> Words:
    """Return words in the lighter cut, for what goes with a fact."""
    return Words(text, size_dots, Weight.MEDIUM)
