"""Find work: one job looked at, and for one person the few jobs of this kiosk that fit best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.actions.board_ports import BoardQuery, JobOnBoard
from kiosk.actions.call_next import room_here
from kiosk.actions.hall import Hall
from kiosk.actions.offered_job import judged
from kiosk.actions.rank_jobs import FittingJob, ranked_in
from kiosk.actions.recognise import Recognition, standing_of
from kiosk.actions.sign_up import own_sign_up
from kiosk.domain.eligibility import Judgement
from kiosk.domain.ids import JobId


@dataclass(frozen=True, slots=True)
class JudgedJob:
    """One job as the rules see it for one person; `judgement` is None while nobody is checked in."""

    line: JobOnBoard
    judgement: Judgement | None


def fitting_jobs(hall: Hall, recognition: Recognition, limit: int) -> Sequence[FittingJob]:
    """Return the `limit` best jobs this person may lawfully take now and that can be had here."""
    with hall.store.reading() as records:
        ranking = ranked_in(hall, records, recognition, BoardQuery(takeable_here=True))
        return ranking.best(records, hall.now(), limit)


def look_at_job(hall: Hall, job: JobId, recognition: Recognition | None) -> JudgedJob | None:
    """Return one job with what the rules say for the person whose card lies here, or None when it is gone.

    A job that is full is still looked at: it can be waited for. What is kept here for people who were called
    is not open.
    """
    with hall.store.reading() as records:
        line = records.board.published(job, hall.now())
        if line is None:
            return None
        if line.open_here <= 0 < line.open_places:
            hall.missed(line)
        own = own_sign_up(hall, records, recognition, job) if recognition else None
        line = replace(line, open_here=room_here(hall, records, line, own))
        if recognition is None:
            return JudgedJob(line, None)
        standing = standing_of(records, recognition.worker, recognition, hall)
        parameters = records.settings.parameters(hall.today())
    return JudgedJob(line, judged(line, standing, parameters))
