"""What the tray's window shows, and what its plates do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QUrl, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue import Catalogue
from kiosk.ui.tray.bench import Bench, BenchState, BureauState, TrayPerson
from kiosk.ui.views.rows import Rows

QML_IMPORT_NAME = "Kiosk.Tray"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class PersonFace:
    """One card in the tray."""

    key: str
    label: str
    age: str
    story: str
    is_chosen: bool


@QmlElement
class TrayView(QObject):
    """The people, the devices and the last paper; looks at the bench whenever it is told to."""

    changed = Signal()
    languageTouched = Signal()
    foldTouched = Signal()

    def __init__(self, people: Sequence[TrayPerson], bench: Bench, say: Catalogue) -> None:
        """Show these people; the first is chosen."""
        super().__init__()
        self._everyone = tuple(people)
        self._bench = bench
        self._say = say
        self._chosen = self._everyone[0].key
        self._state = BenchState()
        self._people = Rows(PersonFace, self)
        self._show_people()

    def speak(self, say: Catalogue) -> None:
        """Show everything in another language."""
        self._say = say
        self._show_people()
        self.changed.emit()

    def refresh(self) -> BenchState:
        """Look at the bench, and tell the window when something is different."""
        state = self._bench.look()
        if state != self._state:
            self._state = state
            self.changed.emit()
        return state

    @Property(QObject, notify=changed)
    def people(self) -> QObject:
        """Rows of PersonFace."""
        return self._people

    @Property(bool, notify=changed)
    def hasReader(self) -> bool:
        """Whether the reader is the demo's own."""
        return self._state.is_card_laid is not None

    @Property(bool, notify=changed)
    def hasPrinter(self) -> bool:
        """Whether the printer is the demo's own."""
        return self._state.is_paper_out is not None

    @Property(bool, notify=changed)
    def isCardLaid(self) -> bool:
        """Whether a card lies on the reader."""
        return bool(self._state.is_card_laid)

    @Property(bool, notify=changed)
    def isPaperOut(self) -> bool:
        """Whether the roll is out."""
        return bool(self._state.is_paper_out)

    @Property(bool, notify=changed)
    def isPrinterSilent(self) -> bool:
        """Whether the printer swallows its answers."""
        return bool(self._state.is_printer_silent)

    @Property(bool, notify=changed)
    def isBureauAway(self) -> bool:
        """Whether the bureau is away or on its way out."""
        return self._is_bureau_away

    @Property(str, notify=changed)
    def bureauWord(self) -> str:
        """Say what a touch on the bureau's plate does, or what is happening to it."""
        return self._say(f"tray.bureau.{self._state.bureau.value}")

    @Property(QUrl, notify=changed)
    def paper(self) -> QUrl:
        """The picture of the last slip; its count is the fragment, as a new slip may bear an old name."""
        if self._state.paper is None:
            return QUrl()
        address = QUrl.fromLocalFile(str(self._state.paper))
        address.setFragment(str(self._state.papers))
        return address

    @Property(str, notify=changed)
    def paperCount(self) -> str:
        """How many slips came out."""
        return self._say("tray.papers", count=self._state.papers) if self._state.papers else ""

    @Slot(str)
    def choose(self, key: str) -> None:
        """Take this person's card in the hand; a card that lies on the reader is exchanged."""
        self._chosen = key
        self._show_people()
        if self._state.is_card_laid:
            self._act(lambda: self._bench.lay(key))

    @Slot()
    def toggleCard(self) -> None:
        """Lay the chosen card down, or take away the one that lies there."""
        self._act(self._bench.lift if self._state.is_card_laid else lambda: self._bench.lay(self._chosen))

    @Slot()
    def togglePaper(self) -> None:
        """Take the roll out, or put a new one in."""
        self._act(lambda: self._bench.set_paper_out(not self._state.is_paper_out))

    @Slot()
    def toggleSilence(self) -> None:
        """Silence the printer, or let it speak again."""
        self._act(lambda: self._bench.set_printer_silent(not self._state.is_printer_silent))

    @Slot()
    def toggleBureau(self) -> None:
        """Send the bureau away, or have it back."""
        self._act(lambda: self._bench.set_bureau_away(not self._is_bureau_away))

    @Slot()
    def touchLanguage(self) -> None:
        """The language plate was touched."""
        self.languageTouched.emit()

    @Slot()
    def touchFold(self) -> None:
        """The sign was touched, to fold the tray or unfold it."""
        self.foldTouched.emit()

    @property
    def _is_bureau_away(self) -> bool:
        return self._state.bureau in {BureauState.LEAVING, BureauState.AWAY}

    def _act(self, act: Callable[[], None]) -> None:
        act()
        self.refresh()

    def _show_people(self) -> None:
        self._people.show(
            [
                PersonFace(
                    key=person.key,
                    label=person.name,
                    age="" if person.age is None else self._say("tray.age", years=person.age),
                    story=self._say(person.told.key, **person.told.args),
                    is_chosen=person.key == self._chosen,
                )
                for person in self._everyone
            ]
        )
