"""The tray's window: at the right edge of the desktop, refreshed twice a second, in Chinese or English."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEvent, QLocale, QObject, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.catalogue import LANGUAGES, load
from kiosk.ui.fonts import load_fonts
from kiosk.ui.icons import IconImages
from kiosk.ui.tray.bench import Bench, TrayPerson
from kiosk.ui.tray.tray_view import TrayView
from kiosk.ui.windows import QML, QmlFault
from kiosk.ui.words import CatalogueTranslator

LOOK_MS = 500
WIDTH_PX = 440
FOLDED_PX = 60
TITLE_BAR_PX = 48
"""Room a desktop needs above a window for its title and edges."""


class Tray(QObject):
    """One tray over one bench; it ends when the bench says that all is over, or when it is closed."""

    def __init__(self, people: Sequence[TrayPerson], bench: Bench, *, is_over_kiosk: bool) -> None:
        """Build the window. `is_over_kiosk` says that the kiosk fills the screen the tray must lie on."""
        app = QGuiApplication.instance() or QGuiApplication([])
        assert isinstance(app, QGuiApplication)
        self._app = app
        super().__init__()
        load_fonts(app)
        self._say = load(system_language())
        self._translator = CatalogueTranslator(self._say)
        app.installTranslator(self._translator)
        self._view = TrayView(people, bench, self._say)
        self._view.languageTouched.connect(self._next_language)
        self._view.foldTouched.connect(self._fold)
        self._place = _place(app, is_over_kiosk=is_over_kiosk)
        self._engine, self._window = self._open(is_over_kiosk=is_over_kiosk)
        self._is_over_kiosk = is_over_kiosk
        self._window.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    @property
    def window(self) -> QQuickWindow:
        """Return the window."""
        return self._window

    @property
    def room(self) -> tuple[int, int]:
        """Return the width and height a kiosk's window may take beside the tray, in pixels."""
        free = self._app.primaryScreen().availableGeometry()
        return free.width() - WIDTH_PX - TITLE_BAR_PX, free.height() - TITLE_BAR_PX

    def show(self) -> None:
        """Show the window and begin to look at the bench."""
        self._view.refresh()
        self._timer.start(LOOK_MS)
        self._window.show()

    def exec(self) -> int:
        """Run until all is over; return the exit code."""
        return self._app.exec()

    def leave(self) -> None:
        """End the tray."""
        self._app.quit()

    def close(self) -> None:
        """Take everything apart: QML dies before the view it draws from."""
        self._timer.stop()
        self._window.removeEventFilter(self)
        self._window.close()
        shiboken6.delete(self._engine)
        shiboken6.delete(self._view)
        QGuiApplication.removeTranslator(self._translator)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Closing the tray by hand puts it away; the kiosk lives on."""
        if event.type() is QEvent.Type.Close:
            self._app.quit()
        return False

    def _look(self) -> None:
        if self._view.refresh().is_over:
            self._app.quit()
        elif self._is_over_kiosk:
            self._window.raise_()  # no window manager keeps this window above the kiosk's

    def _open(self, *, is_over_kiosk: bool) -> tuple[QQmlApplicationEngine, QQuickWindow]:
        engine = QQmlApplicationEngine()
        engine.addImportPath(str(QML))
        engine.addImageProvider("icon", IconImages())
        flags = Qt.WindowType.Window
        if is_over_kiosk:
            # A full-screen window covers even those that stay on top: no window manager may see this one.
            flags |= Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.BypassWindowManagerHint
        engine.setInitialProperties({"tray": self._view, "flags": flags})
        source = Path(__file__).with_name("Tray.qml")
        engine.load(QUrl.fromLocalFile(str(source)))
        roots = engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise QmlFault(str(source))
        window = roots[0]
        window.setGeometry(self._place)
        return engine, window

    def _fold(self) -> None:
        is_folded = self._window.height() < self._place.height()
        self._window.setHeight(self._place.height() if is_folded else FOLDED_PX)

    def _next_language(self) -> None:
        self._say = load(LANGUAGES[(LANGUAGES.index(self._say.language) + 1) % len(LANGUAGES)])
        former, self._translator = self._translator, CatalogueTranslator(self._say)
        QGuiApplication.removeTranslator(former)
        QGuiApplication.installTranslator(self._translator)
        self._engine.retranslate()
        self._view.speak(self._say)


def system_language() -> str:
    """Return the catalogue's language for the people of this machine."""
    return "zh_CN" if QLocale.system().language() is QLocale.Language.Chinese else "en"


def _place(app: QGuiApplication, *, is_over_kiosk: bool) -> QRect:
    """Return where the tray lies: at the right edge, of a second screen when the kiosk fills the first."""
    screens = app.screens()
    free = (screens[1] if is_over_kiosk and len(screens) > 1 else app.primaryScreen()).availableGeometry()
    height = free.height() - TITLE_BAR_PX
    return QRect(free.right() + 1 - WIDTH_PX, free.top() + TITLE_BAR_PX, WIDTH_PX, height)
