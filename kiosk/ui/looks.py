"""How the screen looks and which language it speaks: as the hall has it, until somebody chooses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

from kiosk.catalogue import LANGUAGES, load
from kiosk.ui.appearances import Appearance
from kiosk.ui.fronts import Front
from kiosk.ui.views.visit_view import VisitView
from kiosk.ui.words import CatalogueTranslator


class Look:
    """What somebody may choose of how the screen looks; the next person finds it as the hall has it."""

    def __init__(
        self,
        front: Front,
        frame: VisitView,
        first: Appearance,
        on_language: Callable[[], None],
        on_change: Callable[[], None],
    ) -> None:
        """Begin with the language of `front`, and look like `first`.

        `on_language` is called when another language is spoken, `on_change` after every key for it.
        """
        self._on_language = on_language
        self._on_change = on_change
        self._front = front
        self._frame = frame
        self._first_language = front.say.language
        self._first = first
        self._engine: QQmlApplicationEngine | None = None
        self._translator = CatalogueTranslator(front.say)
        QGuiApplication.installTranslator(self._translator)
        frame.wear(first)
        frame.languageTouched.connect(self._next_language)
        frame.largeTouched.connect(self._other_size)
        frame.contrastTouched.connect(self._other_contrast)
        frame.lowTouched.connect(self._other_position)

    def shown_by(self, engine: QQmlApplicationEngine) -> None:
        """Have this engine say everything again whenever the language changes."""
        self._engine = engine

    @property
    def is_chosen(self) -> bool:
        """Return whether somebody chose another look than the hall's, or is about to."""
        is_other = self._frame.appearance != self._first or self._frame.is_choosing_look
        return is_other or self._front.say.language != self._first_language

    def forget(self) -> None:
        """Look as the hall has it."""
        self._frame.wear(self._first)
        self._frame.is_choosing_look = False
        self._speak(self._first_language)

    def close(self) -> None:
        """Take the translator out of the application."""
        QGuiApplication.removeTranslator(self._translator)

    def _next_language(self) -> None:
        self._speak(LANGUAGES[(LANGUAGES.index(self._front.say.language) + 1) % len(LANGUAGES)])
        self._on_change()

    def _other_size(self) -> None:
        self._wear(is_large=not self._frame.appearance.is_large)

    def _other_contrast(self) -> None:
        self._wear(is_high_contrast=not self._frame.appearance.is_high_contrast)

    def _other_position(self) -> None:
        self._wear(is_low=not self._frame.appearance.is_low)

    def _wear(self, **chosen: bool) -> None:
        self._frame.wear(replace(self._frame.appearance, **chosen))
        self._on_change()

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
