"""What is done for the person of a visit: each act asks the hall, and its answer goes into the session."""

from __future__ import annotations

from kiosk.actions.answer_pay import answer_pay, due_questions
from kiosk.actions.ask_paper import papers_for
from kiosk.actions.board_ports import JobOnBoard
from kiosk.actions.call_next import call_waiting, can_be_waited_for
from kiosk.actions.check_in import (
    check_in,
    count_anonymously,
    give_first_answers,
    register_and_check_in,
)
from kiosk.actions.faults import Refused
from kiosk.actions.find_jobs import fitting_jobs, look_at_job
from kiosk.actions.hall import Hall
from kiosk.actions.note_refusal import note_refusal
from kiosk.actions.printing import PrintNews, PrintStage
from kiosk.actions.recognise import Acquaintance, Recognition, recognise
from kiosk.actions.sign_up import sign_up
from kiosk.actions.take_place import take_place
from kiosk.domain.cards import IdentityCard
from kiosk.domain.ids import JobId, SlipNumber
from kiosk.domain.jobs import Job
from kiosk.domain.paydays import PayAnswer
from kiosk.domain.placements import Placement
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipState
from kiosk.paper.slips import SecondLanguage
from kiosk.ui.journeys import Step
from kiosk.ui.sessions import Session

GREETING_JOBS = 3


def receive(hall: Hall, session: Session, card: IdentityCard) -> Step:
    """Recognise a card's holder, check in whoever is known, and return where that leads.

    Raises what `recognise` and `check_in` raise; the session then knows as much as was found out.
    """
    met = recognise(hall, card)
    if met.acquaintance is Acquaintance.TOO_YOUNG:
        count_anonymously(hall, "too_young")
        session.sentence = Sentence("ui.turned_away.too_young")
        return Step.TURNED_AWAY
    if met.acquaintance is Acquaintance.BAD_NUMBER:
        session.sentence = Sentence("ui.unreadable.bad_number")
        return Step.UNREADABLE
    session.recognition = met
    if met.acquaintance is not Acquaintance.KNOWN:
        return Step.NOTICE
    session.arrival = check_in(hall, met)
    call_waiting(hall, present=(met.worker,))
    return Step.GREETING


def register(hall: Hall, session: Session) -> None:
    """Keep and check in somebody who said yes to the notice."""
    met = person_of(session)
    session.is_first_visit = met.acquaintance is Acquaintance.UNKNOWN
    session.arrival = register_and_check_in(hall, met)


def keep_answers(hall: Hall, session: Session) -> None:
    """Keep what was answered to the first questions."""
    give_first_answers(hall, person_of(session).worker, session.answers)


def look_for_pay(hall: Hall, session: Session) -> None:
    """Find the places of which this person is to be asked whether they were paid."""
    session.pay_due = due_questions(hall, person_of(session))


def say_pay(hall: Hall, session: Session, answer: PayAnswer) -> None:
    """Keep what was said about the money of the place on the screen."""
    answer_pay(hall, person_of(session), session.pay_due[0].placement, answer)


def find_fitting(hall: Hall, session: Session) -> None:
    """Find what the greeting proposes: jobs, and papers that may be had."""
    session.fitting = fitting_jobs(hall, person_of(session), GREETING_JOBS)
    session.offers = papers_for(hall, person_of(session).worker)


def look_at(hall: Hall, session: Session, job: JobId) -> bool:
    """Read one job, judged for whoever has come; return whether it is still there."""
    met = session.recognition if session.arrival else None
    if met is not None:  # what came free meanwhile is theirs who wait for it
        call_waiting(hall, job, (met.worker,))
    looked = look_at_job(hall, job, met)
    if looked is None:
        session.sentence = Sentence("actions.take.gone")
        return False
    session.job = looked
    return True


def is_elsewhere(session: Session) -> bool:
    """Return whether the job that is looked at has places, but none at this kiosk."""
    return session.job is not None and session.job.line.open_here <= 0 < session.job.line.open_places


def is_full(hall: Hall, line: JobOnBoard) -> bool:
    """Return whether nothing is to be had of a job here: no place, and no line to stand in."""
    return line.open_here <= 0 and not line.job.is_talked_over and not can_be_waited_for(hall)


def has_come(hall: Hall, session: Session) -> bool:
    """Return whether a place of the job that is looked at has come here since; look at it as it is now."""
    if session.job is None or not is_elsewhere(session):
        return False
    job = session.job.line.job.id
    with hall.store.reading() as records:
        line = records.board.line(job, hall.now())
    return line is not None and line.open_here > 0 and look_at(hall, session, job)


def want(hall: Hall, session: Session) -> Step:
    """Return where wanting the job leads: to the card, the notice, the last look, a line, or why not.

    Raises Refused where the line cannot be joined.
    """
    looked = session.job
    if looked is None:
        return Step.HOME
    if looked.judgement is None:
        session.wanted = looked.line.job.id
        return Step.LAY_CARD if session.recognition is None else Step.NOTICE
    met, job = person_of(session), looked.line.job
    if not looked.judgement.is_allowed:
        note_refusal(hall, met, job.id, looked.judgement)
        session.sentence = None
        return Step.BLOCKED
    if looked.line.open_here > 0 and not job.is_talked_over:
        return Step.CONFIRM
    if is_full(hall, looked.line):
        session.sentence = Sentence("actions.take.full")
        return Step.BLOCKED
    signed = sign_up(hall, met, job.id, job.version)
    session.sign_up = signed.id
    return Step.CONFIRM if signed.may_take else Step.IN_LINE


def take(hall: Hall, session: Session, second_language: SecondLanguage | None) -> SlipNumber | None:
    """Take a place of the job that is looked at; return its slip, None where no job is looked at.

    The slip's key lines are doubled in `second_language`.
    """
    if session.job is None:
        return None
    job = session.job.line.job
    taken = take_place(hall, person_of(session), job.id, job.version, second_language)
    _expect(session, taken.slip)
    session.placement = taken.placement
    return taken.slip


def take_up(hall: Hall, session: Session, slip: SlipNumber) -> bool:
    """Take up a slip that never reached paper; return whether it still waits to be printed."""
    with hall.store.reading() as records:
        placement = records.placements.by_slip(slip)
        record = records.slips.by_number(slip)
    if placement is None or record is None or record.state is not SlipState.QUEUED:
        return False
    _expect(session, slip)
    session.placement = placement
    session.job = look_at_job(hall, placement.job, session.recognition)
    return True


def person_of(session: Session) -> Recognition:
    """Return who is there. Raises Refused where nobody is."""
    if session.recognition is None:
        raise Refused(Sentence("ui.trouble.nobody"))
    return session.recognition


def job_of(session: Session) -> Job:
    """Return the job that is looked at. Raises Refused where none is."""
    if session.job is None:
        raise Refused(Sentence("actions.take.gone"))
    return session.job.line.job


def hold_first(session: Session, placement: Placement) -> None:
    """Keep the place of whoever is here, of those that were taken together."""
    _expect(session, placement.slip)
    session.placement = placement


def _expect(session: Session, slip: SlipNumber) -> None:
    session.print_news = PrintNews(slip, PrintStage.SENDING, 0.0)
