"""Were you paid? The place it is about, as it was promised, and the answer that is touched."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.identity import mask_name
from kiosk.domain.ids import PlacementId
from kiosk.domain.paydays import PayAnswer, PayQuestion
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import figure, is_chinese, past_day, unit_word, yuan_figure
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

ANY_WORK = "ui/payments"
"""The figure of a place of whose work nothing is known any more but its name."""


@dataclass(frozen=True, slots=True)
class PaidWorkFace:
    """The work a question is about; nothing is said of pay where the promise is no longer known."""

    family: str
    figure: str
    title: str
    note: str
    pay: str
    unit: str


@QmlElement
class PayView(QObject):
    """What stands on the page of the pay question."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._work = Rows(PaidWorkFace, self)
        self._asked: PlacementId | None = None
        self._chosen = ""
        self._title = ""

    def refresh(self) -> None:
        """Show the place that is asked about; nothing is chosen for the next one, nor kept of the last."""
        due = self._scene.session.pay_due if self._scene.visit.step is Step.ASK_PAY else ()
        asked = due[0].placement if due else None
        if asked != self._asked:
            self._asked, self._chosen = asked, ""
        met = self._scene.session.recognition
        name = mask_name(met.card.display_name) if due and met else ""
        self._title = self._scene.say("own.pay.title", name=name) if name else ""
        self._work.show([_face(self._scene, item) for item in due[:1]])
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        """Whom the question is for, by masked name."""
        return self._title

    @Property(QObject, notify=changed)
    def work(self) -> QObject:
        """Rows of PaidWorkFace: none or one."""
        return self._work

    @Property(str, notify=changed)
    def chosen(self) -> str:
        """The answer that was touched; none before a touch."""
        return self._chosen

    @Slot(str)
    def choose(self, answer: str) -> None:
        """One of the three answers."""
        self._chosen = answer
        self.changed.emit()

    @Slot()
    def keep(self) -> None:
        """The yellow plate 就是这样."""
        if self._chosen:
            self._scene.visit.answer_pay(PayAnswer(self._chosen))

    @Slot()
    def later(self) -> None:
        """The white plate 下次说."""
        self._scene.visit.answer_pay(None)


def _face(scene: Scene, item: PayQuestion) -> PaidWorkFace:
    say, trade = scene.say, scene.trades.by_key.get(item.trade)
    title = item.title if trade is None or is_chinese(say) else scene.trade_word(trade)
    return PaidWorkFace(
        family=trade.family.value if trade else "",
        figure=figure(trade.pictogram) if trade else ANY_WORK,
        title=title,
        note=past_day(say, item.worked_on, scene.today),
        pay="" if item.fen is None else yuan_figure(item.fen),
        unit="" if item.fen is None else unit_word(say, item.unit, item.piece_name),
    )
