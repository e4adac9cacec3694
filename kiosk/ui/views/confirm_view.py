"""The last look before a place is taken: the ticket, in the same order as the slip."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.ui.journeys import Step
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene
from kiosk.ui.views.tickets import TicketFace, ticket_face

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ConfirmView(QObject):
    """What stands on the confirmation."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._ticket = Rows(TicketFace, self)
        self._is_firm = True

    def refresh(self) -> None:
        """Show the ticket of the wanted job; forget it on any other step."""
        if self._scene.visit.step is not Step.CONFIRM:
            self._ticket.show(())
            return
        looked = self._scene.session.job
        if looked is not None:
            self._is_firm = looked.line.job.is_instant
        self._ticket.show(_ticket(self._scene))
        self.changed.emit()

    @Property(QObject, notify=changed)
    def ticket(self) -> QObject:
        """Rows of TicketFace: none or one."""
        return self._ticket

    @Property(bool, notify=changed)
    def isFirm(self) -> bool:
        """Whether the employer opened this job for instant taking; else it is an introduction."""
        return self._is_firm


def _ticket(scene: Scene) -> tuple[TicketFace, ...]:
    looked = scene.session.job
    if looked is None or scene.session.recognition is None:
        return ()
    return (ticket_face(scene, looked.line.job, looked.line.trip),)
