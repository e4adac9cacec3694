"""One line somebody stands in: the number he is called by, his place in it, or where he is called."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.actions.ask_paper import Offer, answer_for
from kiosk.actions.why_not import Explained, why_not
from kiosk.domain.clock import clock_text, hall_time
from kiosk.domain.placements import PlacementState
from kiosk.domain.sign_ups import SignUp, Way
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import figure, job_title, pay_figure, pay_unit, spoken
from kiosk.ui.sessions import OwnLine, line_looked_at
from kiosk.ui.views.blocked_view import RefusedJobFace
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

STATES = ("waiting", "table", "place", "talking", "agreed")
"""How somebody can stand: in the line, called to a table, offered a place, at the table, agreed on."""


@dataclass(frozen=True, slots=True)
class LineFace:
    """How somebody stands: two figures with a word each, and what to do now."""

    number: str
    beside: str
    beside_word: str
    head: str
    note: str
    figure: str


@dataclass(frozen=True, slots=True)
class WhyFace:
    """One call, and why it was or was not this person's."""

    kind: str
    head: str
    note: str


@QmlElement
class QueueView(QObject):
    """What stands on the pages of a line."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._job = Rows(RefusedJobFace, self)
        self._line = Rows(LineFace, self)
        self._calls = Rows(WhyFace, self)
        self._has_calls = False
        self._may_take = False
        self._answer: Offer | None = None

    def refresh(self) -> None:
        """Read how the line stands; forget it on any other step."""
        step = self._scene.visit.step
        line = line_looked_at(self._scene.hall, self._scene.session)
        if step not in {Step.IN_LINE, Step.WHY_NOT} or line is None:
            for rows in (self._job, self._line, self._calls):
                rows.show(())
            self._has_calls = self._may_take = False
            self._answer = None
            self.changed.emit()
            return
        self._may_take = line.sign_up.may_take
        told = why_not(self._scene.hall, line.sign_up.id)
        self._has_calls = bool(told)
        self._answer = answer_for(self._scene.hall, line.sign_up.id) if step is Step.WHY_NOT else None
        self._job.show((_job_face(self._scene, line),))
        self._line.show((_line_face(self._scene, line),))
        self._calls.show([_why_face(self._scene, item) for item in told])
        self.changed.emit()

    @Property(QObject, notify=changed)
    def job(self) -> QObject:
        """Rows of RefusedJobFace: the job of the line; none or one."""
        return self._job

    @Property(QObject, notify=changed)
    def line(self) -> QObject:
        """Rows of LineFace: none or one."""
        return self._line

    @Property(QObject, notify=changed)
    def calls(self) -> QObject:
        """Rows of WhyFace, the newest call first."""
        return self._calls

    @Property(bool, notify=changed)
    def hasCalls(self) -> bool:
        """Whether anybody was called out of this line since."""
        return self._has_calls

    @Property(bool, notify=changed)
    def mayTake(self) -> bool:
        """Whether the yellow plate takes the place."""
        return self._may_take

    @Property(bool, notify=changed)
    def canPrint(self) -> bool:
        """Whether the answer may still be had on paper."""
        return self._answer is not None

    @Slot()
    def leave(self) -> None:
        """The white plate 不等了."""
        self._scene.visit.waiting.leave()

    @Slot()
    def askWhy(self) -> None:
        """The sign 为啥不是我."""
        self._scene.visit.waiting.ask_why()

    @Slot()
    def printAnswer(self) -> None:
        """The white plate 打成纸条."""
        if self._answer is not None:
            self._scene.visit.ask_paper(self._answer.number, str)


def state_of(item: SignUp) -> str:
    """Return which of STATES somebody stands in."""
    if item.is_waiting:
        return "waiting"
    if item.is_called:
        return "table" if item.way is Way.TALK else "place"
    return "agreed" if item.state is PlacementState.AGREED else "talking"


def _line_face(scene: Scene, line: OwnLine) -> LineFace:
    say, item = scene.say, line.sign_up
    state = state_of(item)
    until = clock_text(hall_time(item.answer_by).time()) if item.answer_by else ""
    beside = str(line.place) if state == "waiting" else item.spot
    word = {"waiting": "hiring.line.place_word", "place": "hiring.line.kiosk_word"}
    figures = {"waiting": "ui/groups", "table": "ui/campaign", "talking": "ui/handshake"}
    return LineFace(
        number=item.queue_number,
        beside=beside,
        beside_word=say(word.get(state, "hiring.line.table_word")),
        head=say(f"hiring.line.{state}"),
        note=say(f"hiring.line.{state}_note", until=until),
        figure=figures.get(state, "ui/tick"),
    )


def _job_face(scene: Scene, line: OwnLine) -> RefusedJobFace:
    say, job = scene.say, line.job
    with scene.hall.store.reading() as records:
        employer = records.board.employer(job.employer)
    return RefusedJobFace(
        job.family.value,
        figure(scene.hall.picture_of(job)),
        job_title(say, job),
        employer.name if employer else job.place.town,
        pay_figure(job.pay),
        pay_unit(say, job.pay),
    )


def _why_face(scene: Scene, told: Explained) -> WhyFace:
    at = clock_text(hall_time(told.at).time())
    is_own = told.sentence.key == "hiring.why.called"
    reason = spoken(scene.say, told.rule) if told.rule else ""
    note = scene.say("hiring.why.at", at=at)
    return WhyFace("ok" if is_own else "waiting", spoken(scene.say, told.sentence), reason or note)
