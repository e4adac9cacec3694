"""A shift is handed over once, with what the program counted and what a person adds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.actions.faults import Refused
from kiosk.actions.keep_shift import close_shift, last_sheet, open_shift, shift_now
from kiosk.actions.print_slip import begin_printing, record_printed
from kiosk.actions.settle_slip import void_slip
from kiosk.catalogue import load
from kiosk.domain.ids import StaffId
from kiosk.paper.raster import render
from kiosk.paper.shift_papers import shift_blocks
from tests.halls import CLERK, SampleKiosk, employ
from tests.unit.actions.visits import place_of, register


def takers(kiosk: SampleKiosk) -> list[str]:
    """Return people who may take a place without the desk."""
    able = (person for person in kiosk.people.values() if person.takes and person.refused_by is None)
    return [person.key for person in able if not person.certificates and not person.classes]


def test_a_shift_counts_what_was_done_in_it_and_nothing_before(kiosk: SampleKiosk) -> None:
    before, given_back, kept = takers(kiosk)[:3]
    place_of(kiosk, before)
    kiosk.clock.pass_time(60)
    open_shift(kiosk.hall, CLERK)
    kiosk.clock.pass_time(60)
    voided, printed = place_of(kiosk, given_back), place_of(kiosk, kept)
    void_slip(kiosk.hall, voided.slip, "不去了", CLERK)
    begin_printing(kiosk.hall, printed.slip)
    record_printed(kiosk.hall, printed.slip, "token")
    closed = close_shift(kiosk.hall, "没有", ("读卡的坏了",), CLERK)
    counts = closed.counts
    assert counts is not None
    assert (counts.check_ins, counts.placements, counts.returned) == (2, 2, 1)
    assert (counts.printed, counts.void, counts.waiting, counts.uncertain) == (1, 1, 0, 0)
    assert counts.unsynced > 0
    kiosk.clock.pass_time(60)
    register(kiosk, takers(kiosk)[3])
    assert shift_now(kiosk.hall) == (closed, counts)


def test_a_shift_is_opened_once_and_closed_once_by_whoever_is_there(kiosk: SampleKiosk) -> None:
    other = replace(CLERK, id=StaffId("s2"))
    employ(kiosk.hall, other)
    with pytest.raises(Refused, match=r"shift\.none"):
        close_shift(kiosk.hall, "", (), CLERK)
    open_shift(kiosk.hall, CLERK)
    with pytest.raises(Refused, match=r"shift\.lasts"):
        open_shift(kiosk.hall, other)
    closed = close_shift(kiosk.hall, "看设备", (), other)
    assert (closed.opened_by, closed.closed_by) == (CLERK.id, other.id)
    with pytest.raises(Refused, match=r"shift\.none"):
        close_shift(kiosk.hall, "", (), other)
    with kiosk.hall.store.reading() as records:
        assert [line.act for line in records.desk.audit_lines(2)] == ["close_shift", "open_shift"]


def test_a_shift_over_midnight_counts_both_days(kiosk: SampleKiosk) -> None:
    """Broken by counting what became of the slips of the last day alone."""
    first, second = takers(kiosk)[:2]
    open_shift(kiosk.hall, CLERK)
    place_of(kiosk, first)
    kiosk.clock.pass_time(24 * 3600)
    register(kiosk, second)
    _, counts = shift_now(kiosk.hall)
    assert counts is not None
    assert (counts.check_ins, counts.placements, counts.waiting) == (2, 1, 1)


@pytest.mark.parametrize("width_dots", [384, 576])
def test_the_sheet_fits_either_paper(kiosk: SampleKiosk, width_dots: int) -> None:
    open_shift(kiosk.hall, CLERK)
    close_shift(kiosk.hall, "有单子没弄清，看单子页", ("读卡的坏了，叫人",), CLERK)
    told = last_sheet(kiosk.hall, "former")
    assert told is not None
    sheet = render(shift_blocks(told, load("zh_CN")), width_dots)
    assert sheet.size_dots[0] == width_dots
    assert sheet.size_dots[1] > 400
