"""Retirement ages against rows of the tables that the law itself prints."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.domain.retirement import Retirement

MEN, WOMEN = Retirement(60, 4, 36), Retirement(50, 2, 60)


@pytest.mark.parametrize(
    ("whose", "birth", "comes"),
    [
        (MEN, date(1964, 12, 31), date(2024, 12, 31)),
        (MEN, date(1965, 1, 1), date(2025, 2, 1)),
        (MEN, date(1965, 4, 30), date(2025, 5, 30)),
        (MEN, date(1965, 5, 1), date(2025, 7, 1)),
        (MEN, date(1976, 8, 15), date(2039, 7, 15)),
        (MEN, date(1976, 9, 15), date(2039, 9, 15)),
        (MEN, date(1990, 1, 1), date(2053, 1, 1)),
        (WOMEN, date(1974, 12, 31), date(2024, 12, 31)),
        (WOMEN, date(1975, 1, 31), date(2025, 2, 28)),
        (WOMEN, date(1975, 3, 1), date(2025, 5, 1)),
        (WOMEN, date(1984, 11, 1), date(2039, 11, 1)),
        (WOMEN, date(1990, 5, 1), date(2045, 5, 1)),
    ],
)
def test_it_comes_on_the_day_that_the_table_of_the_law_gives(
    whose: Retirement, birth: date, comes: date
) -> None:
    """One-line break: begin with the second step, so that the first months come without delay."""
    assert whose.comes_on(birth) == comes
