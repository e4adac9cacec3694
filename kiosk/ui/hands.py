"""A hand before the screen: it touches what it can see, by real pointer events, and takes pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtQuick import QQuickItem

from kiosk.ui.screen import Screen
from kiosk.ui.windows import visible_items

FRAME_MS = 16
PAUSE_MS = 500
"""A hand looks before it taps again."""
CROSS = (((0.3, 0.3), (0.5, 0.5), (0.7, 0.8)), ((0.7, 0.3), (0.5, 0.5), (0.3, 0.8)))
"""The mark of somebody who does not write, in parts of the field."""
_NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """Touches things by the names the screens give them."""

    def __init__(self, screen: Screen) -> None:
        """Stand before this screen."""
        self._screen = screen
        self._at_ms = 0

    def visible(self) -> list[str]:
        """Return the names of what can be touched now, in painting order."""
        items = visible_items(self._screen.window.contentItem())
        return [item.objectName() for item in items if item.objectName() and self._is_in_sight(item)]

    def tap(self, name: str) -> bool:
        """Press and release in the middle of what bears this name; False when nothing of it is in sight."""
        item = self._screen.find(name)
        if item is None or not item.isEnabled() or not self._is_in_sight(item):
            return False
        at = self.middle(item)
        self.press(at)
        self.release(at)
        return True

    def cross(self, name: str) -> bool:
        """Draw a cross into what bears this name; False when nothing of it is in sight."""
        item = self._screen.find(name)
        if item is None or not self._is_in_sight(item):
            return False
        for stroke in CROSS:
            first, *others = (
                item.mapToScene(QPointF(x * item.width(), y * item.height())).toPoint() for x, y in stroke
            )
            self.press(first)
            for at in others:
                self.drag(at)
            self.release(others[-1])
        return True

    def press(self, at: QPoint, pause_ms: int = PAUSE_MS) -> None:
        """Put a finger down at a place of the window, so long after the last touch."""
        self._at_ms += pause_ms
        self._send(QEvent.Type.MouseButtonPress, at, Qt.MouseButton.LeftButton)

    def drag(self, at: QPoint) -> None:
        """Move the finger that is down."""
        self._send(QEvent.Type.MouseMove, at, Qt.MouseButton.LeftButton)

    def release(self, at: QPoint) -> None:
        """Lift the finger."""
        self._send(QEvent.Type.MouseButtonRelease, at, Qt.MouseButton.NoButton)

    def middle(self, item: QQuickItem) -> QPoint:
        """Return the middle of an item in the window."""
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()

    def grab(self, path: Path) -> None:
        """Take a picture of the window."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._screen.grab().save(str(path))

    def _is_in_sight(self, item: QQuickItem) -> bool:
        at = self.middle(item)
        window = self._screen.window
        return 0 <= at.x() < window.width() and 0 <= at.y() < window.height()

    def _send(self, kind: QEvent.Type, at: QPoint, held: Qt.MouseButton) -> None:
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        place = QPointF(at)
        event = QMouseEvent(kind, place, self._screen.window.mapToGlobal(place), button, held, _NONE)
        # A hand moves at the pace of frames, however fast the events are sent: Qt tells drags by their time.
        self._at_ms += FRAME_MS
        event.setTimestamp(self._at_ms)
        QGuiApplication.sendEvent(self._screen.window, event)
