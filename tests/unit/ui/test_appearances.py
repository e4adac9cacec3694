"""Who needs everything low: whoever sits before glass that hangs higher than he reaches."""

from __future__ import annotations

import pytest

from kiosk.ui.appearances import needs_low_position, too_high_mm

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


@pytest.mark.parametrize(
    ("glass", "foot_mm", "lower_mm"),
    [(LYING, 900, 0), (LYING, 965, 0), (LYING, 966, 1), (LYING, 1500, 535), (UPRIGHT, 1500, 0)],
)
def test_lying_glass_that_hangs_too_high_says_how_much(
    glass: tuple[int, int, float], foot_mm: float, lower_mm: int
) -> None:
    """Broken by measuring to the upper edge: nobody touches the uppermost eighth of lying glass."""
    assert too_high_mm(*glass, foot_mm) == lower_mm
