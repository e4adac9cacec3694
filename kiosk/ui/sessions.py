"""What one visit holds in memory while it lasts: who is there, what was chosen, what became of the slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.actions.ask_paper import Offer
from kiosk.actions.check_in import Arrival
from kiosk.actions.find_jobs import JudgedJob
from kiosk.actions.hall import Hall
from kiosk.actions.own_data import OwnData
from kiosk.actions.paper_ports import PaperRecord
from kiosk.actions.ports import BoardQuery, SlipRecord
from kiosk.actions.printing import PrintNews
from kiosk.actions.rank_jobs import FittingJob
from kiosk.actions.read_scan import Reading
from kiosk.actions.recognise import Recognition
from kiosk.domain.ids import JobId
from kiosk.domain.jobs import Job
from kiosk.domain.paydays import PayQuestion
from kiosk.domain.placements import Placement
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import Trip
from kiosk.domain.workers import FirstAnswers
from kiosk.ui.journeys import Step
from kiosk.ui.lessons import OpenLesson

MAX_WISHED_TRADES = 3


@dataclass(slots=True)
class Session:
    """What one person's visit holds in memory; a new one is made for the next, nothing is carried over.

    `pay_due` are the places of which this person is still to be asked whether they were paid, the one on the
    screen first. `asking_s` is how long the bureau may still be asked for a place of `job`, none of which
    lies here. `own` is what was known of this person when he looked at it last.
    """

    recognition: Recognition | None = None
    arrival: Arrival | None = None
    answers: FirstAnswers = field(default_factory=FirstAnswers)
    pay_due: Sequence[PayQuestion] = ()
    fitting: Sequence[FittingJob] = ()
    query: BoardQuery = field(default_factory=BoardQuery)
    job: JudgedJob | None = None
    lesson: OpenLesson | None = None
    asking_s: int = 0
    wanted: JobId | None = None
    own: OwnData | None = None
    placement: Placement | None = None
    print_news: PrintNews | None = None
    offers: Sequence[Offer] = ()
    paper: PaperRecord | None = None
    paper_news: PrintNews | None = None
    sentence: Sentence | None = None
    scanned: Reading | None = None
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
