"""Bodies that came down, as the values the rest of the kiosk speaks of."""

from __future__ import annotations

from functools import lru_cache

from kiosk.domain.jobs import (
    Employer,
    Job,
    PayUnit,
)
from kiosk.domain.trips import Trip
from kiosk.messages.feed import EmployerBody, JobBody, TripBody
from kiosk.messages.meanings import employer_of, job_of, trip_of

_PAID_DAYS_A_MONTH = 21.75
"""劳社部发〔2008〕3号: monthly pay over 21.75 days is the pay of one day."""
_KEPT_JOBS = 256
_KEPT_OTHERS = 64
"""A board shows the same few bodies all morning, so they are read once; the text itself is what they are
known by, so nothing can be out of date."""


@lru_cache(maxsize=_KEPT_JOBS)
def read_job(text: str) -> Job:
    """Return the job that a body's JSON tells of; ValueError as in `job_of`."""
    return job_of(JobBody.model_validate_json(text))


@lru_cache(maxsize=_KEPT_OTHERS)
def read_employer(text: str) -> Employer:
    """Return the employer that a body's JSON tells of."""
    return employer_of(EmployerBody.model_validate_json(text))


@lru_cache(maxsize=_KEPT_OTHERS)
def read_trip(text: str) -> Trip:
    """Return the trip that a body's JSON tells of."""
    return trip_of(TripBody.model_validate_json(text))


def pay_rank(job: Job) -> int:
    """Return minus the pay of one day in fen, so that ascending order puts the best pay first.

    Piece work has no known pay of a day and ranks after everything that has.
    """
    shift = job.shift
    days = (shift.last_day - shift.first_day).days + 1
    span_min = (
        (shift.ends_at.hour - shift.starts_at.hour) * 60 + shift.ends_at.minute - shift.starts_at.minute
    )
    paid_min = max((span_min if span_min > 0 else span_min + 24 * 60) - shift.break_min, 0)
    of_one_day = {
        PayUnit.DAY: job.pay.fen,
        PayUnit.HOUR: job.pay.fen * paid_min // 60,
        PayUnit.MONTH: int(job.pay.fen / _PAID_DAYS_A_MONTH),
        PayUnit.LUMP: job.pay.fen // days,
        PayUnit.PIECE: 0,
    }
    return -of_one_day[job.pay.unit]
