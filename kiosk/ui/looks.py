"""In which language and text size the screen speaks: the hall's, until somebody chooses another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

from kiosk.catalogue import LANGUAGES, load
from kiosk.ui.fronts import Front
from kiosk.ui.views.visit_view import VisitView
from kiosk.ui.words import CatalogueTranslator


class Look:
    """What somebody may choose of how the screen looks; the next person finds it as the hall has it."""

    def __init__(
        self, front: Front, frame: VisitView, is_large: bool, on_language: Callable[[], None]
    ) -> None:
        """Begin with the language of `front`, and in large text if `is_large`.

        `on_language` is called when another language is spoken.
        """
        self._on_language = on_language
        self._front = front
        self._frame = frame
        self._first_language = front.say.language
        self._is_large_first = is_large
        self._engine: QQmlApplicationEngine | None = None
        self._translator = CatalogueTranslator(front.say)
        QGuiApplication.installTranslator(self._translator)
        frame.set_large(is_large)

    def shown_by(self, engine: QQmlApplicationEngine) -> None:
        """Have this engine say everything again whenever the language changes."""
        self._engine = engine

    @property
    def is_chosen(self) -> bool:
        """Return whether somebody chose another look than the hall's."""
        is_other_size = self._frame.is_large != self._is_large_first
        return is_other_size or self._front.say.language != self._first_language

    def forget(self) -> None:
        """Look as the hall has it."""
        self._frame.set_large(self._is_large_first)
        self._speak(self._first_language)

    def next_language(self) -> None:
        """Speak the next language there is."""
        self._speak(LANGUAGES[(LANGUAGES.index(self._front.say.language) + 1) % len(LANGUAGES)])

    def other_size(self) -> None:
        """Write large, or as usual."""
        self._frame.set_large(not self._frame.is_large)

    def close(self) -> None:
        """Take the translator out of the application."""
        QGuiApplication.removeTranslator(self._translator)

    def _speak(self, language: str) -> None:
        if language == self._front.say.language:
            return
        self._front.say = load(language)
        former, self._translator = self._translator, CatalogueTranslator(self._front.say)
        QGuiApplication.removeTranslator(former)
        QGuiApplication.installTranslator(self._translator)
        if self._engine is not None:
            self._engine.retranslate()
        self._on_language()
