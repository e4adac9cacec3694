"""From the first page to a class that rules accept: what is kept, what travels, and what does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.actions.attend_class import begin_lesson, hold_own_class, keep_lesson, published_course
from kiosk.actions.faults import IntegrityFault, Refused
from kiosk.actions.find_jobs import look_at_job
from kiosk.actions.record_papers import hold_class
from kiosk.actions.take_place import take_place
from kiosk.domain.class_records import ClassMode
from kiosk.domain.courses import Course
from kiosk.domain.ids import JobId
from kiosk.domain.lessons import Lesson, first_lesson
from kiosk.domain.signatures import Signature
from kiosk.messages.course_bodies import CourseBody
from kiosk.messages.events import ClassHeld
from kiosk.messages.feed import ErasureBody, FeedRow
from tests import answers
from tests.halls import CLERK, SampleKiosk, open_sample_kiosk
from tests.unit.actions.visits import register, version_of

SIGNED = Signature((((10, 10), (200, 70)), ((200, 10), (10, 70))))
WHO = "zhuan"
"""Somebody whom the sample refuses a job of class `site` for nothing but the class."""


def site_course(kiosk: SampleKiosk) -> Course:
    course = published_course(kiosk.hall, "site")
    assert course is not None
    return course


def passed(course: Course, tries: int = 1) -> Lesson:
    right = (True,) * len(course.questions)
    return replace(first_lesson(course), page=len(course.pages), answers=right, tries=tries, spent_s=200)


def test_whoever_passed_and_signed_takes_the_place_that_was_refused_before(kiosk: SampleKiosk) -> None:
    met, job = register(kiosk, WHO), JobId(str(kiosk.people[WHO].tries))
    version = version_of(kiosk, job)
    with pytest.raises(Refused):
        take_place(kiosk.hall, met, job, version)
    before = look_at_job(kiosk.hall, job, met)
    assert before is not None
    assert before.judgement is not None
    assert before.judgement.only_lacks_classes == ("site",)
    course = site_course(kiosk)
    held = hold_own_class(kiosk.hall, met.worker, course, passed(course), SIGNED)
    assert (held.valid_until - held.held_on).days == course.valid_days
    assert take_place(kiosk.hall, met, job, version).placement.job == job


def test_the_entry_tells_the_result_and_hides_how_somebody_signs(kiosk: SampleKiosk) -> None:
    met, course = register(kiosk, WHO), site_course(kiosk)
    hold_own_class(kiosk.hall, met.worker, course, passed(course, tries=2), SIGNED)
    entry = kiosk.opened.sync_book.outgoing(100).events[-1]
    body = entry.parsed()
    assert isinstance(body, ClassHeld)
    assert (body.course_version, body.mode, body.score_percent, body.tries) == (1, "alone", 100, 2)
    assert (body.spent_min, body.record) == (3, "AJ-NZ-0918-01-0001")
    assert body.signature == ""
    assert body.sealed
    assert SIGNED.text not in entry.body


def test_the_record_of_this_kiosk_tells_all(kiosk: SampleKiosk) -> None:
    met, course = register(kiosk, WHO), site_course(kiosk)
    hold_own_class(kiosk.hall, met.worker, course, passed(course), SIGNED)
    with kiosk.hall.store.reading() as records:
        [record] = records.education.records(met.worker)
    assert (record.mode, record.signature, record.score_percent) == (ClassMode.ALONE, SIGNED.text, 100)


@pytest.mark.parametrize("rights", [0, 3])
def test_nobody_signs_for_a_course_that_was_not_passed(kiosk: SampleKiosk, rights: int) -> None:
    met, course = register(kiosk, WHO), site_course(kiosk)
    given = tuple(at < rights for at in range(len(course.questions)))
    lesson = replace(passed(course), answers=given)
    with pytest.raises(IntegrityFault):
        hold_own_class(kiosk.hall, met.worker, course, lesson, SIGNED)
    with kiosk.hall.store.reading() as records:
        assert records.workers.education(met.worker) == ()


def test_a_lesson_goes_on_where_it_stopped_and_is_gone_when_it_is_held(kiosk: SampleKiosk) -> None:
    met, course = register(kiosk, WHO), site_course(kiosk)
    assert begin_lesson(kiosk.hall, met.worker, course) == first_lesson(course)
    lesson = replace(passed(course), answers=(True, False))
    keep_lesson(kiosk.hall, met.worker, lesson)
    assert begin_lesson(kiosk.hall, met.worker, course) == lesson
    hold_own_class(kiosk.hall, met.worker, course, passed(course), SIGNED)
    assert begin_lesson(kiosk.hall, met.worker, course) == first_lesson(course)


def test_nothing_of_a_lesson_travels_before_it_is_held(kiosk: SampleKiosk) -> None:
    met, course = register(kiosk, WHO), site_course(kiosk)
    head = kiosk.opened.sync_book.outgoing(100).head
    keep_lesson(kiosk.hall, met.worker, first_lesson(course).turned(3))
    assert kiosk.opened.sync_book.outgoing(100).head == head


def test_a_new_version_is_begun_from_its_first_page(kiosk: SampleKiosk) -> None:
    met, course = register(kiosk, WHO), site_course(kiosk)
    keep_lesson(kiosk.hall, met.worker, first_lesson(course).turned(3))
    newer = replace(course, version=2)
    assert begin_lesson(kiosk.hall, met.worker, newer) == first_lesson(newer)


def test_an_attendants_class_has_a_record_without_questions(kiosk: SampleKiosk) -> None:
    met = register(kiosk, WHO)
    hold_class(kiosk.hall, met.worker, "site", CLERK)
    with kiosk.hall.store.reading() as records:
        [record] = records.education.records(met.worker)
    assert (record.mode, record.attendant, record.score_percent, record.signature) == (
        ClassMode.TAUGHT,
        "s1",
        None,
        "",
    )


@pytest.mark.parametrize(("name", "is_over"), [("site", True), ("farm", False)])
def test_an_attendants_class_ends_the_lesson_of_that_class_alone(
    kiosk: SampleKiosk, name: str, is_over: bool
) -> None:
    """Broken by ending one's own class alone: a year later pages read today would count as learned anew."""
    met, course = register(kiosk, WHO), site_course(kiosk)
    keep_lesson(kiosk.hall, met.worker, passed(course))
    hold_class(kiosk.hall, met.worker, name, CLERK)
    assert (begin_lesson(kiosk.hall, met.worker, course) == first_lesson(course)) is is_over


def test_a_course_that_makes_no_sense_is_put_aside_and_the_old_one_stays(kiosk: SampleKiosk) -> None:
    body = next(body for body in kiosk.sample.courses if body.hazard_class == "site")
    easy = CourseBody.model_validate(body.model_dump() | {"version": 2, "pass_percent": 20})
    row = FeedRow(topic="course", id="site", pos=9999, body=easy.model_dump_json())
    answers.tell(kiosk.opened, [row], 9999, feed_gen="g")
    assert site_course(kiosk).version == 1


def test_a_course_that_is_taken_back_is_gone(kiosk: SampleKiosk) -> None:
    row = FeedRow(topic="course", id="site", pos=9999, is_deleted=True)
    answers.tell(kiosk.opened, [row], 9999, feed_gen="g")
    assert published_course(kiosk.hall, "site") is None


def test_a_power_cut_costs_no_page(tmp_path: Path) -> None:
    before = open_sample_kiosk(tmp_path)
    met, course = register(before, WHO), site_course(before)
    lesson = first_lesson(course).turned(4)
    keep_lesson(before.hall, met.worker, lesson)
    before.opened.close()
    after = open_sample_kiosk(tmp_path, before.clock, is_new=False)
    assert begin_lesson(after.hall, met.worker, site_course(after)) == lesson
    after.opened.close()


def test_whoever_is_erased_leaves_no_lesson_and_no_record(kiosk: SampleKiosk) -> None:
    met, course = register(kiosk, WHO), site_course(kiosk)
    hold_own_class(kiosk.hall, met.worker, course, passed(course), SIGNED)
    keep_lesson(kiosk.hall, met.worker, first_lesson(course))
    gone = ErasureBody(worker=met.worker, kind="statutory", epoch=1, void=1)
    row = FeedRow(topic="erasure", id=f"{met.worker}/statutory", pos=9999, body=gone.model_dump_json())
    answers.tell(kiosk.opened, [row], 9999, feed_gen="g")
    with kiosk.hall.store.reading() as records:
        assert records.education.lesson(met.worker) is None
        assert records.education.records(met.worker) == []
