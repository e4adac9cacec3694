"""The sheet that lies over an admin page: the question, its answers, and what was keyed so far."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QPointF, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.ui.desk.hanzi import characters_read
from kiosk.ui.desk.mode import AdminMode
from kiosk.ui.desk.sheets import Keys, Sheet
from kiosk.ui.views.rows import Rows

QML_IMPORT_NAME = "Kiosk.Desk"
QML_IMPORT_MAJOR_VERSION = 1

CANDIDATES = 6
"""Characters offered at a time."""


@dataclass(frozen=True, slots=True)
class ChoiceFace:
    """One answer as a plate, with its tick."""

    key: str
    word: str
    note: str
    picture: str
    family: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CandidateFace:
    """One character a syllable can mean."""

    character: str


@QmlElement
class SheetView(QObject):
    """Whatever sheet the admin mode shows; closed when it shows none."""

    changed = Signal()
    drawn = Signal()
    """The finger moved over the field for the signature."""

    def __init__(self, mode: AdminMode, parent: QObject | None = None) -> None:
        """Show the sheets of this mode."""
        super().__init__(parent)
        self._mode = mode
        self._choices = Rows(ChoiceFace, self)
        self._candidates = Rows(CandidateFace, self)
        self._first = 0
        self._spelled = ""
        self._was_ready = False

    def refresh(self) -> None:
        """Look at the sheet again."""
        sheet = self._mode.sheet
        choices = sheet.choices if sheet else ()
        chosen = sheet.chosen if sheet else []
        self._choices.show(
            [
                ChoiceFace(item.key, item.word, item.note, item.picture, item.family, item.key in chosen)
                for item in choices
            ]
        )
        self._show_candidates(sheet.spelled if sheet else "")
        self.changed.emit()
        self.drawn.emit()

    def _show_candidates(self, spelled: str) -> None:
        if spelled != self._spelled:
            self._spelled, self._first = spelled, 0
        found = characters_read(spelled) if spelled else []
        self._first = min(self._first, max(0, (len(found) - 1) // CANDIDATES * CANDIDATES))
        shown = found[self._first : self._first + CANDIDATES]
        self._candidates.show([CandidateFace(character) for character in shown])

    @property
    def _sheet(self) -> Sheet | None:
        return self._mode.sheet

    @Property(bool, notify=changed)
    def isOpen(self) -> bool:
        """Whether a sheet lies over the page."""
        return self._sheet is not None

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the sheet is about."""
        return self._sheet.title if self._sheet else ""

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """The question, or what will follow."""
        return self._sheet.sentence if self._sheet else ""

    @Property(str, notify=changed)
    def goWord(self) -> str:
        """What the yellow plate says."""
        return self._sheet.go_word if self._sheet else ""

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        """Whether the question is answered."""
        return bool(self._sheet and self._sheet.is_ready)

    @Property(str, notify=changed)
    def typed(self) -> str:
        """What was keyed so far; of a PIN, how much."""
        if self._sheet is None:
            return ""
        return "●" * len(self._sheet.typed) if self._sheet.is_secret else self._sheet.typed

    @Property(str, notify=changed)
    def spelled(self) -> str:
        """The syllable that is being spelled."""
        return self._sheet.spelled if self._sheet else ""

    @Property(str, notify=changed)
    def hint(self) -> str:
        """What the keyed text means, or what is wrong with it."""
        return self._sheet.hint(self._sheet.typed) if self._sheet else ""

    @Property(bool, notify=changed)
    def hasField(self) -> bool:
        """Whether something is to be keyed."""
        return bool(self._sheet and self._sheet.keys not in {Keys.NONE, Keys.STROKES})

    @Property(bool, notify=changed)
    def isSigned(self) -> bool:
        """Whether a name is written here with the finger."""
        return bool(self._sheet and self._sheet.keys is Keys.STROKES)

    @Property(bool, notify=drawn)
    def isTouched(self) -> bool:
        """Whether the finger was on the field."""
        return bool(self._sheet and self._sheet.drawing.strokes)

    @Property("QVariantList", notify=drawn)  # type: ignore[arg-type]  # the stubs know no names of Qt's types
    def strokes(self) -> list[list[QPointF]]:
        """What was drawn, in parts of the field's width and height."""
        strokes = self._sheet.drawing.strokes if self._sheet else []
        return [[QPointF(x, y) for x, y in (*stroke, stroke[-1])] for stroke in strokes]

    @Property(bool, notify=changed)
    def hasDigits(self) -> bool:
        """Whether the number pad is offered."""
        return bool(self._sheet and self._sheet.keys_now in {Keys.DIGITS, Keys.NUMBER})

    @Property(bool, notify=changed)
    def hasX(self) -> bool:
        """Whether the number pad has an X."""
        return bool(self._sheet and self._sheet.keys_now is Keys.NUMBER)

    @Property(bool, notify=changed)
    def hasLetters(self) -> bool:
        """Whether letters are offered."""
        return bool(self._sheet and self._sheet.keys_now in {Keys.LETTERS, Keys.PLATE, Keys.HANZI})

    @Property(bool, notify=changed)
    def isSpelling(self) -> bool:
        """Whether letters spell characters."""
        return bool(self._sheet and self._sheet.keys_now is Keys.HANZI)

    @Property(bool, notify=changed)
    def isPlate(self) -> bool:
        """Whether the signs of number plates are offered."""
        return bool(self._sheet and self._sheet.keys_now is Keys.PLATE)

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many answers there are."""
        return len(self._choices.faces)

    @Property(QObject, notify=changed)
    def choices(self) -> QObject:
        """Rows of ChoiceFace."""
        return self._choices

    @Property(QObject, notify=changed)
    def candidates(self) -> QObject:
        """Rows of CandidateFace, at most six."""
        return self._candidates

    @Property(bool, notify=changed)
    def hasNotes(self) -> bool:
        """Whether answers come with a second line, which wants room."""
        return any(face.note for face in self._choices.faces)

    @Property(bool, notify=changed)
    def hasPictures(self) -> bool:
        """Whether answers are tiles with a figure."""
        return any(face.picture for face in self._choices.faces)

    @Slot(str)
    def choose(self, key: str) -> None:
        """Touch an answer."""
        if self._sheet:
            self._sheet.choose(key)
            self._mode.typed()

    @Slot(str)
    def type(self, sign: str) -> None:
        """Touch a key."""
        if self._sheet:
            self._sheet.type(sign)
            self._mode.typed()

    @Slot(str)
    def take(self, character: str) -> None:
        """Touch a character."""
        if self._sheet:
            self._sheet.take(character)
            self._mode.typed()

    @Slot(float, float)
    def beginStroke(self, x: float, y: float) -> None:
        """The finger came down on the field for the signature."""
        if self._sheet:
            self._sheet.drawing.begin_stroke((x, y))
            self._show_drawn()

    @Slot(float, float)
    def drawOn(self, x: float, y: float) -> None:
        """The finger moved on."""
        if self._sheet:
            self._sheet.drawing.draw((x, y))
            self._show_drawn()

    @Slot()
    def wipe(self) -> None:
        """Begin the signature again."""
        if self._sheet:
            self._sheet.drawing.strokes.clear()
            self._show_drawn()

    def _show_drawn(self) -> None:
        """Show the stroke; the yellow plate looks again as soon as it is enough to be a mark, or is none."""
        is_ready = self._sheet is not None and self._sheet.is_ready
        if is_ready is not self._was_ready:
            self._was_ready = is_ready
            self.changed.emit()
        self.drawn.emit()

    @Slot()
    def erase(self) -> None:
        """Take the last key back."""
        if self._sheet:
            self._sheet.erase()
            self._mode.typed()

    @Slot()
    def clear(self) -> None:
        """Begin the text again."""
        if self._sheet:
            self._sheet.clear()
            self._mode.typed()

    @Slot()
    def moreCharacters(self) -> None:
        """Show the next characters of the syllable, after the last ones the first again."""
        found = len(characters_read(self._spelled))
        self._first = self._first + CANDIDATES if self._first + CANDIDATES < found else 0
        self.refresh()

    @Slot()
    def go(self) -> None:
        """The yellow plate."""
        self._mode.answer()

    @Slot()
    def cancel(self) -> None:
        """Put the sheet away."""
        self._mode.cancel()
