"""A town's bureau moves from its file to PostgreSQL and back: by a backup, and with all that it knew."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kiosk.actions.faults import StorageFault
from kiosk.bureau import all_tables
from kiosk.bureau.backups import back_up, copy_private
from kiosk.bureau.copying import tables_digest
from kiosk.bureau.counting import counts
from kiosk.bureau.databases import looked_into, opened
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import meta_value
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import office
from kiosk.bureau.projected import PROJECTED
from kiosk.bureau.publishing import publish
from kiosk.bureau.restores import rehearse, restore
from kiosk.bureau.tables import event
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import (
    DAWN,
    HandClock,
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

_ONE = [Want(quota="places:j1", count=1)]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def town(bureau_dir: Path, clock: HandClock) -> Path:
    """A town's bureau with two kiosks, one of which has placed somebody."""
    with office(bureau_dir, clock) as bureau:
        publish(bureau.database, "city", [employer(), job()])
        for no in (1, 2):
            machine = new_machine(bureau, bureau_dir, no=no)
            machine.do(registered(f"w{no}", number_of(no)))
            pulse(bureau, machine, _ONE)
            if no == 1:
                _place(machine)
                pulse(bureau, machine)
    return bureau_dir


def _place(machine: Machine) -> None:
    machine.do(checked_in("w1"))
    machine.do(taken("w1", "p1", next(iter(machine.granted["places:j1"]))))


def projected(folder: Path) -> str:
    with looked_into(folder) as connection:
        return tables_digest(connection, PROJECTED)


def test_every_module_of_tables_is_known_to_whoever_copies_all() -> None:
    folder = Path(all_tables.__file__).parent
    named = {path.stem for path in folder.glob("*tables.py")} - {"all_tables"}
    assert named == {name for name in vars(all_tables) if name.endswith("tables")}


def test_a_town_goes_to_postgresql_and_back_with_all_it_knew(
    town: Path, postgres_bureau_dir: Path, store: Path, tmp_path: Path
) -> None:
    """One-line break: copy the tables of the log alone. What the bureau granted would be granted again."""
    known, all_placed = projected(town), counts(town)
    back_up(town, store, DAWN)
    copy_private(BureauFolder(town).worker_keys, BureauFolder(postgres_bureau_dir).worker_keys)
    restore(postgres_bureau_dir, store, DAWN)
    assert (projected(postgres_bureau_dir), counts(postgres_bureau_dir)) == (known, all_placed)
    assert check_invariants(postgres_bureau_dir) == []
    assert rehearse(postgres_bureau_dir, store, DAWN).problems == []
    back = tmp_path / "town again"
    back_up(postgres_bureau_dir, tmp_path / "later", DAWN + timedelta(hours=1))
    BureauFolder(back).create()
    copy_private(BureauFolder(postgres_bureau_dir).worker_keys, BureauFolder(back).worker_keys)
    restore(back, tmp_path / "later", DAWN + timedelta(hours=1))
    assert (projected(back), check_invariants(back)) == (known, [])
    with looked_into(back) as connection:
        assert meta_value(connection, "generation").startswith("3-")


def test_no_position_of_the_log_is_drawn_twice(
    town: Path, postgres_bureau_dir: Path, tmp_path: Path, clock: HandClock
) -> None:
    """One-line break: count on from the last entry that is there. A desk has read beyond, and misses more."""
    folders = (town, postgres_bureau_dir, tmp_path / "again")
    for hour, (source, target) in enumerate(itertools.pairwise(folders)):
        drawn = draw_and_lose(source)
        store, now = tmp_path / f"copies {hour}", DAWN + timedelta(hours=hour)
        back_up(source, store, now)
        restore(target, store, now)
        with office(target, clock) as bureau:
            machine = new_machine(bureau, target, no=3 + hour)
            machine.do(registered("w3", number_of(3)))
            pulse(bureau, machine)
            with bureau.database.reading() as connection:
                assert connection.execute(select(func.max(event.c.pos))).scalar_one() > drawn


def draw_and_lose(folder: Path) -> int:
    """Draw a position as a transaction does that is rolled back later; return it."""
    with opened(folder) as database, database.writing() as connection:
        if database.is_shared:
            return int(connection.exec_driver_sql("SELECT nextval('event_pos_seq')").scalar_one())
        connection.exec_driver_sql("UPDATE sqlite_sequence SET seq = seq + 50 WHERE name = 'event'")
        return int(
            connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'event'").scalar_one()
        )


def test_what_postgresql_cannot_keep_is_refused_and_nothing_is_changed(
    town: Path, postgres_bureau_dir: Path, store: Path
) -> None:
    with opened(town) as database, database.writing() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = 'a' || char(0) || 'b' WHERE key = 'name'")
    back_up(town, store, DAWN)
    before = projected(postgres_bureau_dir)
    with pytest.raises(StorageFault) as fault:
        restore(postgres_bureau_dir, store, DAWN)
    assert fault.value.sentence.args["table"] == "meta"
    assert projected(postgres_bureau_dir) == before
    assert not BureauFolder(postgres_bureau_dir).database.exists()
