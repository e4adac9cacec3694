"""The sample hall: takable at any hour, lawful by our own rules, and large enough to look like a morning."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue import LANGUAGES, load
from kiosk.codes import load_trades
from kiosk.domain.clock import HALL_ZONE, hall_day, instant_of
from kiosk.domain.families import Family
from kiosk.domain.jobs import PayUnit
from kiosk.domain.parameters import Parameter, in_force
from kiosk.domain.posting import Decision, review
from kiosk.messages.feed import JobBody
from kiosk.messages.meanings import employer_of, job_of
from kiosk.sample.loader import LAST_CALL, SampleHall, morning_ahead, sample_rows

NOW = datetime(2026, 11, 22, 21, 10, tzinfo=UTC)
"""05:10 in the hall."""


@pytest.fixture(scope="module")
def hall() -> SampleHall:
    return sample_rows(NOW)


def test_before_the_last_call_the_morning_is_today_and_after_it_tomorrow() -> None:
    today = date(2026, 11, 23)
    assert morning_ahead(datetime.combine(today, time(5, 29), HALL_ZONE)) == today
    assert morning_ahead(datetime.combine(today, LAST_CALL, HALL_ZONE)) == today + timedelta(days=1)
    assert morning_ahead(datetime.combine(today, time(23, 59), HALL_ZONE)) == today + timedelta(days=1)
    assert morning_ahead(datetime.combine(today, time(0), HALL_ZONE)) == today


@settings(max_examples=25)
@given(st.builds(NOW.__add__, st.timedeltas(timedelta(0), timedelta(days=3000))))
def test_at_any_hour_every_job_can_still_be_taken_for_half_an_hour(now: datetime) -> None:
    """Broken by `LAST_CALL = time(6)`: the first coach leaves at 06:00."""
    hall = sample_rows(now)
    soon = now + timedelta(minutes=30)
    assert all(job_of(job).shift.starts >= soon and job.valid_until >= soon for job in hall.jobs)
    assert all(instant_of(trip.day, trip.departs_at) >= soon for trip in hall.trips)
    assert {trip.day for trip in hall.trips} == {hall.day}
    assert hall.day - hall_day(now) <= timedelta(days=1)


def test_a_new_morning_sells_new_places_and_the_same_morning_says_the_same_again(hall: SampleHall) -> None:
    assert sample_rows(NOW + timedelta(minutes=10)) == hall
    tomorrow = sample_rows(NOW + timedelta(days=1))
    assert not {job.id for job in tomorrow.jobs} & {job.id for job in hall.jobs}
    assert not {trip.id for trip in tomorrow.trips} & {trip.id for trip in hall.trips}


def test_it_is_as_large_as_a_morning(hall: SampleHall) -> None:
    assert [station.badge for station in hall.stations] == ["南", "东", "西", "游"]
    assert len(hall.jobs) >= 64
    assert len({job.trade for job in hall.jobs}) >= 16
    assert {job.family for job in hall.jobs} == {family.value for family in Family}
    assert len(hall.employers) >= 18
    assert len(hall.trips) >= 8
    assert len({job.station for job in hall.jobs}) == len(hall.stations)


def test_every_job_passes_the_rules_of_publishing(hall: SampleHall) -> None:
    known = [Parameter(**body.model_dump()) for body in hall.parameters]
    employers = {body.id: employer_of(body) for body in hall.employers}
    for body in hall.jobs:
        found = review(job_of(body), employers[body.employer], in_force(known, hall.day))
        assert found.decision is Decision.PUBLISH, (body.id, found.hits)


def test_everything_named_exists(hall: SampleHall) -> None:
    stations = {station.code for station in hall.stations}
    coaches = {trip.id: trip for trip in hall.trips}
    trades = load_trades().by_key
    words = [load(language).sentences for language in LANGUAGES]
    for job in hall.jobs:
        assert job.station in stations
        assert trades[job.trade].family.value == job.family
        assert job.trip is None or coaches[job.trip].station == job.station
        assert all(f"rules.class.{name}" in said for name in job.needs_classes for said in words)
        assert job.needs_education == min(job.needs_classes, default=None), "for readers that know of one"
    rows = (hall.jobs, hall.trips, hall.employers, hall.attendants)
    ids = [row.id for table in rows for row in table]
    assert max(Counter(ids).values()) == 1


def test_a_coach_goes_where_the_job_is_and_is_there_before_work_begins(hall: SampleHall) -> None:
    coaches = {trip.id: trip for trip in hall.trips}
    for job in hall.jobs:
        if job.trip:
            coach, moment = coaches[job.trip], hall.day
            arrives = instant_of(moment, coach.departs_at) + timedelta(minutes=job.place.travel_min)
            assert coach.destination == job.place.town, job.id
            assert arrives <= instant_of(moment, job.shift.starts_at), job.id
            assert coach.returns_at is not None
            assert coach.returns_at >= job.shift.ends_at, job.id


def test_cash_is_in_the_hand_before_the_coach_goes_home(hall: SampleHall) -> None:
    coaches = {trip.id: trip for trip in hall.trips}
    for job in hall.jobs:
        if job.trip and job.pay.way == "cash" and job.pay.due_at:
            home = coaches[job.trip].returns_at
            assert home is not None
            assert job.shift.ends_at <= job.pay.due_at <= home, job.id


def test_nobody_is_sent_far_for_a_day_without_a_coach(hall: SampleHall) -> None:
    far = [job for job in hall.jobs if job.place.distance_m > 12_000 and not job.has_lodging]
    assert far
    assert all(job.trip for job in far)


def test_it_shows_every_shape_a_job_can_have(hall: SampleHall) -> None:
    jobs = hall.jobs
    assert {job.pay.unit for job in jobs} == {unit.value for unit in PayUnit}
    assert any(not job.is_instant and not job.is_talked_over for job in jobs)
    assert any(job.is_talked_over for job in jobs)
    assert any(job.headcount == 1 for job in jobs)
    assert any(job.shift.last_day > job.shift.first_day for job in jobs)
    assert any(job.shift.ends_at < job.shift.starts_at for job in jobs)
    households = {body.id for body in hall.employers if body.type == "household"}
    assert any(job.employer in households for job in jobs)
    assert hall.handed_out == {job.id: job.headcount for job in jobs if job.open_places == 0}
    assert hall.handed_out


def test_more_people_can_want_a_coach_than_it_has_seats(hall: SampleHall) -> None:
    wanted = Counter[str]()
    for job in hall.jobs:
        if job.trip:
            wanted[job.trip] += job.headcount
    assert any(wanted[trip.id] > trip.seats for trip in hall.trips)


def test_pay_is_what_such_work_pays(hall: SampleHall) -> None:
    def between(job: JobBody) -> bool:
        yuan = job.pay.fen / 100
        low, high = {"day": (80, 350), "hour": (15, 25), "month": (2800, 4500)}.get(job.pay.unit, (1, 200))
        return low <= yuan <= high

    assert [job.id for job in hall.jobs if not between(job)] == []


def test_nothing_written_ties_the_sample_to_a_day(hall: SampleHall) -> None:
    for job in hall.jobs:
        text = job.title + job.content + job.meeting_point
        assert not any(word in text for word in ("今天", "明天", "后天"))


def test_a_made_up_number_says_that_it_is_made_up(hall: SampleHall) -> None:
    wages = [body for body in hall.parameters if body.key.startswith("wage.minimum")]
    assert len(wages) == 2
    assert all(body.source.startswith("示例") for body in wages)


def test_no_employer_could_be_a_real_one(hall: SampleHall) -> None:
    assert all(body.uscc is None or body.uscc[2:8] == "999999" for body in hall.employers)
    assert all(body.contact_phone.startswith("139000001") for body in hall.employers)


def test_no_attendant_comes_with_a_pin(hall: SampleHall) -> None:
    body = hall.attendants[0].body("a hash drawn by the caller")
    assert (body.pin_hash, body.is_active) == ("a hash drawn by the caller", True)
