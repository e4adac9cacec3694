"""When a kiosk speaks next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.rounds import Schedule


@given(draw=st.floats(0, 1, exclude_max=True))
def test_a_kiosk_speaks_every_sixty_seconds_give_or_take_a_fifth(draw: float) -> None:
    """Breaks when `Schedule.next_after` adds the jitter instead of spreading it around the interval."""
    assert 48 <= Schedule(60, 0.2).next_after(0, draw, None) <= 72


@given(draw=st.floats(0, 1, exclude_max=True), failures=st.integers(1, 2000))
def test_a_failing_kiosk_tries_soon_then_less_often_and_never_less_than_usual(
    draw: float, failures: int
) -> None:
    """Breaks when `Schedule.next_after` forgets to bound the doubled wait by the interval."""
    wait_s = Schedule(60, 0.2).next_after(failures, draw, None)
    assert 1.6 <= wait_s <= 72
    if failures == 1:
        assert wait_s <= 2.4


def test_a_bureau_that_asks_for_patience_gets_it() -> None:
    assert Schedule(60, 0.2).next_after(0, 0.5, 600.0) == 600.0
