"""A class on the way to a place, without a window: read, answer, sign, and go on where one stopped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.ids import JobId, places_of
from kiosk.messages.feed import FeedRow
from kiosk.messages.sync import Recall
from kiosk.ui.drawings import MOST_DRAWN
from kiosk.ui.journeys import LESSON_STEPS, RULES, Step
from tests import answers
from tests.unit.ui.pupils import PUPIL, answer, lesson, pass_quiz, read, sign, step, want
from tests.unit.ui.visit_rig import VisitRig, set_up

OTHER, LICENSED = "jin", "miao"
"""One more who lacks the class, and somebody who needs none."""


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[VisitRig]:
    rig = set_up(tmp_path)
    yield rig
    rig.close()


def test_from_wanting_a_job_over_its_class_to_the_last_look_and_the_slip(rig: VisitRig) -> None:
    want(rig)
    pass_quiz(rig)
    assert step(rig) is Step.SIGN_CLASS
    sign(rig)
    assert step(rig) is Step.CONFIRM
    rig.visit.back()
    assert step(rig) is Step.DETAIL
    rig.visit.go()
    assert step(rig) is Step.CONFIRM, "a class that is held is not asked for again"
    rig.visit.go()
    assert step(rig) is Step.PRINTING


def test_a_job_without_a_class_goes_straight_to_the_last_look(rig: VisitRig) -> None:
    rig.come(LICENSED)
    rig.open(LICENSED)
    rig.visit.go()
    assert step(rig) is Step.CONFIRM


def test_the_class_leads_into_a_line_too_where_no_place_lies_here(rig: VisitRig) -> None:
    """Broken by learning for free places alone: whoever lacks the class would never come into the line."""
    job = rig.kiosk.people[PUPIL].tries
    talked = next(item for item in rig.kiosk.sample.jobs if item.id == job).model_copy(
        update={"is_talked_over": True, "is_instant": False}
    )
    row = FeedRow(topic="job", id=talked.id, pos=9998, body=talked.model_dump_json())
    answers.tell(rig.kiosk.opened, [row], 9998, feed_gen="g")
    opened = rig.kiosk.opened
    recall = Recall(quota=places_of(JobId(talked.id)), keep=0)
    opened.sync_book.return_surplus(answers.life(opened), [recall])
    want(rig)
    assert step(rig) is Step.COURSE
    pass_quiz(rig)
    sign(rig)
    assert step(rig) is Step.IN_LINE


def test_without_a_published_course_the_job_stays_refused(rig: VisitRig) -> None:
    gone = FeedRow(topic="course", id="site", pos=9999, is_deleted=True)
    answers.tell(rig.kiosk.opened, [gone], 9999, feed_gen="g")
    want(rig)
    assert step(rig) is Step.BLOCKED


def test_the_way_goes_through_every_class_that_lacks_with_one_tap_between_them(rig: VisitRig) -> None:
    """Broken by going on to the last look behind the first class: no slip comes, and nobody knows why."""
    several(rig)
    taught = []
    while step(rig) is Step.COURSE:
        taught.append((lesson(rig).course.hazard_class, lesson(rig).behind))
        pass_quiz(rig)
        sign(rig)
    assert taught == [("lifting", 2), ("site", 1), ("travel", 0)]
    assert step(rig) is Step.CONFIRM
    rig.visit.back()
    assert step(rig) is Step.DETAIL, "back leads to the job, not through what is learned"


def test_whoever_comes_back_begins_with_the_class_that_was_left_and_learns_none_twice(rig: VisitRig) -> None:
    several(rig)
    pass_quiz(rig)
    sign(rig)
    read(rig)
    rig.lift()
    rig.wait(RULES[Step.QUIZ].timeout_s or 0)
    rig.visit.end()
    several(rig)
    assert (step(rig), lesson(rig).course.hazard_class, lesson(rig).behind) == (Step.QUIZ, "site", 1)


def test_one_course_that_nobody_has_published_keeps_the_whole_way_shut(rig: VisitRig) -> None:
    """Broken by teaching what there is: whoever has learned two of three is refused all the same."""
    gone = FeedRow(topic="course", id="travel", pos=9999, is_deleted=True)
    answers.tell(rig.kiosk.opened, [gone], 9999, feed_gen="g")
    several(rig)
    assert step(rig) is Step.BLOCKED


def several(rig: VisitRig) -> None:
    """Come and want a job that needs three classes, of which the person has none."""
    rig.come(PUPIL)
    rig.visit.open_job(JobId(next(job.id for job in rig.kiosk.sample.jobs if len(job.needs_classes) == 3)))
    rig.visit.go()


def test_three_of_five_begin_again_with_the_answers_elsewhere(rig: VisitRig) -> None:
    want(rig)
    read(rig)
    first = [each.is_right for each in lesson(rig).answers]
    for is_right in (True, True, True, False, False):
        answer(rig, is_right=is_right)
    assert step(rig) is Step.QUIZ_FAILED
    rig.visit.go()
    assert step(rig) is Step.COURSE
    assert lesson(rig).lesson.page == 0
    read(rig)
    assert [each.is_right for each in lesson(rig).answers] != first
    assert lesson(rig).lesson.tries == 2


def test_an_answer_counts_once_and_cannot_be_changed_when_it_is_told(rig: VisitRig) -> None:
    want(rig)
    read(rig)
    rights = [each.is_right for each in lesson(rig).answers]
    rig.visit.learning.choose(rights.index(False))
    rig.visit.go()
    rig.visit.learning.choose(rights.index(True))
    rig.visit.go()
    assert lesson(rig).lesson.answers == (False,)


def test_no_answer_is_given_before_one_is_touched(rig: VisitRig) -> None:
    want(rig)
    read(rig)
    rig.visit.go()
    assert lesson(rig).lesson.answers == ()


def test_back_turns_the_page_and_from_the_first_one_leads_to_the_job(rig: VisitRig) -> None:
    want(rig)
    rig.visit.go()
    rig.visit.back()
    assert (step(rig), lesson(rig).lesson.page) == (Step.COURSE, 0)
    rig.visit.back()
    assert step(rig) is Step.DETAIL


def test_back_from_a_question_shows_the_last_page_and_the_questions_begin_anew(rig: VisitRig) -> None:
    want(rig)
    read(rig)
    answer(rig, is_right=True)
    rig.visit.back()
    assert step(rig) is Step.COURSE
    assert lesson(rig).lesson.answers == ()
    rig.visit.go()
    assert step(rig) is Step.QUIZ
    assert lesson(rig).asked == 0


@pytest.mark.parametrize("stop", sorted(LESSON_STEPS))
def test_whoever_is_timed_out_goes_on_where_he_stopped_and_nobody_else_does(
    rig: VisitRig, stop: Step
) -> None:
    want(rig)
    if stop is Step.COURSE:
        rig.visit.go()
    else:
        read(rig)
        for is_right in (stop is not Step.QUIZ_FAILED,) * (1 if stop is Step.QUIZ else 5):
            answer(rig, is_right=is_right)
    assert step(rig) is stop
    left = lesson(rig).lesson
    rig.lift()
    rig.wait(RULES[stop].timeout_s or 0)
    assert step(rig) is Step.HOME
    want(rig, OTHER)
    assert (step(rig), lesson(rig).lesson.page) == (Step.COURSE, 0)
    rig.visit.leave()
    rig.lift()
    rig.visit.end()
    want(rig)
    assert step(rig) is stop
    assert (lesson(rig).lesson.page, lesson(rig).lesson.answers) == (left.page, left.answers)


def test_nobody_signs_with_a_finger_that_only_rested(rig: VisitRig) -> None:
    want(rig)
    pass_quiz(rig)
    rig.visit.learning.begin_stroke((0.5, 0.5))
    rig.visit.go()
    assert step(rig) is Step.SIGN_CLASS
    rig.visit.learning.wipe()
    assert lesson(rig).drawing.strokes == []


def test_whoever_scribbles_on_and_on_is_heard_no_further_than_a_signature_goes(rig: VisitRig) -> None:
    want(rig)
    pass_quiz(rig)
    for at in range(3 * MOST_DRAWN):
        if at % 50 == 0:
            rig.visit.learning.begin_stroke((0.5, 0.5))
        rig.visit.learning.draw((at % 7 / 7, at % 11 / 11))
    assert sum(map(len, lesson(rig).drawing.strokes)) == MOST_DRAWN
    rig.visit.go()
    assert step(rig) is Step.CONFIRM


def test_a_finger_that_trembles_on_one_spot_draws_no_line(rig: VisitRig) -> None:
    want(rig)
    pass_quiz(rig)
    rig.visit.learning.begin_stroke((0.5, 0.5))
    for at in range(400):
        rig.visit.learning.draw((0.5 + at % 2 * 0.002, 0.5))
    assert not lesson(rig).drawing.is_signed


def test_a_place_that_went_meanwhile_is_told_and_the_class_stays(rig: VisitRig) -> None:
    want(rig)
    pass_quiz(rig)
    job = rig.kiosk.people[PUPIL].tries
    gone = FeedRow(topic="job", id=str(job), pos=9999, is_deleted=True)
    answers.tell(rig.kiosk.opened, [gone], 9999, feed_gen="g")
    sign(rig)
    assert step(rig) is Step.BLOCKED
    met = rig.visit.session.recognition
    assert met is not None
    with rig.kiosk.hall.store.reading() as records:
        assert [held.hazard_class for held in records.workers.education(met.worker)] == ["site"]


def test_the_record_tells_the_minutes_before_the_pages(rig: VisitRig) -> None:
    want(rig)
    rig.wait(50)
    rig.visit.go()
    rig.wait(70)
    pass_quiz(rig)
    sign(rig)
    met = rig.visit.session.recognition
    assert met is not None
    with rig.kiosk.hall.store.reading() as records:
        [record] = records.education.records(met.worker)
    assert record.spent_min == 2


def test_two_taps_at_once_do_not_turn_two_pages(rig: VisitRig) -> None:
    want(rig)
    before = rig.visit.leaf
    rig.visit.go()
    assert rig.visit.leaf != before
