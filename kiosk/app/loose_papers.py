"""Papers that are printed once or not at all: a test page, papers of practice, and small ones people ask for.

Unlike a slip, nobody needs one of them: the printer's refusal ends it, and nothing is tried again behind
anybody's back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.actions.hall import Hall
from kiosk.actions.print_paper import begin_paper, end_paper
from kiosk.actions.print_test_page import begin_test_page, end_test_page
from kiosk.app.print_jobs import PrintJobs
from kiosk.devices.printer_progress import NO_REPLY
from kiosk.devices.printers import PrintOutcome, PrintResult
from kiosk.domain.ids import PaperNumber, SlipNumber
from kiosk.domain.papers import PaperKind
from kiosk.domain.slips import SlipState
from kiosk.paper.raster import Sheet

SLIP_MM = 240
"""As long as the usual slip: the last slips of a roll are counted in these."""


@dataclass(frozen=True, slots=True)
class LoosePaper:
    """A paper on its way, and the journal it is kept in.

    `job` returns its bytes and the token in them, None when it does not wait any more. `begin` marks it as
    sending and returns whether it may be sent; `end` keeps what became of it. `number` is None where nobody
    hears how it goes on. `needs_room` says that the last slips of a roll come before it.
    """

    number: SlipNumber | PaperNumber | None
    needs_room: bool
    job: Callable[[PrintJobs], tuple[bytes, bytes] | None]
    begin: Callable[[], bool]
    end: Callable[[SlipState, str], None]


def test_page(hall: Hall, page: str, draw: Callable[[], Sheet]) -> LoosePaper:
    """Return a test page that is kept in the journal under this id."""
    return LoosePaper(
        None,
        needs_room=False,
        job=lambda jobs: jobs.of_page(page, draw),
        begin=lambda: begin_test_page(hall, page) is not None,
        end=lambda state, evidence: end_test_page(hall, page, state, evidence),
    )


def small_paper(hall: Hall, number: PaperNumber) -> LoosePaper:
    """Return a ticket, receipt or pass that waits in the journal."""
    with hall.store.reading() as records:
        record = records.papers.by_number(number)
    return LoosePaper(
        number,
        needs_room=record is None or record.kind is not PaperKind.BOARDING,
        job=lambda jobs: jobs.of_document(record.document, record.token) if record else None,
        begin=lambda: begin_paper(hall, number) is not None,
        end=lambda state, evidence: end_paper(hall, number, state, evidence),
    )


def ending(outcome: PrintOutcome) -> tuple[SlipState, str]:
    """Return what the journal keeps of an attempt: its state, and the evidence or reason."""
    if outcome.result is PrintResult.PRINTED and outcome.evidence is not None:
        return SlipState.PRINTED, outcome.evidence.value
    reason = (outcome.reason or NO_REPLY).key
    is_refused = outcome.result is PrintResult.REFUSED
    return (SlipState.VOID if is_refused else SlipState.UNCERTAIN), reason
