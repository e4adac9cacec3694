"""Who goes with a coach is told to its hall: whoever sold the seat, and as much as is known by now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiosk.bureau.doors import give_door
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish, retract
from kiosk.messages.events import ClassHeld, PlaceGivenBack, PlaceTaken, RidersCalled, Spent
from kiosk.messages.feed import RiderBody
from kiosk.messages.sync import SyncReply, Want
from tests.unit.bureau.rehearsal import (
    DAWN,
    TODAY,
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    taken,
    trip,
)

PLACES, SEATS = "places:j1", "seats:t1"


@pytest.fixture
def kiosks(bureau: Office, folder: Path) -> tuple[Machine, Machine]:
    """A kiosk that sells every seat of a coach to work that needs a class, and one that listens."""
    needing = job(headcount=3).model_copy(update={"trip": "t1", "needs_education": "site"})
    publish(bureau.database, "city", [employer(), trip(), needing])
    seller = new_machine(bureau, folder, no=1)
    pulse(bureau, seller, [Want(quota=name, count=3) for name in (PLACES, SEATS)])
    listener = new_machine(bureau, folder, no=5)
    pulse(bureau, listener)
    seller.do(registered("w1", number_of(1)))
    seller.do(checked_in("w1"))
    return seller, listener


def ride(worker: str, placement: str, number: int, hours: float = 0) -> PlaceTaken:
    spent = [Spent(quota=name, number=number) for name in (PLACES, SEATS)]
    return taken(worker, placement, number, hours=hours).model_copy(update={"trip": "t1", "spent": spent})


def learned(worker: str, hazard_class: str = "site") -> ClassHeld:
    return ClassHeld(
        worker=worker, hazard_class=hazard_class, held_on=TODAY, valid_until=date(2027, 9, 18), actor="s1"
    )


def riders(reply: SyncReply) -> list[tuple[str, RiderBody | None]]:
    rows = (row for page in reply.pages for row in page.rows if row.topic == "rider")
    return [(row.id, None if row.is_deleted else RiderBody.model_validate_json(row.body)) for row in rows]


def test_a_seat_sold_at_one_kiosk_is_told_to_the_others_without_a_name(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    seller, listener = kiosks
    seller.do(ride("w1", "p1", 2))
    assert pulse(bureau, seller).refusals == []
    told = RiderBody(
        trip="t1",
        slip="PG-p1",
        seat=2,
        placement="p1",
        worker="w1",
        job="j1",
        queue_number="A1",
        education="missing",
    )
    assert riders(pulse(bureau, listener)) == [("PG-p1", told)]
    assert riders(pulse(bureau, listener)) == []
    assert check_invariants(folder) == []


def test_a_class_held_at_another_kiosk_counts_at_the_door(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    """Broken by telling how somebody stood when he took the seat."""
    seller, listener = kiosks
    seller.do(ride("w1", "p1", 1))
    pulse(bureau, seller)
    pulse(bureau, listener)
    listener.do(registered("w1-there", number_of(1)))
    listener.do(learned("w1-there", "height"))
    assert riders(pulse(bureau, listener)) == []
    listener.do(learned("w1-there"))
    [(slip, told)] = riders(pulse(bureau, listener))
    assert (slip, told and told.education) == ("PG-p1", "held")


def test_who_gives_his_seat_back_and_whose_place_is_a_duplicate_is_no_rider(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    seller, listener = kiosks
    seller.do(ride("w1", "p1", 1))
    seller.do(ride("w1", "p2", 2))
    pulse(bureau, seller)
    assert [slip for slip, _ in riders(pulse(bureau, listener))] == ["PG-p1"]
    for name in ("p1", "p2"):
        seller.do(PlaceGivenBack(placement=name, slip=f"PG-{name}", spent=[], reason="sick"))
    pulse(bureau, seller)
    assert riders(pulse(bureau, listener)) == [("PG-p1", None)]


def test_a_coach_that_is_taken_back_takes_its_riders_along(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    seller, listener = kiosks
    seller.do(ride("w1", "p1", 1))
    pulse(bureau, seller)
    pulse(bureau, listener)
    retract(bureau.database, "city", "trip", "t1")
    assert riders(pulse(bureau, listener)) == [("PG-p1", None)]


def test_whoever_becomes_the_door_is_told_of_riders_of_before_there_was_a_list(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    """A bureau that learned to tell of riders in the middle of a day has sold seats before.

    Broken by giving a door without saying who goes: an older bureau's riders are told to nobody.
    """
    seller, listener = kiosks
    seller.do(ride("w1", "p1", 1))
    pulse(bureau, seller)
    with bureau.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM feed_row WHERE topic = 'rider'")
    give_door(folder, "t1", "NZ-05", DAWN)
    assert [slip for slip, _ in riders(pulse(bureau, listener))] == ["PG-p1"]


def test_whom_a_door_called_is_told_to_the_hall_and_another_device_calls_nobody(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    """One-line break: in `note_called`, say nothing. The number would stand at the door alone."""
    seller, listener = kiosks
    seller.do(ride("w1", "p1", 1))
    pulse(bureau, seller)
    pulse(bureau, listener)
    call = RidersCalled(trip="t1", slips=["PG-p1", "PG-nobody"], actor="s1")
    seller.do(call)
    assert [refused.reason for refused in pulse(bureau, seller).refusals] == ["bureau.refused.not_the_door"]
    give_door(folder, "t1", "NZ-01", DAWN)
    seller.do(call)
    assert pulse(bureau, seller).refusals == []
    [(slip, told)] = riders(pulse(bureau, listener))
    assert (slip, told and told.called_at) == ("PG-p1", DAWN)
    assert check_invariants(folder) == []
