"""Choosing trades by picture: up to three, to filter the board or to say what one is good at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.board_ports import BoardQuery
from kiosk.domain.families import Family
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import figure
from kiosk.ui.sessions import MAX_WISHED_TRADES
from kiosk.ui.views.home_view import FamilyFace, family_faces
from kiosk.ui.views.narrowing import tiles_of
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class TradeFace:
    """One trade as a tile; an empty trade is the tile that shows the rest of the family."""

    trade: str
    family: str
    figure: str
    label: str
    count: str
    chosen: bool


@QmlElement
class TradesView(QObject):
    """Six families, and the trades of the open one."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._families = Rows(FamilyFace, self)
        self._trades = Rows(TradeFace, self)
        self._open = Family.FARM
        self._page = 0
        self._chosen: tuple[str, ...] = ()
        self._count = 0
        self._step: Step | None = None

    def refresh(self) -> None:
        """Show the open family; coming to the step, start with what the filters or nobody has chosen."""
        step = self._scene.visit.step
        arrives = step is not self._step
        self._step = step
        if step not in {Step.TRADES, Step.ASK_TRADES, Step.OWN_TRADES}:
            self._chosen = ()
            self._trades.show(())
            return
        if arrives:
            query = self._scene.session.query if step is Step.TRADES else BoardQuery()
            self._chosen, self._open, self._page = query.trades, query.family or Family.FARM, 0
            own = self._scene.session.own
            if step is Step.OWN_TRADES and own is not None:
                self._chosen = own.answers.trades
        self._show()

    @property
    def _is_filter(self) -> bool:
        return self._scene.visit.step is Step.TRADES

    @property
    def _wanted(self) -> BoardQuery:
        query = self._scene.session.query
        return replace(query, trades=self._chosen, family=None if self._chosen else self._open, text="")

    def _show(self) -> None:
        hall = self._scene.hall
        with hall.store.reading() as records:
            families = tuple(records.board.families(hall.now()))
            counts = dict(records.board.trades(self._open, hall.now()))
            self._count = records.board.count(self._wanted, hall.now()) if self._is_filter else 0
        self._families.show(family_faces(self._scene.say, families))
        self._trades.show(self._tiles(counts))
        self.changed.emit()

    def _tiles(self, counts: dict[str, int]) -> tuple[TradeFace, ...]:
        trades = self._scene.trades.of_family(self._open)
        faces = [
            TradeFace(
                trade.key,
                trade.family.value,
                figure(trade.pictogram),
                self._scene.trade_word(trade),
                str(counts.get(trade.key, 0)),
                trade.key in self._chosen,
            )
            for trade in trades
        ]
        shown, has_more = tiles_of(faces, self._page)
        if not has_more:
            return tuple(shown)
        more = TradeFace("", self._open.value, "ui/more", self._scene.say("ui.trades.more"), "", chosen=False)
        return (*shown, more)

    @Property(QObject, notify=changed)
    def families(self) -> QObject:
        """Rows of FamilyFace."""
        return self._families

    @Property(QObject, notify=changed)
    def trades(self) -> QObject:
        """Rows of TradeFace."""
        return self._trades

    @Property(str, notify=changed)
    def openFamily(self) -> str:
        """The family whose trades are shown."""
        return self._open.value

    @Property(str, notify=changed)
    def goLabel(self) -> str:
        """What the yellow plate says."""
        if self._is_filter:
            return self._scene.say("ui.trades.see", count=self._count)
        return self._scene.say("ui.trades.done")

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        """Whether the yellow plate can be touched."""
        return self._count > 0 if self._is_filter else bool(self._chosen)

    @Property(bool, notify=changed)
    def isFilter(self) -> bool:
        """Whether trades are chosen for the board, which letters can do too."""
        return self._is_filter

    @Slot()
    def openPinyin(self) -> None:
        """The white plate with letters."""
        self._scene.visit.open_pinyin()

    @Slot(str)
    def open(self, family: str) -> None:
        """Open a family."""
        self._open, self._page = Family(family), 0
        self._show()

    @Slot(str)
    def toggle(self, trade: str) -> None:
        """Choose or unchoose a trade; the fourth replaces the first. The empty trade turns the page."""
        if not trade:
            self._page += 1
        elif trade in self._chosen:
            self._chosen = tuple(key for key in self._chosen if key != trade)
        else:
            self._chosen = (*self._chosen, trade)[-MAX_WISHED_TRADES:]
        self._show()

    @Slot()
    def done(self) -> None:
        """The yellow plate."""
        if self._is_filter:
            self._scene.visit.browse(self._wanted)
        else:
            self._scene.visit.answer_trades(self._chosen)

    @Slot()
    def anything(self) -> None:
        """The white plate 都行."""
        if self._is_filter:
            self._scene.visit.browse(replace(self._wanted, trades=(), family=None))
        else:
            self._scene.visit.answer_trades(())
