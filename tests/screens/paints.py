"""What was really painted: the contrast of two colours, and what lies behind letters and figures."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage

OPAQUE = 0xFFFFFF
"""The part of a pixel that is its colour."""


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours as WCAG counts it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def ground_of(ink: QRectF, picture: QImage, colour: QColor) -> QColor | None:
    """Return the colour most pixels around the letters have; None when the place is not in the picture."""
    area = ink.toRect() & picture.rect()
    if area.width() < 4 or area.height() < 4:
        return None
    step_x, step_y = max(1, area.width() // 16), max(1, area.height() // 9)
    seen = Counter(
        picture.pixel(x, y) & OPAQUE
        for x in range(area.left(), area.right(), step_x)
        for y in range(area.top(), area.bottom(), step_y)
    )
    seen.pop(colour.rgb() & OPAQUE, None)
    return QColor(seen.most_common(1)[0][0]) if seen else None


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
