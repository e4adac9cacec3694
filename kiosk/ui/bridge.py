"""The one bridge from other threads to the screen's own thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject


class Bridge(QObject):
    """Runs what any thread posts on the thread that made the bridge, in the order it was posted."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Belong to the calling thread."""
        super().__init__(parent)
        self._posted: deque[Callable[[], None]] = deque()

    def post(self, act: Callable[[], None]) -> None:
        """Have `act` run soon on the screen's thread; returns at once and may be called from any thread."""
        self._posted.append(act)
        # A queued signal would do, but naming its kind loads every flag of Qt before the first frame.
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))

    def customEvent(self, event: QEvent) -> None:
        """Run the act that stands first: each comes with one event."""
        self._posted.popleft()()
