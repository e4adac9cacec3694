"""The job board: its filters, its title, and which row is framed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.recognise import Recognition
from kiosk.domain.ids import JobId
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import day_word
from kiosk.ui.views.board_model import BoardModel
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

ORDERS = ("fit", "pay", "start", "full")
"""In this order a touch leads from one to the next; the last shows what is full, where anything is."""


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
        self._shown: tuple[BoardQuery, str, date, Recognition | None] | None = None

    def refresh(self) -> None:
        """Read the board again when filters, language, day or person changed; a frame stays where it was."""
        if self._model.is_ranked and self._ranked_for is None:
            self._model.forget()
            self._shown = None
        if self._scene.visit.step is Step.BOARD and self._wanted != self._shown:
            self.reload()

    def reload(self) -> None:
        """Read the board anew, from its first row."""
        self._shown = self._wanted
        self._selected = 0
        self._model.show(self._query, self._ranked_for)
        self.changed.emit()

    @property
    def _wanted(self) -> tuple[BoardQuery, str, date, Recognition | None]:
        return (self._query, self._scene.say.language, self._scene.today, self._ranked_for)

    @property
    def _person(self) -> Recognition | None:
        """Return who is checked in; whoever only looks has no order of his own."""
        session = self._scene.session
        return session.recognition if session.arrival is not None else None

    @property
    def _ranked_for(self) -> Recognition | None:
        return self._person if self._query.order == "fit" and not self._query.is_full else None

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

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # QML knows a list by its Qt name
    def reasons(self) -> list[str]:
        """Why the framed job stands where it stands."""
        card = self._model.card(self._selected)
        return card.reasons if card else []

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # QML knows a list by its Qt name
    def reasonIcons(self) -> list[str]:
        """The drawings of those reasons."""
        card = self._model.card(self._selected)
        return card.reason_icons if card else []

    @Property(str, notify=changed)
    def title(self) -> str:
        """What the board shows, and how many."""
        say, query = self._scene.say, self._query
        if query.is_full:
            return say("finding.board.title_full", count=self.count)
        if query.text:
            return say("ui.board.title_text", text=query.text, count=self.count)
        narrowed_to = self._narrowed_to()
        if narrowed_to:
            return say("ui.board.title", what=narrowed_to, count=self.count)
        if self._ranked_for is not None:
            return say("finding.board.title_fit", count=self.count)
        key = "ui.board.title_same_day" if query.same_day_pay_only else "ui.board.title_all"
        return say(key, count=self.count)

    def _narrowed_to(self) -> str:
        """Return the family, the one trade or the stop whose work is shown; nothing where it is all."""
        query, known = self._query, self._scene.trades.by_key
        if query.family:
            return self._scene.say(f"ui.family.{query.family.value}")
        if len(query.trades) == 1 and query.trades[0] in known:
            return self._scene.trade_word(known[query.trades[0]])
        return query.stop.town if query.stop else ""

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
        return bool(self._query.family or self._query.trades or self._query.text)

    @Property(bool, notify=changed)
    def isRanked(self) -> bool:
        """Whether what fits comes first, each with its reasons."""
        return self._ranked_for is not None

    @Property(bool, notify=changed)
    def isFull(self) -> bool:
        """Whether jobs are shown of which every place is taken, each with what would change that."""
        return self._query.is_full

    @Property(str, notify=changed)
    def order(self) -> str:
        """What the key of orders stands at: fit, pay or start, or full."""
        return self._order

    @Property(str, notify=changed)
    def orderLabel(self) -> str:
        """The same in words."""
        return self._scene.say(f"finding.order.{self._order}")

    @property
    def _order(self) -> str:
        if self._query.is_full:
            return "full"
        return "pay" if self._query.order == "fit" and self._ranked_for is None else self._query.order

    @Property(bool, notify=changed)
    def isAtStop(self) -> bool:
        """Whether only the work of one stop is shown; the title names it."""
        return self._query.stop is not None

    @Property(str, notify=changed)
    def day(self) -> str:
        """The day whose work is shown; empty when all days are."""
        day, say = self._query.starting_on, self._scene.say
        if day is None:
            return ""
        if (day - self._scene.today).days <= 1:
            return day_word(say, day, self._scene.today)
        return say("finding.day.short", day=day.day)

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
    def openDays(self) -> None:
        """The chip 哪天."""
        self._scene.visit.open_days()

    @Slot()
    def openLine(self) -> None:
        """The chip 路线."""
        self._scene.visit.open_line()

    @Slot()
    def turnOrder(self) -> None:
        """The chip of orders: what fits, the best paid, the soonest, what is full, and what fits again."""
        can = {"fit": self._person is not None, "full": self._query.is_full or self._has_full()}
        orders = [order for order in ORDERS if can.get(order, True)]
        follows = orders[(orders.index(self._order) + 1) % len(orders)]
        is_full = follows == "full"
        self._narrow(replace(self._query, order="start" if is_full else follows, is_full=is_full))

    @Slot()
    def openTrades(self) -> None:
        """The chip 工种."""
        self._scene.visit.open_trades()

    def _has_full(self) -> bool:
        hall = self._scene.hall
        with hall.store.reading() as records:
            return records.board.count(replace(self._query, is_full=True), hall.now()) > 0

    def _narrow(self, query: BoardQuery) -> None:
        self._scene.visit.browse(query)
