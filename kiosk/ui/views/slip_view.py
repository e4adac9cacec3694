"""The slip on its way to paper, as far as the printer has said, and good-bye."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.actions.printing import PrintNews, PrintStage
from kiosk.catalogue import Catalogue
from kiosk.domain.clock import clock_text, hall_time, instant_of
from kiosk.domain.slips import SlipState
from kiosk.ui.faces import place_words
from kiosk.ui.fronts import NoSlip
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import day_word, hours, job_title, pay_figure, pay_unit
from kiosk.ui.sessions import slip_of
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

STEPS = frozenset({Step.PRINTING, Step.TAKE_SLIP, Step.PAPER_OUT, Step.UNCERTAIN, Step.GOODBYE})


FIGURES = {
    "paper_out": "pictograms/paperout",
    "stopped": "ui/print",
    "uncertain": "ui/print",
    "retracted": "pictograms/slip_back",
}
"""What is drawn for each trouble with a slip."""
NO_PAPER, RETRACTED = "devices.printer.paper_out", "devices.printer.retracted"
"""Words of the printer that are told from all others."""


@dataclass(frozen=True, slots=True)
class StateFace:
    """One line about how things stand."""

    kind: str
    head: str
    note: str


@dataclass(frozen=True, slots=True)
class WayFace:
    """Where to go now: to a coach at its bay, or to the place of work by one's own way."""

    departs: str
    bay: str
    head: str
    note: str


KEPT_NOTES = {
    "printers.kept_for_coaches": "printers.kept_for_coaches_note",
    "printers.kept_from_practice": "printers.kept_from_practice_note",
}
"""What goes with the reasons for which the last of a roll is kept for others."""


@QmlElement
class SlipView(QObject):
    """What the last pages of a journey show, from printing on."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._states = Rows(StateFace, self)
        self._way = Rows(WayFace, self)
        self._number = ""
        self._is_printed = False

    def refresh(self) -> None:
        """Follow the slip; forget it on any other step."""
        placement = self._scene.session.placement
        if self._scene.visit.step not in STEPS or placement is None:
            self._states.show(())
            self._way.show(())
            self._number = ""
        else:
            self._number = placement.slip
            record = slip_of(self._scene.hall, self._scene.session)
            self._is_printed = record is not None and record.state is SlipState.PRINTED
            self._states.show(_states(self._scene))
            self._way.show(_way(self._scene))
        self.changed.emit()

    @Property(str, notify=changed)
    def number(self) -> str:
        """The slip's whole number; empty when there is no slip."""
        return self._number

    @Property(str, notify=changed)
    def shortNumber(self) -> str:
        """The part of the number a person can keep in mind: kiosk and counter."""
        return "-".join(self._number.split("-")[-2:])

    @Property(str, notify=changed)
    def troubleTitle(self) -> str:
        """What the sign says while the slip is not in hand: what is known, and that the place is safe."""
        return self._scene.say(f"ui.slip.{_trouble_of(self._scene)}_title")

    @Property(str, notify=changed)
    def troubleFigure(self) -> str:
        """The figure of what keeps the slip."""
        return FIGURES[_trouble_of(self._scene)]

    @Property(str, notify=changed)
    def picture(self) -> str:
        """The address of the very bitmap that goes to the printer; empty when there is no slip."""
        record = slip_of(self._scene.hall, self._scene.session) if self._number else None
        return f"image://slip/{record.number}/{record.copy_no}" if record else ""

    @Property(float, notify=changed)
    def fraction(self) -> float:
        """How much of the paper is out, from 0 to 1, as far as the printer has told."""
        news = self._scene.session.print_news
        return news.fraction if news else 0.0

    @Property(str, notify=changed)
    def family(self) -> str:
        """The family whose colour the route takes."""
        looked = self._scene.session.job
        return looked.line.job.family.value if looked else "farm"

    @Property(bool, notify=changed)
    def hasClass(self) -> bool:
        """Whether a safety class was a stop on the way here."""
        looked = self._scene.session.job
        return looked is not None and bool(looked.line.job.needs_classes)

    @Property(bool, notify=changed)
    def hasCoach(self) -> bool:
        """Whether the way leads to a coach."""
        return self._has_coach()

    @Property(bool, notify=changed)
    def lacksSlip(self) -> bool:
        """Whether a slip is still to be fetched: the printer never said that it is out, and it is needed."""
        return not self._is_printed and not self._scene.visit.is_practice

    @Property(str, notify=changed)
    def parting(self) -> str:
        """What to do with the slip and after work; where no slip is known to be out, where to get it."""
        if not self._number:
            return ""
        if self._scene.visit.is_practice:
            return self._scene.say("ui.practice.parting")
        if not self._is_printed:
            return self._scene.say("ui.goodbye.no_slip")
        return self._scene.say("ui.goodbye.show_slip" if self._has_coach() else "ui.goodbye.bring_slip")

    @Property(QObject, notify=changed)
    def states(self) -> QObject:
        """Rows of StateFace, what is already safe first."""
        return self._states

    @Property(QObject, notify=changed)
    def way(self) -> QObject:
        """Rows of WayFace: none or one."""
        return self._way

    def _has_coach(self) -> bool:
        return any(face.departs for face in self._way.faces)


def _states(scene: Scene) -> tuple[StateFace, ...]:
    session, say = scene.session, scene.say
    if session.job is None or scene.visit.step not in {Step.PAPER_OUT, Step.UNCERTAIN}:
        return ()
    job = session.job.line.job
    pay = f"{pay_figure(job.pay)} {pay_unit(say, job.pay)}"
    day = day_word(say, job.shift.first_day, scene.today)
    safe = StateFace(
        "ok",
        say("ui.slip.safe", title=job_title(say, job), pay=pay),
        say("ui.slip.safe_note", day=day, hours=hours(job.shift)),
    )
    return safe, _paper_state(scene), _help_state(scene)


def _trouble_of(scene: Scene) -> str:
    """Return which trouble the slip is in, as the catalogue and the figures name it."""
    news = scene.session.print_news
    why = news.sentence.key if news is not None and news.sentence is not None else ""
    if scene.visit.step is Step.UNCERTAIN:
        return "retracted" if why == RETRACTED else "uncertain"
    is_out = why == NO_PAPER or (not why and scene.front.no_slip_because is NoSlip.PAPER)
    return "paper_out" if is_out else "stopped"


def _paper_state(scene: Scene) -> StateFace:
    say, news, trouble = scene.say, scene.session.print_news, _trouble_of(scene)
    if trouble == "retracted":
        return StateFace("warn", say("ui.slip.retracted"), say("ui.slip.retracted_note"))
    if trouble == "uncertain":
        return StateFace("unknown", say("ui.slip.uncertain"), say("ui.slip.uncertain_note"))
    if news is not None and news.stage is PrintStage.WAITING_FOR_PAPER:
        note = "ui.slip.half_note" if trouble == "paper_out" else "ui.slip.half_stopped_note"
        return StateFace("warn", say("ui.slip.half"), say(note))
    return not_sent_face(say, news)


def not_sent_face(say: Catalogue, news: PrintNews | None) -> StateFace:
    """Return why no slip came: the last paper is kept for others, and this number waits, or the printer."""
    why = None if news is None else news.sentence
    if why is not None and why.key in KEPT_NOTES:
        return StateFace("warn", say(why.key), say(KEPT_NOTES[why.key], **why.args))
    return StateFace("warn", say("ui.slip.not_sent"), say("ui.slip.not_sent_note"))


def _help_state(scene: Scene) -> StateFace:
    say, at = scene.say, scene.session.help_called_at
    if at is None:
        key = "ui.slip.call_help" if _trouble_of(scene) == "paper_out" else "ui.slip.call_to_look"
        return StateFace("call", say(key), say("ui.slip.call_help_note"))
    return StateFace(
        "ok",
        say("ui.slip.help_called"),
        say("ui.slip.help_called_note", time=clock_text(hall_time(at).time())),
    )


def _way(scene: Scene) -> tuple[WayFace, ...]:
    session, say = scene.session, scene.say
    if session.job is None or session.placement is None:
        return ()
    job, trip = session.job.line.job, session.job.line.trip
    if trip is None:
        day = day_word(say, job.shift.first_day, scene.today)
        note = say("ui.goodbye.own_way_note", day=day, hours=hours(job.shift))
        return (WayFace("", "", place_words(job), note),)
    minutes = int((instant_of(trip.day, trip.departs_at) - scene.hall.now()).total_seconds()) // 60
    day = day_word(say, trip.day, scene.today)
    seat = session.placement.seat or 0
    is_soon = 0 <= minutes < 180
    note = (
        say("ui.goodbye.seat_soon", seat=seat, minutes=minutes)
        if is_soon
        else say("ui.goodbye.seat", seat=seat, day=day)
    )
    return (WayFace(clock_text(trip.departs_at), trip.bay, say("ui.coach.bay"), note),)
