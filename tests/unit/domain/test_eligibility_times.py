"""TIME-01: nobody is promised to two places at once, the way there and back included."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from kiosk.domain.clock import instant_of
from kiosk.domain.eligibility import Rule, engagement_span, judge
from kiosk.domain.workers import Engagement, Standing
from tests.unit.domain.example_jobs import DAY, JOB, TRIP, numbers

BORN = date(1985, 5, 5)
NEXT_DAY = DAY + timedelta(days=1)


def held(starts: datetime, ends: datetime) -> Standing:
    return Standing(BORN, engagements=(Engagement("p1", starts, ends, "装菜"),))


def refused(standing: Standing, **changes: str) -> bool:
    found = judge(JOB, None, standing, DAY, numbers(**changes)).findings
    return [finding.rule for finding in found] == [Rule.TIME_01]


def test_without_a_coach_the_way_there_and_back_belongs_to_the_work() -> None:
    assert engagement_span(JOB, None) == (instant_of(DAY, time(7, 30)), instant_of(DAY, time(17, 30)))


def test_with_a_coach_the_work_begins_at_its_departure_and_ends_at_its_return() -> None:
    assert engagement_span(JOB, TRIP) == (instant_of(DAY, time(7)), instant_of(DAY, time(18)))


def test_a_coach_that_does_not_come_back_leaves_the_way_back_to_the_person() -> None:
    trip = replace(TRIP, returns_at=None)
    assert engagement_span(JOB, trip)[1] == instant_of(DAY, time(17, 30))


def test_a_coach_that_returns_after_midnight_returns_on_the_next_day() -> None:
    trip = replace(TRIP, departs_at=time(19), returns_at=time(0, 30))
    job = replace(JOB, shift=replace(JOB.shift, starts_at=time(20), ends_at=time(0)))
    assert engagement_span(job, trip) == (instant_of(DAY, time(19)), instant_of(NEXT_DAY, time(1)))


def test_a_night_shift_ends_on_the_next_day() -> None:
    job = replace(JOB, shift=replace(JOB.shift, starts_at=time(20), ends_at=time(6)))
    assert engagement_span(job, None)[1] == instant_of(NEXT_DAY, time(6, 30))


def test_a_place_that_ends_the_minute_the_next_way_begins_does_not_overlap() -> None:
    assert not refused(held(instant_of(DAY, time(5)), instant_of(DAY, time(7, 30))))
    assert not refused(held(instant_of(DAY, time(17, 30)), instant_of(DAY, time(20))))


def test_one_shared_minute_is_an_overlap() -> None:
    assert refused(held(instant_of(DAY, time(5)), instant_of(DAY, time(7, 31))))
    assert refused(held(instant_of(DAY, time(17, 29)), instant_of(DAY, time(20))))


def test_the_bureau_may_ask_for_time_between_two_places() -> None:
    standing = held(instant_of(DAY, time(5)), instant_of(DAY, time(7, 30)))
    assert refused(standing, time__between_jobs_min="15")


def test_the_same_place_cannot_be_taken_twice() -> None:
    assert refused(held(*engagement_span(JOB, None)))
