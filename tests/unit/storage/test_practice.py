"""The store of a practice knows the board and nobody, and lies in memory alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.recognise import recognise
from kiosk.storage.all_tables import METADATA
from kiosk.storage.practice import MemoryDatabase, open_practice
from tests.halls import SampleKiosk, open_sample_kiosk

COPIED = {
    *("parameter", "course", "employer", "trip", "wording", "search_term", "job"),
    *("quota", "granted_right", "current_stream"),
}
"""Content of the bureau, and what is made up for the practice; everything else is about what people did."""


@pytest.fixture(params=[True, False])
def kiosk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SampleKiosk]:
    kiosk = open_sample_kiosk(tmp_path, has_rights=request.param)
    yield kiosk
    kiosk.opened.close()


def test_nothing_that_anybody_did_is_copied(kiosk: SampleKiosk) -> None:
    register_and_check_in(kiosk.hall, recognise(kiosk.hall, kiosk.people["miao"].card))
    store = open_practice(kiosk.opened.database, kiosk.clock, kiosk.hall.now(), {})
    with store._memory.reading() as connection:  # what is in it, not what its records show
        counts = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in METADATA.tables.items()
        }
    store.close()
    assert {name for name, count in counts.items() if count} <= COPIED
    assert counts["current_stream"] == 1
    assert counts["parameter"] > 0


def test_the_whole_sample_board_can_be_practised_with_or_without_rights(kiosk: SampleKiosk) -> None:
    now = kiosk.hall.now()
    store = open_practice(kiosk.opened.database, kiosk.clock, now, {})
    with kiosk.hall.store.reading() as real, store.reading() as practice:
        jobs = {line.job.id for line in real.board.page(BoardQuery(), now, 0, 500)}
        lines = practice.board.page(BoardQuery(), now, 0, 500)
    store.close()
    assert {line.job.id for line in lines} >= jobs
    assert all(line.open_here > 0 for line in lines)


def test_no_file_is_behind_it() -> None:
    database = MemoryDatabase()
    with database.reading() as connection:
        files = [row.file for row in connection.exec_driver_sql("PRAGMA database_list")]
    database.close()
    assert set(files) == {""}
