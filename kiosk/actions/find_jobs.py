"""Find work: the board as it stands, and for one person the few jobs that fit best, with a reason each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.actions.hall import Hall
from kiosk.actions.ports import BoardQuery, JobOnBoard
from kiosk.actions.recognise import Recognition, standing_of
from kiosk.domain.clock import hall_day
from kiosk.domain.eligibility import Judgement, judge
from kiosk.domain.fitting import Fit, fit
from kiosk.domain.ids import JobId
from kiosk.domain.workers import FirstAnswers

_CANDIDATES = 120
"""How many of the best-paid jobs that can be had here are weighed for the greeting."""


@dataclass(frozen=True, slots=True)
class FittingJob:
    """A job this person may take, and why it is shown first."""

    line: JobOnBoard
    fit: Fit


@dataclass(frozen=True, slots=True)
class JudgedJob:
    """One job as the rules see it for one person; `judgement` is None while nobody is checked in."""

    line: JobOnBoard
    judgement: Judgement | None


def fitting_jobs(hall: Hall, recognition: Recognition, limit: int) -> Sequence[FittingJob]:
    """Return the `limit` best jobs this person may lawfully take now and that can be had here."""
    with hall.store.reading() as records:
        worker = recognition.worker
        standing = standing_of(records, worker, recognition, hall)
        parameters = records.settings.parameters(hall.today())
        known = records.workers.by_id(worker)
        answers = known.answers if known else FirstAnswers()
        lines = records.board.page(BoardQuery(takeable_here=True), hall.now(), 0, _CANDIDATES)
    lawful = [
        line
        for line in lines
        if judge(line.job, line.trip, standing, hall_day(line.job.shift.starts), parameters).is_allowed
    ]
    ranked = sorted((FittingJob(line, fit(line.job, line.trip, answers)) for line in lawful), key=_best_first)
    return ranked[:limit]


def look_at_job(hall: Hall, job: JobId, recognition: Recognition | None) -> JudgedJob | None:
    """Return one job with what the rules say for the person whose card lies here, or None when it is gone."""
    with hall.store.reading() as records:
        line = records.board.line(job, hall.now())
        if line is None:
            return None
        if line.open_here <= 0 < line.open_places:
            hall.missed(line)
        if recognition is None:
            return JudgedJob(line, None)
        standing = standing_of(records, recognition.worker, recognition, hall)
        parameters = records.settings.parameters(hall.today())
    day = hall_day(line.job.shift.starts)
    return JudgedJob(line, judge(line.job, line.trip, standing, day, parameters))


def _best_first(item: FittingJob) -> tuple[int, int, str]:
    return (-item.fit.score, -item.line.job.pay.fen, item.line.job.id)
