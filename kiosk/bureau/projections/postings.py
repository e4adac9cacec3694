"""Jobs that halls post and withdraw: the rules decide at once, a reviewer decides what they leave open."""

from __future__ import annotations

from sqlalchemy import insert, update

from kiosk.bureau.advertisements import Ruling, rule_on
from kiosk.bureau.districts import work_scope_at
from kiosk.bureau.feeds import CITY, bodies, current_body, kept
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.ground import Ground
from kiosk.bureau.publishing import say_job
from kiosk.bureau.rulings import record_ruling, rulings_on
from kiosk.bureau.tables import job_post
from kiosk.domain.jobs import JobState
from kiosk.messages.events import JobPosted, JobWithdrawn
from kiosk.messages.feed import EmployerBody, JobBody, ParameterBody


def post_job(ground: Ground, body: JobPosted) -> None:
    """Keep a posted job and say at once, to every kiosk of the district, how it stands.

    A replay takes the decision as it was made then: parameters have moved on since.
    """
    job = JobBody.model_validate(body.job)
    if job.station != ground.source.station:
        raise NotApplicable("bureau.refused.not_this_hall")
    rulings = rulings_on(ground.connection, job.id, job.version)
    if not rulings:
        rulings = [_decide(ground, job)]
        record_ruling(ground.connection, job, rulings[0], "rules", ground.source.received_at)
    if rulings[0].state is JobState.RETURNED:
        ground.tell("bureau.refused.job_returned")  # why: its first ruling
    state = rulings[-1].state
    posted = job.model_copy(update={"state": state, "open_places": job.headcount})
    ground.connection.execute(
        insert(job_post).values(
            job=job.id,
            version=job.version,
            station=job.station,
            actor=body.actor,
            body=posted.model_dump_json(),
            state=state,
            posted_at=ground.source.at,
        )
    )
    if not ground.is_replay:
        scope = work_scope_at(ground.connection, job.station)
        say_job(ground.connection, ground.changes, scope, posted)


def withdraw_job(ground: Ground, body: JobWithdrawn) -> None:
    """Take a job of this hall off every board; places already taken stay taken."""
    ground.connection.execute(
        update(job_post).where(job_post.c.job == body.job).values(state=JobState.WITHDRAWN)
    )
    if ground.is_replay:
        return
    said = current_body(ground.connection, ground.changes, ground.scopes, "job", body.job)
    if said is None and kept(ground.connection, "job", body.job) is not None:
        return  # told so late that it is on no board any more
    if said is None:
        raise NotApplicable("bureau.refused.unknown_job")
    scope, text = said
    job = JobBody.model_validate_json(text)
    if job.station != ground.source.station:
        raise NotApplicable("bureau.refused.not_this_hall")
    say_job(ground.connection, ground.changes, scope, job.model_copy(update={"state": JobState.WITHDRAWN}))


def _decide(ground: Ground, job: JobBody) -> Ruling:
    said = current_body(ground.connection, ground.changes, ground.scopes, "employer", job.employer)
    if said is None:
        raise NotApplicable("bureau.refused.unknown_employer")
    other = current_body(ground.connection, ground.changes, ground.scopes, "job", job.id)
    other = other or kept(ground.connection, "job", job.id)
    if other is not None and JobBody.model_validate_json(other[1]).station != job.station:
        raise NotApplicable("bureau.refused.not_this_hall")
    parameters = [
        ParameterBody.model_validate_json(text) for text in bodies(ground.connection, CITY, "parameter")
    ]
    return rule_on(job, EmployerBody.model_validate_json(said[1]), parameters, ground.source.received_at)
