"""A visit that signs up, waits, is called, agrees, and gives the place back; and one that waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.ask_paper import answer_for
from kiosk.actions.call_next import call_next
from kiosk.actions.give_back import Reason
from kiosk.actions.printing import PrintStage
from kiosk.actions.talk_over import agree, begin_talk, part
from kiosk.domain.ids import JobId, places_of
from kiosk.domain.placements import PlacementState
from kiosk.messages.sync import Recall
from kiosk.ui.journeys import Step
from kiosk.ui.sessions import line_looked_at, own_lines
from tests import answers
from tests.unit.actions.lines import STAFF
from tests.unit.ui.visit_rig import VisitRig, set_up


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[VisitRig]:
    ready = set_up(tmp_path)
    yield ready
    ready.close()


def step_of(rig: VisitRig) -> Step:
    return rig.visit.step


def go_away(rig: VisitRig) -> None:
    rig.visit.card_removed()
    rig.visit.end()
    rig.kiosk.clock.pass_time(60)


def talk(rig: VisitRig) -> JobId:
    return JobId(next(job.id for job in rig.kiosk.sample.jobs if job.is_talked_over and job.headcount == 5))


def sign_up(rig: VisitRig, number: int, job: JobId) -> None:
    rig.come_as(number)
    rig.visit.open_job(job)
    assert step_of(rig) is Step.DETAIL
    rig.visit.go()
    assert step_of(rig) is Step.IN_LINE


def place(rig: VisitRig) -> int | None:
    line = line_looked_at(rig.kiosk.hall, rig.visit.session)
    return line.place if line else None


def test_whoever_signs_up_is_told_his_place_and_told_again_truthfully_later(rig: VisitRig) -> None:
    job = talk(rig)
    for number in (1, 2, 3):
        sign_up(rig, number, job)
        assert place(rig) == number
        go_away(rig)
    call_next(rig.kiosk.hall, job, "2", STAFF)
    rig.come_as(3)
    assert step_of(rig) is Step.GREETING
    (line,) = own_lines(rig.kiosk.hall, rig.visit.session)
    assert line.place == 2
    rig.visit.waiting.open(line.sign_up.id)
    rig.visit.waiting.ask_why()
    assert step_of(rig) is Step.WHY_NOT
    rig.visit.go()
    assert step_of(rig) is Step.IN_LINE


def test_the_answer_comes_on_paper_and_the_way_goes_on_to_the_greeting(rig: VisitRig) -> None:
    job = talk(rig)
    sign_up(rig, 1, job)
    go_away(rig)
    sign_up(rig, 2, job)
    call_next(rig.kiosk.hall, job, "2", STAFF)
    rig.visit.waiting.ask_why()
    assert rig.visit.session.sign_up is not None
    answer = answer_for(rig.kiosk.hall, rig.visit.session.sign_up)
    assert answer is not None
    rig.visit.ask_paper(answer.number, str)
    assert step_of(rig) is Step.PAPER_COMING
    rig.tell_of_paper(PrintStage.PRINTED)
    rig.visit.go()
    assert step_of(rig) is Step.GREETING


def test_whoever_was_called_is_told_so_when_he_lays_the_card_down(rig: VisitRig) -> None:
    job = talk(rig)
    sign_up(rig, 1, job)
    go_away(rig)
    called = call_next(rig.kiosk.hall, job, "2", STAFF)
    rig.come_as(1)
    assert step_of(rig) is Step.IN_LINE
    assert rig.visit.session.sign_up == called.id
    rig.visit.back()
    assert step_of(rig) is Step.GREETING


def test_agreed_at_the_table_he_confirms_with_his_card_and_gets_his_slip(rig: VisitRig) -> None:
    job = talk(rig)
    sign_up(rig, 1, job)
    go_away(rig)
    called = call_next(rig.kiosk.hall, job, "2", STAFF)
    begin_talk(rig.kiosk.hall, called.id, STAFF)
    agree(rig.kiosk.hall, called.id, STAFF)
    rig.come_as(1)
    rig.visit.go()
    assert step_of(rig) is Step.CONFIRM
    rig.visit.go()
    assert step_of(rig) is Step.PRINTING
    assert rig.visit.session.placement is not None
    assert rig.visit.session.placement.state is PlacementState.CONFIRMED


def test_while_somebody_looks_at_his_line_the_call_appears(rig: VisitRig) -> None:
    job = talk(rig)
    sign_up(rig, 1, job)
    call_next(rig.kiosk.hall, job, "2", STAFF)
    rig.visit.look_again()
    line = line_looked_at(rig.kiosk.hall, rig.visit.session)
    assert line is not None
    assert (rig.visit.step, line.sign_up.spot) == (Step.IN_LINE, "2")


def test_a_line_that_the_desk_ended_is_left_on_the_screen_too(rig: VisitRig) -> None:
    job = talk(rig)
    sign_up(rig, 1, job)
    called = call_next(rig.kiosk.hall, job, "2", STAFF)
    begin_talk(rig.kiosk.hall, called.id, STAFF)
    part(rig.kiosk.hall, called.id, STAFF)
    rig.visit.look_again()
    assert step_of(rig) is Step.GREETING


def test_whoever_leaves_the_line_is_greeted_and_waits_for_nothing(rig: VisitRig) -> None:
    sign_up(rig, 1, talk(rig))
    rig.visit.waiting.leave()
    assert step_of(rig) is Step.GREETING
    assert own_lines(rig.kiosk.hall, rig.visit.session) == []


def test_the_last_look_at_a_line_ends_the_visit_and_forgets_who_was_there(rig: VisitRig) -> None:
    sign_up(rig, 1, talk(rig))
    rig.visit.go()
    assert step_of(rig) is Step.GOODBYE
    assert rig.visit.session.recognition is None


def test_a_place_is_given_back_from_the_greeting(rig: VisitRig) -> None:
    slip = rig.take("miao")
    rig.tell(PrintStage.PRINTED, 1.0)
    rig.visit.end()
    rig.lift()
    rig.come("miao")
    with rig.kiosk.hall.store.reading() as records:
        taken = records.placements.by_slip(slip)
    assert taken is not None
    rig.visit.waiting.open_place(taken.id)
    assert step_of(rig) is Step.GIVE_BACK
    rig.visit.waiting.give_back(Reason.FAMILY)
    assert step_of(rig) is Step.GIVEN_BACK
    with rig.kiosk.hall.store.reading() as records:
        assert records.placements.open_of(taken.worker) == []


def test_a_full_job_is_waited_for_and_taken_when_its_turn_comes(rig: VisitRig) -> None:
    job = next(
        JobId(job.id)
        for job in rig.kiosk.sample.jobs
        if job.open_places == 0 and job.is_instant and not (job.trip or job.certificates)
    )
    opened = rig.kiosk.opened
    opened.sync_book.return_surplus(answers.life(opened), [Recall(quota=places_of(job), keep=0)])
    sign_up(rig, 1, job)
    go_away(rig)
    answers.grant(opened, {places_of(job): [(900, 900)]})
    rig.come_as(2)
    rig.visit.open_job(job)
    rig.visit.go()
    assert step_of(rig) is Step.IN_LINE
    assert place(rig) == 1
    go_away(rig)
    rig.come_as(1)
    assert step_of(rig) is Step.IN_LINE
    rig.visit.go()
    rig.visit.go()
    assert step_of(rig) is Step.PRINTING
