"""The one window: QML's root, loaded over the views, and what can be found in it."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QCursor, QGuiApplication, QImage, QKeyEvent, QPixmap
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.ui.appearances import needs_low_position, too_high_mm
from kiosk.ui.icons import IconImages
from kiosk.ui.views.views import Views

log = logging.getLogger(__name__)

QML = Path(__file__).parent / "qml"
STEADY_MM = 6
"""A finger may wander so far before it counts as moving a list: old hands tremble."""
USUAL_WIDTHS_MM = {(1080, 1920): 268.0, (1920, 1080): 476.0, (1366, 768): 344.0}
"""Glass of the panels halls buy: 21.5 inch upright and lying, 15.6 inch."""


class QmlFault(Exception):
    """The screen's own files do not load; the program is damaged."""


def open_window(
    app: QGuiApplication,
    views: Views,
    size: tuple[int, int] | None,
    screen_width_mm: float | None,
    screen_foot_mm: float,
) -> tuple[QQmlApplicationEngine, QQuickWindow]:
    """Load the window over these views; whoever owns it keeps the engine and deletes it before the views.

    `size` in pixels; None takes the size of the machine's screen. `screen_width_mm` is the width of the
    glass; None takes the usual one for the resolution. Its lower edge hangs `screen_foot_mm` above the
    floor. Raises QmlFault.
    """
    whole = app.primaryScreen().size()
    width, height = size or (whole.width(), whole.height())
    glass_mm = screen_width_mm or usual_width_mm(width, height)
    app.styleHints().setStartDragDistance(round(STEADY_MM * width / glass_mm))
    views.frame.may_be_low = needs_low_position(width, height, glass_mm, screen_foot_mm)
    too_high = too_high_mm(width, height, glass_mm, screen_foot_mm)
    if too_high:
        log.warning("hang the screen %d mm lower: who sits does not reach its upper keys", too_high)
    # Machine code for bindings of one expression each weighs 0.7 MB and makes no page faster.
    os.environ.setdefault("QV4_FORCE_INTERPRETER", "1")
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(QML))
    engine.addImageProvider("icon", IconImages())
    views.refresh()
    engine.setInitialProperties({"views": views, "width": width, "height": height})
    engine.load(QUrl.fromLocalFile(str(QML / "Main.qml")))
    roots = engine.rootObjects()
    if not roots or not isinstance(roots[0], QQuickWindow):
        raise QmlFault(str(QML / "Main.qml"))
    return engine, roots[0]


def usual_width_mm(width: int, height: int) -> float:
    """Return how wide the glass of a resolution usually is; for unknown ones a quarter millimetre a pixel."""
    return USUAL_WIDTHS_MM.get((width, height), width / 4)


def visible_items(root: QQuickItem) -> list[QQuickItem]:
    """Return an item and all that is visible below it, delegates included, in painting order."""
    if not root.isVisible():
        return []
    return [root, *(below for child in root.childItems() for below in visible_items(child))]


# Naming any of Qt's flags loads all of them, which takes longer than a frame may: the first one has none.


def hide_pointer() -> None:
    """Show a pointer of one clear dot; to name Qt's own blank one would load all flags of Qt, 1.2 MB."""
    nothing = QImage(bytes(4), 1, 1, 4, QImage.Format.Format_ARGB32_Premultiplied)
    QGuiApplication.setOverrideCursor(QCursor(QPixmap.fromImage(nothing)))


def leads_away(event: QKeyEvent) -> bool:
    """Tell whether keys are pressed together as window systems listen for them."""
    from PySide6.QtCore import Qt

    together = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
    return bool(event.modifiers() & (together | Qt.KeyboardModifier.MetaModifier))
