"""Tickets, receipts, lists and passes: which may be had, the paper on its way, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.ask_paper import Offer
from kiosk.actions.printing import PrintStage
from kiosk.domain.papers import PaperKind
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import spoken
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

_FIGURES = {
    PaperKind.NUMBER_TICKET: "ui/groups",
    PaperKind.REGISTRATION: "pictograms/card",
    PaperKind.BOARDING: "ui/directions_bus",
    PaperKind.TEAM_LIST: "ui/groups",
}
_ENDS = {PrintStage.PRINTED: "printed", PrintStage.NOT_SENT: "not_sent"}
_END_FIGURES = {
    "printed": "pictograms/takeslip",
    "not_sent": "pictograms/paperout",
    "unknown": "ui/print",
}


@dataclass(frozen=True, slots=True)
class PaperFace:
    """One paper to choose."""

    figure: str
    label: str
    note: str


@QmlElement
class PapersView(QObject):
    """What stands on the pages of the small papers."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._offers = Rows(PaperFace, self)
        self._selected = 0

    def refresh(self) -> None:
        """Show the papers that may be had; forget them on any other step."""
        if self._scene.visit.step is Step.PAPERS:
            self._offers.show([self._face(offer) for offer in self._scene.session.offers])
        else:
            self._offers.show(())
            self._selected = 0
        self.changed.emit()

    def _face(self, offer: Offer) -> PaperFace:
        say = self._scene.say
        key = "ui.papers.again" if offer.is_again else f"ui.papers.{offer.kind.value}_note"
        return PaperFace(_FIGURES[offer.kind], say(f"ui.papers.{offer.kind.value}"), say(key))

    @Property(QObject, notify=changed)
    def offers(self) -> QObject:
        """Rows of PaperFace."""
        return self._offers

    @Property(int, notify=changed)
    def selected(self) -> int:
        """Which paper is chosen."""
        return self._selected

    @Property(str, notify=changed)
    def picture(self) -> str:
        """The address of the very bitmap that goes to the printer; empty when none does."""
        paper = self._scene.session.paper
        if paper is None or self._scene.visit.step is not Step.PAPER_COMING:
            return ""
        return f"image://slip/{paper.number}/{paper.copy_no}"

    @Property(float, notify=changed)
    def fraction(self) -> float:
        """How much of the paper is out, from 0 to 1, as far as the printer has told."""
        news = self._scene.session.paper_news
        return news.fraction if news else 0.0

    @Property(str, notify=changed)
    def endFigure(self) -> str:
        """The figure of what became of it."""
        return _END_FIGURES[self._end]

    @Property(str, notify=changed)
    def endWords(self) -> str:
        """What became of it."""
        return self._scene.say(f"ui.papers.{self._end}")

    @Property(str, notify=changed)
    def endNote(self) -> str:
        """What to do now, or why it did not come."""
        news = self._scene.session.paper_news
        if self._end == "not_sent" and news is not None and news.sentence is not None:
            return spoken(self._scene.say, news.sentence)
        return self._scene.say(f"ui.papers.{self._end}_note")

    @property
    def _end(self) -> str:
        news = self._scene.session.paper_news
        return _ENDS.get(news.stage, "unknown") if news else "unknown"

    @Slot(int)
    def select(self, row: int) -> None:
        """Choose a paper."""
        self._selected = row
        self.changed.emit()

    @Slot()
    def go(self) -> None:
        """The yellow plate: print what is chosen."""
        offers = self._scene.session.offers
        if self._selected < len(offers):
            trades = self._scene.trades.by_key
            self._scene.visit.ask_paper(
                offers[self._selected].number, lambda key: trades[key].zh if key in trades else key
            )
