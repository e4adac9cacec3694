"""A window under measurement: touches go in, the instants of painted frames come out."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.ui.windows import visible_items

LIMIT_S = 20.0
QUIET_S = 0.06
"""A window that painted nothing for so long has done all that the last touch asked for."""
DRAG_EVERY_MS = 16
DRAG_PX = 12
_LOOK_MS = 20
_NONE = Qt.KeyboardModifier.NoModifier


READING_MS = 1000
"""How much later than the last one each touch claims to be."""


class Glass(QObject):
    """Touches one window and notes when it painted, in monotonic seconds."""

    def __init__(self, window: QQuickWindow) -> None:
        """Watch a window that is shown."""
        super().__init__()
        self._ahead_ms = 0
        self._window = window
        self.frames: list[float] = []
        window.frameSwapped.connect(self._painted)
        # Something must wake the waiting loop even when nothing is painted and no timer of the window runs.
        self._alarm = QTimer(self)
        self._alarm.start(_LOOK_MS)

    @property
    def window(self) -> QQuickWindow:
        """Return the window that is touched."""
        return self._window

    def close(self) -> None:
        """Stop watching."""
        self._alarm.stop()
        self._window.frameSwapped.disconnect(self._painted)

    def wait(self, is_so: Callable[[], bool], what: str, limit_s: float = LIMIT_S) -> None:
        """Let the window work until something is so; RuntimeError when it is not so in time."""
        until = time.monotonic() + limit_s
        while not is_so():
            if time.monotonic() > until:
                raise RuntimeError(f"waited in vain for {what}")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            # Only the program's own loop takes apart what was to be deleted later; here nobody else does.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def settle(self) -> None:
        """Let the window work until it has nothing more to paint."""
        began = time.monotonic()

        def is_quiet() -> bool:
            last = self.frames[-1] if self.frames else began
            return time.monotonic() - max(last, began) > QUIET_S

        self.wait(is_quiet, "the window to come to rest")

    def find(self, name: str) -> QQuickItem:
        """Return the visible item of a name; RuntimeError when there is none."""
        items = visible_items(self._window.contentItem())
        found = next((item for item in items if item.objectName() == name), None)
        if found is None:
            raise RuntimeError(f"nothing is called {name}")
        return found

    def names(self) -> list[str]:
        """Return the names of what lies within the window, in painting order."""
        return [
            item.objectName()
            for item in visible_items(self._window.contentItem())
            if item.objectName() and 0 <= self._middle(item).y() < self._window.height()
        ]

    def tap(self, name: str) -> None:
        """Touch what bears a name in its middle."""
        at = self._middle(self.find(name))
        self._touch(at)

    def tap_to_paint_ms(self, name: str) -> float:
        """Touch what bears a name once the window has come to rest; return how long its next frame took."""
        self.settle()
        at = self._middle(self.find(name))
        return self._painted_ms(lambda: self._touch(at), f"a frame after {name} was touched")

    def act_to_paint_ms(self, act: Callable[[], None], what: str) -> float:
        """Do what a touch would do once the window has come to rest; return how long its next frame took."""
        self.settle()
        return self._painted_ms(act, f"a frame of {what}")

    def _painted_ms(self, act: Callable[[], None], what: str) -> float:
        painted = len(self.frames)
        began = time.monotonic()
        act()
        self.wait(lambda: len(self.frames) > painted, what)
        return (self.frames[painted] - began) * 1000

    def drag(self, top: QPoint, bottom: QPoint, seconds: int) -> list[list[float]]:
        """Drag up and up between two points; return the instants of the frames of each second."""
        at = QPoint(bottom)
        self._send(QEvent.Type.MouseButtonPress, at, Qt.MouseButton.LeftButton)

        def move() -> None:
            nonlocal at
            if at.y() - DRAG_PX < top.y():
                self._send(QEvent.Type.MouseButtonRelease, at, Qt.MouseButton.NoButton)
                at = QPoint(bottom)
                self._send(QEvent.Type.MouseButtonPress, at, Qt.MouseButton.LeftButton)
            at -= QPoint(0, DRAG_PX)
            self._send(QEvent.Type.MouseMove, at, Qt.MouseButton.LeftButton)

        finger = QTimer(self)
        finger.setTimerType(Qt.TimerType.PreciseTimer)
        finger.timeout.connect(move)
        finger.start(DRAG_EVERY_MS)
        bounds = [time.monotonic() + second for second in range(seconds + 1)]
        self.wait(lambda: time.monotonic() >= bounds[-1], "the end of the drag", seconds + LIMIT_S)
        finger.stop()
        self._send(QEvent.Type.MouseButtonRelease, at, Qt.MouseButton.NoButton)
        return [
            [frame for frame in self.frames if begin <= frame < end]
            for begin, end in itertools.pairwise(bounds)
        ]

    def _painted(self) -> None:
        self.frames.append(time.monotonic())

    def _middle(self, item: QQuickItem) -> QPoint:
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()

    def _touch(self, at: QPoint) -> None:
        """Touch as somebody does who reads the page first; a tap at once would count as an echo."""
        self._ahead_ms += READING_MS
        self._send(QEvent.Type.MouseButtonPress, at, Qt.MouseButton.LeftButton)
        self._send(QEvent.Type.MouseButtonRelease, at, Qt.MouseButton.NoButton)

    def _send(self, kind: QEvent.Type, at: QPoint, held: Qt.MouseButton) -> None:
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        place = QPointF(at)
        event = QMouseEvent(kind, place, self._window.mapToGlobal(place), button, held, _NONE)
        event.setTimestamp(int(time.monotonic() * 1000) + self._ahead_ms)
        QGuiApplication.sendEvent(self._window, event)


def worst_gap_ms(frames: list[float]) -> float:
    """Return the longest time between two frames; a second without two frames is one gap."""
    gaps = [after - before for before, after in itertools.pairwise(frames)]
    return max(gaps, default=1.0) * 1000
