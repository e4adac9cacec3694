"""The first screen stands before the hall is open: nothing jumps when it opens, and no touch is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.domain.families import Family
from kiosk.ui.hands import Hands
from kiosk.ui.journeys import Step
from kiosk.ui.screen import Screen
from tests.halls import SampleKiosk, open_sample_kiosk
from tests.screens.staging import PORTRAIT, PrinterByHand, slip_renderer
from tests.screens.tour import settle, words_on

LYING = (1920, 1080)
STANDING_STILL = ("go", "family.0", "family.5", "admin.corner")


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[SampleKiosk]:
    made = open_sample_kiosk(tmp_path / "kiosk")
    yield made
    made.opened.close()


@pytest.fixture(params=[PORTRAIT, LYING], ids=["portrait", "landscape"])
def screen(request: pytest.FixtureRequest, qapp: QGuiApplication, kiosk: SampleKiosk) -> Iterator[Screen]:
    assert qapp is not None
    made = Screen(kiosk.clock, size=request.param, full_screen=False, screen_width_mm=None)
    made.show()
    settle()
    yield made
    made.close()


def open_hall(screen: Screen, kiosk: SampleKiosk) -> None:
    screen.move_in(kiosk.hall, PrinterByHand(kiosk.hall), slip_renderer())
    settle()


def text_of(screen: Screen, name: str) -> str:
    item = screen.find(name)
    return "" if item is None else str(item.property("text"))


def test_no_number_is_shown_before_it_was_counted(screen: Screen, kiosk: SampleKiosk) -> None:
    assert screen.find("home.places") is None
    assert "0" not in words_on(screen).replace(text_of(screen, "clock"), "").split()
    open_hall(screen, kiosk)
    assert int(text_of(screen, "home.places")) > 0


def test_nothing_that_can_be_touched_moves_when_the_hall_opens(screen: Screen, kiosk: SampleKiosk) -> None:
    def places() -> list[object]:
        hands = Hands(screen)
        return [hands.middle(item) for name in STANDING_STILL if (item := screen.find(name)) is not None]

    before = places()
    assert len(before) == len(STANDING_STILL)
    open_hall(screen, kiosk)
    assert places() == before


def test_a_touch_before_the_hall_is_open_is_answered_calmly_and_done_when_it_opens(
    screen: Screen, kiosk: SampleKiosk
) -> None:
    assert "马上就好" not in words_on(screen)
    assert Hands(screen).tap("go")
    settle()
    assert "马上就好" in words_on(screen)
    open_hall(screen, kiosk)
    assert screen.visit.step is Step.LAY_CARD


def test_of_two_touches_before_the_hall_is_open_the_last_one_counts(
    screen: Screen, kiosk: SampleKiosk
) -> None:
    hands = Hands(screen)
    assert hands.tap("go")
    assert hands.tap("family.1")
    open_hall(screen, kiosk)
    assert screen.visit.step is Step.BOARD
    assert screen.visit.session.query.family is Family.BUILD


def test_language_and_text_size_can_be_chosen_before_the_hall_is_open(
    screen: Screen, kiosk: SampleKiosk
) -> None:
    hands = Hands(screen)
    assert hands.tap("bar.language")
    assert hands.tap("bar.large")
    settle()
    assert "Place your ID card" in words_on(screen)
    open_hall(screen, kiosk)
    assert "Place your ID card" in words_on(screen)


def test_without_a_touch_the_hall_opens_at_home(screen: Screen, kiosk: SampleKiosk) -> None:
    screen.tick()
    open_hall(screen, kiosk)
    assert screen.visit.step is Step.HOME
    assert "马上就好" not in words_on(screen)
