"""The screen as somebody needs it: white on black, all that is touched low, both for one visit only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from kiosk.ui.appearances import Appearance
from kiosk.ui.journeys import Step
from kiosk.ui.windows import usual_width_mm
from tests.screens.conftest import SetStage
from tests.screens.measures import findings
from tests.screens.staging import PORTRAIT
from tests.screens.stretches.visits import first_visit
from tests.screens.tour import Tour, check_in, settle, shown

BLACK = QColor("#000000")
LOW_TOP = 0.4 * PORTRAIT[1]


def ground(tour: Tour) -> QColor:
    """Return the colour of the page beside everything that stands on it."""
    return tour.screen.grab().pixelColor(6, 900)


def first_tile(tour: Tour) -> float:
    """Return how far from the top of the glass the families of work begin."""
    tile = tour.screen.find("family.0")
    assert tile is not None
    return tile.mapToScene(QPointF(0, 0)).y()


def is_chosen(tour: Tour) -> bool:
    """Return whether the key for the look says that something of it was chosen."""
    key = tour.screen.find("bar.look")
    assert key is not None
    return bool(key.property("on"))


def test_white_on_black_is_two_touches_away_on_any_page_and_leads_nowhere_else(tour: Tour) -> None:
    for page in first_visit(tour):
        step, plain = shown(tour), ground(tour)
        tour.tap("bar.look")
        tour.tap("look.contrast")
        assert shown(tour) is step, page
        assert ground(tour) == BLACK != plain, page
        assert tour.screen.find("look.contrast") is None, "the keys are gone when one was touched"
        tour.tap("bar.look")
        tour.tap("look.contrast")
        assert ground(tour) == plain, page


@pytest.mark.parametrize("key", ["look.contrast", "look.low"])
def test_what_somebody_chose_is_forgotten_with_the_visit(tour: Tour, key: str) -> None:
    check_in(tour)
    tour.tap("bar.look")
    tour.tap(key)
    assert is_chosen(tour)
    tour.screen.visit.card_removed()
    tour.lay_card(tour.people["tian"])
    assert shown(tour) is Step.NOTICE
    assert not is_chosen(tour)


def test_keys_and_look_left_on_the_first_page_are_gone_after_a_minute(tour: Tour) -> None:
    settle()
    tour.tap("bar.look")
    tour.tap("look.low")
    tour.tap("bar.look")
    tour.wait(59)
    assert tour.screen.find("look.low") is not None
    assert first_tile(tour) >= LOW_TOP
    tour.wait(3)
    assert tour.screen.find("look.low") is None
    assert first_tile(tour) < LOW_TOP
    assert not is_chosen(tour)


def test_keys_for_the_look_do_not_stand_over_the_next_page(tour: Tour) -> None:
    check_in(tour)
    tour.tap("bar.look")
    assert tour.screen.find("look.contrast") is not None
    tour.tap("card.1")
    assert tour.screen.find("look.contrast") is not None, "the page is the same"
    tour.screen.visit.show_all()
    settle()
    assert tour.screen.find("look.contrast") is None


def test_beside_the_keys_for_the_look_nothing_behind_them_is_touched(stages: SetStage) -> None:
    tour = stages((1920, 1080))
    settle()
    tile = tour.screen.find("family.5")
    assert tile is not None
    hidden = tour.hands.middle(tile)
    tour.tap("bar.look")
    tour.hands.press(hidden)
    tour.hands.release(hidden)
    settle()
    assert shown(tour) is Step.HOME


def test_lying_glass_is_in_reach_and_offers_no_low_position(stages: SetStage) -> None:
    tour = stages((1920, 1080))
    settle()
    tour.tap("bar.look")
    assert tour.screen.find("look.contrast") is not None
    assert tour.screen.find("look.low") is None


def test_whoever_sits_takes_a_job_by_the_same_three_touches(tour: Tour) -> None:
    check_in(tour)
    tour.tap("bar.look")
    tour.tap("look.low")
    for _ in range(3):
        tour.tap("go")
    assert shown(tour) is Step.PRINTING


def test_a_plain_page_is_found_too_high_and_too_faint_for_whoever_needs_it_otherwise(tour: Tour) -> None:
    check_in(tour)
    needed = Appearance(is_high_contrast=True, is_low=True)
    found = findings(tour.screen.window, usual_width_mm(*PORTRAIT), needed)
    assert {finding.kind for finding in found} == {"out of reach", "faint edge"}
    assert "card.1" in {finding.words for finding in found if finding.kind == "faint edge"}
