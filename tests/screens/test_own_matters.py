"""What a person is asked about himself at the screen, and what he does with what is kept of him."""

from __future__ import annotations

from kiosk.actions.recognise import recognise
from kiosk.domain.placements import PlacementState
from kiosk.ui.journeys import Step
from tests.screens.stretches.own import newer_notice, payday
from tests.screens.stretches.visits import endings, first_visit
from tests.screens.tour import Tour, shown, words_on


def test_whoever_was_not_paid_says_so_with_two_touches_and_nothing_is_chosen_before(tour: Tour) -> None:
    for _ in first_visit(tour):
        pass
    tour.lift_card()
    assert next(payday(tour)) == "ask_pay"
    assert not tour.hands.tap("go"), "nothing is chosen for anybody"
    tour.tap("answer.0")
    tour.tap("answer.2")
    tour.tap("go")
    assert shown(tour) is Step.GREETING
    with tour.stage.kiosk.hall.store.reading() as records:
        met = recognise(tour.stage.kiosk.hall, tour.grown_up().card)
        [taken] = records.placements.open_of(met.worker)
    assert taken.state is PlacementState.DISPUTED


def test_my_data_is_masked_on_the_glass_and_gone_once_it_is_erased(tour: Tour) -> None:
    for page in first_visit(tour):
        if page == "greeting":
            break
    tour.tap("own")
    assert shown(tour) is Step.OWN_DATA
    assert "139****1234" in words_on(tour.screen)
    number = tour.grown_up().card.number
    assert number[-4:] in words_on(tour.screen)
    assert number[:14] not in words_on(tour.screen)
    tour.tap("mine.erase")
    assert not tour.hands.tap("go"), "nothing is chosen for anybody"
    tour.tap("answer.1")
    tour.tap("go")
    assert shown(tour) is Step.OWN_ERASED
    assert number[-4:] not in words_on(tour.screen)
    tour.tap("go")
    tour.lift_card()
    tour.lay_card(tour.grown_up())
    assert shown(tour) is Step.NOTICE


def test_whoever_agreed_to_an_earlier_notice_reads_all_of_the_newer_one_first(tour: Tour) -> None:
    for _ in endings(tour):
        pass
    assert next(newer_notice(tour)) == "notice_newer"
    glass = words_on(tour.screen)
    assert "说明改了，再看一眼" in glass
    assert "新添：发钱日过了，问一句到手没" in glass
    assert "您能做什么" in glass, "the whole text, not the five short lines"
    tour.tap("go")
    assert shown(tour) is Step.GREETING
