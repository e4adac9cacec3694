"""The way of a paper that is printed once or not at all: `sending` before the first byte leaves.

    queued ──▶ sending ──▶ printed │ uncertain
       └──────────┴──────▶ void

It is void when the printer refused it before any byte left. Nothing is claimed beyond the printer's own word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from kiosk.actions.device_ports import TestPage
from kiosk.actions.hall import Hall
from kiosk.actions.paper_ports import PaperRecord
from kiosk.actions.ports import Records
from kiosk.domain.slips import SlipState

Once = TypeVar("Once", PaperRecord, TestPage)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[Once]):
    """Where papers of one sort are kept: how one is found by its name, and kept; which are in a state."""

    find: Callable[[Records, str], Once | None]
    keep: Callable[[Records, Once], None]
    in_state: Callable[[Records, SlipState], Sequence[Once]]


def begin_once(hall: Hall, shelf: Shelf[Once], name: str) -> Once | None:
    """Mark a queued paper as `sending`, durably, and return it; None when it does not wait to be printed."""
    with hall.store.writing() as records:
        paper = shelf.find(records, name)
        if paper is None or paper.state is not SlipState.QUEUED:
            return None
        return _change(hall, records, shelf, paper, SlipState.SENDING, "")


def end_once(hall: Hall, shelf: Shelf[Once], name: str, state: SlipState, evidence: str) -> None:
    """Keep what became of a paper: printed on the printer's word, uncertain, or void and never sent."""
    with hall.store.writing() as records:
        paper = shelf.find(records, name)
        if paper is not None and paper.state in {SlipState.QUEUED, SlipState.SENDING}:
            _change(hall, records, shelf, paper, state, evidence)


def settle_after_restart(
    hall: Hall, records: Records, shelf: Shelf[Once], left: SlipState, becomes: SlipState
) -> int:
    """Settle at start what the last run left in a state, and return how many."""
    found = shelf.in_state(records, left)
    for paper in found:
        _change(hall, records, shelf, paper, becomes, "restart")
    return len(found)


def _change(
    hall: Hall, records: Records, shelf: Shelf[Once], paper: Once, state: SlipState, evidence: str
) -> Once:
    changed = replace(paper, state=state, evidence=evidence, changed_at=hall.now())
    shelf.keep(records, changed)
    return changed
