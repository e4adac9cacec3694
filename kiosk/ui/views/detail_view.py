"""One job with everything the law makes an advertisement say."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.board_ports import JobOnBoard
from kiosk.actions.call_next import can_be_waited_for
from kiosk.actions.full_jobs import instead_of
from kiosk.ui.faces import DetailFace, FactFace, detail_face
from kiosk.ui.full_faces import instead_word
from kiosk.ui.journeys import Step
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


WANT, SIGN_UP, WAIT = "ui.detail.want", "hiring.go.sign_up", "hiring.go.wait"
ASKING, FULL = "ui.detail.asking", "ui.detail.full"


@QmlElement
class DetailView(QObject):
    """What stands on the detail page."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._job = Rows(DetailFace, self)
        self._facts = Rows(FactFace, self)
        self._next = FULL
        self._instead: JobOnBoard | None = None

    def refresh(self) -> None:
        """Show the job this visit looks at."""
        looked = self._scene.session.job
        if self._scene.visit.step is not Step.DETAIL or looked is None:
            self._job.show(())
            self._facts.show(())
            self._instead = None
            return
        hall, line = self._scene.hall, looked.line
        with hall.store.reading() as records:
            employer = records.board.employer(line.job.employer)
        face = detail_face(self._scene.say, line, employer, self._scene.today, hall.picture_of)
        self._next = self._next_of(line)
        is_full = line.open_places <= 0 and line.open_here <= 0
        self._instead = instead_of(hall, line.job.trade) if is_full else None
        self._job.show((face,))
        self._facts.show(face.facts)
        self.changed.emit()

    @Property(QObject, notify=changed)
    def job(self) -> QObject:
        """Rows of DetailFace: none or one."""
        return self._job

    @Property(QObject, notify=changed)
    def facts(self) -> QObject:
        """Rows of FactFace."""
        return self._facts

    @Property(str, notify=changed)
    def goLabel(self) -> str:
        """What the yellow plate does: take, sign up, wait, or nothing while the bureau is asked."""
        return self._scene.say(self._next)

    @Property(bool, notify=changed)
    def isReady(self) -> bool:
        """Whether the yellow plate leads on."""
        return self._next not in {ASKING, FULL}

    @Property(str, notify=changed)
    def insteadLabel(self) -> str:
        """When its trade is open, where this job is full; empty where it is not."""
        looked = self._scene.session.job
        if self._instead is None or looked is None:
            return ""
        return instead_word(self._scene.say, self._instead, looked.line, self._scene.today)[0]

    @Slot()
    def lookInstead(self) -> None:
        """The white plate of a full job: look at one of its trade that has a place."""
        if self._instead is not None:
            self._scene.visit.open_job(self._instead.job.id)

    @Property(bool, notify=changed)
    def canLead(self) -> bool:
        """Whether whoever looks may take others along."""
        return self._next not in {ASKING, FULL} and self._scene.visit.teaming.may_lead

    def _next_of(self, line: JobOnBoard) -> str:
        if line.job.is_talked_over:
            return SIGN_UP
        if line.open_here > 0:
            return WANT
        if self._scene.session.asking_s > 0:
            return ASKING
        return WAIT if can_be_waited_for(self._scene.hall) else FULL

    @Property(bool, notify=changed)
    def hasCoach(self) -> bool:
        """Whether a coach goes there: the last stop of the route is then to board it."""
        looked = self._scene.session.job
        return looked is not None and looked.line.trip is not None

    @Property(bool, notify=changed)
    def hasClass(self) -> bool:
        """Whether a safety class belongs to this job; the route then has a stop for it."""
        looked = self._scene.session.job
        return looked is not None and bool(looked.line.job.needs_classes)

    @Property(str, notify=changed)
    def family(self) -> str:
        """The family whose colour the route takes."""
        looked = self._scene.session.job
        return looked.line.job.family.value if looked else "farm"
