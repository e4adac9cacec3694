"""Parts that come back and people who are heard of, as the bureau takes them in: in any order."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.bureau.endings import forget_what_is_over
from kiosk.bureau.feeds import CITY, bodies, hall_scope
from kiosk.bureau.offices import Office
from kiosk.bureau.outcome_tables import arrival, returned_part
from kiosk.bureau.publishing import publish
from kiosk.bureau.tables import placement
from kiosk.messages.events import ArrivalConfirmed, SlipReturned
from kiosk.messages.part_bodies import PartBody
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import (
    DAWN,
    TODAY,
    HandClock,
    Machine,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    taken,
)


@pytest.fixture
def kiosks(bureau: Office, folder: Path) -> tuple[Machine, Machine]:
    """Two kiosks: Anna is known at the first one, which holds places."""
    publish(bureau.database, CITY, [employer(), job("j1")])
    first, second = (new_machine(bureau, folder, no=no) for no in (1, 2))
    first.do(registered("w1", number_of(1)))
    pulse(bureau, first, [Want(quota="places:j1", count=5)])
    return first, second


def part(outcome: str, why: str = "", day: object = TODAY) -> SlipReturned:
    told = {"slip": "PG-p1", "day": day, "outcome": outcome, "why": why, "read": "scan", "actor": "s1"}
    return SlipReturned.model_validate(told)


def place(bureau: Office) -> tuple[str, bool]:
    """Return the state of the place, and whether money is due for it."""
    with bureau.database.reading() as connection:
        row = connection.execute(select(placement)).one()
    return row.state, row.pay_due_at is not None


@pytest.mark.parametrize("is_part_first", [True, False])
@pytest.mark.parametrize(
    ("outcome", "why", "state"), [("hired", "", "arrived"), ("not_hired", "full", "cancelled")]
)
def test_a_part_moves_its_place_whichever_of_them_is_told_first(
    bureau: Office, kiosks: tuple[Machine, Machine], is_part_first: bool, outcome: str, why: str, state: str
) -> None:
    """Broken by telling no place of the parts that wait for it: what a dark kiosk sold is awaited ever."""
    first, second = kiosks
    first.do(taken("w1", "p1", 1).model_copy(update={"due_h": 2}))
    second.do(part(outcome, why))
    for machine in (second, first) if is_part_first else (first, second):
        assert pulse(bureau, machine).refusals == []
    assert place(bureau) == (state, outcome == "hired")
    with bureau.database.reading() as connection:
        assert connection.scalars(select(returned_part.c.placement)).all() == ["p1"]


def test_the_part_of_last_year_is_none_of_this_years_slip(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    """Broken by calling any day the slip's own: a slip number bears no year."""
    first, second = kiosks
    first.do(taken("w1", "p1", 1))
    pulse(bureau, first)
    second.do(part("not_hired", "full", TODAY.replace(year=TODAY.year - 1)))
    pulse(bureau, second)
    assert place(bureau)[0] == "confirmed"


def test_who_is_heard_of_is_kept_with_the_witness_and_a_place_nobody_took_is_refused(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    first, _ = kiosks
    first.do(taken("w1", "p1", 1))
    told = ArrivalConfirmed(placement="p1", slip="PG-p1", witness="worker", arrived_at=DAWN, actor="s1")
    first.do(told)
    first.do(told.model_copy(update={"placement": "p9"}))
    assert [item.reason for item in pulse(bureau, first).refusals] == ["bureau.refused.unknown_placement"]
    assert place(bureau)[0] == "arrived"
    with bureau.database.reading() as connection:
        assert connection.scalars(select(arrival.c.witness)).all() == ["worker"]


@pytest.mark.parametrize("is_part_first", [True, False])
def test_the_hall_that_gave_a_slip_out_is_told_what_its_part_said_elsewhere_for_a_month(
    bureau: Office, kiosks: tuple[Machine, Machine], clock: HandClock, is_part_first: bool
) -> None:
    """Broken by telling nobody: the kiosk that gave the slip out awaits its part for ever."""
    first, second = kiosks
    first.do(taken("w1", "p1", 1))
    first.do(taken("w1", "p2", 2, hours=20))
    first.do(part("hired").model_copy(update={"slip": "PG-p2", "placement": "p2"}))
    second.do(part("not_hired", "money"))
    for machine in (second, first) if is_part_first else (first, second):
        assert pulse(bureau, machine).refusals == []
    [told] = parts_told(bureau)
    assert (told.slip, told.day, told.placement, told.outcome, told.why) == (
        *("PG-p1", TODAY, "p1"),
        *("not_hired", "money"),
    )
    clock.forward(timedelta(days=29))
    forget_what_is_over(bureau.database, clock.now())
    assert len(parts_told(bureau)) == 1
    clock.forward(timedelta(days=2))
    forget_what_is_over(bureau.database, clock.now())
    assert parts_told(bureau) == []


def parts_told(bureau: Office) -> list[PartBody]:
    with bureau.database.reading() as connection:
        told = bodies(connection, hall_scope("NZ"), "part")
        return [PartBody.model_validate_json(text) for text in told]
