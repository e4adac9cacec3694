"""Giving a place back: which place it is, and five pictures to say why."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.give_back import Reason
from kiosk.domain.clock import clock_text, hall_time
from kiosk.domain.ids import JobId
from kiosk.domain.jobs import Job
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import day_word, figure, job_title, pay_figure, pay_unit
from kiosk.ui.sessions import places_elsewhere
from kiosk.ui.views.blocked_view import RefusedJobFace
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

FIGURES = {
    Reason.ILL: "ui/health_and_safety",
    Reason.FAMILY: "pictograms/elder",
    Reason.TOO_FAR: "ui/location_on",
    Reason.PAY: "ui/payments",
    Reason.OTHER: "ui/more",
}


@dataclass(frozen=True, slots=True)
class ReasonToGiveFace:
    """One reason: its picture and its word."""

    reason: str
    picture: str
    word: str


@QmlElement
class GivingView(QObject):
    """What stands on the page that gives a place back."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._job = Rows(RefusedJobFace, self)
        self._reasons = Rows(ReasonToGiveFace, self)
        self._chosen = ""

    def refresh(self) -> None:
        """Show the place; on any other step nothing is chosen and nothing shown."""
        if self._scene.visit.step is not Step.GIVE_BACK:
            self._job.show(())
            self._reasons.show(())
            self._chosen = ""
            return
        say = self._scene.say
        self._job.show(_place_face(self._scene))
        self._reasons.show(
            [
                ReasonToGiveFace(item.value, FIGURES[item], say(f"hiring.reason.{item.value}"))
                for item in Reason
            ]
        )
        self.changed.emit()

    @Property(QObject, notify=changed)
    def job(self) -> QObject:
        """Rows of RefusedJobFace: the place; none or one."""
        return self._job

    @Property(QObject, notify=changed)
    def reasons(self) -> QObject:
        """Rows of ReasonToGiveFace."""
        return self._reasons

    @Property(str, notify=changed)
    def chosen(self) -> str:
        """The reason that was touched; none before a touch."""
        return self._chosen

    @Slot(str)
    def choose(self, reason: str) -> None:
        """One of the pictures."""
        self._chosen = reason
        self.changed.emit()

    @Slot()
    def giveBack(self) -> None:
        """The yellow plate."""
        if self._chosen:
            self._scene.visit.waiting.give_back(Reason(self._chosen))


def _place_face(scene: Scene) -> tuple[RefusedJobFace, ...]:
    """Return the place that is looked at, taken here or told of by the capsule."""
    giving = scene.session.giving
    if giving is None:
        return ()
    with scene.hall.store.reading() as records:
        own = records.placements.by_id(giving)
        if own is not None:
            job, starts, title = records.board.job(own.job), own.starts, ""
        else:
            told = next(
                (item for item in places_elsewhere(scene.hall, scene.session) if item.placement == giving),
                None,
            )
            if told is None:
                return ()
            job, starts, title = records.board.job(JobId(told.job)), told.starts, told.title
    at = hall_time(starts)
    day = day_word(scene.say, at.date(), scene.today)
    when = scene.say("ui.greeting.held_when", day=day, time=clock_text(at.time()))
    return (_face(scene, job, title, when),)


def _face(scene: Scene, job: Job | None, title: str, when: str) -> RefusedJobFace:
    """A job that is no longer on this board is told by the title that the capsule kept."""
    if job is None:
        return RefusedJobFace("", "ui/assignment_turned_in", title, when, "", "")
    say = scene.say
    picture = figure(scene.hall.picture_of(job))
    return RefusedJobFace(
        job.family.value, picture, job_title(say, job), when, pay_figure(job.pay), pay_unit(say, job.pay)
    )
