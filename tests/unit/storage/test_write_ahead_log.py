"""A flush that failed is made good before the next commit is told, or that commit is not told."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest

from kiosk.actions.faults import StorageFault
from kiosk.storage import write_ahead_log
from kiosk.storage.opening import OpenedStore
from kiosk.storage.write_ahead_log import WriteAheadLog
from tests.unit.storage.samples import joined, person


class FailingDisk:
    """The system's calls, where flushing fails as often as a test says; it counts the bytes written."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.written = 0

    def fdatasync(self, handle: int) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        os.fdatasync(handle)

    def pwrite(self, handle: int, content: bytes, at: int) -> int:
        self.written += os.pwrite(handle, content, at)
        return len(content)

    def __getattr__(self, name: str) -> object:
        return getattr(os, name)


def known(kept: OpenedStore) -> list[int]:
    with kept.store.reading() as records:
        return [number for number in (1, 2, 3) if records.workers.by_id(person(number).id)]


def add(kept: OpenedStore, number: int) -> None:
    with kept.store.writing() as records:
        records.workers.add(person(number))


def test_after_a_failed_flush_the_log_is_written_once_more_before_a_commit_is_told(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One-line break: in `WriteAheadLog.make_sure`, never doubt."""
    add(kept, 1)
    log = kept.database.path.with_name(kept.database.path.name + "-wal")
    disk = FailingDisk(failures=1)
    monkeypatch.setattr(write_ahead_log, "os", disk)
    before = log.read_bytes()
    kept.database.flush_log()
    assert disk.written == 0
    add(kept, 2)
    assert disk.written == len(before)
    assert log.read_bytes()[: len(before)] == before
    add(kept, 3)
    assert disk.written == len(before), "a log that was made sure is not written again"
    assert known(kept) == [1, 2, 3]


def test_while_the_disk_fails_nothing_is_told(kept: OpenedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    add(kept, 1)
    monkeypatch.setattr(write_ahead_log, "os", FailingDisk(failures=3))
    kept.database.flush_log()
    for _ in range(2):
        with pytest.raises(StorageFault, match=r"storage\.disk_failing"):
            add(kept, 2)
        assert known(kept) == [1]
    add(kept, 2)
    assert known(kept) == [1, 2]


@pytest.mark.parametrize(
    ("code", "is_doubtful"),
    [(sqlite3.SQLITE_IOERR_FSYNC, True), (sqlite3.SQLITE_IOERR, True), (sqlite3.SQLITE_FULL, False)],
)
def test_an_error_of_the_disk_at_a_commit_makes_the_log_doubtful(
    tmp_path: Path, code: int, *, is_doubtful: bool
) -> None:
    log = WriteAheadLog(tmp_path / "a.db")
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = code
    log.doubt_after(error)
    if is_doubtful:
        with pytest.raises(StorageFault, match=r"storage\.disk_failing"):
            log.make_sure()  # there is no log to write again
    else:
        log.make_sure()


def test_the_other_process_hears_of_the_doubt(kept: OpenedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    add(kept, 1)
    other = joined(kept.database.path.parent)
    disk = FailingDisk(failures=1)
    monkeypatch.setattr(write_ahead_log, "os", disk)
    other.database.flush_log()
    add(kept, 2)
    assert disk.written > 0
    add(other, 3)
    assert known(kept) == [1, 2, 3]
    other.close()
