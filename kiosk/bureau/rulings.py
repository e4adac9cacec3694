"""Decisions about advertisements, kept in order: what the rules said, and what a reviewer said after them."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from kiosk.bureau.advertisements import Ruling
from kiosk.bureau.databases import Database
from kiosk.bureau.feeds import CITY, Changes
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


def awaiting_review(database: Database) -> list[JobBody]:
    """Return the posted jobs that wait for a reviewer, the oldest first."""
    with database.reading() as connection:
        waiting = connection.scalars(
            select(job_post.c.body)
            .where(job_post.c.state == JobState.PENDING)
            .order_by(job_post.c.posted_at, job_post.c.job)
        )
        return [JobBody.model_validate_json(text) for text in waiting]


def review_job(
    database: Database, job: str, version: int, decided: Ruling, reviewer: str, now: datetime
) -> None:
    """Decide about a job that waits, and tell the halls. Raises NotApplicable when it does not wait."""
    with database.writing() as connection:
        waiting = connection.execute(
            select(job_post.c.body).where(
                job_post.c.job == job, job_post.c.version == version, job_post.c.state == JobState.PENDING
            )
        ).scalar_one_or_none()
        if waiting is None:
            raise NotApplicable("bureau.refused.not_waiting")
        body = JobBody.model_validate_json(waiting).model_copy(update={"state": decided.state})
        record_ruling(connection, body, decided, reviewer, now)
        connection.execute(
            update(job_post)
            .where(job_post.c.job == job, job_post.c.version == version)
            .values(state=decided.state, body=body.model_dump_json())
        )
        changes = Changes()
        say_job(connection, changes, CITY, body)
        changes.stamp(connection)
