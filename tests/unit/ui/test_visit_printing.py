"""A slip comes out before the person it belongs to, once; nobody is told more than the printer said."""

from __future__ import annotations

from kiosk.actions.printing import PrintStage
from kiosk.domain.sentences import Sentence
from kiosk.ui.courses import NEXT_PERSON_S
from kiosk.ui.journeys import UNHURRIED, Step
from tests.unit.ui.visit_rig import VisitRig

FIRST, SECOND = "miao", "tian"
NOTHING = Sentence("devices.reader.unreadable")
OUT = Sentence("devices.reader.out_of_order")


def at(rig: VisitRig) -> Step:
    """Return the step that is shown now."""
    return rig.visit.step


def test_a_printer_that_says_nothing_is_no_success(rig: VisitRig) -> None:
    rig.take(FIRST)
    rig.wait(300)
    assert at(rig) is Step.UNCERTAIN
    rig.tell(PrintStage.PRINTED, 1.0)
    assert at(rig) is Step.GOODBYE, "a late word is a word"


# --- paper --------------------------------------------------------------------------------------


def test_printing_goes_on_when_the_card_is_lifted(rig: VisitRig) -> None:
    rig.take(FIRST)
    rig.lift()
    assert at(rig) is Step.PRINTING
    rig.tell(PrintStage.PRINTED, 1.0)
    assert at(rig) is Step.GOODBYE


def test_nothing_leads_back_to_a_page_that_missed_the_printers_last_word(rig: VisitRig) -> None:
    """One-line break: in `Course.forward`, keep every page to come back to: this one waits for ever."""
    rig.take(FIRST)
    rig.visit.open_pinyin()
    rig.tell(PrintStage.PRINTED, 1.0)
    rig.visit.back()
    assert at(rig) not in UNHURRIED


def test_nobodys_slip_comes_out_in_front_of_somebody_else(rig: VisitRig) -> None:
    slip = rig.take(FIRST)
    rig.lift()
    rig.lay(SECOND)
    assert at(rig) is Step.PRINTING
    assert rig.holder == rig.kiosk.people[FIRST].card.name
    rig.tell(PrintStage.PRINTED, 1.0, slip)
    assert at(rig) is Step.GOODBYE
    assert rig.visit.seconds_left == NEXT_PERSON_S
    rig.wait(NEXT_PERSON_S)
    assert at(rig) is Step.NOTICE
    assert rig.holder == rig.kiosk.people[SECOND].card.name
    assert rig.visit.session.placement is None


def test_the_next_person_who_lifts_the_card_while_waiting_is_not_welcomed(rig: VisitRig) -> None:
    slip = rig.take(FIRST)
    rig.lift()
    rig.lay(SECOND)
    rig.lift()
    rig.tell(PrintStage.PRINTED, 1.0, slip)
    rig.visit.go()
    assert at(rig) is Step.HOME


def test_nobodys_slip_is_held_out_in_front_of_somebody_else(rig: VisitRig) -> None:
    rig.take(FIRST)
    rig.tell(PrintStage.HELD_OUT, 1.0)
    rig.lift()
    rig.lay(SECOND)
    assert at(rig) is Step.TAKE_SLIP
    assert rig.holder == rig.kiosk.people[FIRST].card.name
    rig.tell(PrintStage.PRINTED, 1.0)
    rig.wait(NEXT_PERSON_S)
    assert rig.holder == rig.kiosk.people[SECOND].card.name


def test_a_card_that_waited_is_forgotten_once_another_lies_in_its_place(rig: VisitRig) -> None:
    rig.take(FIRST)
    rig.lift()
    rig.lay(SECOND)
    rig.tell(PrintStage.UNCERTAIN)
    rig.lay("bai")
    assert rig.holder == rig.kiosk.people["bai"].card.name
    rig.visit.end()
    assert at(rig) is Step.HOME, "its owner took it away long ago"


def test_a_slip_that_is_drawn_back_in_is_no_slip_in_hand(rig: VisitRig) -> None:
    rig.take(FIRST)
    rig.tell(PrintStage.SENDING, 0.5)
    rig.tell(PrintStage.HELD_OUT, 1.0)
    assert at(rig) is Step.TAKE_SLIP
    rig.visit.go()
    assert at(rig) is Step.TAKE_SLIP, "a touch takes no paper"
    rig.tell(PrintStage.UNCERTAIN)
    assert at(rig) is Step.UNCERTAIN


def test_paper_put_in_again_shows_that_printing_goes_on(rig: VisitRig) -> None:
    rig.take(FIRST)
    rig.tell(PrintStage.WAITING_FOR_PAPER, 0.5)
    assert at(rig) is Step.PAPER_OUT
    rig.tell(PrintStage.SENDING, 0.6)
    assert at(rig) is Step.PRINTING
    rig.tell(PrintStage.PRINTED, 1.0)
    assert at(rig) is Step.GOODBYE


def test_a_double_touch_takes_one_place_and_prints_one_slip(rig: VisitRig) -> None:
    rig.come(FIRST)
    rig.open(FIRST)
    for _ in range(6):
        rig.visit.go()
    assert at(rig) is Step.PRINTING
    assert len(rig.printer.submitted) == 1


def waiting_slip(rig: VisitRig) -> None:
    """Leave the first person with a place whose slip was never sent."""
    rig.take(FIRST)
    rig.tell(PrintStage.NOT_SENT)
    rig.visit.end()
    rig.lay(FIRST)
    assert at(rig) is Step.GREETING


def test_a_double_touch_on_a_waiting_slip_prints_it_once(rig: VisitRig) -> None:
    waiting_slip(rig)
    slip = rig.printer.submitted[-1]
    rig.visit.collect_slip(slip)
    rig.visit.collect_slip(slip)
    assert at(rig) is Step.PRINTING
    assert rig.printer.submitted == [slip, slip]


def test_a_slip_printed_at_the_window_meanwhile_leaves_no_dead_plate(rig: VisitRig) -> None:
    waiting_slip(rig)
    slip = rig.printer.submitted[-1]
    rig.printer.submit(slip)
    rig.steps.clear()
    rig.visit.collect_slip(slip)
    assert rig.steps == [Step.GREETING], "drawn anew, as things stand"
