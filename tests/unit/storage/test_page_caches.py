"""Pages stand in memory decrypted: enough of them to be quick, and no more than a process may weigh."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from kiosk.storage.opening import OpenedStore, join_store
from tests.unit.storage.samples import TurnedClock


def cache_kib(connection: Connection) -> int:
    return -int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())


def driver(connection: Connection) -> object:
    return connection.connection.driver_connection


def test_what_the_screen_has_written_takes_two_megabytes_at_most(kept: OpenedStore) -> None:
    with kept.database.writing() as writer:
        assert cache_kib(writer) <= 2048


def test_a_search_and_a_pull_have_room_for_their_pages(
    kept: OpenedStore, tmp_path: Path, clock: TurnedClock
) -> None:
    with kept.database.reading() as reader:
        assert cache_kib(reader) >= 16_384
    beside = join_store(tmp_path / "data", clock)
    try:
        with beside.database.writing() as writer:
            assert cache_kib(writer) >= 16_384
    finally:
        beside.close()


def test_one_read_after_another_uses_the_same_pages(kept: OpenedStore) -> None:
    with kept.database.reading() as outer:
        last = driver(outer)
        with kept.database.reading() as inner:
            assert driver(inner) is not last
    for _ in range(3):
        with kept.database.reading() as reader:
            assert driver(reader) is last
