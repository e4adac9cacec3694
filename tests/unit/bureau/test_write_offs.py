"""Streams nobody will hear of again: settled by a person's count, never by what was acknowledged."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.actions.faults import Refused
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish
from kiosk.bureau.rebuilding import rebuild
from kiosk.bureau.restore_tables import write_off
from kiosk.bureau.tables import quota, rights
from kiosk.bureau.write_offs import Count, write_off_stream
from kiosk.domain.ids import QuotaId
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import (
    DAWN,
    Machine,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    taken,
)

pytestmark = pytest.mark.both_databases

PLACES = QuotaId("places:j1")


@pytest.fixture
def machine(bureau: Office, folder: Path) -> Machine:
    """A kiosk that holds all five places and has told of one placement."""
    publish(bureau.database, "city", [employer(), job()])
    machine = new_machine(bureau, folder)
    for number in (1, 2, 3):
        machine.do(registered(f"w{number}", number_of(number)))
    pulse(bureau, machine, [Want(quota=PLACES, count=5)])
    machine.do(taken("w1", "p1", 1))
    pulse(bureau, machine)
    return machine


def settle(folder: Path, machine: Machine, count: int, *, is_gone: bool = True) -> None:
    write_off_stream(folder, machine.stream, Count(PLACES, count), "counted the slips", DAWN, is_gone=is_gone)


def refused(folder: Path, machine: Machine, count: int, *, is_gone: bool = True) -> str:
    with pytest.raises(Refused) as no:
        settle(folder, machine, count, is_gone=is_gone)
    return no.value.sentence.key.removeprefix("bureau.write_off.")


def free_count(bureau: Office) -> int:
    with bureau.database.reading() as connection:
        return int(connection.execute(select(quota.c.free_count)).scalar_one())


def test_a_count_frees_the_rest_as_fresh_numbers_and_is_kept_with_its_reason(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    settle(folder, machine, 3)
    assert free_count(bureau) == 2
    other = new_machine(bureau, folder, no=2)
    for _ in range(2):
        pulse(bureau, other, [Want(quota=PLACES, count=5)])
    assert not set(other.granted[PLACES]) & set(machine.granted[PLACES])
    with bureau.database.reading() as connection:
        kept = (write_off.c.stream, write_off.c.quota, write_off.c.count, write_off.c.reason)
        row = connection.execute(select(*kept)).one()
    assert tuple(row) == (machine.stream, PLACES, 3, "counted the slips")
    assert check_invariants(folder) == []


def test_a_stream_in_use_is_not_written_off(bureau: Office, machine: Machine, folder: Path) -> None:
    assert refused(folder, machine, 3, is_gone=False) == "is_live"
    assert free_count(bureau) == 0


def test_one_that_was_superseded_is(bureau: Office, machine: Machine, folder: Path) -> None:
    pulse(bureau, Machine(machine.reply, machine.key))
    settle(folder, machine, 1, is_gone=False)
    assert free_count(bureau) == 4


@pytest.mark.parametrize("count", [0, 6])
def test_a_count_that_contradicts_the_log_is_refused(
    bureau: Office, machine: Machine, folder: Path, count: int
) -> None:
    """Broken by settling at the acknowledged number: the log already tells of one, and nobody had six."""
    assert refused(folder, machine, count) == "not_so_many"


def test_a_stream_nobody_ever_heard_of_is_refused(bureau: Office, folder: Path) -> None:
    with pytest.raises(Refused) as no:
        write_off_stream(folder, "nobody", None, "x", DAWN)
    assert no.value.sentence.key == "bureau.write_off.unknown_stream"


def test_all_that_was_not_counted_counts_as_used_up(bureau: Office, machine: Machine, folder: Path) -> None:
    write_off_stream(folder, machine.stream, None, "nobody knows", DAWN, is_gone=True)
    assert free_count(bureau) == 0
    with bureau.database.reading() as connection:
        assert connection.execute(select(rights.c.counted)).scalar_one() == 5


def test_entries_that_turn_up_raise_a_count_that_was_too_low(
    bureau: Office, machine: Machine, folder: Path
) -> None:
    """Broken by leaving the count as it was said: three people would stand on two counted places."""
    settle(folder, machine, 1)
    assert free_count(bureau) == 4
    machine.do(taken("w2", "p2", 2))
    machine.do(taken("w3", "p3", 3))
    assert pulse(bureau, machine, [Want(quota=PLACES, count=1)]).rights == []
    assert free_count(bureau) == 2
    assert check_invariants(folder) == []
    rebuild(folder)
    assert check_invariants(folder) == []
