"""What of a job decides how well it fits and whom it asks for, small enough to lie in an index.

Thousands of jobs share a few hundred traits, so whoever ranks a whole board weighs each of these once.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from datetime import date, timedelta

from kiosk.domain.clock import clock_text
from kiosk.domain.hardships import Hardship
from kiosk.domain.ids import StationCode
from kiosk.domain.jobs import Certificate, Hazard, Job, PayRule, Strain
from kiosk.domain.skills import Grade

_PAID_AT_ONCE = {PayRule.SAME_DAY, PayRule.AFTER_WORK}
_AS_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Made once: every job that comes down is written so."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What a job asks of a person: all that the rules read of it besides its days and places held.

    `sun` is from when to when, and with how long a rest, people work in the heat; None where they do not.
    """

    age_min: int
    is_dangerous: bool
    hazards: frozenset[Hazard]
    certificates: frozenset[Certificate]
    needs_classes: frozenset[str]
    strain: Strain
    sun: tuple[str, str, int] | None


@dataclass(frozen=True, slots=True)
class Traits:
    """`days` counts the calendar days of work; the station is the one that the way begins at."""

    station: StationCode
    trade: str
    grade: Grade | None
    days: int
    is_paid_at_once: bool
    has_coach: bool
    welcomes: frozenset[Hardship]
    demands: Demands

    def last_day(self, first_day: date) -> date:
        """Return the last day of a job that begins then."""
        return first_day + timedelta(days=self.days - 1)


def traits_of(job: Job) -> Traits:
    """Return the traits of a job."""
    return Traits(
        station=job.station,
        trade=job.trade,
        grade=job.grade,
        days=(job.shift.last_day - job.shift.first_day).days + 1,
        is_paid_at_once=job.pay.rule in _PAID_AT_ONCE,
        has_coach=job.trip is not None,
        welcomes=job.welcomes,
        demands=Demands(
            age_min=job.age_min,
            is_dangerous=job.is_dangerous,
            hazards=job.hazards,
            certificates=job.certificates,
            needs_classes=job.needs_classes,
            strain=job.strain,
            sun=_sun(job),
        ),
    )


def _sun(job: Job) -> tuple[str, str, int] | None:
    if Hazard.HEAT not in job.hazards:
        return None
    shift = job.shift
    return clock_text(shift.starts_at), clock_text(shift.ends_at), shift.break_min


def written(traits: Traits) -> str:
    """Return traits as text; equal traits give equal texts."""
    asked = traits.demands
    return _AS_TEXT(
        [
            traits.station,
            traits.trade,
            traits.grade,
            traits.days,
            int(traits.is_paid_at_once),
            int(traits.has_coach),
            sorted(traits.welcomes),
            asked.age_min,
            int(asked.is_dangerous),
            sorted(asked.hazards),
            sorted(asked.certificates),
            sorted(asked.needs_classes),
            [*astuple(asked.strain)] if asked.strain.is_known else None,
            asked.sun,
        ]
    )


def read_traits(text: str) -> Traits:
    """Return the traits that were written so. Raises ValueError for anything else."""
    station, trade, grade, days, at_once, coach, welcomes, *asked = json.loads(text)
    age, danger, hazards, papers, classes, strain, sun = asked
    return Traits(
        station=StationCode(station),
        trade=trade,
        grade=None if grade is None else Grade(grade),
        days=days,
        is_paid_at_once=bool(at_once),
        has_coach=bool(coach),
        welcomes=frozenset(map(Hardship, welcomes)),
        demands=Demands(
            age_min=age,
            is_dangerous=bool(danger),
            hazards=frozenset(map(Hazard, hazards)),
            certificates=frozenset(map(Certificate, papers)),
            needs_classes=frozenset(classes),
            strain=Strain(*strain) if strain else Strain(),
            sun=None if sun is None else tuple(sun),
        ),
    )
