"""Districts: whoever was seen in a hall is known at its district's kiosks, and read of at no others."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.actions.faults import Refused
from kiosk.bureau.feeds import CAPSULE, CITY, capsule_scopes
from kiosk.bureau.halls import halls, set_district
from kiosk.bureau.met import KEPT
from kiosk.bureau.offices import Office
from kiosk.cli import app
from kiosk.messages.capsules import number_hash, unseal
from kiosk.messages.feed import CapsuleBody, FeedRow
from tests.unit.bureau.rehearsal import (
    HandClock,
    Machine,
    checked_in,
    new_machine,
    number_of,
    pulse,
    registered,
)

ANNA = number_of(1)
pytestmark = pytest.mark.both_databases


@pytest.fixture
def north(bureau: Office, folder: Path) -> Machine:
    return new_machine(bureau, folder, "NZ")


@pytest.fixture
def east(bureau: Office, folder: Path) -> Machine:
    return new_machine(bureau, folder, "DZ")


def lay(folder: Path, clock: HandClock) -> None:
    set_district(folder, "NZ", "520502", clock.now())
    set_district(folder, "DZ", "520521", clock.now())


def told(bureau: Office, machine: Machine) -> list[FeedRow]:
    """Return the rows about people that a kiosk reads behind all it has read."""
    return [row for page in pulse(bureau, machine).pages for row in page.rows if row.topic == CAPSULE]


def known_in(bureau: Office) -> list[str]:
    bureau.seal_due()
    with bureau.database.reading() as connection:
        [*scopes] = capsule_scopes(connection, [number_hash(bureau.city_key, ANNA)]).values()
    return sorted(*scopes) if scopes else []


def test_a_person_is_told_in_the_district_where_he_came_and_nowhere_else(
    bureau: Office, folder: Path, clock: HandClock, north: Machine, east: Machine
) -> None:
    """Broken by telling the whole city: five thousand kiosks would read of everybody in the province."""
    lay(folder, clock)
    neighbour = new_machine(bureau, folder, "NZ", 2)
    board = new_machine(bureau, folder, "NZ", 3, "board")
    north.do(registered("w1", ANNA))
    north.do(checked_in("w1"))
    pulse(bureau, north)
    assert known_in(bureau) == ["people:520502"]
    [row] = told(bureau, neighbour)
    sealed = CapsuleBody.model_validate_json(row.body).sealed
    assert unseal(bureau.city_key, ANNA, sealed) is not None
    assert [told(bureau, other) for other in (east, board)] == [[], []]


def test_who_comes_to_another_district_is_known_in_both_until_he_is_long_gone(
    bureau: Office, folder: Path, clock: HandClock, north: Machine, east: Machine
) -> None:
    """Broken by telling only where somebody was registered: the hall he comes to would never know him."""
    lay(folder, clock)
    east.do(registered("w1", ANNA))
    pulse(bureau, east)
    north.do(registered("w2", ANNA))
    north.do(checked_in("w2"))
    pulse(bureau, north)
    east.do(checked_in("w1", "there"))
    pulse(bureau, east)
    assert known_in(bureau) == ["people:520502", "people:520521"]
    clock.forward(KEPT + timedelta(days=2))
    north.do(checked_in("w2", "later"))
    pulse(bureau, north)
    assert known_in(bureau) == ["people:520502"]
    assert [row.is_deleted for row in told(bureau, east)] in ([], [True])


def test_a_city_that_becomes_a_province_lays_its_halls_into_districts(
    bureau: Office, folder: Path, clock: HandClock, north: Machine, east: Machine
) -> None:
    """Broken by leaving people as they were told: their news would go where nobody reads it any more."""
    north.do(registered("w1", ANNA))
    north.do(checked_in("w1"))
    pulse(bureau, north)
    assert known_in(bureau) == [CITY]
    assert [row.is_deleted for row in told(bureau, east)] == [False]
    assert set_district(folder, "NZ", "520502", clock.now()) == 1
    assert known_in(bureau) == ["people:520502"]
    assert [row.is_deleted for row in told(bureau, east)] == [True]
    assert [row.is_deleted for row in told(bureau, north)] == [True, False]
    assert halls(folder) == [("DZ", "DZ站", ""), ("NZ", "NZ站", "520502")]
    with pytest.raises(Refused):
        set_district(folder, "XX", "520502", clock.now())


def test_the_command_lays_a_hall_into_a_district_and_refuses_what_is_none(
    bureau: Office, folder: Path, north: Machine
) -> None:
    run, data = CliRunner(), ["--data", str(folder)]
    assert run.invoke(app, ["bureau", "districts", "set", "NZ", "520502", *data]).stdout == "0\n"
    assert run.invoke(app, ["bureau", "districts", *data]).stdout == "520502\tNZ\tNZ站\n"
    assert run.invoke(app, ["bureau", "districts", "set", "NZ", "no district", *data]).exit_code != 0
    assert run.invoke(app, ["bureau", "districts", "set", "NZ", "", *data]).exit_code == 0
    assert run.invoke(app, ["bureau", "districts", *data]).stdout == "-\tNZ\tNZ站\n"
