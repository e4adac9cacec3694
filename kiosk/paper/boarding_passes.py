"""The boarding pass (乘车凭条): when, where, which seat, and a signed code that the door can read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk.domain.papers import PaperKind
from kiosk.paper.blocks import Block, Cell, Code, Columns, Document, Flow, Grid, Rule, Space, Weight, Words
from kiosk.paper.headings import Heading, plain, titled
from kiosk.paper.phrases import Sentences, day_text
from kiosk.paper.qr import side_dots
from kiosk.paper.rides import departure
from kiosk.paper.slips import Ride, SecondLanguage


@dataclass(frozen=True, slots=True)
class BoardingPass:
    """One seat on one coach, for the holder of one slip; the name is masked, `code` is the signed text."""

    number: str
    heading: Heading
    slip: str
    worker_name: str
    card_tail: str
    day: date
    ride: Ride
    plate: str
    destination: str
    coach_phone: str
    complaint_phone: str
    code: str
    second_language: SecondLanguage | None = None
    paper: Literal[PaperKind.BOARDING] = PaperKind.BOARDING


def boarding_pass_blocks(boarding: BoardingPass, tr: Sentences, second: Sentences | None) -> Document:
    """Return the pass as blocks; `second` doubles its key lines."""
    tail = Words(tr("paper.card_tail", tail=boarding.card_tail), 30, Weight.MEDIUM)
    code = Code(boarding.code)
    scan: tuple[Block, ...] = (
        Flow((Words(tr("paper.boarding.show"), 40, Weight.BLACK, 34),)),
        Space(8),
        Flow((Words(tr("paper.boarding.with_card"), 30),)),
        *(() if second is None else (Space(8), Flow((plain(second("paper.boarding.show")),)))),
        Space(6),
    )
    blocks: list[Block] = [
        *titled(tr("paper.title.boarding_pass"), boarding.number, boarding.heading, tr),
        Flow((Words(boarding.worker_name, 46, Weight.BLACK, 34), tail), is_spread=True),
        Space(10),
        Flow((Words(day_text(boarding.day, tr), 60, Weight.BLACK, 44),)),
        Space(8),
        departure(boarding.ride, tr, second),
        Space(12),
        Grid(_facts(boarding, tr)),
        Space(10),
        Rule(),
        Columns((code,), scan, side_dots(boarding.code, code.module_dots), 240, gap_dots=0),
        Rule(),
        Space(10),
        Flow((Words(boarding.slip, 30), plain(tr("paper.boarding.slip")))),
        Space(6),
        Flow((plain(tr("paper.take_card")), plain(tr("paper.complaint", phone=boarding.complaint_phone)))),
    ]
    return Document(tuple(blocks))


def _facts(boarding: BoardingPass, tr: Sentences) -> tuple[Cell, ...]:
    return (
        Cell("bus", (Words(tr("paper.boarding.plate", plate=boarding.plate), 30),)),
        Cell("place", (Words(boarding.destination, 30),)),
        Cell("phone", (Words(boarding.coach_phone, 30), plain(tr("paper.boarding.driver")))),
    )
