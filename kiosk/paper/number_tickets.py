"""The number ticket (排队号): the number of the day, as large as paper allows, and what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Literal

from kiosk.domain.clock import clock_text
from kiosk.domain.papers import PaperKind
from kiosk.paper.blocks import BigFigure, Block, Document, Figured, Flow, Rule, Space, Weight, Words
from kiosk.paper.headings import Heading, plain, titled
from kiosk.paper.phrases import Sentences
from kiosk.paper.slips import SecondLanguage

SIDE = 80


@dataclass(frozen=True, slots=True)
class NumberTicket:
    """Who is called by which number; the name is masked.

    `ahead` is how many who came to this kiosk before have no place yet; `arrived_at` is local.
    """

    number: str
    heading: Heading
    queue_number: str
    worker_name: str
    arrived_at: time
    ahead: int
    complaint_phone: str
    second_language: SecondLanguage | None = None
    paper: Literal[PaperKind.NUMBER_TICKET] = PaperKind.NUMBER_TICKET


def number_ticket_blocks(ticket: NumberTicket, tr: Sentences, second: Sentences | None) -> Document:
    """Return the ticket as blocks; `second` doubles its key lines."""
    figure = BigFigure(
        Words(ticket.queue_number, 240, Weight.BLACK, 140),
        Words(tr("paper.ticket.for"), 44, Weight.BLACK, 34),
    )
    came = tr("paper.ticket.came", time=clock_text(ticket.arrived_at))
    ahead = tr("paper.ticket.ahead" if ticket.ahead else "paper.ticket.first", people=ticket.ahead)
    called = [Flow((Words(tr("paper.ticket.called"), 36, Weight.BLACK),)), Flow((_missed(ticket, tr),))]
    if second is not None:
        called.append(Flow((plain(second("paper.ticket.called")),)))
    blocks: list[Block] = [
        *titled(tr("paper.title.number_ticket"), ticket.number, ticket.heading, tr),
        figure,
        Space(14),
        Flow((Words(ticket.worker_name, 38, Weight.BLACK), plain(came, 30)), is_spread=True),
        Space(10),
        Rule(2),
        Space(12),
        Figured("meeting", SIDE, (Flow((Words(ahead, 40, Weight.BLACK, 34),)),)),
        Space(14),
        Figured("call", SIDE, tuple(called)),
        Space(14),
        Flow((plain(tr("paper.take_card")), plain(tr("paper.complaint", phone=ticket.complaint_phone)))),
    ]
    return Document(tuple(blocks))


def _missed(ticket: NumberTicket, tr: Sentences) -> Words:
    return Words(tr("paper.ticket.missed", name=ticket.heading.attendant), 30)
