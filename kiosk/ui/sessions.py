"""What one visit holds in memory while it lasts: who is there, what was chosen, what became of the slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.actions.ask_paper import Offer
from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.check_in import Arrival
from kiosk.actions.find_jobs import JudgedJob
from kiosk.actions.hall import Hall
from kiosk.actions.own_data import OwnData
from kiosk.actions.paper_ports import PaperRecord
from kiosk.actions.ports import Records, SlipRecord
from kiosk.actions.printing import PrintNews
from kiosk.actions.rank_jobs import FittingJob
from kiosk.actions.recognise import Recognition
from kiosk.actions.scan_readings import ShownReading
from kiosk.domain.ids import JobId, PlacementId, SignUpId
from kiosk.domain.jobs import Job
from kiosk.domain.paydays import PayQuestion
from kiosk.domain.placements import Placement
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp, place_in_line
from kiosk.domain.trips import Trip
from kiosk.domain.workers import FirstAnswers
from kiosk.messages.feed import CapsulePlacement
from kiosk.ui.journeys import Step
from kiosk.ui.lessons import OpenLesson
from kiosk.ui.teams import OpenTeam

MAX_WISHED_TRADES = 3


@dataclass(slots=True)
class Session:
    """What one person's visit holds in memory; a new one is made for the next, nothing is carried over.

    `pay_due` are the places of which this person is still to be asked whether they were paid, the one on the
    screen first. `asking_s` is how long the bureau may still be asked for a place of `job`, none of which
    lies here. `own` is what was known of this person when he looked at it last. `sign_up` is the line that is
    looked at, and `giving` the place that may be given back. `team` are the people this person leads.
    """

    recognition: Recognition | None = None
    arrival: Arrival | None = None
    answers: FirstAnswers = field(default_factory=FirstAnswers)
    pay_due: Sequence[PayQuestion] = ()
    fitting: Sequence[FittingJob] = ()
    query: BoardQuery = field(default_factory=BoardQuery)
    job: JudgedJob | None = None
    lesson: OpenLesson | None = None
    team: OpenTeam | None = None
    asking_s: int = 0
    wanted: JobId | None = None
    own: OwnData | None = None
    placement: Placement | None = None
    sign_up: SignUpId | None = None
    giving: PlacementId | None = None
    print_news: PrintNews | None = None
    offers: Sequence[Offer] = ()
    paper: PaperRecord | None = None
    paper_news: PrintNews | None = None
    sentence: Sentence | None = None
    scanned: ShownReading | None = None
    help_called_at: datetime | None = None
    is_first_visit: bool = False


def session_after_looking(before: Session, step: Step) -> Session:
    """Return a new session that knows what somebody without a card looked for, and the job on the screen."""
    looked_at = before.job if step is Step.DETAIL else None
    return Session(query=before.query, wanted=looked_at.line.job.id if looked_at else before.wanted)


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A place this person already holds, as far as the greeting tells of it."""

    placement: Placement
    slip: SlipRecord
    job: Job
    trip: Trip | None


def slip_of(hall: Hall, session: Session) -> SlipRecord | None:
    """Return the slip of this visit as the print journal knows it."""
    if session.placement is None:
        return None
    with hall.store.reading() as records:
        return records.slips.by_number(session.placement.slip)


def open_places(hall: Hall, session: Session) -> Sequence[OpenPlace]:
    """Return the places this person holds now, each with its slip and the job as it was advertised.

    What is over is not shown any more, although nobody may have said yet what came of it.
    """
    if session.recognition is None or session.arrival is None:
        return ()
    now = hall.now()
    with hall.store.reading() as records:
        found = [
            (
                placement,
                records.slips.by_number(placement.slip),
                records.board.job(placement.job),
                records.board.trip(placement.trip) if placement.trip else None,
            )
            for placement in records.placements.open_of(session.recognition.worker)
            if placement.ends > now
        ]
    return [OpenPlace(placement, slip, job, trip) for placement, slip, job, trip in found if slip and job]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line this person stands in, or is called out of, and the job it is for."""

    sign_up: SignUp
    job: Job
    place: int
    """The how-manieth he is among those who wait."""


def own_lines(hall: Hall, session: Session) -> Sequence[OwnLine]:
    """Return the lines this person stands in today; whoever is called out of one has it first."""
    if session.recognition is None or session.arrival is None:
        return ()
    with hall.store.reading() as records:
        own = records.sign_ups.open_of(session.recognition.worker, hall.today())
        found = [_own_line(hall, records, item) for item in own]
    return sorted((line for line in found if line), key=lambda line: line.sign_up.is_waiting)


def line_looked_at(hall: Hall, session: Session) -> OwnLine | None:
    """Return the line that the visit looks at as it stands now, None once it is left."""
    if session.sign_up is None:
        return None
    with hall.store.reading() as records:
        item = records.sign_ups.by_id(session.sign_up)
        return None if item is None or not item.is_open else _own_line(hall, records, item)


def places_elsewhere(hall: Hall, session: Session) -> Sequence[CapsulePlacement]:
    """Return the places ahead that this person took at other kiosks, as the capsule tells."""
    told = session.recognition.capsule if session.recognition and session.arrival else None
    if told is None:
        return ()
    with hall.store.reading() as records:
        return [
            item
            for item in told.placements
            if item.starts > hall.now()
            and records.placements.by_id(PlacementId(item.placement)) is None
            and not records.placements.is_left(PlacementId(item.placement))
        ]


def _own_line(hall: Hall, records: Records, item: SignUp) -> OwnLine | None:
    job = records.board.job(item.job)
    if job is None:
        return None
    line = records.sign_ups.line_of(item.job, hall.today())
    return OwnLine(item, job, place_in_line(line, item))
