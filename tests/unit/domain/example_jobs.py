"""Plain jobs, coaches, employers and numbers of law, to be changed in one respect by each test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from kiosk.domain.clock import instant_of
from kiosk.domain.eligibility.strains import FORECAST
from kiosk.domain.families import Family
from kiosk.domain.ids import EmployerId, JobId, StationCode, TripId
from kiosk.domain.jobs import (
    Employer,
    EmployerType,
    Insurance,
    Job,
    Pay,
    PayRule,
    PayUnit,
    PayWay,
    Shift,
    Workplace,
)
from kiosk.domain.parameters import Parameter, Parameters
from kiosk.domain.trips import Trip

DAY = date(2026, 11, 23)

_NUMBERS = {
    "age.minimum_years": "16",
    "age.adult_years": "18",
    "age.minor_forbidden_hazards": "height, toxic,lifting",
    "age.dangerous_work_limit_years": "60",
    "age.older_forbidden_hazards": "toxic",
    "age.retirement_men_years": "60",
    "age.retirement_men_step": "4",
    "age.retirement_men_most": "36",
    "age.retirement_women_years": "50",
    "age.retirement_women_step": "2",
    "age.retirement_women_most": "60",
    "certificate.height.is_required": "1",
    "certificate.scaffold.is_required": "1",
    "certificate.electrician.is_required": "1",
    "certificate.welder.is_required": "1",
    "certificate.forklift.is_required": "1",
    "certificate.crane.is_required": "1",
    "certificate.excavator.is_required": "1",
    "certificate.driver.is_required": "1",
    "certificate.health.is_required": "1",
    "women.lift_often_kg": "20",
    "women.lifts_an_hour": "6",
    "women.lift_kg": "25",
    "women.labour_grade": "4",
    "women.listed_hazards": "height,cold,toxic",
    "women.listed_labour_grade": "3",
    "heat.stop_c": "40",
    "heat.limit_c": "37",
    "heat.rotate_c": "35",
    "heat.limit_min": "360",
    "heat.hottest_from_h": "13",
    "heat.hottest_until_h": "16",
    "heat.limit_is_block": "1",
    "age.site_limit_years": "0",
    "education.is_required": "1",
    "time.between_jobs_min": "0",
    "wage.minimum_hour_fen": "1500",
    "wage.minimum_month_fen": "200000",
    "wage.part_time_cycle_days": "15",
    "wage.longest_cycle_days": "31",
    "hours.normal_day_min": "480",
    "hours.longest_day_min": "660",
}

JOB = Job(
    id=JobId("j1"),
    version=1,
    employer=EmployerId("e1"),
    station=StationCode("NZ"),
    trade="pick_fruit",
    family=Family.FARM,
    title="摘苹果",
    title_en="Apple picking",
    content="摘果、挑拣、装筐",
    content_en="Pick, sort and crate apples",
    headcount=20,
    pay=Pay(16000, PayUnit.DAY, PayRule.SAME_DAY, PayWay.CASH, "晨禾果蔬合作社"),
    shift=Shift(DAY, DAY, time(8), time(17), 60),
    place=Workplace("柳沟镇", "南沟村", 18_000, 30),
    trip=None,
    has_meal=True,
    has_lodging=False,
    hazards=frozenset(),
    ppe=frozenset(),
    certificates=frozenset(),
    insurance=Insurance.ACCIDENT,
    age_min=16,
    is_instant=True,
    is_dangerous=False,
    needs_classes=frozenset(),
    meeting_point="大厅门口",
    valid_until=instant_of(DAY, time(8)),
)

TRIP = Trip(
    id=TripId("t1"),
    station=StationCode("NZ"),
    label="南1",
    day=DAY,
    departs_at=time(7),
    bay="3",
    destination="柳沟镇",
    returns_at=time(17, 30),
    seats=19,
    plate="示A·S0001",
    phone="0936-0000012",
)

EMPLOYER = Employer(
    id=EmployerId("e1"),
    name="晨禾果蔬合作社",
    type=EmployerType.COOPERATIVE,
    uscc="93999999MA0000001G",
    contact_name="苗大军",
    contact_phone="13900000001",
    address="示例市柳沟镇南沟村",
    is_verified=True,
)


def numbers(**changes: str | None) -> Parameters:
    """Return the numbers in force; `age__minimum_years="17"` changes one, None takes it away."""
    values = {**_NUMBERS, **{key.replace("__", "."): value for key, value in changes.items()}}
    return Parameters(
        {
            key: Parameter(key, value, "", f"source of {key}", date(2025, 1, 1))
            for key, value in values.items()
            if value is not None
        }
    )


def forecast(celsius: int, day: date = DAY, **changes: str | None) -> Parameters:
    """Return the numbers in force on a day whose heat was forecast."""
    told = Parameter(FORECAST, str(celsius), "℃", "the weather", day)
    return Parameters({**numbers(**changes).values, FORECAST: told})


def on(job: Job, first_day: date, last_day: date | None = None) -> Job:
    """Return the job on other days."""
    return replace(job, shift=replace(job.shift, first_day=first_day, last_day=last_day or first_day))
