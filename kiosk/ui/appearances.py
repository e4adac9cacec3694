"""How the screen looks to one person: what may be chosen for a visit, and who needs the low position."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

REACH_MM = 1200
"""So high above the floor a seated person reaches from the front (EN 301 549, 8.3; GB 50763)."""
LYING_SHARE = 7 / 8
"""On lying glass everything that is touched stands in so much of it, from below."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """What somebody chose of the look: the language is chosen beside it, because papers speak it too."""

    is_large: bool = False
    is_high_contrast: bool = False
    is_low: bool = False


NORMAL = Appearance()


def needs_low_position(width_px: int, height_px: int, glass_width_mm: float, foot_mm: float) -> bool:
    """Return whether a seated person cannot reach all of an upright glass that begins `foot_mm` high.

    Lying glass has no low position: where it hangs too high it is hung lower (`too_high_mm`).
    """
    is_upright = height_px > width_px
    return is_upright and foot_mm + height_px * glass_width_mm / width_px > REACH_MM


def too_high_mm(width_px: int, height_px: int, glass_width_mm: float, foot_mm: float) -> int:
    """Return by how much lying glass has to be hung lower for who sits to reach all keys; 0 for none."""
    if height_px > width_px:
        return 0
    touched_to_mm = foot_mm + LYING_SHARE * height_px * glass_width_mm / width_px
    return max(0, ceil(touched_to_mm - REACH_MM))
