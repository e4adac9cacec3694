"""Do for somebody without a card what he would do himself: an attendant in his name, with both in the log.

Each act is the worker's own, with the same rules and the same entries; before it stands a line of the audit
log that says who did it for whom, and why. A log may tell of an act that was refused in the same moment, or
that a failing disk prevented; it never misses one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.faults import Refused
from kiosk.actions.find_jobs import look_at_job
from kiosk.actions.give_back import Reason, give_back
from kiosk.actions.hall import Hall
from kiosk.actions.offered_job import published, refuse_if_changed
from kiosk.actions.own_data import ask_erasure, withdraw
from kiosk.actions.ports import Staff
from kiosk.actions.rank_jobs import rank_jobs
from kiosk.actions.recognise import Acquaintance, Recognition, recognise
from kiosk.actions.record_act import record_act
from kiosk.actions.sign_up import sign_up
from kiosk.actions.take_place import TakenPlace, take_place
from kiosk.domain.cards import bare_card
from kiosk.domain.duties import Act
from kiosk.domain.ids import PlacementId, WorkerId
from kiosk.domain.jobs import Job
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp

MOST_OFFERED = 20
_DESK = "desk"


@dataclass(frozen=True, slots=True)
class Number:
    """Whether a number of all that a place takes lies here, or may still be had of the bureau."""

    is_here: bool
    is_anywhere: bool


def jobs_for(hall: Hall, worker: WorkerId) -> Sequence[Job]:
    """Return the jobs that fit somebody best of those he may take here and now. Raises Refused.

    At a desk it is every open one: it holds no numbers, and asks the bureau for the one that is wanted.
    """
    query = BoardQuery(takeable_here=not asks_for_each(hall))
    ranking = rank_jobs(hall, _recognised(hall, worker), query)
    with hall.store.reading() as records:
        return [item.line.job for item in ranking.best(records, hall.now(), MOST_OFFERED)]


def asks_for_each(hall: Hall) -> bool:
    """Return whether this device holds no numbers and asks for each that is wanted."""
    return hall.identity.profile == _DESK


def number_for(hall: Hall, worker: WorkerId, job: Job, *, is_first: bool = True) -> Number:
    """Return where a number of this job is, and ask the bureau for one where none is here.

    Raises Refused where the job is gone or says something else by now. `is_first` is False when a number was
    asked for before.
    """
    with hall.store.reading() as records:
        line = published(hall, records, job.id)
    refuse_if_changed(line, job.version)
    if not asks_for_each(hall) or line.open_here > 0:
        return Number(is_here=True, is_anywhere=True)
    if is_first:
        look_at_job(hall, job.id, _recognised(hall, worker))
    return Number(is_here=False, is_anywhere=line.open_places > 0)


def agreed_for(hall: Hall, worker: WorkerId) -> Sequence[Job]:
    """Return the jobs that wait for nothing but his yes: the employer said his at the table, or called him.

    Reads only. One whose words have changed since is not among them.
    """
    with hall.store.reading() as records:
        own = [item for item in records.sign_ups.open_of(worker, hall.today()) if item.may_take]
        lines = [(item, records.board.published(item.job, hall.now())) for item in own]
    return [line.job for item, line in lines if line is not None and line.job.version == item.job_version]


def take_for(hall: Hall, worker: WorkerId, job: Job, reason: str, staff: Staff) -> TakenPlace:
    """Take a place of the job as it was shown. Raises Refused as `take_place` does."""
    return take_place(hall, _in_his_name(hall, worker, Act.TAKE_FOR, reason, staff), job.id, job.version)


def sign_up_for(hall: Hall, worker: WorkerId, job: Job, reason: str, staff: Staff) -> SignUp:
    """Join the line of a job that is talked over. Raises Refused as `sign_up` does."""
    return sign_up(hall, _in_his_name(hall, worker, Act.SIGN_UP_FOR, reason, staff), job.id, job.version)


def give_back_for(
    hall: Hall, worker: WorkerId, placement: PlacementId, why: Reason, reason: str, staff: Staff
) -> None:
    """Give a place back. `why` he does not go, `reason` he does not say it himself. Raises Refused."""
    give_back(hall, _in_his_name(hall, worker, Act.GIVE_BACK_FOR, reason, staff), placement, why)


def withdraw_for(hall: Hall, worker: WorkerId, reason: str, staff: Staff) -> bool:
    """Withdraw his consent to telephone, trades and span, after he said yes to that. Raises Refused."""
    return withdraw(hall, _in_his_name(hall, worker, Act.WITHDRAW_FOR, reason, staff), "by_hand")


def erase_for(hall: Hall, worker: WorkerId, reason: str, staff: Staff) -> bool:
    """Ask that all of him be erased, after he said yes to that. Raises Refused."""
    return ask_erasure(hall, _in_his_name(hall, worker, Act.ERASE_FOR, reason, staff), "by_hand")


def _in_his_name(hall: Hall, worker: WorkerId, act: Act, reason: str, staff: Staff) -> Recognition:
    """Write down who acts for whom and why, and return the person as his card would have told him."""
    if not reason.strip():
        raise Refused(Sentence("actions.reason_missing"))
    met = _recognised(hall, worker)
    with hall.store.writing() as records:
        record_act(hall, records, staff, act, "worker", worker, reason)
    return met


def _recognised(hall: Hall, worker: WorkerId) -> Recognition:
    """Return somebody kept here, as far as the rules let him be met at all (AGE-01, a newer notice)."""
    with hall.store.reading() as records:
        known = records.workers.by_id(worker)
    if known is None:
        raise Refused(Sentence("actions.correct.gone"))
    card = bare_card(known.kind, known.name, known.number, known.sex, known.birth_date)
    met = recognise(hall, card)
    if met.acquaintance is not Acquaintance.KNOWN:
        raise Refused(Sentence("actions.act_for.unmet"))
    return met
