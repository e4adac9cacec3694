"""Before the morning of the demo somebody worked; whenever it is begun, his money is due."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kiosk.demo.earlier_work import ASKED_PAY, earlier_job
from kiosk.domain.clock import HALL_ZONE
from kiosk.domain.ids import PlacementId
from kiosk.domain.paydays import ASKED_FOR, PayQuestion
from kiosk.sample.loader import sample_rows
from kiosk.sample.people import sample_people

BEGUN = datetime(2026, 2, 27, 0, 10, tzinfo=HALL_ZONE)


@pytest.mark.parametrize("hours", range(0, 72, 5))
def test_the_money_is_due_whenever_the_demo_begins(hours: int) -> None:
    now = BEGUN + timedelta(hours=hours)
    job = earlier_job(now)
    assert job.shift.last_day < now.date()
    assert job.trip is None
    ended = datetime.combine(job.shift.last_day, job.pay.due_at or job.shift.ends_at, HALL_ZONE)
    question = PayQuestion(PlacementId("p"), job.title, job.shift.first_day, ended)
    assert question.is_due(now)
    assert now - ended < ASKED_FOR


def test_one_person_of_the_sample_is_asked() -> None:
    people = [person for person in sample_people(sample_rows(BEGUN).day) if person.story == ASKED_PAY]
    assert len(people) == 1
    assert people[0].takes is not None
