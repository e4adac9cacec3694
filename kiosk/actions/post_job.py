"""Post a job at the hall and withdraw one: the hall asks, the bureau's rules decide what is published."""

from __future__ import annotations

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.ids import EmployerId, JobId
from kiosk.domain.sentences import Sentence
from kiosk.messages.events import JobPosted, JobWithdrawn
from kiosk.messages.feed import JobBody


def post_job(hall: Hall, job: JobBody, staff: Staff) -> None:
    """Send a posting to the bureau with the next sync; it shows on the board once the bureau publishes it."""
    with hall.store.writing() as records:
        if records.board.employer(EmployerId(job.employer)) is None:
            raise Refused(Sentence("actions.post.unknown_employer"))
        records.desk.add_pending_job(JobId(job.id), job.title, hall.now())
        records.journal.append(JobPosted(job=job.model_dump(mode="json"), actor=staff.id), hall.now())
        record_act(hall, records, staff, Act.POST_JOB, "job", job.id)


def withdraw_job(hall: Hall, job: JobId, reason: str, staff: Staff) -> None:
    """Withdraw a job here at once and tell the bureau; places already taken stay as they are."""
    if not reason.strip():
        raise Refused(Sentence("actions.reason_missing"))
    with hall.store.writing() as records:
        if not records.board.withdraw(job):
            raise Refused(Sentence("actions.take.gone"))
        records.journal.append(JobWithdrawn(job=job, reason=reason, actor=staff.id), hall.now())
        record_act(hall, records, staff, Act.WITHDRAW_JOB, "job", job, reason)
