"""A database that nobody closed is looked at before anything is handed out; a damaged one is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.actions.faults import StorageFault
from kiosk.domain.ids import JobId
from kiosk.storage.database import Database, Role
from kiosk.storage.examining import damage_of, was_closed
from kiosk.storage.opening import DATABASE_FILE, OpenedStore
from tests import answers
from tests.unit.storage.samples import NOW, PLACES, check_in, feed, grant, job_body, opened, person, take

WHOLE = "UPDATE setting SET value = value"
INTO_THE_LOG = "PRAGMA user_version = 1"
"""Changes the first sector, so that the log has it."""


@pytest.fixture
def morning(kept: OpenedStore) -> OpenedStore:
    """Two people came, and the first one took a place."""
    feed(kept, job_body())
    grant(kept, PLACES, 1, 3)
    for number in (1, 2):
        with kept.store.writing() as records:
            check_in(records, person(number).id)
    with kept.store.writing() as records:
        take(records, person(1).id, JobId("J1"))
    return kept


def after_a_power_cut(kept: OpenedStore, folder: Path, *lost: str) -> Path:
    """Return the folder of a kiosk that went dark, with these changes as if by a disk that lied."""
    aside = folder / "aside"
    shutil.copytree(kept.database.path.parent, aside)
    cut = Database(aside / DATABASE_FILE, kept.key, Role.SCREEN)
    with cut.outside_transactions() as connection:
        for statement in ("PRAGMA foreign_keys = 0", "PRAGMA writable_schema = 1", *lost):
            connection.exec_driver_sql(statement)
    shutil.copytree(aside, folder / "dark")
    cut.close()
    assert not was_closed(folder / "dark" / DATABASE_FILE)
    return folder / "dark"


@pytest.mark.parametrize(
    "lost",
    [
        "DELETE FROM sqlite_schema WHERE name = 'placement_by_worker'",
        "DELETE FROM placement",
        "DELETE FROM journal WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 3",
        "UPDATE journal SET body = replace(body, 'card', 'hand') WHERE seq = 1",
        "UPDATE current_stream SET head_hash = 'x'",
        "DELETE FROM spent_number",
        "DELETE FROM slip",
    ],
)
def test_what_a_lying_disk_lost_is_told_at_the_next_start(
    morning: OpenedStore, tmp_path: Path, lost: str
) -> None:
    """One-line break: in `damage_of`, believe the journal."""
    dark = after_a_power_cut(morning, tmp_path, lost)
    with pytest.raises(StorageFault, match=r"storage\.damaged"):
        opened(dark)


def test_a_power_cut_alone_is_no_damage(morning: OpenedStore, tmp_path: Path) -> None:
    again = opened(after_a_power_cut(morning, tmp_path, WHOLE))
    with again.store.reading() as records:
        assert list(records.rights.free(PLACES)) == [2, 3]
    again.close()


def test_a_spoiled_first_sector_is_made_good_by_the_log(morning: OpenedStore, tmp_path: Path) -> None:
    """One-line break: in `_configure`, leave the salt out of the key."""
    dark = after_a_power_cut(morning, tmp_path, WHOLE, INTO_THE_LOG)
    with (dark / DATABASE_FILE).open("r+b") as file:
        file.write(bytes(512))
    again = opened(dark)
    assert again.sync_book.outgoing(9).head == 3
    again.close()


def test_a_journal_that_was_pruned_and_blanked_is_whole(morning: OpenedStore, tmp_path: Path) -> None:
    answers.acknowledge(morning, 3, prune_ok=1)
    morning.forget_closed(NOW.replace(month=12))
    again = opened(after_a_power_cut(morning, tmp_path, WHOLE))
    assert damage_of(again.database) is None
    again.close()


def test_a_file_that_was_closed_is_not_looked_through(tmp_path: Path) -> None:
    opened(tmp_path).close()
    assert was_closed(tmp_path / DATABASE_FILE)
    assert was_closed(tmp_path / "none.db")
