"""A kiosk in a hall: no pointer, no key that leads away, no way out but by somebody's PIN."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.screens.admin_desk import SIZES, Desk, open_desk
from tests.screens.tour import settle

KEYS = Qt.KeyboardModifier
LEADS_AWAY = [
    (Qt.Key.Key_F4, KEYS.AltModifier),
    (Qt.Key.Key_Tab, KEYS.AltModifier),
    (Qt.Key.Key_F1, KEYS.ControlModifier | KEYS.AltModifier),
    (Qt.Key.Key_Q, KEYS.ControlModifier),
    (Qt.Key.Key_D, KEYS.MetaModifier),
]


@pytest.fixture
def desk(qapp: QGuiApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """A locked kiosk whose first frame is on the glass, with nobody signed in."""
    assert qapp is not None
    opened = open_desk(tmp_path, is_locked=True)
    qtbot.waitUntil(lambda: QGuiApplication.overrideCursor() is not None, timeout=60_000)
    yield opened
    opened.close()


def swallows(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers)
    return desk.screen.eventFilter(desk.screen.window, event)


def test_the_whole_screen_is_taken_and_the_pointer_is_clear(desk: Desk) -> None:
    assert desk.screen.window.visibility() is QWindow.Visibility.FullScreen
    pointer = QGuiApplication.overrideCursor()
    assert pointer is not None
    image = pointer.pixmap().toImage()
    assert (image.width(), image.height(), image.pixelColor(0, 0).alpha()) == (1, 1, 0)


@pytest.mark.parametrize(("key", "modifiers"), LEADS_AWAY)
def test_no_key_leads_away(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    """Broken by passing on what window systems listen for."""
    assert swallows(desk, key, modifiers)
    QTest.keyClick(desk.screen.window, key, modifiers)
    assert desk.screen.window.isVisible()


def test_the_window_system_cannot_close_it(desk: Desk) -> None:
    """Broken by a window that closes when it is told to."""
    assert not desk.screen.window.close()
    assert desk.screen.window.isVisible()


def test_an_administrator_leaves_the_full_screen_and_it_stands_in_the_log(desk: Desk) -> None:
    desk.screen.window.showNormal()  # fingers need a whole page: a screen that is nowhere is 800 dots wide
    desk.screen.window.resize(*SIZES["portrait"])
    settle()
    desk.enter()
    desk.tap("page.devices", "plate.leave_full_screen", "sheet.go")
    assert QGuiApplication.overrideCursor() is None
    assert not swallows(desk, *LEADS_AWAY[0])
    with desk.hall.store.reading() as records:
        assert records.desk.audit_lines(1)[0].act == "leave_full_screen"
    assert desk.screen.window.close()


def test_whoever_leaves_too_late_ends_nothing_else(desk: Desk) -> None:
    """Broken by a closed screen that ends whatever its thread runs by then."""
    desk.screen.close()
    loop = QEventLoop()
    QTimer.singleShot(0, desk.screen.leave)
    QTimer.singleShot(50, lambda: loop.exit(7))
    assert loop.exec() == 7
