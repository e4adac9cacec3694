"""The registry: what no backup takes back, a row a thing, in a file or beside several servers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg
import pytest

from kiosk.actions.faults import StorageFault
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.init import init_bureau
from kiosk.bureau.kept_beside import registry_of
from kiosk.bureau.registries import KnownDoor, KnownKiosk, KnownRevocation, Registry, Remembered
from kiosk.bureau.registry_rows import RegistryFile, Rows
from tests.clusters import Cluster
from tests.unit.bureau.rehearsal import DAWN

FEW, MANY = 3, 400


def known(number: int, machines: dict[str, list[str]]) -> KnownKiosk:
    return KnownKiosk(
        id=f"H{number:04d}-01",
        station=f"H{number:04d}",
        station_name="示例零工驿站",
        kiosk_no=1,
        letter="A",
        profile="worker",
        key_id="abcdef",
        public_key=f"key-{number}",
        device="",
        seen_at=DAWN,
        machines=machines,
    )


def town(count: int) -> Remembered:
    """What a bureau with so many kiosks remembers."""
    gone = KnownRevocation(
        public_key="old", kiosk="H0000-01", key_id="abcde0", profile="worker", reason="丢了", revoked_at=DAWN
    )
    return Remembered(
        generation="2-aa",
        kiosks={item.id: item for item in (known(number, {"m": ["s"]}) for number in range(count))},
        doors={"t1": KnownDoor(stream="s", unknown_aboard=2)},
        revoked={"old": gone},
        retired={"abcde0": date(2026, 9, 17)},
    )


@dataclass(frozen=True, slots=True)
class WatchedFile(RegistryFile):
    """The file, and what is asked of it: statements with their values, and the rows that answer."""

    said: list[object] = field(default_factory=list)

    @contextmanager
    def changing(self) -> Iterator[Rows]:
        """Write down what the block asks."""
        with RegistryFile.changing(self) as rows:

            def ask(statement: str, values: Sequence[object]) -> Sequence[Sequence[str]]:
                found = rows.ask(statement, values)
                self.said.extend([statement, values, *found])
                return found

            yield Rows(ask)


def test_a_change_touches_one_thing_however_many_kiosks_there_are(tmp_path: Path) -> None:
    """Broken by reading, or writing, more than the kiosk that is changed."""
    asked = []
    for count in (FEW, MANY):
        room = WatchedFile(tmp_path / f"{count}.sqlite", tmp_path / f"{count}.json")
        registry = Registry(room)
        registry.join(town(count))
        room.said.clear()
        registry.note_kiosk(known(1, {}).model_dump() | {"letter": "B"})
        registry.note_machine("H0001-01", "m2", "s2")
        registry.note_retired("abcdef", date(2026, 9, 18))
        asked.append(list(room.said))
        changed = known(1, {"m": ["s"], "m2": ["s2"]}).model_copy(update={"letter": "B"})
        assert registry.read().kiosks["H0001-01"] == changed
    assert asked[0] == asked[1]


def test_what_lies_there_in_one_piece_is_taken_in_and_adds_to_what_is_known(tmp_path: Path) -> None:
    """Broken by believing the piece more than the rows, or by taking it in at every start."""
    older, files = BureauFolder(tmp_path / "older"), BureauFolder(tmp_path / "bureau")
    for folder in (older, files):
        folder.create()
    registry_of(older).join(town(FEW))
    registry_of(older).copy_to(files.registry_copy)
    assert registry_of(files).read() == town(FEW)
    assert not files.registry_copy.exists()
    assert files.registry.stat().st_mode & 0o077 == 0

    registry = registry_of(files)
    registry.note_kiosk(known(1, {}).model_dump() | {"letter": "B"})
    registry.note_machine("H0001-01", "m2", "s2")
    registry.note_retired("abcde0", date(2026, 9, 16))
    registry.note_door("t2", KnownDoor(stream="s2", unknown_aboard=0), over=["t1"])
    before = registry.read()
    registry_of(older).note_machine("H0001-01", "m", "s3")
    registry_of(older).copy_to(files.registry_copy)
    after = registry_of(files).read()
    assert after.kiosks["H0001-01"].machines == {"m": ["s", "s3"], "m2": ["s2"]}
    assert after.kiosks["H0001-01"].letter == "B"
    assert (after.retired, after.revoked) == (before.retired, before.revoked)
    assert after.doors.keys() == {"t1", "t2"}, "a copy may know a door that the rows do not"


def test_a_change_that_comes_to_nothing_leaves_no_trace(tmp_path: Path) -> None:
    room = RegistryFile(tmp_path / "kiosks.sqlite", tmp_path / "kiosks.json")
    with pytest.raises(ZeroDivisionError):
        _break_off(room)
    assert Registry(room).read() == Remembered()


def _break_off(room: RegistryFile) -> None:
    with room.changing() as rows:
        rows.put("kiosk", "A", "{}")
        raise ZeroDivisionError


def test_a_registry_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    files = BureauFolder(tmp_path)
    registry_of(files).join(town(FEW))
    with closing(sqlite3.connect(files.registry)) as spoilt, spoilt:
        spoilt.execute("UPDATE kept SET body = '{' WHERE name = 'kiosk/H0001-01'")
    with pytest.raises(StorageFault, match="registry"):
        registry_of(files).read()
    files.registry.write_bytes(b"no database at all" * 100)
    with pytest.raises(StorageFault, match="registry"):
        registry_of(files).read()
    files.registry.unlink()
    files.registry_copy.write_bytes(b"{")
    with pytest.raises(StorageFault, match="registry"):
        registry_of(files).read()
    assert files.registry_copy.exists(), "what cannot be read is kept for whoever can mend it"


def test_servers_that_shared_it_in_one_row_share_rows(
    postgres_bureau_dir: Path, cluster: Cluster, tmp_path: Path
) -> None:
    """Broken by leaving the row of an older program where it is: what is changed later would not count."""
    files = BureauFolder(postgres_bureau_dir)
    cluster.run("DROP DATABASE IF EXISTS one_row")
    cluster.run("CREATE DATABASE one_row TEMPLATE template0 ENCODING 'UTF8'")
    init_bureau(files.root, "测试人社局", keys=cluster.url("one_row"))
    body = town(FEW).model_dump_json(indent=1)
    with psycopg.connect(cluster.url("one_row")) as connection:
        connection.execute("INSERT INTO kept VALUES ('registry', %s)", (body,))
    registry = registry_of(files)
    assert registry.read() == town(FEW)
    registry.note_machine("H0001-01", "m2", "s2")
    registry.note_door("t2", KnownDoor(stream="s2", unknown_aboard=0), over=["t1"])
    registry_of(files).copy_to(tmp_path / "copy.json")
    told = Remembered.model_validate_json((tmp_path / "copy.json").read_bytes())
    assert told.kiosks["H0001-01"].machines == {"m": ["s"], "m2": ["s2"]}
    assert told.doors.keys() == {"t2"}
    with psycopg.connect(cluster.url("one_row")) as connection:
        assert connection.execute("SELECT * FROM kept WHERE name = 'registry'").fetchall() == []
