"""A test page, class record or training card goes the way of every slip, in a journal of its own: it is none.

    queued ──▶ sending ──▶ printed │ uncertain
       └──────────┴──────▶ void

It is void when the printer refused it before any byte left: nobody waits for it, so it is not tried again.
"""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions.device_ports import TestPage
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Records, Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.slips import SlipState

TRAINING_CARD = "training_card"
"""What a training card is kept under, where a class record has its number."""


def ask_test_page(hall: Hall, staff: Staff, record: str = "") -> TestPage:
    """Keep that staff want a test page, a training card, or a class record of this number; return it."""
    now = hall.now()
    page = TestPage(hall.fresh_id(), SlipState.QUEUED, now, staff.id, "", now, record)
    with hall.store.writing() as records:
        records.devices.put_test_page(page)
        if record == TRAINING_CARD:
            record_act(hall, records, staff, "print_training_card", "device", "printer")
        elif record:
            record_act(hall, records, staff, "print_class_record", "class_record", record)
        else:
            record_act(hall, records, staff, "print_test_page", "device", "printer")
    return page


def begin_test_page(hall: Hall, page_id: str) -> TestPage | None:
    """Mark a test page as `sending`, durably, and return it; None when it does not wait to be printed."""
    with hall.store.writing() as records:
        page = records.devices.test_page(page_id)
        if page is None or page.state is not SlipState.QUEUED:
            return None
        return _change(hall, records, page, SlipState.SENDING, "")


def end_test_page(hall: Hall, page_id: str, state: SlipState, evidence: str) -> None:
    """Keep what became of a test page: printed on the printer's word, uncertain, or void and never sent."""
    with hall.store.writing() as records:
        page = records.devices.test_page(page_id)
        if page is not None and page.state in {SlipState.QUEUED, SlipState.SENDING}:
            _change(hall, records, page, state, evidence)


def recover_test_pages(hall: Hall) -> int:
    """At start, settle what the last run left: torn pages are uncertain, and nobody waits for the others.

    Return how many were torn.
    """
    with hall.store.writing() as records:
        torn = records.devices.test_pages_in(SlipState.SENDING)
        for page in torn:
            _change(hall, records, page, SlipState.UNCERTAIN, "restart")
        for page in records.devices.test_pages_in(SlipState.QUEUED):
            _change(hall, records, page, SlipState.VOID, "restart")
    return len(torn)


def _change(hall: Hall, records: Records, page: TestPage, state: SlipState, evidence: str) -> TestPage:
    changed = replace(page, state=state, evidence=evidence, changed_at=hall.now())
    records.devices.put_test_page(changed)
    return changed
