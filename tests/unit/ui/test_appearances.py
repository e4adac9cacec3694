"""Who needs everything low: whoever sits before glass that hangs higher than he reaches."""

from __future__ import annotations

import pytest

from kiosk.ui.appearances import needs_low_position

UPRIGHT, LYING = (1080, 1920, 268.0), (1920, 1080, 476.0)


@pytest.mark.parametrize(
    ("glass", "foot_mm", "is_needed"),
    [
        (UPRIGHT, 900, True),
        (UPRIGHT, 723, False),
        (UPRIGHT, 724, True),
        (LYING, 900, False),
        (LYING, 1500, False),
    ],
)
def test_upright_glass_that_ends_above_1200_mm_needs_a_low_position(
    glass: tuple[int, int, float], foot_mm: float, *, is_needed: bool
) -> None:
    assert needs_low_position(*glass, foot_mm) is is_needed
