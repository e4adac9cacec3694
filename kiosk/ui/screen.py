"""The screen: one window over one visit, and everything Qt that belongs to it, built and closed in order."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QKeyEvent, QPointerEvent
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow, QSGRendererInterface

from kiosk.actions.device_health import DeviceHealth
from kiosk.actions.faults import WorldFault
from kiosk.actions.hall import Hall
from kiosk.actions.printing import PrintNews, SlipPrinting
from kiosk.catalogue import LANGUAGES, load
from kiosk.codes import load_trades
from kiosk.ui.bridge import Bridge
from kiosk.ui.fonts import load_fonts
from kiosk.ui.icons import IconImages
from kiosk.ui.journeys import Step
from kiosk.ui.slip_images import Render, SlipImages
from kiosk.ui.trembling import TremblingFinger
from kiosk.ui.views.admin.desk_screen import DeskScreen
from kiosk.ui.views.scene import Scene
from kiosk.ui.views.views import Views
from kiosk.ui.visit import Visit
from kiosk.ui.words import CatalogueTranslator

QML = Path(__file__).parent / "qml"
TICK_MS = 1000
STEADY_MM = 6
"""A finger may wander so far before it counts as moving a list: old hands tremble."""
HOME_PATIENCE_S = 60
"""So long the home screen stays in the language and text size somebody chose without going on."""
USUAL_WIDTHS_MM = {(1080, 1920): 268.0, (1920, 1080): 476.0, (1366, 768): 344.0}
"""Glass of the panels halls buy: 21.5 inch upright and lying, 15.6 inch."""
_PRESSES = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin}
_RELEASES = {QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd}
_TOUCHES = _PRESSES | {QEvent.Type.KeyPress}
_LOCKED = (
    Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
)


class QmlFault(Exception):
    """The screen's own files do not load; the program is damaged."""


class Screen(QObject):
    """Shows one visit in one window.

    `step_changed` is called with each new step, `admin_requested` when the hidden corner was touched; both
    are set by whoever owns the screen. All methods belong to the thread that made it; other threads go
    through `bridge`.
    """

    def __init__(
        self,
        hall: Hall,
        printing: SlipPrinting,
        render: Render,
        *,
        size: tuple[int, int] | None,
        full_screen: bool,
        screen_width_mm: float | None,
        language: str = LANGUAGES[0],
        is_large: bool = False,
    ) -> None:
        """Build the window; `show` shows it. `size` in pixels; None takes the size of the machine's screen.

        `screen_width_mm` is the width of the glass; None takes the usual one for the resolution. `render` is
        what draws slips for the printer. Every visit begins in `language` and in large text if `is_large`.
        """
        if not os.environ.get("QT_QUICK_BACKEND"):
            # Without a driver, GL drawn by the processor costs five times what the software renderer does.
            QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)
        app = QGuiApplication.instance() or QGuiApplication([])
        assert isinstance(app, QGuiApplication)
        self._app = app
        super().__init__()
        load_fonts(self._app)
        self.step_changed: Callable[[Step], None] = lambda step: None
        self.admin_requested: Callable[[], None] = lambda: None
        self._told_of_change: Callable[[], None] = lambda: None
        self._desk: DeskScreen | None = None
        self.bridge = Bridge(self)
        self.visit = Visit(hall, printing, self._changed, self._second)
        self._hall = hall
        self._is_closed = False
        self._is_locked = full_screen
        self._first_language = language
        self._is_large_first = is_large
        self._shown_step = self.visit.step
        self._touched_s = hall.clock.monotonic()
        self._finger = TremblingFinger()
        self._scene = Scene(self.visit, hall, printing, load_trades(), load(language))
        self._views = Views(self._scene)
        self._views.frame.set_large(is_large)
        self._translator = CatalogueTranslator(self._scene.say)
        self._app.installTranslator(self._translator)
        self._engine, self._window = self._open(render, size, screen_width_mm)
        self._views.frame.languageTouched.connect(self._next_language)
        self._views.frame.largeTouched.connect(self._other_size)
        self._views.frame.adminRequested.connect(self._ask_for_admin)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)

    @property
    def window(self) -> QQuickWindow:
        """Return the window."""
        return self._window

    def exec(self) -> int:
        """Run until the program is told to quit; return its exit code."""
        return self._app.exec()

    def show(self) -> None:
        """Show the window and begin to count seconds."""
        self._timer.start(TICK_MS)
        if self._is_locked:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
            self._window.showFullScreen()
        else:
            self._window.show()

    def open_desk(self, health: DeviceHealth) -> None:
        """Give this screen its admin mode behind the hidden corner; without it the corner does nothing."""
        self._desk = DeskScreen(self._scene, self._views.frame, health, self._leave_full_screen)
        self._window.setProperty("desk", self._desk.view)

    def on_changed_here(self, tell: Callable[[], None]) -> None:
        """Have `tell` called whenever a visit has come to another step, so that sync can hurry."""
        self._told_of_change = tell

    def on_frame(self, tell: Callable[[], None]) -> None:
        """Have `tell` called for every frame that reached the glass, and one drawn every second at least."""
        self._window.frameSwapped.connect(tell)
        self._timer.timeout.connect(self._window.update)

    def leave(self) -> None:
        """End the program, as the desk may."""
        self._app.exit()  # quit would first ask the window to close, and a locked one refuses

    def look_again(self) -> None:
        """What is kept has changed behind the screen, as after a sync: show it where nobody is reading."""
        if self.visit.step is Step.HOME:
            self._refresh()

    def hear_printer(self, news: PrintNews) -> None:
        """The printer said something about a slip."""
        if not self._is_closed:
            self.visit.hear_printer(news)
            if self._desk is not None:
                self._desk.hear_printer(news)

    def set_reader_working(self, is_working: bool) -> None:
        """The card reader was lost, or is there again."""
        self._views.front.set_reader_working(is_working)
        self._refresh()

    def grab(self) -> QImage:
        """Return what the window shows now."""
        return self._window.grabWindow()

    def find(self, object_name: str) -> QQuickItem | None:
        """Return the visible item of this name, or None."""
        items = visible_items(self._window.contentItem())
        return next((item for item in items if item.objectName() == object_name), None)

    def close(self) -> None:
        """Close the window and take everything apart: QML dies before the views it draws from."""
        if self._is_closed:
            return
        self._is_closed = True
        self._timer.stop()
        self._window.removeEventFilter(self)
        self._window.close()
        shiboken6.delete(self._engine)
        if self._desk is not None:
            shiboken6.delete(self._desk)
        shiboken6.delete(self._views)
        QGuiApplication.removeTranslator(self._translator)
        if self._is_locked:
            QGuiApplication.restoreOverrideCursor()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count every touch as a sign of life; on a full screen let nobody close the window or leave it."""
        kind = event.type()
        if kind in _TOUCHES:
            self._touched_s = self._hall.clock.monotonic()
            self.visit.touched()
            if self._desk is not None:
                self._desk.touched(self._touched_s)
        if isinstance(event, QPointerEvent):
            if kind in _RELEASES:
                self._finger.release(event.timestamp())
            if kind in _PRESSES and self._finger.is_second(event.timestamp(), self.visit.step):
                return True
        if not self._is_locked:
            return False
        if kind is QEvent.Type.Close:
            event.ignore()
            return True
        return isinstance(event, QKeyEvent) and bool(event.modifiers() & _LOCKED)

    def _open(
        self, render: Render, size: tuple[int, int] | None, screen_width_mm: float | None
    ) -> tuple[QQmlApplicationEngine, QQuickWindow]:
        whole = self._app.primaryScreen().size()
        width, height = size or (whole.width(), whole.height())
        glass_mm = screen_width_mm or usual_width_mm(width, height)
        self._app.styleHints().setStartDragDistance(round(STEADY_MM * width / glass_mm))
        engine = QQmlApplicationEngine()
        engine.addImportPath(str(QML))
        engine.addImageProvider("icon", IconImages())
        engine.addImageProvider("slip", SlipImages(self._hall.store, render))
        self._views.refresh()
        engine.setInitialProperties(
            {
                "views": self._views,
                "width": width,
                "height": height,
            }
        )
        engine.load(QUrl.fromLocalFile(str(QML / "Main.qml")))
        roots = engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise QmlFault(str(QML / "Main.qml"))
        window = roots[0]
        window.installEventFilter(self)
        return engine, window

    def _changed(self) -> None:
        step, before = self.visit.step, self._shown_step
        self._shown_step = step
        if step is Step.HOME and before is not Step.HOME:
            self._forget_choices()
        self._refresh()
        if step is not before:
            if self._desk is not None:
                self._desk.step_changed(step)
            self.step_changed(step)
            self._told_of_change()

    def _ask_for_admin(self) -> None:
        self.admin_requested()

    def _second(self) -> None:
        self._views.frame.ticked.emit()

    def _refresh(self) -> None:
        """Let the views look; a store that cannot be read becomes a page that says so."""
        try:
            self._views.refresh()
        except WorldFault as fault:
            self.visit.trouble(fault.sentence)

    def tick(self) -> None:
        """Count time; called once a second."""
        now_s = self._hall.clock.monotonic()
        self.visit.tick(now_s)
        if self._desk is not None:
            self._desk.tick(now_s)
            if self._desk.is_open:
                return
        if self.visit.step is Step.HOME:
            if self._has_choices and now_s - self._touched_s > HOME_PATIENCE_S:
                self._forget_choices()
                self._refresh()
            self._views.frame.ticked.emit()

    @property
    def _has_choices(self) -> bool:
        is_other_size = self._views.frame.is_large != self._is_large_first
        return is_other_size or self._scene.say.language != self._first_language

    def _forget_choices(self) -> None:
        self._views.frame.set_large(self._is_large_first)
        self._speak(self._first_language)

    def _next_language(self) -> None:
        self._speak(LANGUAGES[(LANGUAGES.index(self._scene.say.language) + 1) % len(LANGUAGES)])
        self._refresh()

    def _other_size(self) -> None:
        self._views.frame.set_large(not self._views.frame.is_large)
        self._refresh()

    def _speak(self, language: str) -> None:
        if language == self._scene.say.language:
            return
        self._scene.say = load(language)
        former, self._translator = self._translator, CatalogueTranslator(self._scene.say)
        QGuiApplication.removeTranslator(former)
        QGuiApplication.installTranslator(self._translator)
        self._engine.retranslate()
        if self._desk is not None:
            self._desk.speak(self._scene.say)

    def _leave_full_screen(self) -> None:
        """Show an ordinary window that can be closed, because an administrator works on the machine."""
        if self._is_locked:
            self._is_locked = False
            QGuiApplication.restoreOverrideCursor()
            self._window.showNormal()


def usual_width_mm(width: int, height: int) -> float:
    """Return how wide the glass of a resolution usually is; for unknown ones a quarter millimetre a pixel."""
    return USUAL_WIDTHS_MM.get((width, height), width / 4)


def visible_items(root: QQuickItem) -> list[QQuickItem]:
    """Return an item and all that is visible below it, delegates included, in painting order."""
    if not root.isVisible():
        return []
    return [root, *(below for child in root.childItems() for below in visible_items(child))]
