"""Whoever has come has ticket and receipt, and a pass for a seat whose slip is on paper; only his own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.actions.ask_paper import ask_paper, papers_for
from kiosk.actions.faults import Refused
from kiosk.actions.paper_ports import PaperRecord
from kiosk.actions.print_paper import begin_paper, end_paper, recover_papers
from kiosk.actions.print_slip import begin_printing, record_printed
from kiosk.actions.read_scan import read_scan
from kiosk.actions.scan_ports import KioskKey
from kiosk.actions.scan_readings import BoardingReading
from kiosk.actions.take_place import TakenPlace
from kiosk.codes import load_trades
from kiosk.domain.ids import PaperNumber, StationCode, WorkerId
from kiosk.domain.papers import MOST_COPIES, PaperKind
from kiosk.domain.slips import SlipState
from kiosk.messages.code_envelopes import Verdict
from tests.halls import SampleKiosk
from tests.unit.actions.scans import OUR_KEY, OUR_KEY_ID
from tests.unit.actions.visits import place_of, register

NAMES = load_trades()
CHOSEN = (PaperKind.NUMBER_TICKET, PaperKind.REGISTRATION, PaperKind.BOARDING)
"""What is offered side by side."""


def name_of(trade: str) -> str:
    return NAMES.by_key[trade].zh


def ask(kiosk: SampleKiosk, worker: WorkerId, kind: PaperKind) -> PaperRecord:
    offer = next(offer for offer in papers_for(kiosk.hall, worker) if offer.kind is kind)
    return ask_paper(kiosk.hall, worker, offer.number, name_of)


def print_out(kiosk: SampleKiosk, paper: PaperRecord) -> None:
    assert begin_paper(kiosk.hall, paper.number) is not None
    end_paper(kiosk.hall, paper.number, SlipState.PRINTED, "by hand")


def with_slip(kiosk: SampleKiosk) -> TakenPlace:
    taken = place_of(kiosk)
    begin_printing(kiosk.hall, taken.slip)
    record_printed(kiosk.hall, taken.slip, "by hand")
    return taken


def kinds(kiosk: SampleKiosk, worker: WorkerId) -> list[PaperKind]:
    return [offer.kind for offer in papers_for(kiosk.hall, worker)]


def test_whoever_came_today_may_have_ticket_and_receipt(kiosk: SampleKiosk) -> None:
    worker = register(kiosk, "miao").worker
    assert kinds(kiosk, worker) == [PaperKind.NUMBER_TICKET, PaperKind.REGISTRATION]
    kiosk.clock.pass_time(24 * 3600)
    assert kinds(kiosk, worker) == [], "yesterday's number is no number of today"
    assert kinds(kiosk, WorkerId("w-nobody")) == []


def test_a_ticket_counts_who_came_here_before_and_took_nothing(kiosk: SampleKiosk) -> None:
    first = place_of(kiosk).placement.worker
    second = register(kiosk, "tian").worker
    third = register(kiosk, next(key for key in kiosk.people if key not in {"miao", "tian", "an"})).worker
    ahead = [
        '"ahead":' + str(people)
        for people in (0, 0, 1)  # the first one took a place and waits no more
    ]
    for worker, told in zip((first, second, third), ahead, strict=True):
        assert told in ask(kiosk, worker, PaperKind.NUMBER_TICKET).document


def test_no_paper_holds_a_whole_name_or_number(kiosk: SampleKiosk) -> None:
    worker = with_slip(kiosk).placement.worker
    card = kiosk.people["miao"].card
    for kind in CHOSEN:
        document = ask(kiosk, worker, kind).document
        assert card.name not in document
        assert card.number not in document


def test_a_pass_is_had_only_for_a_slip_on_paper_and_a_coach_that_has_not_left(kiosk: SampleKiosk) -> None:
    taken = place_of(kiosk)
    worker = taken.placement.worker
    assert PaperKind.BOARDING not in kinds(kiosk, worker), "nobody boards on a slip that is not there"
    begin_printing(kiosk.hall, taken.slip)
    record_printed(kiosk.hall, taken.slip, "by hand")
    assert PaperKind.BOARDING in kinds(kiosk, worker)
    kiosk.clock.pass_time((taken.placement.starts - kiosk.hall.now()).total_seconds() + 1)
    assert PaperKind.BOARDING not in kinds(kiosk, worker), "the coach has left"


class OwnKey:
    """Knows this kiosk's own key."""

    def kiosk(self, key_id: int) -> KioskKey | None:
        return KioskKey(OUR_KEY.public_key(), StationCode("NZ"), 1) if key_id == OUR_KEY_ID else None

    def bureau(self, key_id: int) -> None:
        return None


def test_the_code_of_a_pass_is_genuine_and_leads_to_slip_and_seat(kiosk: SampleKiosk) -> None:
    taken = with_slip(kiosk)
    document = ask(kiosk, taken.placement.worker, PaperKind.BOARDING).document
    text = document.partition('"code":"')[2].partition('"')[0]
    reading = read_scan(kiosk.hall, OwnKey(), text)
    assert isinstance(reading, BoardingReading)
    assert reading.verdict is Verdict.GENUINE
    assert reading.boarding is not None
    assert (reading.boarding.slip, reading.boarding.seat) == (taken.slip, taken.placement.seat)


def test_the_same_paper_again_keeps_its_number_and_is_marked_a_few_times(kiosk: SampleKiosk) -> None:
    worker = register(kiosk, "miao").worker
    numbers = set()
    for copy_no in range(MOST_COPIES + 1):
        paper = ask(kiosk, worker, PaperKind.NUMBER_TICKET)
        assert (paper.copy_no, f'"copy_no":{copy_no}' in paper.document) == (copy_no, True)
        print_out(kiosk, paper)
        numbers.add(paper.number)
    assert len(numbers) == 1
    assert PaperKind.NUMBER_TICKET not in kinds(kiosk, worker)
    with pytest.raises(Refused, match=r"actions\.paper\.not_here"):
        ask_paper(kiosk.hall, worker, numbers.pop(), name_of)


def test_a_paper_that_never_left_is_no_copy(kiosk: SampleKiosk) -> None:
    worker = register(kiosk, "miao").worker
    first = ask(kiosk, worker, PaperKind.REGISTRATION)
    again = ask(kiosk, worker, PaperKind.REGISTRATION)
    assert (first.copy_no, again.copy_no) == (0, 0)
    end_paper(kiosk.hall, again.number, SlipState.VOID, "refused")
    assert ask(kiosk, worker, PaperKind.REGISTRATION).copy_no == 0


def test_a_paper_that_is_being_printed_is_not_begun_twice(kiosk: SampleKiosk) -> None:
    worker = register(kiosk, "miao").worker
    paper = ask(kiosk, worker, PaperKind.NUMBER_TICKET)
    sending = begin_paper(kiosk.hall, paper.number)
    assert sending == replace(paper, state=SlipState.SENDING)
    assert ask(kiosk, worker, PaperKind.NUMBER_TICKET) == sending
    assert begin_paper(kiosk.hall, paper.number) is None


def test_nobody_gets_the_paper_of_another(kiosk: SampleKiosk) -> None:
    theirs = ask(kiosk, with_slip(kiosk).placement.worker, PaperKind.BOARDING)
    me = register(kiosk, "tian").worker
    for number in (theirs.number, PaperNumber("PD-NZ-0918-A1")):
        with pytest.raises(Refused):
            ask_paper(kiosk.hall, me, number, name_of)
    begin_paper(kiosk.hall, theirs.number)
    with pytest.raises(Refused):
        ask_paper(kiosk.hall, me, theirs.number, name_of)


def test_a_paper_torn_by_the_end_of_the_program_is_uncertain_and_a_waiting_one_waits_on(
    kiosk: SampleKiosk,
) -> None:
    worker = register(kiosk, "miao").worker
    torn, waiting = ask(kiosk, worker, PaperKind.NUMBER_TICKET), ask(kiosk, worker, PaperKind.REGISTRATION)
    begin_paper(kiosk.hall, torn.number)
    assert recover_papers(kiosk.hall) == 1
    with kiosk.hall.store.reading() as records:
        states = [records.papers.by_number(paper.number) for paper in (torn, waiting)]
    assert [paper.state for paper in states if paper] == [SlipState.UNCERTAIN, SlipState.QUEUED]


def test_papers_are_no_news_to_the_bureau(kiosk: SampleKiosk) -> None:
    worker = with_slip(kiosk).placement.worker
    head = kiosk.opened.sync_book.outgoing(1).head
    for kind in CHOSEN:
        print_out(kiosk, ask(kiosk, worker, kind))
    assert kiosk.opened.sync_book.outgoing(1).head == head
