"""Sign up (报名): join the line of a job, in the order of the day, and spend nothing yet."""

from __future__ import annotations

from datetime import datetime

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.note_refusal import refusals_noted
from kiosk.actions.offered_job import published, refuse_if_blocked, refuse_if_changed
from kiosk.actions.ports import Records
from kiosk.actions.recognise import Recognition, standing_of
from kiosk.domain.ids import JobId, SignUpId, WorkerId
from kiosk.domain.jobs import Job
from kiosk.domain.orders import OrderKey, Turn
from kiosk.domain.sentences import Sentence
from kiosk.domain.sign_ups import SignUp, Way
from kiosk.domain.teams import TeamPart
from kiosk.messages.decisions import order_point, team_point, turn_point
from kiosk.messages.events import SignedUp


def sign_up(hall: Hall, recognition: Recognition, job_id: JobId, version: int) -> SignUp:
    """Join the line of exactly the version of the job that the person saw. One transaction.

    Whoever is in the line already stays where he is. Raises Refused where the job is gone or has changed, or
    where a rule blocks.
    """
    with refusals_noted(hall, recognition, job_id), hall.store.writing() as records:
        line = published(hall, records, job_id)
        earlier = own_sign_up(hall, records, recognition, job_id)
        if earlier is not None:
            return earlier
        refuse_if_changed(line, version)
        standing = standing_of(records, recognition.worker, recognition, hall)
        refuse_if_blocked(hall, records, line, standing)
        key, number = arrival_of(hall, records, recognition)
        return join_line(hall, records, line.job, recognition, number, Turn.of(key))


def own_sign_up(hall: Hall, records: Records, recognition: Recognition, job: JobId) -> SignUp | None:
    """Return where a person stands in the line of a job today, None where he is not in it."""
    return next(iter(own_sign_ups(hall, records, recognition.worker, job)), None)


def own_sign_ups(hall: Hall, records: Records, worker: WorkerId, job: JobId) -> list[SignUp]:
    """Return all that a person has in the line of a job today, the one that counts first.

    Who signed up under two registrations before they were merged stands where he was called, and else where
    he came first.
    """
    own = [item for item in records.sign_ups.open_of(worker, hall.today()) if item.job == job]
    return sorted(own, key=lambda item: (item.is_waiting, item.turn))


def way_of(job: Job) -> Way:
    """Return what the line of a job is for: to be called to a table, or to be offered a place."""
    return Way.TALK if job.is_talked_over else Way.PLACE


def join_line(
    hall: Hall,
    records: Records,
    job: Job,
    recognition: Recognition,
    queue_number: str,
    turn: Turn,
    part: TeamPart | None = None,
    at: datetime | None = None,
) -> SignUp:
    """Write down that somebody stands in the line of a job in this turn; `part` ties him to a team.

    Where no instant is given it is now.
    """
    signed = SignUp(
        id=SignUpId(hall.fresh_id()),
        worker=recognition.worker,
        job=job.id,
        job_version=job.version,
        way=way_of(job),
        queue_number=queue_number,
        turn=turn,
        signed_at=at or hall.now(),
        team=part.team if part else None,
    )
    records.sign_ups.add(signed)
    records.journal.append(_entry(signed, part), signed.signed_at)
    return signed


def arrival_of(hall: Hall, records: Records, recognition: Recognition) -> tuple[OrderKey, str]:
    """Return when a person came today, here or at another kiosk, and the number he is called by.

    A bureau of before does not tell when he came to another kiosk: then he comes in when he signs up.
    """
    visit = records.check_ins.of(recognition.worker, hall.today())
    if visit is not None:
        return visit.key, visit.queue_number
    told = recognition.capsule
    if told is None or told.checked_in_on != hall.today() or told.check_in_queue_number is None:
        raise Refused(Sentence("hiring.not_checked_in"))
    arrived_at, kiosk = told.check_in_arrived_at or hall.now(), told.check_in_kiosk or hall.identity.kiosk
    return OrderKey(hall.today(), arrived_at, kiosk, told.check_in_sequence or 0), told.check_in_queue_number


def _entry(signed: SignUp, part: TeamPart | None) -> SignedUp:
    return SignedUp(
        sign_up=signed.id,
        worker=signed.worker,
        job=signed.job,
        job_version=signed.job_version,
        way="talk" if signed.way is Way.TALK else "place",
        queue_number=signed.queue_number,
        own=order_point(signed.turn.own),
        turn=turn_point(signed.turn) if part else None,
        team=team_point(part) if part else None,
    )
