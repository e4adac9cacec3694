"""Finding work by the first letters of its syllables, for people who can spell but not type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.board_ports import BoardQuery
from kiosk.domain.trades import Trade
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import figure, is_chinese
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

HITS = 4
LONGEST = 5


@dataclass(frozen=True, slots=True)
class HitFace:
    """A trade whose name, or one of whose spoken names, begins like what was keyed."""

    trade: str
    family: str
    figure: str
    label: str
    note: str
    chosen: bool


@QmlElement
class PinyinView(QObject):
    """The letters so far, and what they find."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._hits = Rows(HitFace, self)
        self._typed = ""
        self._chosen = ""
        self._count = 0
        self._spellings: Mapping[str, tuple[str, ...]] = {}

    def refresh(self) -> None:
        """Begin with nothing keyed."""
        if self._scene.visit.step is not Step.PINYIN:
            self._typed, self._chosen = "", ""
            self._hits.show(())
            return
        self._search()

    def _search(self) -> None:
        hall = self._scene.hall
        trades = self._matching()
        if self._chosen not in {trade.key for trade in trades}:
            self._chosen = ""
        with hall.store.reading() as records:
            faces = tuple(
                HitFace(
                    trade.key,
                    trade.family.value,
                    figure(trade.pictogram),
                    self._scene.trade_word(trade),
                    self._scene.say(
                        "ui.pinyin.jobs",
                        count=records.board.count(BoardQuery(trades=(trade.key,)), hall.now()),
                    ),
                    trade.key == self._chosen,
                )
                for trade in trades
            )
            self._count = records.board.count(self._wanted, hall.now()) if self._typed else 0
        self._hits.show(faces)
        self.changed.emit()

    @property
    def _wanted(self) -> BoardQuery:
        return BoardQuery(trades=(self._chosen,)) if self._chosen else BoardQuery(text=self._typed)

    def _matching(self) -> list[Trade]:
        if not self._typed:
            return []
        known = self._known()
        return [
            trade
            for trade in self._scene.trades.by_key.values()
            if any(spelling.startswith(self._typed) for spelling in known[trade.key])
        ][:HITS]

    def _known(self) -> Mapping[str, tuple[str, ...]]:
        if not self._spellings:
            from kiosk.ui.spelling import initials

            self._spellings = {
                trade.key: (*(initials(word) for word in (trade.zh, *trade.aliases)), trade.en.upper())
                for trade in self._scene.trades.by_key.values()
            }
        return self._spellings

    @Property(QObject, notify=changed)
    def hits(self) -> QObject:
        """Rows of HitFace, at most four."""
        return self._hits

    @Property(str, notify=changed)
    def typed(self) -> str:
        """The letters so far."""
        return self._typed

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        """Whether there is work to see."""
        return self._count > 0

    @Property(bool, notify=changed)
    def isInitials(self) -> bool:
        """Whether letters stand for syllables, as in Chinese."""
        return is_chinese(self._scene.say)

    @Property(str, notify=changed)
    def goLabel(self) -> str:
        """What the yellow plate says."""
        return self._scene.say("ui.trades.see", count=self._count)

    @Slot(str)
    def press(self, letter: str) -> None:
        """A letter key."""
        if len(self._typed) < LONGEST:
            self._typed += letter
            self._search()

    @Slot()
    def erase(self) -> None:
        """Take the last letter back."""
        self._typed = self._typed[:-1]
        self._search()

    @Slot()
    def clear(self) -> None:
        """Begin again."""
        self._typed = ""
        self._search()

    @Slot(str)
    def choose(self, trade: str) -> None:
        """Frame one of the trades found, or none again."""
        self._chosen = "" if trade == self._chosen else trade
        self._search()

    @Slot()
    def see(self) -> None:
        """The yellow plate."""
        self._scene.visit.browse(self._wanted)
