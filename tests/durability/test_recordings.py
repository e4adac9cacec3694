"""The recorder misses nothing: what it noted adds up to what lies on the disk, flushes as they were."""

from __future__ import annotations

import random
from pathlib import Path

from sqlcipher3 import dbapi2

from tests.durability.mornings import Morning, a_morning, furnish, recorded
from tests.durability.platters import Flushed, Loss, NamesFlushed, Written


def test_all_that_was_noted_adds_up_to_the_files_as_they_are(tmp_path: Path) -> None:
    furnish(tmp_path)
    morning = a_morning(tmp_path, 2)
    platter = morning.recording.platter()
    for operation in morning.recording.operations:
        platter.take(operation)
    there = {
        path.relative_to(tmp_path): path.read_bytes()
        for path in sorted(tmp_path.rglob("*"))
        if path.is_file()
    }
    assert platter.image(Loss.NOTHING, random.Random(1)) == there


def test_a_morning_writes_the_log_the_file_and_the_marker(morning: Morning) -> None:
    operations = morning.recording.operations
    names = {path.name for path in morning.recording.before}
    locks = {"pages.lock", "awaiting.lock"}
    assert names == {"kiosk.db", "database.key", "marker", "marker-rights.json"} | locks
    written = {operation.file for operation in operations if isinstance(operation, Written)}
    flushed = {operation.file for operation in operations if isinstance(operation, Flushed)}
    folders = {operation.folder.name for operation in operations if isinstance(operation, NamesFlushed)}
    assert written == flushed
    assert folders == {"data", "marker"}


def test_flushing_is_noted_as_the_library_was_told_to(tmp_path: Path) -> None:
    with recorded(tmp_path) as morning:
        connection = dbapi2.connect(str(tmp_path / "some.db"), isolation_level=None)
        for synchronous, flushes in (("OFF", 0), ("FULL", 1)):
            connection.execute(f"PRAGMA synchronous = {synchronous}")
            connection.execute("PRAGMA journal_mode = TRUNCATE")
            before = len(morning.recording.operations)
            connection.execute(f"CREATE TABLE in_{synchronous} (a)")
            noted = morning.recording.operations[before:]
            assert any(isinstance(operation, Written) for operation in noted)
            assert (sum(isinstance(operation, Flushed) for operation in noted) >= 1) is bool(flushes)
        connection.close()
    after = len(morning.recording.operations)
    connection = dbapi2.connect(str(tmp_path / "some.db"))
    connection.execute("CREATE TABLE unseen (a)")
    connection.close()
    assert len(morning.recording.operations) == after
