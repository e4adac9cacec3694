"""A class for several people, without a window: cards one after another, one course, a signature each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.recognise import recognise
from kiosk.actions.scan_readings import ForeignReading
from kiosk.domain.class_records import ClassMode, ClassRecord
from kiosk.domain.sentences import Sentence
from kiosk.messages.scanned import Foreign
from kiosk.ui.journeys import GROUP_S, Step
from kiosk.ui.lessons import GroupClass
from tests.unit.ui.pupils import TEACHER, answer, lesson, read, sign, step, tap_in, teach
from tests.unit.ui.visit_rig import VisitRig, set_up

MEMBERS = ("miao", "tian", "zhuan")


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[VisitRig]:
    """A kiosk at which three people are known, and a class that waits for them."""
    rig = set_up(tmp_path)
    for key in MEMBERS:
        register_and_check_in(rig.kiosk.hall, recognise(rig.kiosk.hall, rig.kiosk.people[key].card))
    rig.visit.open_class("lifting", TEACHER)
    yield rig
    rig.close()


def group(rig: VisitRig) -> GroupClass:
    """Return the group that is taught."""
    found = lesson(rig).group
    assert found is not None
    return found


def records_of(rig: VisitRig, key: str) -> list[ClassRecord]:
    """Return what is kept of one person's classes."""
    met = recognise(rig.kiosk.hall, rig.kiosk.people[key].card)
    with rig.kiosk.hall.store.reading() as records:
        return list(records.education.records(met.worker))


def test_three_are_taught_together_and_each_who_signs_has_a_class(rig: VisitRig) -> None:
    tap_in(rig, *MEMBERS)
    teach(rig)
    assert step(rig) is Step.GROUP_ROLL
    for key in MEMBERS[:2]:
        rig.lay(key)
        assert step(rig) is Step.SIGN_CLASS
        sign(rig)
        assert step(rig) is Step.GROUP_ROLL
    for key in MEMBERS[:2]:
        [record] = records_of(rig, key)
        assert (record.mode, record.attendant, record.score_percent) == (ClassMode.GROUP, "s1", 100)
        assert record.signature
    assert records_of(rig, MEMBERS[2]) == [], "whoever did not sign was not taught"


def test_a_card_twice_is_one_member(rig: VisitRig) -> None:
    tap_in(rig, "miao", "miao")
    assert len(group(rig).members) == 1


def test_nobody_begins_alone_with_himself(rig: VisitRig) -> None:
    rig.visit.go()
    assert step(rig) is Step.GROUP_JOIN


def test_whoever_is_unknown_or_too_young_does_not_join_and_the_group_stays(rig: VisitRig) -> None:
    tap_in(rig, "miao", "jin")
    assert group(rig).said == Sentence("lesson.group.unknown")
    tap_in(rig, "an")
    assert group(rig).said == Sentence("lesson.group.too_young")
    assert step(rig) is Step.GROUP_JOIN
    assert len(group(rig).members) == 1


def test_a_card_in_the_middle_ends_nothing(rig: VisitRig) -> None:
    tap_in(rig, "miao")
    rig.visit.go()
    tap_in(rig, "tian")
    rig.visit.card_unreadable(Sentence("ui.trouble.unknown"))
    rig.visit.show_scan(ForeignReading(Foreign.GOODS, Sentence("actions.scan.goods")))
    assert step(rig) is Step.COURSE
    assert rig.visit.session.recognition is None


def test_only_members_sign_and_each_once(rig: VisitRig) -> None:
    tap_in(rig, "miao")
    teach(rig)
    tap_in(rig, "tian")
    assert (step(rig), group(rig).said) == (Step.GROUP_ROLL, Sentence("lesson.group.not_taught"))
    rig.lay("miao")
    sign(rig)
    rig.lift()
    rig.lay("miao")
    assert (step(rig), group(rig).said) == (Step.GROUP_ROLL, Sentence("lesson.group.has_signed"))
    assert len(records_of(rig, "miao")) == 1


def test_strokes_of_one_member_are_gone_before_the_next(rig: VisitRig) -> None:
    tap_in(rig, "miao", "tian")
    teach(rig)
    rig.lay("miao")
    rig.visit.learning.begin_stroke((0.1, 0.1))
    rig.visit.learning.draw((0.9, 0.9))
    rig.visit.back()
    assert step(rig) is Step.GROUP_ROLL
    rig.lay("tian")
    assert lesson(rig).drawing.strokes == []


def test_a_group_that_answers_wrong_sees_the_pages_again(rig: VisitRig) -> None:
    tap_in(rig, "miao")
    teach(rig, is_right=False)
    assert step(rig) is Step.QUIZ_FAILED
    rig.visit.go()
    assert step(rig) is Step.COURSE


def test_back_from_the_first_page_lets_more_people_in(rig: VisitRig) -> None:
    tap_in(rig, "miao")
    rig.visit.go()
    rig.visit.back()
    assert step(rig) is Step.GROUP_JOIN
    tap_in(rig, "tian")
    assert len(group(rig).members) == 2


@pytest.mark.parametrize(
    "stop", [Step.GROUP_JOIN, Step.COURSE, Step.QUIZ, Step.QUIZ_FAILED, Step.GROUP_ROLL, Step.SIGN_CLASS]
)
def test_a_group_is_forgotten_after_five_minutes_alone_and_not_while_a_page_is_talked_over(
    rig: VisitRig, stop: Step
) -> None:
    """A page of a class that gives a group the time of one person breaks it."""
    tap_in(rig, "miao")
    if stop is Step.COURSE:
        rig.visit.go()
    elif stop in {Step.QUIZ, Step.QUIZ_FAILED}:
        rig.visit.go()
        read(rig)
        while step(rig) is not stop:
            answer(rig, is_right=False)
    elif stop in {Step.GROUP_ROLL, Step.SIGN_CLASS}:
        teach(rig)
        if stop is Step.SIGN_CLASS:
            rig.lay("miao")
    assert step(rig) is stop
    assert rig.visit.seconds_given == GROUP_S == 300
    rig.wait(GROUP_S - 1)
    assert step(rig) is stop
    rig.wait(1)
    assert step(rig) is Step.HOME
    assert rig.visit.session.lesson is None


def test_without_a_published_course_nothing_happens(rig: VisitRig) -> None:
    rig.visit.end()
    rig.visit.open_class("fire", TEACHER)
    assert step(rig) is Step.HOME


def test_the_attendants_act_stands_in_the_log(rig: VisitRig) -> None:
    tap_in(rig, "miao")
    teach(rig)
    rig.lay("miao")
    sign(rig)
    with rig.kiosk.hall.store.reading() as records:
        [line] = records.desk.audit_lines(1)
    assert (line.actor, line.act) == ("s1", "hold_class")
