"""What happened before the demo's morning: somebody took a place at a desk, worked, and his money is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.hall import Hall
from kiosk.actions.print_slip import begin_printing, record_printed
from kiosk.actions.recognise import recognise
from kiosk.actions.take_place import take_place
from kiosk.domain.clock import instant_of
from kiosk.domain.ids import JobId
from kiosk.messages.feed import JobBody
from kiosk.sample.loader import sample_rows
from kiosk.sample.people import SamplePerson

ASKED_PAY = "asked_pay"
"""The story of whoever is asked about his money."""
_DAYS_AGO = timedelta(days=2)
"""The sample's morning is ahead, for most of a day tomorrow's: what was worked two before is due."""
_JOB = "j16"
_CAME_AT = time(5, 10)


def earlier_job(now: datetime) -> JobBody:
    """Return the work of two days before, on the day itself, by foot and paid in the afternoon."""
    return next(job for job in sample_rows(now - _DAYS_AGO).jobs if job.id.startswith(f"{_JOB}-"))


def work_earlier(hall: Hall, person: SamplePerson) -> None:
    """Let a person take that work at this desk, by the desk's own acts at the hour he came, slip and all."""
    job = earlier_job(hall.now())
    came_at = instant_of(job.shift.first_day, _CAME_AT)
    then = replace(hall, agreed_now=lambda: came_at)
    met = recognise(then, person.card)
    register_and_check_in(then, met)
    taken = take_place(then, met, JobId(job.id), job.version)
    begin_printing(then, taken.slip)
    record_printed(then, taken.slip, "desk")
