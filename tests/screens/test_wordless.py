"""The way from card to slip for somebody who reads no word: by pictures, numerals, colour and place alone."""

from __future__ import annotations

import pytest

from kiosk.actions.printing import PrintStage
from kiosk.ui.journeys import Step
from kiosk.ui.sessions import own_lines
from kiosk.ui.windows import visible_items
from tests.screens.conftest import SetStage
from tests.screens.stretches.hiring import hiring
from tests.screens.stretches.own import payday
from tests.screens.stretches.whole import every_page
from tests.screens.tour import Tour, check_in, settle, shown
from tests.screens.wordless import Onlooker, alike, controls_in, hide_words

MOST_TOUCHES = 16
PAID = {"pictograms/pay_all": "full", "pictograms/pay_part": "partial", "pictograms/pay_none": "none"}
"""What each picture of the pay question says."""


def test_whoever_comes_first_and_cannot_read_goes_from_card_to_slip(tour: Tour) -> None:
    person, way = Onlooker(tour), []
    settle()
    [card] = [each for each in controls_in(tour.screen) if "pictograms/laycard" in each.pictures]
    assert card.item.isEnabled(), "the first page shows what to do with the card"
    tour.lay_card(tour.grown_up())
    while shown(tour) is not Step.PRINTING:
        way.append(shown(tour))
        assert len(way) <= MOST_TOUCHES, way
        person.go_on()
    asked = (Step.NOTICE, Step.ASK_PHONE, Step.ASK_TRADES, Step.ASK_SPAN)
    assert list(dict.fromkeys(way)) == [*asked, Step.GREETING, Step.DETAIL, Step.CONFIRM]
    tour.hear_printer(PrintStage.HELD_OUT, 1.0)
    hide_words(tour.screen)
    assert [each for each in controls_in(tour.screen) if each.has_ring] == []
    tour.hear_printer(PrintStage.PRINTED, 1.0)
    assert shown(tour) is Step.GOODBYE
    person.go_on()
    assert shown(tour) is Step.HOME


def test_whoever_cannot_read_finds_farm_work_on_the_board_and_comes_to_its_page(tour: Tour) -> None:
    person = Onlooker(tour)
    settle()
    person.touch_picture("pictograms/farm")
    assert shown(tour) is Step.BOARD
    person.touch_picture("ui/payments")
    person.go_on()
    assert shown(tour) is Step.DETAIL


def test_whoever_cannot_read_passes_every_class_that_a_job_needs(tour: Tour) -> None:
    """Broken by rules that ask for the first class of a job alone."""
    person, steps, signed = Onlooker(tour), set[Step](), list[str]()
    job = tour.job(lambda line: len(line.job.needs_classes) > 1 and not line.job.certificates)
    tour.lay_card(tour.grown_up())
    tour.answer_questions()
    tour.open_job(job)
    while shown(tour) is not Step.CONFIRM:
        steps.add(shown(tour))
        lesson = tour.screen.visit.session.lesson
        if lesson is not None and shown(tour) is Step.SIGN_CLASS:
            signed.append(lesson.course.hazard_class)
        assert steps <= {Step.DETAIL, Step.COURSE, Step.QUIZ, Step.SIGN_CLASS}, steps
        assert len(signed) < MOST_TOUCHES, signed
        person.go_on()
    assert {Step.COURSE, Step.QUIZ, Step.SIGN_CLASS} <= steps
    looked, met = tour.screen.visit.session.job, tour.screen.visit.session.recognition
    assert looked is not None
    assert met is not None
    with tour.stage.kiosk.hall.store.reading() as records:
        kept = {item.hazard_class for item in records.workers.education(met.worker)}
    assert len(kept) > 1
    assert kept == set(signed) == looked.line.job.needs_classes
    assert looked.line.job.id == job


@pytest.mark.parametrize("picture", PAID)
def test_whoever_cannot_read_says_by_a_picture_whether_money_came(tour: Tour, picture: str) -> None:
    """Broken by two answers that bear one picture."""
    person = Onlooker(tour)
    tour.lay_card(tour.grown_up())
    tour.answer_questions()
    tour.take(str(tour.grown_up().takes))
    assert next(payday(tour)) == "ask_pay"
    asked = controls_in(tour.screen)
    assert alike(asked) == []
    assert {each.pictures for each in asked if each.has_ring} == {(each,) for each in PAID}
    person.touch_picture(picture)
    person.go_on()
    assert shown(tour) is Step.GREETING
    entry = tour.stage.kiosk.opened.sync_book.outgoing(50).events[-1]
    assert entry.type == "pay_answered"
    assert f'"answer":"{PAID[picture]}"' in entry.body


def test_whoever_cannot_read_signs_up_by_what_is_yellow(tour: Tour) -> None:
    person = Onlooker(tour)
    for page in hiring(tour):
        if page == "detail_sign_up":
            break
    person.go_on()
    assert shown(tour) is Step.IN_LINE
    assert len(own_lines(tour.stage.kiosk.hall, tour.screen.visit.session)) == 1


def test_a_plate_with_a_word_and_no_picture_is_found(tour: Tour) -> None:
    for page in every_page(tour):
        if page == "ask_phone":
            break
    assert alike(controls_in(tour.screen)) == []
    plate = tour.screen.find("secondary")
    assert plate is not None
    plate.setProperty("icon", "")
    settle()
    assert alike(controls_in(tour.screen)) == ["secondary"]
    plate.setProperty("icon", "ui/home")
    settle()
    assert sorted(alike(controls_in(tour.screen))) == ["bar.home", "secondary"]


def test_without_words_only_numerals_and_badges_stay(stages: SetStage) -> None:
    tour = stages((1080, 1920), "en")
    check_in(tour)
    number = {text for text in seen_on(tour) if text[0].isalpha()} - {"南"}
    assert number == {"A1"}
    tour.screen.visit.show_all()
    settle()
    left = seen_on(tour)
    assert {"05:10", "南"} <= left
    assert not any(sign.isalpha() for text in left - {"南"} for sign in text)


def seen_on(tour: Tour) -> set[str]:
    """Return the texts that are left on the glass without words."""
    hide_words(tour.screen)
    items = visible_items(tour.screen.window.contentItem())
    texts = (str(item.property("text")) for item in items if item.inherits("QQuickText") and item.opacity())
    return {text for text in texts if text.strip()}
