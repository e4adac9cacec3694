"""A kiosk asks when it runs low, for people who stand there, and for nothing that is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.wants import Demand, low_water, numbers_to_ask

DEMANDS = st.builds(Demand, st.integers(0, 60), st.integers(0, 60), st.booleans())


@pytest.mark.parametrize(
    ("free_here", "open_at_bureau", "capacity", "asked"),
    [
        (0, 5, 5, 5),
        (0, None, 5, 5),
        (1, 5, 5, 0),
        (0, 0, 5, 0),
        (7, 33, 40, 26),
        (8, 33, 40, 0),
        (0, 9, 5, 5),
    ],
)
def test_asking(free_here: int, open_at_bureau: int | None, capacity: int, asked: int) -> None:
    assert numbers_to_ask(free_here, open_at_bureau, capacity) == asked


@pytest.mark.parametrize(
    ("free_here", "open_at_bureau", "taken", "waiting", "asked"),
    [
        (0, 30, 0, 0, 0),
        (0, 30, 0, 1, 1),
        (1, 30, 3, 0, 2),
        (3, 30, 3, 0, 0),
        (0, 2, 5, 1, 2),
        (0, 0, 5, 1, 0),
        (0, None, 2, 1, 3),
    ],
)
def test_once_answered_a_kiosk_asks_only_for_who_stands_there_and_for_the_next_half_hour(
    free_here: int, open_at_bureau: int | None, taken: int, waiting: int, asked: int
) -> None:
    """Broken by `if False:` for `if demand.is_answered:`: every quiet round asks for every job again."""
    demand = Demand(taken, waiting, is_answered=True)
    assert numbers_to_ask(free_here, open_at_bureau, 40, demand) == asked


def test_a_team_that_finds_too_few_is_asked_for_although_the_kiosk_does_not_run_low() -> None:
    """Broken by asking for nothing above the low water, whoever stands there."""
    assert numbers_to_ask(2, 5, 5, Demand(waiting=3)) == 3
    assert numbers_to_ask(3, 5, 5, Demand(waiting=3)) == 0


@given(st.integers(0, 60), st.none() | st.integers(0, 60), st.integers(1, 60), DEMANDS)
def test_a_kiosk_never_asks_beyond_the_capacity(
    free_here: int, believed: int | None, capacity: int, demand: Demand
) -> None:
    """Broken by leaving the capacity out of what is believed."""
    asked = numbers_to_ask(free_here, believed, capacity, demand)
    assert 0 <= asked <= max(capacity - free_here, 0)
    assert asked == 0 or demand.is_answered or free_here < max(low_water(capacity), demand.waiting)
