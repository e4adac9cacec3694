"""The greeting: who is there, at which place of the order, what is theirs already, and jobs that fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.clock import clock_text, hall_time
from kiosk.domain.identity import mask_name
from kiosk.domain.ids import JobId, PlacementId, SignUpId, SlipNumber
from kiosk.domain.slips import SlipState
from kiosk.messages.feed import CapsulePlacement
from kiosk.ui.faces import CardFace, card_face
from kiosk.ui.fit_faces import with_reasons
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import day_word, figure, job_title
from kiosk.ui.sessions import OpenPlace, OwnLine, open_places, own_lines, places_elsewhere
from kiosk.ui.views.queue_view import state_of
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene
from kiosk.ui.views.slip_view import StateFace
from kiosk.ui.views.tickets import TicketFace, ticket_face

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

SLIP_LAMPS = {SlipState.PRINTED: "ok", SlipState.QUEUED: "waiting"}


@dataclass(frozen=True, slots=True)
class HeldPlaceFace:
    """A place this person holds, or waits for, as a strip above the jobs; without a coach nothing departs.

    `opens` is what a touch on it leads to: `line:…` or `place:…`.
    """

    family: str
    figure: str
    title: str
    when: str
    departs: str
    bay: str
    number: str
    progress: str
    kind: str
    opens: str = ""


@QmlElement
class GreetingView(QObject):
    """What stands on the greeting."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._jobs = Rows(CardFace, self)
        self._held = Rows(HeldPlaceFace, self)
        self._ticket = Rows(TicketFace, self)
        self._slip = Rows(StateFace, self)
        self._selected = 0
        self._queue_number = ""
        self._greeting = ""
        self._waiting_slip: SlipNumber | None = None
        self._lines: list[HeldPlaceFace] = []
        self._given_from = ""

    def refresh(self) -> None:
        """Greet whoever is there; on any other step forget who that was."""
        if self._scene.visit.step is Step.GREETING:
            self._greet()
        else:
            self._jobs.show(())
            self._lines = []
            self._show_held(())
            self._queue_number, self._greeting, self._waiting_slip, self._selected = "", "", None, 0
        self.changed.emit()

    def _greet(self) -> None:
        session, say = self._scene.session, self._scene.say
        if session.recognition is None or session.arrival is None:
            return
        part = _part_of_day(hall_time(self._scene.hall.now()).hour)
        self._greeting = say(f"ui.greeting.{part}", name=mask_name(session.recognition.card.display_name))
        self._queue_number = session.arrival.check_in.queue_number
        held = open_places(self._scene.hall, session)
        waiting = [place.slip.number for place in held if place.slip.state is SlipState.QUEUED]
        self._waiting_slip = waiting[0] if waiting else None
        self._lines = [_line_face(self._scene, line) for line in own_lines(self._scene.hall, session)][:1]
        self._show_held(held[:1])
        room = 3 - len(self._held.faces)
        self._jobs.show(
            tuple(
                with_reasons(
                    say, card_face(say, item.line, self._scene.today, self._scene.hall.picture_of), item
                )
                for item in session.fitting[:room]
            )
        )
        self._selected = min(self._selected, max(0, len(self._jobs.faces) - 1))

    def _show_held(self, held: Sequence[OpenPlace]) -> None:
        """Show a held place as a strip above the jobs or, where no job fits, as its whole ticket."""
        is_strip = len(self._scene.session.fitting) > 0
        strips, tickets = (held, ()) if is_strip else ((), held)
        places = [_held_face(self._scene, place) for place in strips]
        far = places_elsewhere(self._scene.hall, self._scene.session)
        places += [_far_face(self._scene, place) for place in far][: 1 - len(places) - len(tickets)]
        self._given_from = f"place:{tickets[0].placement.id}" if tickets else ""
        # Where there is room for one strip, it is the call, else the place.
        is_called = any(line.kind == "now" for line in self._lines)
        self._held.show(self._lines + places if is_called else places + self._lines)
        self._slip.show([_slip_state(self._scene, place) for place in tickets])
        self._ticket.show(
            [ticket_face(self._scene, place.job, place.trip, place.placement.seat) for place in tickets]
        )

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # QML knows a list by its Qt name
    def reasons(self) -> list[str]:
        """Why the framed job is shown."""
        return self._jobs.faces[self._selected].reasons if self._jobs.faces else []

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # QML knows a list by its Qt name
    def reasonIcons(self) -> list[str]:
        """The drawings of those reasons."""
        return self._jobs.faces[self._selected].reason_icons if self._jobs.faces else []

    @Property(str, notify=changed)
    def greeting(self) -> str:
        """Good morning, and the masked name."""
        return self._greeting

    @Property(str, notify=changed)
    def queueNumber(self) -> str:
        """The number this person is called by."""
        return self._queue_number

    @Property(str, notify=changed)
    def queueLine(self) -> str:
        """The same in words."""
        return self._scene.say("ui.greeting.queue", number=self._queue_number)

    @Property(QObject, notify=changed)
    def jobs(self) -> QObject:
        """Rows of CardFace, each with its reasons."""
        return self._jobs

    @Property(QObject, notify=changed)
    def held(self) -> QObject:
        """Rows of HeldPlaceFace: none or one."""
        return self._held

    @Property(QObject, notify=changed)
    def ticket(self) -> QObject:
        """Rows of TicketFace: the held place where no job fits beside it; none or one."""
        return self._ticket

    @Property(QObject, notify=changed)
    def slip(self) -> QObject:
        """Rows of StateFace: how the slip of the ticket stands; none or one."""
        return self._slip

    @Property(bool, notify=changed)
    def isHolding(self) -> bool:
        """Whether this person already holds a place."""
        return len(self._held.faces) + len(self._ticket.faces) > 0

    @Property(bool, notify=changed)
    def hasJobs(self) -> bool:
        """Whether there is work that fits."""
        return len(self._jobs.faces) > 0

    @Property(bool, notify=changed)
    def isSlipWaiting(self) -> bool:
        """Whether a slip of this person never reached paper; the yellow plate then prints it."""
        return self._waiting_slip is not None

    @Property(int, notify=changed)
    def selected(self) -> int:
        """Which job is framed."""
        return self._selected

    @Property(int, notify=changed)
    def strips(self) -> int:
        """How many strips stand above the jobs."""
        return len(self._held.faces)

    @Property(bool, notify=changed)
    def mayGiveBack(self) -> bool:
        """Whether the white plate gives the ticket's place back; a strip is touched itself."""
        return bool(self._given_from)

    @Slot()
    def giveBack(self) -> None:
        """The white plate 退这个活."""
        self.open(self._given_from)

    @Slot(str)
    def open(self, what: str) -> None:
        """A strip: the line somebody stands in, or the place he may give back."""
        kind, _, name = what.partition(":")
        if kind == "line":
            self._scene.visit.waiting.open(SignUpId(name))
        elif kind == "place":
            self._scene.visit.waiting.open_place(PlacementId(name))

    @Slot(int)
    def select(self, row: int) -> None:
        """Frame a job."""
        self._selected = row
        self.changed.emit()

    @Slot()
    def go(self) -> None:
        """The yellow plate: the waiting slip, else the framed job, else the whole board."""
        if self._waiting_slip is not None:
            self._scene.visit.collect_slip(self._waiting_slip)
        elif self._jobs.faces:
            self._scene.visit.open_job(JobId(self._jobs.faces[self._selected].job))
        else:
            self._scene.visit.show_all()

    @Property(bool, notify=changed)
    def hasPapers(self) -> bool:
        """Whether there is a ticket, a receipt or a pass to be had here."""
        return len(self._scene.session.offers) > 0

    @Slot()
    def papers(self) -> None:
        """The small plate 要纸条."""
        self._scene.visit.open_papers()

    @Slot()
    def showAll(self) -> None:
        """The white plate 全部活."""
        self._scene.visit.show_all()


def _part_of_day(hour: int) -> str:
    if hour < 12:
        return "morning"
    return "afternoon" if hour < 18 else "evening"


def _held_face(scene: Scene, place: OpenPlace) -> HeldPlaceFace:
    say, job, trip = scene.say, place.job, place.trip
    starts = hall_time(place.placement.starts if trip else job.shift.starts)
    day = day_word(say, starts.date(), scene.today)
    time = clock_text(starts.time())
    return HeldPlaceFace(
        family=job.family.value,
        figure=figure(scene.hall.picture_of(job)),
        title=job_title(say, job),
        when=day if trip else say("ui.greeting.held_when", day=day, time=time),
        departs=time if trip else "",
        bay=trip.bay if trip else "",
        number=place.slip.number,
        progress=say(f"ui.slip_state.{place.slip.state.value}"),
        kind=SLIP_LAMPS.get(place.slip.state, "unknown"),
        opens=f"place:{place.placement.id}",
    )


def _far_face(scene: Scene, place: CapsulePlacement) -> HeldPlaceFace:
    """Return a place taken at another kiosk: the capsule tells what it is and when, not how its slip is."""
    with scene.hall.store.reading() as records:
        job = records.board.job(JobId(place.job))
    starts = hall_time(place.starts)
    day = day_word(scene.say, starts.date(), scene.today)
    return HeldPlaceFace(
        family=job.family.value if job else "",
        figure=figure(scene.hall.picture_of(job)) if job else "ui/assignment_turned_in",
        title=job_title(scene.say, job) if job else place.title,
        when=scene.say("ui.greeting.held_when", day=day, time=clock_text(starts.time())),
        departs="",
        bay="",
        number=place.slip,
        progress=scene.say("hiring.held_elsewhere"),
        kind="ok",
        opens=f"place:{place.placement}",
    )


def _line_face(scene: Scene, line: OwnLine) -> HeldPlaceFace:
    say, item = scene.say, line.sign_up
    state = state_of(item)
    return HeldPlaceFace(
        family=line.job.family.value,
        figure=figure(scene.hall.picture_of(line.job)),
        title=job_title(say, line.job),
        when=say(f"hiring.line.{state}"),
        departs="",
        bay="",
        number=item.queue_number,
        progress=say(f"hiring.strip.{state}", place=line.place, spot=item.spot),
        kind="waiting" if state == "waiting" else "now",
        opens=f"line:{item.id}",
    )


def _slip_state(scene: Scene, place: OpenPlace) -> StateFace:
    say, slip = scene.say, place.slip
    note = say("ui.held.number", number=slip.number)
    if slip.state is SlipState.PRINTED:
        at = clock_text(hall_time(slip.changed_at).time())
        note = say("ui.held.printed_at", time=at, number=slip.number)
    return StateFace(SLIP_LAMPS.get(slip.state, "unknown"), say(f"ui.slip_state.{slip.state.value}"), note)
