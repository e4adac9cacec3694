"""Print a small paper: `sending` before the first byte leaves, and no claim beyond the printer's own word.

    queued ──▶ sending ──▶ printed │ uncertain
       └──────────┴──────▶ void

It is void when the printer refused it before any byte left: its holder is told, and may ask again.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions.hall import Hall
from kiosk.actions.paper_ports import PaperRecord
from kiosk.actions.ports import Records
from kiosk.domain.ids import PaperNumber
from kiosk.domain.slips import SlipState


def begin_paper(hall: Hall, number: PaperNumber) -> PaperRecord | None:
    """Mark a queued paper as `sending`, durably, and return it; None when it does not wait to be printed."""
    with hall.store.writing() as records:
        paper = records.papers.by_number(number)
        if paper is None or paper.state is not SlipState.QUEUED:
            return None
        return _change(hall, records, paper, SlipState.SENDING, "")


def end_paper(hall: Hall, number: PaperNumber, state: SlipState, evidence: str) -> None:
    """Keep what became of a paper: printed on the printer's word, uncertain, or void and never sent."""
    with hall.store.writing() as records:
        paper = records.papers.by_number(number)
        if paper is not None and paper.state in {SlipState.QUEUED, SlipState.SENDING}:
            _change(hall, records, paper, state, evidence)


def recover_papers(hall: Hall) -> int:
    """At start, settle what the last run left torn, and return how many; one that only waited waits on."""
    with hall.store.writing() as records:
        torn = records.papers.in_state(SlipState.SENDING)
        for paper in torn:
            _change(hall, records, paper, SlipState.UNCERTAIN, "restart")
    return len(torn)


def _change(hall: Hall, records: Records, paper: PaperRecord, state: SlipState, evidence: str) -> PaperRecord:
    changed = replace(paper, state=state, evidence=evidence, changed_at=hall.now())
    records.papers.put(changed)
    return changed
