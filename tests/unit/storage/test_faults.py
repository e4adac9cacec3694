"""What a person is told when the disk or the file is to blame, and that what was committed stays."""

from __future__ import annotations

import sqlite3
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from kiosk.actions.faults import IntegrityFault, StorageFault
from kiosk.catalogue import LANGUAGES, load
from kiosk.storage.keys import KEY_FILE_NAME
from kiosk.storage.opening import DATABASE_FILE, OpenedStore, open_store
from kiosk.storage.telling import _SENTENCES, sentence_of
from tests.unit.storage.samples import MACHINE, TurnedClock, joined, opened, person


def filled(data_dir: Path) -> Path:
    store = opened(data_dir)
    with store.store.writing() as records:
        records.workers.add(person())
    store.close()
    return data_dir / DATABASE_FILE


def test_the_file_holds_no_readable_name(tmp_path: Path) -> None:
    content = filled(tmp_path).read_bytes()
    assert person().name.encode() not in content
    assert not content.startswith(b"SQLite format 3")


def test_a_wrong_key_is_told_and_changes_nothing(tmp_path: Path) -> None:
    database = filled(tmp_path)
    before = database.read_bytes()
    (tmp_path / KEY_FILE_NAME).write_text("11" * 32)
    with pytest.raises(StorageFault, match=r"storage\.wrong_key_or_damaged"):
        opened(tmp_path)
    assert database.read_bytes() == before


def test_a_damaged_page_is_told(tmp_path: Path) -> None:
    database = filled(tmp_path)
    content = bytearray(database.read_bytes())
    content[4096 * 3 : 4096 * 40] = bytes(4096 * 37)
    database.write_bytes(content)
    with pytest.raises(StorageFault, match=r"storage\.(damaged|wrong_key_or_damaged|disk_failing)"):
        opened(tmp_path)


def fill_up(kept: OpenedStore) -> None:
    with kept.database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.execute(text("INSERT INTO setting VALUES ('filler', hex(zeroblob(1000000)))"))


def test_a_full_file_is_told_and_what_was_committed_stays(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        records.workers.add(person(1))
    with pytest.raises(StorageFault, match=r"storage\.disk_full"):
        fill_up(kept)
    with kept.store.reading() as records:
        assert records.workers.by_id(person(1).id) == person(1)
        assert records.settings.get("filler") is None


def test_a_database_held_by_another_program_is_told(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.storage.database._BUSY_TIMEOUT_MS", 20)
    impatient = joined(kept.database.path.parent)
    with (
        kept.database.writing(),
        pytest.raises(StorageFault, match=r"storage\.locked"),
        impatient.store.writing(),
    ):
        pass
    impatient.close()


def test_who_never_gets_a_turn_to_write_is_told_and_the_next_one_writes(
    kept: OpenedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One-line break: in `Database._lent`, never release the turn."""
    monkeypatch.setattr("kiosk.storage.database._TURN_S", 0.02)
    with (
        kept.database.writing(),
        pytest.raises(StorageFault, match=r"storage\.locked"),
        kept.store.writing(),
    ):
        pass
    with kept.store.writing() as records:
        records.settings.put("a", "b")
    with kept.store.reading() as records:
        assert records.settings.get("a") == "b"


def test_a_transaction_that_cannot_begin_is_told_and_writes_nothing(kept: OpenedStore) -> None:
    """One-line break: in `_begin_writing`, believe that it has begun."""
    with kept.database.outside_transactions() as connection:
        refuse_to_begin(connection)
    with pytest.raises(DatabaseError), kept.store.writing() as records:
        records.settings.put("a", "b")
    with kept.store.reading() as records:
        assert records.settings.get("a") is None


def refuse_to_begin(connection: Connection) -> None:
    """Let every BEGIN on a connection fail, and not because somebody else writes."""

    def judge(action: int, *_what: str | None) -> int:
        return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_TRANSACTION else sqlite3.SQLITE_OK

    driver: Any = connection.connection.driver_connection
    driver.set_authorizer(judge)


def test_threads_write_in_turn(kept: OpenedStore) -> None:
    """One-line break: in `Database._lent`, do not take the turn."""
    with ThreadPoolExecutor(4) as threads:
        told = [threads.submit(add_to_a_sum, kept) for _ in range(40)]
    assert sorted(done.result() for done in told) == list(range(1, 41))


def add_to_a_sum(kept: OpenedStore) -> int:
    with kept.store.writing() as records:
        total = int(records.settings.get("sum") or 0) + 1
        records.settings.put("sum", str(total))
    return total


def test_writing_inside_a_read_fails(kept: OpenedStore) -> None:
    with pytest.raises(StorageFault, match=r"storage\.read_only"), kept.store.reading() as records:
        records.settings.put("a", "b")


def test_breaking_a_rule_of_ours_is_a_defect_and_names_nobody(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        records.workers.add(person())
    with pytest.raises(IntegrityFault) as caught, kept.store.writing() as records:
        records.workers.add(person())
    assert_names_nobody(caught.value)


def test_what_sqlalchemy_tells_of_a_broken_rule_names_nobody_either(kept: OpenedStore) -> None:
    """One-line break: in `_engine`, let `hide_parameters` be False."""
    row = {"name": person().name, "number": person().number}
    put = text("INSERT INTO setting VALUES (:name, :number)")
    with kept.database.writing() as connection:
        connection.execute(put, row)
    with pytest.raises(IntegrityFault) as caught, kept.database.writing() as connection:
        connection.execute(put, row)
    assert_names_nobody(caught.value)


def assert_names_nobody(fault: BaseException) -> None:
    """Look at all that a log could hold of a fault, its causes too."""
    assert fault.__cause__ is not None
    told = "".join(traceback.format_exception(fault)) + repr(fault) + repr(fault.__cause__)
    assert person().name not in told
    assert person().number not in told


def put_and_fail(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        records.settings.put("a", "b")
        raise LookupError


def test_an_exception_inside_rolls_everything_back(kept: OpenedStore) -> None:
    with pytest.raises(LookupError):
        put_and_fail(kept)
    with kept.store.reading() as records:
        assert records.settings.get("a") is None


def test_every_sentence_of_storage_is_in_both_languages() -> None:
    for language in LANGUAGES:
        catalogue = load(language)
        for key in _SENTENCES.values():
            assert catalogue(key)


def test_an_extended_result_code_is_told_like_its_primary_one() -> None:
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    sentence = sentence_of(error)
    assert sentence is not None
    assert sentence.key == "storage.disk_failing"
    assert sentence_of(ValueError()) is None


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(StorageFault, match=r"storage\.folder_unwritable"):
        open_store(tmp_path / "data" / "kiosk", TurnedClock(), machine=MACHINE)
