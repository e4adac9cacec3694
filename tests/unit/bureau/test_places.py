"""Places at the bureau: each number once, one person at one place at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.bureau.counting import counts
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish
from kiosk.bureau.tables import placement, slip
from kiosk.messages.events import PlaceGivenBack, PlaceTaken, RightsReturned, SlipStateChanged, Spent
from kiosk.messages.sync import Refusal, Want
from tests.unit.bureau.rehearsal import (
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    taken,
)

pytestmark = pytest.mark.both_databases

ANNA = number_of(1)


@pytest.fixture
def two(bureau: Office, folder: Path) -> tuple[Machine, Machine]:
    """Two kiosks that each know the same person under their own id, and hold numbers of two jobs."""
    publish(bureau.database, "city", [employer(), job("j1"), job("j2")])
    machines = new_machine(bureau, folder, no=1), new_machine(bureau, folder, no=2)
    for name, machine in zip("ab", machines, strict=True):
        machine.do(registered(name, ANNA))
        wants = [Want(quota=f"places:{job_id}", count=5) for job_id in ("j1", "j2")]
        pulse(bureau, machine, wants)
    return machines


def states(bureau: Office) -> dict[str, str]:
    with bureau.database.reading() as connection:
        return {row.id: row.state for row in connection.execute(select(placement))}


def refusals(bureau: Office, machine: Machine) -> list[str]:
    return [refusal.reason.removeprefix("bureau.refused.") for refusal in pulse(bureau, machine).refusals]


def printed(placement_id: str) -> SlipStateChanged:
    return SlipStateChanged(
        slip=f"PG-{placement_id}", placement=placement_id, copy_no=0, state="printed", evidence="reply"
    )


def returned(placement_id: str) -> PlaceGivenBack:
    return PlaceGivenBack(placement=placement_id, slip=f"PG-{placement_id}", spent=[], reason="sick")


def test_one_person_at_two_kiosks_is_one_worker(
    bureau: Office, two: tuple[Machine, Machine], folder: Path
) -> None:
    two[0].do(checked_in("a", "c1"))
    two[1].do(checked_in("b", "c2"))
    assert [refusals(bureau, machine) for machine in two] == [[], []]
    counted = counts(folder)
    assert (counted["workers"], counted["check_ins"]) == (1, 1)


def test_two_dark_kiosks_keep_the_first_of_two_overlapping_placements(
    bureau: Office, two: tuple[Machine, Machine], folder: Path
) -> None:
    two[0].do(taken("a", "p1", 1, "j1"))
    second = two[1].do(taken("b", "p2", 4, "j2", hours=7.9))
    assert refusals(bureau, two[0]) == []
    assert pulse(bureau, two[1]).refusals == [Refusal(seq=second, reason="bureau.refused.time_overlap")]
    with bureau.database.reading() as connection:
        later = connection.execute(select(placement).where(placement.c.id == "p2")).one()
    assert (later.state, later.overlaps, later.reason) == ("duplicate", "p1", "bureau.refused.time_overlap")
    assert states(bureau)["p1"] == "confirmed"
    assert counts(folder)["dead_letters"] == 0
    assert check_invariants(folder) == []


@pytest.mark.parametrize("hours", [8, -8])
def test_work_that_touches_other_work_end_to_end_is_no_overlap(
    bureau: Office, two: tuple[Machine, Machine], hours: int
) -> None:
    two[0].do(taken("a", "p1", 1, "j1"))
    two[1].do(taken("b", "p2", 4, "j2", hours=hours))
    assert refusals(bureau, two[0]) + refusals(bureau, two[1]) == []


def test_a_person_who_gave_his_place_back_may_take_another(
    bureau: Office, two: tuple[Machine, Machine]
) -> None:
    two[0].do(taken("a", "p1", 1))
    two[0].do(returned("p1"))
    pulse(bureau, two[0])
    two[1].do(taken("b", "p2", 4, "j2"))
    assert refusals(bureau, two[1]) == []
    assert states(bureau) == {"p1": "cancelled", "p2": "confirmed"}


def test_a_printed_slip_issues_a_firm_placement_and_leaves_a_referral_open(
    bureau: Office, two: tuple[Machine, Machine]
) -> None:
    two[0].do(taken("a", "p1", 1))
    two[0].do(printed("p1"))
    two[0].do(taken("a", "p2", 2, hours=24).model_copy(update={"kind": "referral"}))
    two[0].do(printed("p2"))
    assert refusals(bureau, two[0]) == []
    assert states(bureau) == {"p1": "slip_issued", "p2": "proposed"}
    with bureau.database.reading() as connection:
        assert set(connection.scalars(select(slip.c.state))) == {"printed"}


@pytest.mark.parametrize(
    ("number", "job_id", "reason"),
    [(5, "j1", "number_not_granted"), (9, "j1", "number_not_granted"), (1, "j9", "number_not_granted")],
)
def test_a_number_the_kiosk_does_not_hold_is_not_placed(
    bureau: Office, two: tuple[Machine, Machine], number: int, job_id: str, reason: str
) -> None:
    two[0].do(taken("a", "p1", number, job_id))
    assert refusals(bureau, two[0]) == [reason]
    assert states(bureau) == {}


def test_a_number_is_not_given_to_two_people(
    bureau: Office, two: tuple[Machine, Machine], folder: Path
) -> None:
    two[0].do(registered("c", number_of(2)))
    two[0].do(taken("a", "p1", 1))
    two[0].do(taken("c", "p2", 1))
    assert refusals(bureau, two[0]) == ["number_taken"]
    assert check_invariants(folder) == []


@pytest.mark.parametrize("spent", [[], [("places:j2", 1)], [("places:j1", 1), ("places:j1", 2)]])
def test_a_take_names_one_number_of_each_quota_it_needs(
    bureau: Office, two: tuple[Machine, Machine], spent: list[tuple[str, int]]
) -> None:
    numbers = [Spent(quota=quota, number=number) for quota, number in spent]
    two[0].do(taken("a", "p1", 1).model_copy(update={"spent": numbers}))
    assert refusals(bureau, two[0]) == ["numbers_missing"]


def test_the_same_placement_twice_is_a_contradiction(bureau: Office, two: tuple[Machine, Machine]) -> None:
    two[0].do(taken("a", "p1", 1))
    two[0].do(taken("a", "p1", 2, hours=24))
    assert refusals(bureau, two[0]) == ["contradiction"]


def test_a_number_with_paper_out_does_not_come_back_to_be_granted(
    bureau: Office, two: tuple[Machine, Machine], folder: Path
) -> None:
    two[0].do(taken("a", "p1", 1))
    two[0].do(returned("p1"))
    two[0].do(RightsReturned(quota="places:j1", ranges=[(1, 2)]))
    assert refusals(bureau, two[0]) == ["number_spent"]
    assert check_invariants(folder) == []


def test_a_place_already_given_back_is_not_given_back_again(
    bureau: Office, two: tuple[Machine, Machine]
) -> None:
    two[0].do(taken("a", "p1", 1))
    two[0].do(returned("p1"))
    two[0].do(returned("p1"))
    two[0].do(returned("p7"))
    assert refusals(bureau, two[0]) == ["contradiction", "unknown_placement"]


def test_what_is_left_over_all_kiosks_is_told_to_each(bureau: Office, two: tuple[Machine, Machine]) -> None:
    two[0].do(taken("a", "p1", 1))
    pulse(bureau, two[0])
    assert pulse(bureau, two[1]).open_places == {"places:j1": 4}
    two[0].do(returned("p1"))
    pulse(bureau, two[0])
    assert pulse(bureau, two[1]).open_places == {"places:j1": 5}


def test_a_take_needs_a_known_person(bureau: Office, two: tuple[Machine, Machine]) -> None:
    body: PlaceTaken = taken("stranger", "p1", 1)
    two[0].do(body)
    assert refusals(bureau, two[0]) == ["unknown_worker"]
