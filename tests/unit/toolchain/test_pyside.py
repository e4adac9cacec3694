"""The pinned PySide6 counts its references: 6.12.0 loses one at each call and aborts after some minutes."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Bell(QObject):
    """The smallest thing that can be rung."""

    rung = Signal(bool)


def test_a_qt_call_without_a_result_keeps_the_references_of_none() -> None:
    bell = Bell()
    before = sys.getrefcount(None)
    for _ in range(200):
        bell.setObjectName("bell")
    assert sys.getrefcount(None) > before - 100


def test_a_signal_keeps_the_references_of_true() -> None:
    bell = Bell()
    before = sys.getrefcount(True)  # noqa: FBT003 - the object itself is what is counted
    for _ in range(200):
        bell.rung.emit(True)  # noqa: FBT003 - as above
    assert sys.getrefcount(True) > before - 100  # noqa: FBT003 - as above
