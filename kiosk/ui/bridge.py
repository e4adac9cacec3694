"""The one bridge from other threads to the screen's own thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class Bridge(QObject):
    """Runs what any thread posts on the thread that made the bridge, in the order it was posted."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Belong to the calling thread."""
        super().__init__(parent)
        self._posted.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def post(self, act: Callable[[], None]) -> None:
        """Have `act` run soon on the screen's thread; returns at once and may be called from any thread."""
        self._posted.emit(act)

    def _run(self, act: Callable[[], None]) -> None:
        act()
