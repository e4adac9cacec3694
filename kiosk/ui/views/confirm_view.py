"""The last look before a place is taken: the ticket, in the same order as the slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.actions.take_place import kind_for
from kiosk.domain.eligibility import Finding, Level
from kiosk.domain.slips import SlipKind
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import Say, spoken, together
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene
from kiosk.ui.views.tickets import TicketFace, ticket_face

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class WarningFace:
    """What to mind before going, and why."""

    figure: str
    head: str
    note: str


@QmlElement
class ConfirmView(QObject):
    """What stands on the confirmation."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._ticket = Rows(TicketFace, self)
        self._warnings = Rows(WarningFace, self)
        self._is_firm = True

    def refresh(self) -> None:
        """Show the ticket of the wanted job; forget it on any other step."""
        if self._scene.visit.step is not Step.CONFIRM:
            self._ticket.show(())
            self._warnings.show(())
            return
        looked = self._scene.session.job
        if looked is not None:
            self._is_firm = kind_for(looked.line.job) is SlipKind.DISPATCH
        self._ticket.show(_ticket(self._scene))
        self._warnings.show(_warnings(self._scene))
        self.changed.emit()

    @Property(QObject, notify=changed)
    def ticket(self) -> QObject:
        """Rows of TicketFace: none or one."""
        return self._ticket

    @Property(QObject, notify=changed)
    def warnings(self) -> QObject:
        """Rows of WarningFace: none or one."""
        return self._warnings

    @Property(bool, notify=changed)
    def isWarned(self) -> bool:
        """Whether there is something to mind that keeps nobody from going."""
        return bool(self._warnings.faces)

    @Property(bool, notify=changed)
    def isFirm(self) -> bool:
        """Whether the employer said yes already; else it is an introduction."""
        return self._is_firm


def _ticket(scene: Scene) -> tuple[TicketFace, ...]:
    looked = scene.session.job
    if looked is None or scene.session.recognition is None:
        return ()
    return (ticket_face(scene, looked.line.job, looked.line.trip),)


def _warnings(scene: Scene) -> tuple[WarningFace, ...]:
    looked = scene.session.job
    findings = looked.judgement.of(Level.WARN) if looked is not None and looked.judgement else ()
    return warned(findings, scene.say)


def warned(findings: Sequence[Finding], say: Say) -> tuple[WarningFace, ...]:
    """Return everything to mind in the one place there is: a single reminder says more of itself."""
    if not findings:
        return ()
    first, *others = findings
    more = together(say, [found.sentence for found in others])
    return (WarningFace("ui/lamp_warn", spoken(say, first.sentence), more or spoken(say, first.detail)),)
