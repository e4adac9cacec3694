"""Decisions about advertisements, kept in order: what the rules said, and what a reviewer said after them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from kiosk.actions.faults import Refused
from kiosk.bureau.advertisements import Ruling
from kiosk.bureau.databases import Database
from kiosk.bureau.districts import work_scope_at, work_scopes
from kiosk.bureau.feeds import Changes, current_body
from kiosk.bureau.intake_tables import imported_job
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.publishing import say_job
from kiosk.bureau.tables import job_post, ruling
from kiosk.domain.jobs import JobState
from kiosk.domain.sentences import Sentence
from kiosk.messages.feed import JobBody


def record_ruling(
    connection: Connection, job: JobBody, decided: Ruling, decided_by: str, decided_at: datetime
) -> None:
    """Add one decision about one version of a job."""
    connection.execute(
        insert(ruling).values(
            job=job.id,
            version=job.version,
            state=decided.state,
            sentence=decided.sentence.key,
            args=json.dumps(dict(decided.sentence.args), ensure_ascii=False),
            decided_by=decided_by,
            decided_at=decided_at,
        )
    )


def rulings_on(connection: Connection, job: str, version: int) -> list[Ruling]:
    """Return what was decided about one version of a job, the rules' own word first."""
    rows = connection.execute(
        select(ruling).where(ruling.c.job == job, ruling.c.version == version).order_by(ruling.c.id)
    )
    return [Ruling(JobState(row.state), Sentence(row.sentence, json.loads(row.args))) for row in rows]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An advertisement that waits for a reviewer, since when, and who posted it or brought its table."""

    body: JobBody
    since: datetime
    actor: str
    is_imported: bool


def waiting_jobs(database: Database) -> list[Waiting]:
    """Return the advertisements that wait for a reviewer, the oldest first, wherever they came from."""
    with database.reading() as connection:
        posted = connection.execute(
            select(job_post.c.body, job_post.c.posted_at, job_post.c.actor).where(
                job_post.c.state == JobState.PENDING
            )
        )
        imported = connection.execute(
            select(imported_job.c.body, imported_job.c.imported_at, imported_job.c.actor).where(
                imported_job.c.state == JobState.PENDING
            )
        )
        waiting = [_waiting(*row, is_imported=False) for row in posted]
        waiting += [_waiting(*row, is_imported=True) for row in imported]
    return sorted(waiting, key=lambda item: (item.since, item.body.id, item.body.version))


def awaiting_review(database: Database) -> list[JobBody]:
    """Return the advertisements themselves, the oldest first."""
    return [item.body for item in waiting_jobs(database)]


def review_job(
    database: Database, job: str, version: int, decided: Ruling, reviewer: str, now: datetime
) -> None:
    """Decide about a job that waits, and tell the halls. Raises NotApplicable when it does not wait."""
    with database.writing() as connection:
        for table in (job_post, imported_job):
            is_it = (table.c.job == job) & (table.c.version == version) & (table.c.state == JobState.PENDING)
            text = connection.execute(select(table.c.body).where(is_it)).scalar_one_or_none()
            if text is not None:
                break
        else:
            raise NotApplicable("bureau.refused.not_waiting")
        body = JobBody.model_validate_json(text).model_copy(update={"state": decided.state})
        record_ruling(connection, body, decided, reviewer, now)
        decision = {"state": decided.state, "body": body.model_dump_json()}
        connection.execute(update(table).where(is_it).values(**decision))
        changes = Changes()
        say_job(connection, changes, work_scope_at(connection, body.station), body)
        changes.stamp(connection)


def rule_told(database: Database, job: str, decided: Ruling, reviewer: str, now: datetime) -> JobBody:
    """Take a published job off every board, or publish one again that the bureau took off; tell the halls.

    Places already taken stay taken. Raises Refused for a job that does not stand so, or is over.
    """
    with database.writing() as connection:
        changes = Changes()
        said = current_body(connection, changes, work_scopes(connection), "job", job)
        body = JobBody.model_validate_json(said[1]) if said else None
        if decided.state is JobState.WITHDRAWN:
            if body is None or body.state != JobState.PUBLISHED:
                raise Refused(Sentence("intake.review.not_published"))
        elif body is None or not _is_taken_off(connection, body):
            # What its own hall withdrew, only the hall posts again.
            raise Refused(Sentence("intake.review.not_taken_off"))
        changed = body.model_copy(update={"state": decided.state})
        record_ruling(connection, changed, decided, reviewer, now)
        for table in (job_post, imported_job):
            is_it = (table.c.job == job) & (table.c.version == body.version)
            connection.execute(update(table).where(is_it).values(state=decided.state))
        say_job(connection, changes, work_scope_at(connection, changed.station), changed)
        changes.stamp(connection)
    return changed


def _is_taken_off(connection: Connection, body: JobBody) -> bool:
    decided = rulings_on(connection, body.id, body.version)
    return body.state == JobState.WITHDRAWN and decided[-1:] != [] and decided[-1].state is JobState.WITHDRAWN


def _waiting(text: str, since: datetime, actor: str, *, is_imported: bool) -> Waiting:
    return Waiting(JobBody.model_validate_json(text), since, actor, is_imported)
