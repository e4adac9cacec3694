"""The job board: its filters, its title, and which row is framed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.ports import BoardQuery
from kiosk.domain.ids import JobId
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import day_word
from kiosk.ui.views.board_model import BoardModel
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class BoardView(QObject):
    """What stands on the board."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._model = BoardModel(scene, self)
        self._selected = 0
        self._shown: tuple[BoardQuery, str, date] | None = None

    def refresh(self) -> None:
        """Read the board again when filters, language or day changed; a person's frame stays where it was."""
        if self._scene.visit.step is not Step.BOARD:
            return
        wanted = (self._query, self._scene.say.language, self._scene.today)
        if wanted != self._shown:
            self.reload()

    def reload(self) -> None:
        """Read the board anew, from its first row."""
        self._shown = (self._query, self._scene.say.language, self._scene.today)
        self._selected = 0
        self._model.show(self._query)
        self.changed.emit()

    @property
    def _query(self) -> BoardQuery:
        return self._scene.session.query

    @Property(QObject, notify=changed)
    def jobs(self) -> QObject:
        """The board as a list of cards."""
        return self._model

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many jobs pass the filters."""
        return self._model.rowCount()

    @Property(int, notify=changed)
    def selected(self) -> int:
        """Which row is framed."""
        return self._selected

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the board shows, and how many."""
        say, query = self._scene.say, self._query
        if query.text:
            return say("ui.board.title_text", text=query.text, count=self.count)
        if query.family:
            return say("ui.board.title", what=say(f"ui.family.{query.family.value}"), count=self.count)
        if len(query.trades) == 1 and query.trades[0] in self._scene.trades.by_key:
            what = self._scene.trade_word(self._scene.trades.by_key[query.trades[0]])
            return say("ui.board.title", what=what, count=self.count)
        key = "ui.board.title_same_day" if query.same_day_pay_only else "ui.board.title_all"
        return say(key, count=self.count)

    @Property(bool, notify=changed)
    def isSameDay(self) -> bool:
        """Whether only jobs that pay on the day are shown."""
        return self._query.same_day_pay_only

    @Property(bool, notify=changed)
    def isWithCoach(self) -> bool:
        """Whether only jobs with a coach are shown."""
        return self._query.with_coach_only

    @Property(bool, notify=changed)
    def isNarrowed(self) -> bool:
        """Whether only some kinds of work are shown."""
        return bool(self._query.family or self._query.trades)

    @Property(bool, notify=changed)
    def isSearched(self) -> bool:
        """Whether only jobs that fit what was keyed are shown."""
        return bool(self._query.text)

    @Property(str, notify=changed)
    def day(self) -> str:
        """The day whose work is shown; empty when all days are."""
        day = self._query.starting_on
        return day_word(self._scene.say, day, self._scene.today) if day else ""

    @Slot(int)
    def select(self, row: int) -> None:
        """Frame a row."""
        self._selected = row
        self.changed.emit()

    @Slot(int, int)
    def keepInSight(self, first: int, rows: int) -> None:
        """The list was moved: a frame that went out of sight goes to the first row that is shown."""
        if not first <= self._selected < first + rows:
            self.select(first)

    @Slot()
    def look(self) -> None:
        """Open the framed job."""
        card = self._model.card(self._selected)
        if card:
            self._scene.visit.open_job(JobId(card.job))

    @Slot()
    def toggleSameDay(self) -> None:
        """The chip 当天结."""
        self._narrow(replace(self._query, same_day_pay_only=not self._query.same_day_pay_only))

    @Slot()
    def toggleCoach(self) -> None:
        """The chip 有车."""
        self._narrow(replace(self._query, with_coach_only=not self._query.with_coach_only))

    @Slot()
    def turnDay(self) -> None:
        """The chip of days: all days, today, tomorrow, all days again."""
        today = self._scene.today
        following = {None: today, today: today + timedelta(days=1)}.get(self._query.starting_on)
        self._narrow(replace(self._query, starting_on=following))

    @Slot()
    def openTrades(self) -> None:
        """The chip 工种."""
        self._scene.visit.open_trades()

    @Slot()
    def openPinyin(self) -> None:
        """The chip 拼音找."""
        self._scene.visit.open_pinyin()

    def _narrow(self, query: BoardQuery) -> None:
        self._scene.visit.browse(query)
