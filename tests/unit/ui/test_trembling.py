"""A double tap goes one page."""

from __future__ import annotations

import pytest

from kiosk.ui.journeys import Step
from kiosk.ui.trembling import AT_ONCE_MS, TremblingFinger


@pytest.fixture
def finger() -> TremblingFinger:
    """A finger that has just tapped on the detail page."""
    finger = TremblingFinger()
    assert not finger.is_second(1000, Step.DETAIL)
    finger.release(1100)
    return finger


def test_a_tap_at_once_over_the_next_page_is_an_echo(finger: TremblingFinger) -> None:
    assert finger.is_second(1100 + AT_ONCE_MS - 1, Step.CONFIRM)


def test_a_tap_after_a_look_is_meant(finger: TremblingFinger) -> None:
    assert not finger.is_second(1100 + AT_ONCE_MS, Step.CONFIRM)


def test_quick_taps_on_one_page_are_all_meant(finger: TremblingFinger) -> None:
    assert not finger.is_second(1150, Step.DETAIL)


def test_an_echo_does_not_make_the_next_echo_meant(finger: TremblingFinger) -> None:
    assert finger.is_second(1200, Step.CONFIRM)
    finger.release(1250)
    assert finger.is_second(1300, Step.CONFIRM)


def test_a_press_without_a_time_is_never_an_echo(finger: TremblingFinger) -> None:
    assert not finger.is_second(0, Step.CONFIRM)
