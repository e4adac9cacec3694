"""A kiosk asks when it runs low, for all it can use, and for nothing that is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.wants import low_water, numbers_to_ask


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


@given(st.integers(0, 60), st.none() | st.integers(0, 60), st.integers(1, 60))
def test_a_kiosk_never_asks_beyond_the_capacity(free_here: int, believed: int | None, capacity: int) -> None:
    asked = numbers_to_ask(free_here, believed, capacity)
    assert 0 <= asked <= max(capacity - free_here, 0)
    assert asked == 0 or free_here < low_water(capacity)
