"""A visit keeps one person's way to that person, whoever lays down, lifts or forgets a card in between."""

from __future__ import annotations

from itertools import cycle

import pytest

from kiosk.actions.board_ports import BoardQuery
from kiosk.domain.families import Family
from kiosk.domain.ids import JobId
from kiosk.domain.sentences import Sentence
from kiosk.ui.journeys import RULES, Step
from kiosk.ui.visit import CALL_AGAIN
from tests.unit.ui.visit_rig import ANSWERS, VisitRig
from tests.unit.ui.ways import FOREIGN, WAYS

FIRST, SECOND = "miao", "tian"
NOTHING = Sentence("devices.reader.unreadable")
OUT = Sentence("devices.reader.out_of_order")


def at(rig: VisitRig) -> Step:
    """Return the step that is shown now."""
    return rig.visit.step


def stand_at(rig: VisitRig, step: Step) -> None:
    """Bring the first person, whose card stays on the reader, to a step of a first visit."""
    WAYS[step](rig, FIRST)
    assert at(rig) is step


ON_THE_WAY = [*ANSWERS, Step.GREETING, Step.DETAIL, Step.CONFIRM]


# --- the card in between ------------------------------------------------------------------------


@pytest.mark.parametrize("step", ON_THE_WAY)
def test_a_card_lifted_and_laid_down_again_changes_no_page_under_a_finger(rig: VisitRig, step: Step) -> None:
    stand_at(rig, step)
    rig.wait(10)
    rig.lift()
    assert at(rig) is step
    assert rig.holder is not None
    rig.lay(FIRST)
    assert at(rig) is step
    assert rig.visit.seconds_left == RULES[step].timeout_s


@pytest.mark.parametrize("step", ON_THE_WAY)
def test_the_next_card_begins_a_visit_that_knows_nothing_of_the_last(rig: VisitRig, step: Step) -> None:
    stand_at(rig, step)
    rig.visit.browse(BoardQuery(family=Family.KITCHEN)) if step is Step.GREETING else None
    rig.steps.clear()
    rig.lift()
    rig.lay(SECOND)
    assert rig.steps == [Step.HOME, Step.NOTICE], "past home, where language and size of text begin anew"
    session = rig.visit.session
    assert rig.holder == rig.kiosk.people[SECOND].card.name
    assert (session.job, session.placement, session.wanted, session.arrival) == (None, None, None, None)
    assert session.query == BoardQuery()
    rig.visit.back()
    assert at(rig) is Step.NOTICE, "nothing of the other one lies behind"


def test_a_card_that_cannot_be_read_asks_again_and_forgets_no_wanted_job(rig: VisitRig) -> None:
    rig.open(FIRST)
    rig.visit.go()
    assert at(rig) is Step.LAY_CARD
    rig.visit.card_sensed()
    rig.lift()
    assert at(rig) is Step.LAY_CARD
    rig.visit.card_sensed()
    rig.visit.card_unreadable(NOTHING)
    assert at(rig) is Step.UNREADABLE
    rig.visit.go()
    assert at(rig) is Step.LAY_CARD
    rig.come(FIRST)
    assert at(rig) is Step.DETAIL


def test_what_helps_stays_on_the_screen_while_the_card_is_lifted_to_be_laid_down_again(rig: VisitRig) -> None:
    rig.visit.card_sensed()
    rig.visit.card_unreadable(NOTHING)
    rig.lift()
    assert at(rig) is Step.UNREADABLE
    rig.visit.card_sensed()
    assert at(rig) is Step.READING


def test_a_reader_that_goes_while_it_reads_says_so_at_once_and_blocks_nobody(rig: VisitRig) -> None:
    rig.open(FIRST)
    rig.visit.go()
    rig.visit.card_sensed()
    rig.visit.reader_changed(OUT)
    assert (at(rig), rig.visit.session.sentence) == (Step.UNREADABLE, OUT)
    rig.visit.go()
    assert at(rig) is Step.HOME
    rig.open(FIRST)
    rig.visit.go()
    assert (at(rig), rig.visit.session.sentence) == (Step.UNREADABLE, OUT), "nobody is asked for a card"
    rig.visit.reader_changed(None)
    assert at(rig) is Step.LAY_CARD, "and whoever still stands there is asked once it is back"
    rig.come(FIRST)
    assert at(rig) is Step.DETAIL


def test_a_reader_that_goes_disturbs_nobody_who_does_not_need_it(rig: VisitRig) -> None:
    rig.come(FIRST)
    step = at(rig)
    rig.visit.reader_changed(OUT)
    rig.visit.reader_changed(None)
    assert at(rig) is step


def test_a_card_laid_down_while_a_job_is_looked_at_goes_on_with_that_job(rig: VisitRig) -> None:
    rig.open(FIRST)
    rig.come(FIRST)
    assert at(rig) is Step.DETAIL
    assert rig.visit.session.job is not None
    assert rig.visit.session.job.judgement is not None


def test_a_job_once_wanted_and_left_is_not_opened_for_the_card_that_comes_later(rig: VisitRig) -> None:
    rig.visit.browse(BoardQuery())
    rig.open(FIRST)
    rig.visit.go()
    rig.visit.back()
    rig.visit.back()
    assert at(rig) is Step.BOARD
    rig.come(FIRST)
    assert at(rig) is Step.GREETING


# --- back ---------------------------------------------------------------------------------------


def test_back_never_leads_to_the_notice_once_it_was_accepted(rig: VisitRig) -> None:
    stand_at(rig, Step.ASK_PHONE)
    rig.visit.back()
    assert at(rig) is Step.ASK_PHONE
    rig.visit.answer_phone(None)
    rig.visit.back()
    assert at(rig) is Step.ASK_PHONE


def test_back_to_the_first_page_leaves_nobody_behind(rig: VisitRig) -> None:
    """Whoever stands before the notice and touches a job that is gone is known, and not checked in.

    One-line break: in `_go_back`, keep who was there.
    """
    stand_at(rig, Step.NOTICE)
    rig.visit.open_job(JobId("gone"))
    assert at(rig) is Step.BOARD
    rig.visit.back()
    assert at(rig) is Step.HOME
    assert rig.visit.session.recognition is None


def test_back_from_a_job_wanted_before_the_card_leads_to_the_greeting(rig: VisitRig) -> None:
    rig.open(FIRST)
    rig.visit.go()
    rig.come(FIRST)
    rig.visit.back()
    assert at(rig) is Step.GREETING
    assert rig.visit.session.fitting, "and the greeting proposes something"
    rig.visit.end()
    rig.open(FIRST)
    rig.visit.go()
    rig.lay(FIRST)
    assert at(rig) is Step.DETAIL, "known by now, so nothing is asked"
    rig.visit.back()
    assert at(rig) is Step.GREETING


# --- time ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "is_lifted"), list(zip(ON_THE_WAY, cycle((False, True)), strict=False)))
def test_a_step_nobody_answers_ends_and_forgets_who_was_there(
    rig: VisitRig, step: Step, is_lifted: bool
) -> None:
    stand_at(rig, step)
    if is_lifted:
        rig.lift()
    timeout_s = RULES[step].timeout_s
    assert timeout_s is not None
    rig.wait(timeout_s - 1)
    assert at(rig) is step
    assert rig.visit.is_warning
    rig.wait(1)
    assert at(rig) is (Step.HOME if is_lifted else Step.GOODBYE)
    assert rig.holder is None


def test_a_touch_gives_time_again_but_answers_no_warning(rig: VisitRig) -> None:
    stand_at(rig, Step.GREETING)
    rig.wait(30)
    rig.visit.touched()
    assert rig.visit.seconds_left == 60
    rig.wait(41)
    rig.visit.touched()
    assert rig.visit.seconds_left == 19
    rig.visit.stay()
    assert rig.visit.seconds_left == 60


def test_answers_of_a_question_that_is_over_are_not_taken_twice(rig: VisitRig) -> None:
    stand_at(rig, Step.ASK_SPAN)
    before = rig.kiosk.opened.sync_book.outgoing(100).head
    rig.visit.answer_span(None)
    rig.visit.answer_span(None)
    rig.visit.answer_phone("13900000001")
    assert at(rig) is Step.GREETING
    assert rig.kiosk.opened.sync_book.outgoing(100).head == before + 1


# --- help ---------------------------------------------------------------------------------------


def test_somebody_can_call_again_when_nobody_came_to_the_first_screen(rig: VisitRig) -> None:
    rig.visit.call_help()
    rig.visit.call_help()
    with rig.kiosk.hall.store.reading() as records:
        assert len(records.desk.open_calls()) == 1
    rig.wait(int(CALL_AGAIN.total_seconds()) + 1)
    assert rig.visit.session.help_called_at is None
    rig.visit.call_help()
    with rig.kiosk.hall.store.reading() as records:
        assert len(records.desk.open_calls()) == 2


def test_whoever_was_helped_and_stays_long_can_call_again_on_the_same_visit(rig: VisitRig) -> None:
    """A lamp that goes out on the first screen alone breaks it: a class lasts longer than one answer."""
    rig.come(FIRST)
    rig.visit.call_help()
    for _ in range(int(CALL_AGAIN.total_seconds()) // 30 + 1):
        assert rig.visit.session.help_called_at is not None
        rig.wait(30)
        rig.visit.stay()
    assert at(rig) is Step.GREETING
    assert rig.visit.session.help_called_at is None
    rig.visit.call_help()
    with rig.kiosk.hall.store.reading() as records:
        assert len(records.desk.open_calls()) == 2


def test_a_job_that_is_gone_says_so_and_leads_to_other_work(rig: VisitRig) -> None:
    rig.come(FIRST)
    rig.visit.open_job(JobId("no-such-job"))
    assert at(rig) is Step.BLOCKED
    assert rig.visit.session.sentence == Sentence("actions.take.gone")
    rig.visit.go()
    assert at(rig) is Step.GREETING


def test_a_code_held_before_the_scanner_is_shown_and_goes_with_a_card(rig: VisitRig) -> None:
    reading = FOREIGN
    rig.visit.show_scan(reading)
    assert (rig.visit.step, rig.visit.session.scanned) == (Step.SCANNED, reading)
    rig.visit.scan_failed(Sentence("devices.scanner.nearer"))
    assert rig.visit.session.scanned is None
    rig.lay("miao")
    assert rig.visit.step is Step.NOTICE
    assert rig.visit.session.scanned is None


def test_nobodys_visit_is_covered_by_what_somebody_else_scans(rig: VisitRig) -> None:
    rig.lay("miao")
    rig.visit.show_scan(FOREIGN)
    assert rig.visit.step is Step.NOTICE
