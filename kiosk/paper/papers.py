"""Every paper that is not a slip, by its kind: the form of its document, and how it becomes blocks."""

from __future__ import annotations

from functools import singledispatch

from kiosk.domain.papers import PaperKind
from kiosk.paper.blocks import Document
from kiosk.paper.boarding_passes import BoardingPass, boarding_pass_blocks
from kiosk.paper.number_tickets import NumberTicket, number_ticket_blocks
from kiosk.paper.phrases import Sentences
from kiosk.paper.registration_receipts import RegistrationReceipt, registration_blocks
from kiosk.paper.team_lists import TeamList, team_list_blocks
from kiosk.paper.why_papers import WhyPaper, why_blocks

Paper = NumberTicket | RegistrationReceipt | BoardingPass | WhyPaper | TeamList

FORMS: dict[PaperKind, type[Paper]] = {
    PaperKind.NUMBER_TICKET: NumberTicket,
    PaperKind.REGISTRATION: RegistrationReceipt,
    PaperKind.BOARDING: BoardingPass,
    PaperKind.WHY_NOT: WhyPaper,
    PaperKind.TEAM_LIST: TeamList,
}


def paper_blocks(paper: Paper, tr: Sentences, second: Sentences) -> Document:
    """Return a paper as blocks, its key lines doubled where it asks for that."""
    return _blocks(paper, tr, second if paper.second_language is not None else None)


@singledispatch
def _blocks(paper: object, tr: Sentences, second: Sentences | None) -> Document:
    raise TypeError(f"{type(paper).__name__} is not a paper")


_blocks.register(NumberTicket, number_ticket_blocks)
_blocks.register(RegistrationReceipt, registration_blocks)
_blocks.register(BoardingPass, boarding_pass_blocks)
_blocks.register(WhyPaper, why_blocks)
_blocks.register(TeamList, team_list_blocks)
