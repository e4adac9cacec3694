"""Killed in the middle, or out of disk: what was committed stays, and the marker never runs ahead of it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.storage.marker import Marker
from tests.properties.test_storage_journal import assert_dense_chain
from tests.unit.storage.samples import PLACES, feed, grant, job_body, opened

TAKER = """
import resource, sys
from pathlib import Path
from kiosk.actions.faults import StorageFault
from kiosk.domain.ids import JobId
from tests.unit.storage.samples import opened, person, take
try:
    store = opened(Path(sys.argv[1]))
except StorageFault as fault:
    print(fault.sentence.key, flush=True)
    sys.exit()
if len(sys.argv) > 2:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
with store.store.reading() as records:
    done = records.placements.count()
try:
    while True:
        done += 1
        with store.store.writing() as records:
            records.settings.put("filler", "x" * 4000 * (done % 7))
            take(records, person().id, JobId("J1"), name=f"P{done}")
        print(done, flush=True)
except StorageFault as fault:
    print(fault.sentence.key, flush=True)
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    kept = opened(tmp_path)
    feed(kept, job_body(headcount=5000, open_places=5000))
    grant(kept, PLACES, 1, 5000)
    kept.close()
    return tmp_path


WITHOUT_OVERRIDE = ("setpriv", "--bounding-set", "-dac_override") if os.geteuid() == 0 else ()
"""Root writes where nobody may, unless this is taken from it."""


def start_taker(data_dir: Path, *arguments: str, prefix: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*prefix, sys.executable, "-c", TAKER, str(data_dir), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def test_kill_9_at_any_moment_keeps_every_place_that_was_told(data_dir: Path) -> None:
    """One-line break: in `Database.writing`, use `self._writer.connect()`, which never commits."""
    told = 0
    for _ in range(4):
        taker = start_taker(data_dir)
        assert taker.stdout is not None
        for _ in range(random.randint(1, 40)):
            told = int(taker.stdout.readline())
        os.kill(taker.pid, signal.SIGKILL)
        rest, _ = taker.communicate()
        whole_lines = rest.rpartition("\n")[0].split()
        told = int(whole_lines[-1]) if whole_lines else told
        assert_kept(data_dir, told, at_most=told + 1)
        told = count_kept(data_dir)


def test_a_full_disk_is_told_and_loses_nothing(data_dir: Path) -> None:
    size = sum(item.stat().st_size for item in data_dir.glob("kiosk.db*"))
    taker = start_taker(data_dir, str(size + 300_000))
    output, _ = taker.communicate(timeout=60)
    *told, sentence = output.split()
    assert told
    assert sentence in {"storage.disk_full", "storage.disk_failing"}
    assert_kept(data_dir, len(told), at_most=len(told))


def count_kept(data_dir: Path) -> int:
    kept = opened(data_dir)
    with kept.store.reading() as records:
        count = records.placements.count()
    kept.close()
    return count


def assert_kept(data_dir: Path, at_least: int, *, at_most: int) -> None:
    mark = Marker(data_dir).read()
    assert mark is not None
    assert at_least <= mark.head + 1
    kept = opened(data_dir)
    assert kept.new_stream is None
    with kept.store.reading() as records:
        count = records.placements.count()
        assert at_least <= count <= at_most
        assert len(records.slips.all()) == count
        assert len(records.rights.free(PLACES)) == 5000 - count
    assert mark.head in {count - 1, count}
    assert_dense_chain(kept, count)
    with kept.database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert list(connection.exec_driver_sql("PRAGMA cipher_integrity_check")) == []
    kept.close()


def test_a_read_only_folder_is_told(data_dir: Path) -> None:
    for item in (*data_dir.iterdir(), data_dir):
        item.chmod(item.stat().st_mode & ~0o222)
    try:
        output, _ = start_taker(data_dir, prefix=WITHOUT_OVERRIDE).communicate(timeout=60)
    finally:
        data_dir.chmod(0o700)
    assert output.split()[-1] in {"storage.read_only", "storage.cannot_open"}
