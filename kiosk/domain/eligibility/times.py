"""The rule of time: TIME-01, one person is never promised to two places at once, the way included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from kiosk.domain.clock import instant_of
from kiosk.domain.eligibility.cases import Case
from kiosk.domain.eligibility.findings import Finding, Level, Rule
from kiosk.domain.jobs import Job
from kiosk.domain.sentences import Sentence
from kiosk.domain.trips import Trip


def engagement_span(job: Job, trip: Trip | None) -> tuple[datetime, datetime]:
    """Return from when to when (UTC) a job takes a person's time, the way there and back included.

    With a coach it begins when the coach leaves the hall and ends when the coach is back, or, where work ends
    after the coach's return, when the person has made the way alone.
    """
    way = timedelta(minutes=job.place.travel_min)
    if trip is None:
        return job.shift.starts - way, job.shift.ends + way
    starts = min(instant_of(trip.day, trip.departs_at), job.shift.starts)
    if trip.returns_at is None:
        return starts, job.shift.ends + way
    is_overnight = trip.returns_at <= trip.departs_at
    return_day = trip.day + timedelta(days=1) if is_overnight else trip.day
    return starts, max(job.shift.ends, instant_of(return_day, trip.returns_at)) + way


def time_01(case: Case) -> Iterator[Finding]:
    """Refuse what shares a moment with a place already held."""
    if not case.standing.engagements:
        return
    key = "time.between_jobs_min"
    between = timedelta(minutes=case.whole(key))
    starts, ends = engagement_span(case.job, case.trip)
    for held in case.standing.engagements:
        if held.overlaps(starts - between, ends + between):
            yield Finding(
                Rule.TIME_01,
                Level.BLOCK,
                Sentence("rules.time01.block"),
                case.law(key),
                case.parameters.of(key),
                remedy=Sentence("rules.time01.remedy"),
            )
