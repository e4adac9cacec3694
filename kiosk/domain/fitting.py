"""How well a job fits a person, and the one reason said aloud; never by age, health, sex or nation."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.jobs import Job, PayRule
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import Trip
from kiosk.domain.workers import FirstAnswers, WorkSpan

RULE_VERSION = 1

_PAID_AT_ONCE = {PayRule.SAME_DAY, PayRule.AFTER_WORK}


@dataclass(frozen=True, slots=True)
class Fit:
    """A score from 0 to 1000 and the reason that weighed most."""

    score: int
    reason: Sentence


def fit(job: Job, trip: Trip | None, answers: FirstAnswers) -> Fit:
    """Weigh what a person wished for, then the way there, then how soon the money comes."""
    weighed = [
        (500 if job.trade in answers.trades else 0, Sentence("actions.fit.wished")),
        (200 if _span_fits(job, answers) else 0, Sentence("actions.fit.span")),
        (150 if job.pay.rule in _PAID_AT_ONCE else 0, Sentence("actions.fit.same_day")),
        (max(0, 150 - job.place.travel_min), _way(job, trip)),
    ]
    reason = max(weighed, key=lambda item: item[0])[1]
    return Fit(sum(points for points, _ in weighed), reason)


def _span_fits(job: Job, answers: FirstAnswers) -> bool:
    if answers.span in {None, WorkSpan.EITHER}:
        return False
    is_day_work = job.shift.first_day == job.shift.last_day
    return is_day_work == (answers.span is WorkSpan.DAY)


def _way(job: Job, trip: Trip | None) -> Sentence:
    key = "actions.fit.coach" if trip is not None else "actions.fit.near"
    return Sentence(key, {"minutes": job.place.travel_min})
