"""How the screen looks to one person: what may be chosen for a visit, and who needs the low position."""

from __future__ import annotations

from dataclasses import dataclass

REACH_MM = 1200
"""So high above the floor a seated person reaches from the front (EN 301 549, 8.3; GB 50763)."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """What somebody chose of the look: the language is chosen beside it, because papers speak it too."""

    is_large: bool = False
    is_high_contrast: bool = False
    is_low: bool = False


NORMAL = Appearance()


def needs_low_position(width_px: int, height_px: int, glass_width_mm: float, foot_mm: float) -> bool:
    """Return whether a seated person cannot reach all of an upright glass that begins `foot_mm` high.

    On lying glass everything to be touched stands in the lower seven eighths. It has no low
    position: where it hangs too high it is hung lower.
    """
    is_upright = height_px > width_px
    return is_upright and foot_mm + height_px * glass_width_mm / width_px > REACH_MM
