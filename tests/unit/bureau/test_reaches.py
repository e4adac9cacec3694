"""An older database, by whatever means it came, begins another life before it grants anything."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from kiosk.bureau.backups import copy_database
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import meta_value
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from kiosk.bureau.reaches import ReachMinder, reach_in
from kiosk.bureau.registries import Reach
from kiosk.bureau.restoring import is_quarantined
from kiosk.messages.sync import Want
from tests.patience import wait_until
from tests.unit.bureau.older_databases import put_in_by_hand
from tests.unit.bureau.rehearsal import HandClock, Machine, employer, job, new_machine, pulse

SHARED = pytest.mark.parametrize("engine", ["postgresql"])
"""One server serves a file, and goes on with the one it has open when somebody exchanges it."""
PLACES = "places:j1"
ALL = [Want(quota=PLACES, count=5, waiting=9)]

WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def machines(folder: Path, clock: HandClock) -> tuple[Machine, Machine]:
    """Two kiosks that each were heard once and hold nothing."""
    with office(folder, clock) as bureau:
        publish(bureau.database, "city", [employer(), job()])
        both = new_machine(bureau, folder, no=1), new_machine(bureau, folder, no=2)
        for machine in both:
            pulse(bureau, machine)
    return both


@contextmanager
def older_again(folder: Path, aside: Path) -> Iterator[None]:
    """Put the database back as it was before the block, and tell nobody."""
    copy_database(BureauFolder(folder), aside)
    yield
    put_in_by_hand(folder, aside)


def life(bureau: Office) -> tuple[str, bool]:
    with bureau.database.reading() as connection:
        return meta_value(connection, "generation")[:2], is_quarantined(connection)


@pytest.mark.both_databases
def test_no_number_is_given_twice_by_a_database_that_somebody_put_back(
    folder: Path, clock: HandClock, tmp_path: Path, machines: tuple[Machine, Machine]
) -> None:
    """Broken by looking at nothing: the older database has the numbers that the first kiosk holds."""
    first, second = machines
    with older_again(folder, tmp_path / "older.sqlite"), office(folder, clock) as bureau:
        pulse(bureau, first, ALL)
        pulse(bureau, first, ALL)
        bureau.reach.look()
    held = set(first.granted[PLACES])
    assert held
    with office(folder, clock) as bureau:
        assert life(bureau) == ("2-", True)
        for _ in range(2):
            pulse(bureau, second, ALL)
    assert not held & set(second.granted.get(PLACES, ()))


@SHARED
def test_a_server_that_goes_on_over_an_older_database_finds_it_out(
    folder: Path, clock: HandClock, tmp_path: Path, machines: tuple[Machine, Machine]
) -> None:
    with office(folder, clock) as bureau:
        with older_again(folder, tmp_path / "older.sqlite"):
            pulse(bureau, machines[0])
            bureau.reach.look()
        with ReachMinder(bureau.reach, every_s=0.01).at_work():
            wait_until(lambda: life(bureau) == ("2-", True), "the minder has found it out")


@pytest.mark.both_databases
def test_how_far_it_has_come_is_noted_when_the_minder_ends(
    folder: Path, clock: HandClock, machines: tuple[Machine, Machine]
) -> None:
    with office(folder, clock) as bureau:
        with ReachMinder(bureau.reach).at_work():
            pulse(bureau, machines[0])
        with bureau.database.reading() as connection:
            assert bureau.registry.reach() == reach_in(connection)


@pytest.mark.both_databases
def test_a_bureau_that_goes_on_lives_the_same_life(
    folder: Path, clock: HandClock, machines: tuple[Machine, Machine]
) -> None:
    for _ in range(3):
        with office(folder, clock) as bureau:
            pulse(bureau, machines[0])
            assert not bureau.reach.look()
            assert life(bureau) == ("1-", False)


@SHARED
def test_of_servers_that_find_it_out_at_once_one_begins_the_life(
    folder: Path, clock: HandClock, tmp_path: Path, machines: tuple[Machine, Machine]
) -> None:
    """Broken by beginning a life without looking again: a third one, of which no kiosk has heard."""
    with ExitStack() as stack:
        servers = [stack.enter_context(office(folder, clock)) for _ in range(2)]
        with older_again(folder, tmp_path / "older.sqlite"):
            pulse(servers[0], machines[0])
            servers[0].reach.look()
        together = stack.enter_context(ThreadPoolExecutor(2))
        with servers[0].database.writing():
            looks = [together.submit(server.reach.look) for server in servers]
            wait_until(lambda: _waiting(servers[0]) == 2, "both want to begin one")
        assert sorted(look.result() for look in looks) == [False, True]
        assert life(servers[1]) == ("2-", True)


def _waiting(bureau: Office) -> int:
    with bureau.database.reading() as connection:
        count: int = connection.exec_driver_sql(WAITING).scalar_one()
    return count


@pytest.mark.parametrize(
    ("now", "kept", "is_behind"),
    [
        (("1-a", 5), ("", 0), False),
        (("1-a", 5), ("1-a", 5), False),
        (("1-a", 4), ("1-a", 5), True),
        (("1-b", 9), ("1-a", 5), True),
        (("1-a", 9), ("2-b", 5), True),
        (("2-b", 1), ("1-a", 5), False),
        (("10-b", 1), ("9-a", 5), False),
    ],
)
def test_which_database_is_older(now: tuple[str, int], kept: tuple[str, int], is_behind: bool) -> None:
    reaches = [Reach(generation=name, requests=requests) for name, requests in (now, kept)]
    assert reaches[0].is_behind(reaches[1]) is is_behind
