"""What a reviewer is shown of an advertisement, and who may decide about one at the bureau."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Table, select

from kiosk.actions.faults import Refused
from kiosk.actions.sign_in import fits
from kiosk.bureau.advertisements import Ruling
from kiosk.bureau.databases import Database
from kiosk.bureau.districts import work_scopes
from kiosk.bureau.feeds import CITY, Changes, bodies, current_body
from kiosk.bureau.intake_tables import imported_job
from kiosk.bureau.staffing import find_staff
from kiosk.bureau.tables import job_post, ruling
from kiosk.domain.clock import hall_day
from kiosk.domain.duties import Act, may_confirm
from kiosk.domain.jobs import JobState
from kiosk.domain.parameters import Parameter, in_force
from kiosk.domain.posting import Decision, PostingReview, review
from kiosk.domain.sentences import Sentence
from kiosk.messages.feed import EmployerBody, JobBody, ParameterBody, StaffBody
from kiosk.messages.meanings import employer_of, job_of
from kiosk.statements import Row


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision about one version: by the rules, or by somebody."""

    version: int
    state: JobState
    sentence: Sentence
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class CloseLook:
    """An advertisement with its employer, what the rules say by now, what was decided before.

    `posted` and `returned` count what this employer has advertised so far, and what of it was sent back.
    """

    job: JobBody
    employer: EmployerBody
    found: PostingReview
    history: tuple[Decided, ...]
    posted: int
    returned: int


def look_closely(database: Database, job: JobBody, now: datetime) -> CloseLook:
    """Return what there is to know about an advertisement. Raises Refused where its employer is gone."""
    with database.reading() as connection:
        said = current_body(connection, Changes(), [CITY], "employer", job.employer)
        if said is None:
            raise Refused(Sentence("bureau.review.no_employer"))
        employer = EmployerBody.model_validate_json(said[1])
        told = [ParameterBody.model_validate_json(text) for text in bodies(connection, CITY, "parameter")]
        known = in_force([Parameter(**item.model_dump()) for item in told], hall_day(now))
        found = review(job_of(job), employer_of(employer), known)
        rows = connection.execute(select(ruling).where(ruling.c.job == job.id).order_by(ruling.c.id))
        history = tuple(_decided(row) for row in rows)
        states = [state for table in (job_post, imported_job) for state in _states(connection, table, job)]
    return CloseLook(job, employer, found, history, len(states), states.count(JobState.RETURNED))


def reviewer(database: Database, staff: str, pin: str, today: date) -> StaffBody:
    """Return who decides. Raises Refused for nobody, a wrong PIN, or somebody whose role does not decide."""
    with database.reading() as connection:
        found = find_staff(connection, staff)
    if found is None or not _is_there(found.body, today) or not fits(found.body.pin_hash, pin):
        raise Refused(Sentence("bureau.review.not_you"))
    # Whoever may overrule a rule decides what it leaves open.
    if not may_confirm(found.body.role, Act.OVERRIDE_REVIEW):
        raise Refused(Sentence("actions.duty.not_yours"))
    return found.body


def _is_there(member: StaffBody, today: date) -> bool:
    return member.is_active and (member.valid_until or today) >= today


def approved() -> Ruling:
    """Return the decision that everybody may see an advertisement."""
    return Ruling(JobState.PUBLISHED, Sentence("bureau.ruling.approved"))


def sent_back(reason: str) -> Ruling:
    """Return the decision that nobody is shown an advertisement, with what has to change."""
    return Ruling(JobState.RETURNED, Sentence("bureau.ruling.returned", {"reason": reason}))


def taken_off(reason: str) -> Ruling:
    """Return the decision that a published advertisement is shown to nobody any more, and why."""
    return Ruling(JobState.WITHDRAWN, Sentence("bureau.ruling.taken_off", {"reason": reason}))


def published_again(database: Database, job: str, now: datetime) -> Ruling:
    """Return the decision that everybody may see again what was taken off; the rules are asked once more.

    Raises Refused with what they forbid by now, or where nothing is known of the job.
    """
    with database.reading() as connection:
        said = current_body(connection, Changes(), work_scopes(connection), "job", job)
    if said is None:
        raise Refused(Sentence("intake.review.not_taken_off"))
    found = look_closely(database, JobBody.model_validate_json(said[1]), now).found
    if found.decision is Decision.RETURNED:
        raise Refused(found.hits[0].sentence)
    return Ruling(JobState.PUBLISHED, Sentence("bureau.ruling.published_again"))


def _decided(row: Row) -> Decided:
    sentence = Sentence(row.sentence, json.loads(row.args))
    return Decided(row.version, JobState(row.state), sentence, row.decided_by, row.decided_at)


def _states(connection: Connection, table: Table, job: JobBody) -> list[JobState]:
    """Return how the advertisements of a job's employer stand, but for this one."""
    rows = connection.execute(select(table.c.body, table.c.state).where(table.c.job != job.id))
    return [
        JobState(row.state) for row in rows if JobBody.model_validate_json(row.body).employer == job.employer
    ]
