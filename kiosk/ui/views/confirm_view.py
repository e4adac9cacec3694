"""The last look before a place is taken: the ticket, in the same order as the slip."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.domain.clock import clock_text
from kiosk.domain.identity import mask_name
from kiosk.ui import presenting as words
from kiosk.ui.faces import coach_back, place_words, rest_words, way_words
from kiosk.ui.journeys import Step
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class TicketFace:
    """The promise as the slip will print it."""

    family: str
    figure: str
    title: str
    employer: str
    person: str
    day: str
    pay: str
    unit: str
    payday: str
    pay_note: str
    hours: str
    hours_note: str
    place: str
    place_note: str
    departs: str
    own_way: str
    own_way_note: str
    bay: str
    bay_word: str
    seat: str
    give_back: str


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
    session, say = scene.session, scene.say
    if session.job is None or session.recognition is None:
        return ()
    line = session.job.line
    job, trip = line.job, line.trip
    with scene.hall.store.reading() as records:
        employer = records.board.employer(job.employer)
    days = words.days_of_work(job.shift)
    first = words.dated(say, job.shift.first_day)
    rest = rest_words(say, job)
    return (
        TicketFace(
            family=job.family.value,
            figure=words.figure(scene.hall.picture_of(job)),
            title=words.job_title(say, job),
            employer=employer.name if employer else "",
            person=mask_name(session.recognition.card.display_name),
            day=say("ui.fact.from_day", day=first, days=days) if days > 1 else first,
            pay=words.pay_figure(job.pay),
            unit=words.pay_unit(say, job.pay),
            payday=words.payday(say, job, scene.today),
            pay_note=words.pay_note(say, job.pay, employer.name if employer else ""),
            hours=words.hours(job.shift),
            hours_note=say("ui.ticket.rest_meal", rest=rest) if job.has_meal else rest,
            place=place_words(job),
            place_note=way_words(say, job),
            departs=clock_text(trip.departs_at) if trip else "",
            own_way=say("ui.coach.none"),
            own_way_note=coach_back(say, job, None),
            bay=trip.bay if trip else "",
            bay_word=say("ui.coach.bay"),
            seat=coach_back(say, job, trip) if trip else "",
            give_back=say("ui.ticket.give_back_coach" if trip else "ui.ticket.give_back"),
        ),
    )
