"""The sample hall as the bureau would publish it, put on the morning that lies ahead.

The files name times of day and no days. Work is put on today while `LAST_CALL` is ahead and on tomorrow after
it, so that every place can still be taken at whatever hour the sample is loaded.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from kiosk.codes import load_calendar, load_trades
from kiosk.domain.clock import hall_time, instant_of
from kiosk.domain.jobs import Insurance, JobState
from kiosk.domain.rest_days import RestDays
from kiosk.domain.trades import Trades
from kiosk.domain.trips import TripState
from kiosk.intake.courses import first_courses
from kiosk.messages.course_bodies import CourseBody
from kiosk.messages.feed import (
    EmployerBody,
    JobBody,
    ParameterBody,
    PayBody,
    PlaceBody,
    ShiftBody,
    StaffBody,
    StrainBody,
    TripBody,
)
from kiosk.resources import data

LAST_CALL = time(5, 30)
"""Half an hour before the first coach of the sample leaves."""

Table = Mapping[str, Any]
"""One table of a TOML file: text, numbers, times, lists."""


@dataclass(frozen=True, slots=True)
class SampleStation:
    """One hall: its code, its names, the one character on its badge, the letter of its kiosk."""

    code: str
    name: str
    name_en: str
    badge: str
    kiosk_letter: str


@dataclass(frozen=True, slots=True)
class SampleAttendant:
    """Someone at the desk of one hall. A PIN is drawn by whoever loads the sample; none is kept here."""

    id: str
    name: str
    role: str
    station: str

    def body(self, pin_hash: str) -> StaffBody:
        """Return the row for the scope of this hall, with the argon2 hash of a PIN that was just drawn."""
        return StaffBody(id=self.id, name=self.name, role=self.role, pin_hash=pin_hash, is_active=True)


@dataclass(frozen=True, slots=True)
class SampleHall:
    """Everything the bureau publishes for one sample morning.

    `day` is the hall day of the work. `handed_out` tells how many places of a job a desk gave out by hand
    before the morning begins (job → places): whoever loads the sample lets that desk hold their numbers.
    """

    day: date
    stations: tuple[SampleStation, ...]
    attendants: tuple[SampleAttendant, ...]
    parameters: tuple[ParameterBody, ...]
    courses: tuple[CourseBody, ...]
    employers: tuple[EmployerBody, ...]
    trips: tuple[TripBody, ...]
    jobs: tuple[JobBody, ...]
    handed_out: Mapping[str, int]


def sample_rows(now: datetime) -> SampleHall:
    """Return the sample hall for an aware instant; reads data/sample and data/courses."""
    day = morning_ahead(now)
    trades = load_trades()
    employers = tuple(_employer(table) for table in sample_tables("employers", "employer"))
    trips = tuple(_trip(table, day) for table in sample_tables("trips", "trip"))
    payers = {employer.id: employer.name for employer in employers}
    coaches = {trip.id: trip for trip in trips}
    told = load_calendar()
    rest = RestDays({item.day: item.is_rest for item in told})
    jobs = tuple(_job(table, day, trades, payers, coaches, rest) for table in sample_tables("jobs", "job"))
    return SampleHall(
        day=day,
        stations=tuple(SampleStation(**table) for table in sample_tables("stations", "station")),
        attendants=tuple(SampleAttendant(**table) for table in sample_tables("stations", "attendant")),
        parameters=(
            *(ParameterBody(**table) for table in sample_tables("parameters", "parameter")),
            *(ParameterBody(**asdict(item.parameter())) for item in told),
        ),
        courses=first_courses(),
        employers=employers,
        trips=trips,
        jobs=jobs,
        handed_out={
            job.id: job.headcount - job.open_places for job in jobs if job.open_places < job.headcount
        },
    )


def morning_ahead(now: datetime) -> date:
    """Return the hall day whose `LAST_CALL` comes next."""
    local = hall_time(now)
    return local.date() if local.time() < LAST_CALL else local.date() + timedelta(days=1)


def sample_tables(file: str, name: str) -> Iterator[Table]:
    """Yield the tables of one name of data/sample/<file>.toml, in their order."""
    tables: list[Table] = tomllib.loads(data("sample", f"{file}.toml").read_text(encoding="utf-8"))[name]
    yield from tables


def _employer(table: Table) -> EmployerBody:
    return EmployerBody(**{"uscc": None, "is_verified": True, **table})


def _trip(table: Table, day: date) -> TripBody:
    return TripBody(**{**table, "id": dated(table["id"], day)}, day=day, state=TripState.PLANNED.value)


def dated(name: str, day: date) -> str:
    """Return the id of a sample job or trip on one morning: each morning sells places of its own."""
    return f"{name}-{day:%m%d}"


def _job(
    table: Table,
    morning: date,
    trades: Trades,
    payers: Mapping[str, str],
    coaches: Mapping[str, TripBody],
    rest: RestDays,
) -> JobBody:
    shift = _shift(table, morning)
    coach = coaches.get(dated(table["trip"], morning)) if "trip" in table else None
    leaves_at = coach.departs_at if coach else shift.starts_at
    return JobBody(
        id=dated(table["id"], morning),
        version=1,
        employer=table["employer"],
        station=table["station"],
        trade=table["trade"],
        family=trades.by_key[table["trade"]].family.value,
        title=table["title"],
        title_en=table["title_en"],
        content=table["content"],
        content_en=table["content_en"],
        headcount=table["headcount"],
        pay=_pay(table, shift, payers[table["employer"]], rest),
        shift=shift,
        place=PlaceBody(
            town=table["town"],
            spot=table["spot"],
            distance_m=table["distance_m"],
            travel_min=table["travel_min"],
        ),
        trip=coach.id if coach else None,
        has_meal=table.get("has_meal", False),
        has_lodging=table.get("has_lodging", False),
        hazards=table.get("hazards", []),
        ppe=table.get("ppe", []),
        certificates=table.get("certificates", []),
        insurance=Insurance(table["insurance"]).value,
        age_min=table.get("age_min", 16),
        is_instant=table.get("is_instant", True),
        is_talked_over=table.get("is_talked_over", False),
        is_dangerous=table.get("is_dangerous", False),
        needs_education=min(table.get("needs_classes", []), default=None),
        meeting_point=f"{coach.bay}号位" if coach else table["spot"],
        valid_until=instant_of(shift.first_day, leaves_at),
        state=JobState.PUBLISHED.value,
        open_places=table.get("open_places", table["headcount"]),
        grade=table.get("grade", ""),
        welcomes=table.get("welcomes", []),
        needs_classes=sorted(table.get("needs_classes", [])),
        strain=StrainBody(**table["strain"]) if "strain" in table else None,
    )


def _shift(table: Table, morning: date) -> ShiftBody:
    first_day = morning + timedelta(days=table.get("start_in_days", 0))
    return ShiftBody(
        first_day=first_day,
        last_day=first_day + timedelta(days=table.get("days", 1) - 1),
        starts_at=table["starts_at"],
        ends_at=table["ends_at"],
        break_min=table["break_min"],
    )


def _pay(table: Table, shift: ShiftBody, payer: str, rest: RestDays) -> PayBody:
    due_on = None
    if (due_in_days := table.get("due_in_days")) is not None:
        due_on = rest.worked_by(shift.first_day + timedelta(days=due_in_days), earliest=shift.last_day)
    return PayBody(
        fen=table["pay_fen"],
        unit=table["pay_unit"],
        rule=table["pay_rule"],
        way=table["pay_way"],
        payer=payer,
        piece_name=table.get("piece_name", ""),
        due_on=due_on,
        due_at=table.get("due_at"),
    )
