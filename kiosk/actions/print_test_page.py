"""A test page, class record or training card is printed once or not at all, in a journal of its own: no slip.

Nobody waits for one, so none is tried again.
"""

from __future__ import annotations

from kiosk.actions.device_ports import TestPage
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.print_once import Shelf, begin_once, end_once, settle_after_restart
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.slips import SlipState

TRAINING_CARD = "training_card"
"""What a training card is kept under, where a class record has its number."""
PAGES = {
    Act.PRINT_TEST_PAGE: "device",
    Act.PRINT_TRAINING_CARD: "device",
    Act.PRINT_CLASS_RECORD: "class_record",
    Act.PRINT_SHIFT: "shift",
    Act.PRINT_OUTING: "trip",
    Act.PRINT_MANIFEST: "trip",
    Act.PRINT_FOUND_RECEIPT: "found_receipt",
}
"""The pages that are no slips: the act that asks for each, and what it is about."""

_PAGES: Shelf[TestPage] = Shelf(
    find=lambda records, page: records.devices.test_page(page),
    keep=lambda records, page: records.devices.put_test_page(page),
    in_state=lambda records, state: records.devices.test_pages_in(state),
)


def ask_test_page(hall: Hall, staff: Staff, record: str = "", act: Act = Act.PRINT_TEST_PAGE) -> TestPage:
    """Keep that a member of staff wants a page; `record` is its number, empty for a test page. Return it."""
    now = hall.now()
    page = TestPage(hall.fresh_id(), SlipState.QUEUED, now, staff.id, "", now, record)
    with hall.store.writing() as records:
        records.devices.put_test_page(page)
        about = PAGES[act]
        record_act(hall, records, staff, act, about, "printer" if about == "device" else record)
    return page


def begin_test_page(hall: Hall, page_id: str) -> TestPage | None:
    """Mark a test page as `sending`, durably, and return it; None when it does not wait to be printed."""
    return begin_once(hall, _PAGES, page_id)


def end_test_page(hall: Hall, page_id: str, state: SlipState, evidence: str) -> None:
    """Keep what became of a test page."""
    end_once(hall, _PAGES, page_id, state, evidence)


def recover_test_pages(hall: Hall) -> int:
    """At start, settle what the last run left: torn pages are uncertain, and nobody waits for the others.

    Return how many were torn.
    """
    with hall.store.writing() as records:
        settle_after_restart(hall, records, _PAGES, SlipState.QUEUED, SlipState.VOID)
        return settle_after_restart(hall, records, _PAGES, SlipState.SENDING, SlipState.UNCERTAIN)
