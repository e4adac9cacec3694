"""The way from card to slip for somebody who reads no word: by pictures, numerals, colour and place alone."""

from __future__ import annotations

from kiosk.actions.printing import PrintStage
from kiosk.ui.journeys import Step
from kiosk.ui.sessions import own_lines
from tests.screens.conftest import SetStage
from tests.screens.stretches.hiring import hiring
from tests.screens.stretches.lessons import pupil
from tests.screens.stretches.own import payday
from tests.screens.stretches.whole import every_page
from tests.screens.tour import Tour, settle, shown, words_on
from tests.screens.wordless import Onlooker, alike, controls_in, hide_words, stays

MOST_TOUCHES = 16


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


def test_whoever_cannot_read_learns_by_pictures_and_passes_the_class(tour: Tour) -> None:
    person, learner, steps = Onlooker(tour), pupil(tour), []
    tour.lay_card(learner)
    tour.answer_questions()
    tour.open_job(str(learner.tries))
    while shown(tour) is not Step.CONFIRM:
        steps.append(shown(tour))
        assert len(steps) < 60, steps
        person.go_on()
    assert {Step.COURSE, Step.QUIZ, Step.SIGN_CLASS} <= set(steps)


def test_whoever_cannot_read_says_by_a_picture_whether_money_came(tour: Tour) -> None:
    person = Onlooker(tour)
    tour.lay_card(tour.grown_up())
    tour.answer_questions()
    tour.take(str(tour.grown_up().takes))
    for page in payday(tour):
        if page == "ask_pay":
            break
    assert shown(tour) is Step.ASK_PAY
    assert alike(controls_in(tour.screen)) == []
    person.go_on()
    person.go_on()
    assert shown(tour) is Step.GREETING


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
    tour.screen.visit.show_all()
    settle()
    before = set(words_on(tour.screen).splitlines())
    hide_words(tour.screen)
    left = {text for text in before if stays(text)}
    assert {"05:10", "南"} <= left
    assert not any(sign.isalpha() for text in left - {"南"} for sign in text)
