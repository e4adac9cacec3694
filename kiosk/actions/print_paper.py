"""Print a small paper once or not at all: its holder is told what became of it, and may ask again."""

from __future__ import annotations

from kiosk.actions.hall import Hall
from kiosk.actions.paper_ports import PaperRecord
from kiosk.actions.print_once import Shelf, begin_once, end_once, settle_after_restart
from kiosk.domain.ids import PaperNumber
from kiosk.domain.slips import SlipState

_PAPERS: Shelf[PaperRecord] = Shelf(
    find=lambda records, number: records.papers.by_number(PaperNumber(number)),
    keep=lambda records, paper: records.papers.put(paper),
    in_state=lambda records, state: records.papers.in_state(state),
)


def begin_paper(hall: Hall, number: PaperNumber) -> PaperRecord | None:
    """Mark a queued paper as `sending`, durably, and return it; None when it does not wait to be printed."""
    return begin_once(hall, _PAPERS, number)


def end_paper(hall: Hall, number: PaperNumber, state: SlipState, evidence: str) -> None:
    """Keep what became of a paper."""
    end_once(hall, _PAPERS, number, state, evidence)


def recover_papers(hall: Hall) -> int:
    """At start, settle what the last run left torn, and return how many; one that only waited waits on."""
    with hall.store.writing() as records:
        return settle_after_restart(hall, records, _PAPERS, SlipState.SENDING, SlipState.UNCERTAIN)
