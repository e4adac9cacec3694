"""What high contrast promises beside words: edges of controls and figures stand out from what is behind."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickItem

from kiosk.ui.windows import visible_items
from tests.screens.paints import contrast, ground_of

LEAST_CONTRAST_FIGURE = 3.0
WITHIN_PX, OUTSIDE_PX = 16, 14
"""An edge lies so far within a control at most; beyond the frame of a chosen one begins what is behind it."""


def faint_figures(items: list[QQuickItem], picture: QImage) -> Iterator[tuple[str, str]]:
    """Yield (name, contrast) of every drawing that does not stand out from what it is drawn on."""
    for item in items:
        name = drawing_of(item)
        if not name:
            continue
        tint = QColor("#" + name.rpartition("/")[2])
        behind = ground_of(place_of(item), picture, tint)
        if behind is not None and contrast(tint, behind) < LEAST_CONTRAST_FIGURE:
            yield name, f"{contrast(tint, behind):.2f}:1 on {behind.name()}"


def faint_edges(targets: list[QQuickItem], picture: QImage) -> Iterator[tuple[str, str]]:
    """Yield (name, contrast) of every plate whose left or right edge is lost in what is beside it."""
    for item in targets:
        if not _is_plate(item):
            continue
        rect = place_of(item).toRect()
        height = rect.top() + rect.height() // 3
        for side, within in ((rect.left(), 1), (rect.right(), -1)):
            outside = side - within * OUTSIDE_PX
            if not picture.rect().contains(outside, height):
                continue
            behind = picture.pixelColor(outside, height)
            best = max(
                contrast(picture.pixelColor(side + within * step, height), behind)
                for step in range(-2, WITHIN_PX)
            )
            if best < LEAST_CONTRAST_FIGURE:
                yield item.objectName(), f"{best:.2f}:1 on {behind.name()}"


def drawing_of(item: QQuickItem) -> str:
    """Return `set/name/rrggbb` of the pictogram an item draws, or nothing."""
    if not item.inherits("QQuickImage"):
        return ""
    source = item.property("source")
    return str(source.path()).removeprefix("/") if source.host() == "icon" else ""


def place_of(item: QQuickItem) -> QRectF:
    """Return where an item stands in the window."""
    return QRectF(item.mapToScene(QPointF(0, 0)), QSizeF(item.width(), item.height()))


def _is_plate(item: QQuickItem) -> bool:
    """Tell whether a control is a plate: most of its width is one rectangle, not just figure and word."""
    below = [each for each in visible_items(item) if each.inherits("QQuickRectangle")]
    return any(each.width() >= 0.9 * item.width() for each in below)
