"""PostgreSQL backs itself up, the copy is put back elsewhere: it counts when it is read, and lives anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from kiosk.actions.faults import Refused
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau, keep_url, meta_value
from kiosk.bureau.offices import office
from kiosk.bureau.publishing import publish
from kiosk.bureau.restoring import is_quarantined
from kiosk.bureau.server_backups import count_copy
from kiosk.cli import app
from kiosk.messages.sync import Want
from tests.clusters import Cluster, base_backup, put_back, running_cluster
from tests.unit.bureau.rehearsal import (
    HandClock,
    Machine,
    checked_in,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
)

PLACES = "places:j1"
ALL = [Want(quota=PLACES, count=5, waiting=9)]


@dataclass(frozen=True, slots=True)
class Province:
    """A bureau on a server of its own, which two kiosks have told something."""

    cluster: Cluster
    folder: Path
    machines: tuple[Machine, Machine]

    @contextmanager
    def copied(self) -> Iterator[str]:
        """Back the server up as it is now, let the first kiosk go on, and run the copy: yield its URL."""
        with base_backup(self.cluster) as copy:
            with office(self.folder, HandClock()) as bureau:
                self.machines[0].do(checked_in("w1", "later"))
                pulse(bureau, self.machines[0], ALL)
                pulse(bureau, self.machines[0], ALL)
            with put_back(copy):
                yield copy.url("hall")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as running:
        yield running


@pytest.fixture
def province(cluster: Cluster, tmp_path: Path) -> Iterator[Province]:
    cluster.run("CREATE DATABASE hall TEMPLATE template0 ENCODING 'UTF8'")
    folder = tmp_path / "bureau"
    init_bureau(folder, "示例省人力资源和社会保障厅", database=cluster.url("hall"))
    with office(folder, HandClock()) as bureau:
        publish(bureau.database, "city", [employer(), job()])
        machines = new_machine(bureau, folder, no=1), new_machine(bureau, folder, no=2)
        for number, machine in enumerate(machines, 1):
            machine.do(registered(f"w{number}", number_of(number)))
            pulse(bureau, machine)
    yield Province(cluster, folder, machines)
    cluster.run("DROP DATABASE hall WITH (FORCE)")


def may_forget(province: Province) -> list[int]:
    """Return up to which entry each kiosk hears that it may forget."""
    with office(province.folder, HandClock()) as bureau:
        return [pulse(bureau, machine).prune_ok for machine in province.machines]


def test_a_copy_that_runs_somewhere_and_is_whole_lets_kiosks_forget_what_it_holds(province: Province) -> None:
    told = len(province.machines[0].journal)
    assert may_forget(province) == [0, 0]
    with province.copied() as copy:
        counted = count_copy(province.folder, copy)
        assert counted.beyond == {province.machines[0].stream: 1}
        assert counted.entries == 2 * told
        done = CliRunner().invoke(app, ["bureau", "count-copy", copy, "--data", str(province.folder)])
    assert done.exit_code == 0
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert [(line[0], line[2]) for line in lines] == [("copy", "2"), ("forgotten", "1")]
    assert may_forget(province) == [told, told]


def test_a_bureau_that_goes_on_with_its_servers_backup_gives_no_number_twice(province: Province) -> None:
    with province.copied() as copy:
        first, second = province.machines
        held = set(first.granted[PLACES])
        assert held
        keep_url(BureauFolder(province.folder), copy)
        with office(province.folder, HandClock()) as bureau:
            with bureau.database.reading() as connection:
                assert meta_value(connection, "generation").startswith("2-")
                assert is_quarantined(connection)
            for _ in range(2):
                pulse(bureau, second, ALL)
    assert not held & set(second.granted.get(PLACES, ()))


def test_what_is_no_backup_of_this_bureau_lets_nobody_forget(province: Province) -> None:
    """Broken by believing whatever has the same rows: the database itself, and a standby that follows it."""
    with pytest.raises(Refused, match="follows"):
        count_copy(province.folder, province.cluster.url("hall"))
    with province.copied() as copy:
        for damage, why in (
            ("UPDATE event SET body = replace(body, '}', ' }') WHERE seq = 1", "damaged"),
            ("UPDATE stream SET acked = acked + 1", "damaged"),
            ("UPDATE meta SET value = '1-other' WHERE key = 'generation'", "other_life"),
            ("UPDATE bureau_version SET version_num = '0001'", "other_program"),
            ("DROP TABLE bureau_version", "other_life"),
        ):
            with psycopg.connect(copy, autocommit=True) as connection:
                connection.execute(damage.encode())
            with pytest.raises(Refused, match=why):
                count_copy(province.folder, copy)
    assert may_forget(province) == [0, 0]


def test_a_copy_in_which_nobody_spoke_counts_for_nothing(cluster: Cluster, tmp_path: Path) -> None:
    cluster.run("CREATE DATABASE quiet TEMPLATE template0 ENCODING 'UTF8'")
    folder = tmp_path / "bureau"
    init_bureau(folder, "示例省人力资源和社会保障厅", database=cluster.url("quiet"))
    with base_backup(cluster) as copy, put_back(copy), pytest.raises(Refused, match="nobody"):
        count_copy(folder, copy.url("quiet"))


def test_a_bureau_in_a_file_is_told_how_it_is_backed_up(folder: Path) -> None:
    with pytest.raises(Refused, match="in_a_file"):
        count_copy(folder, "postgresql:///hall")
