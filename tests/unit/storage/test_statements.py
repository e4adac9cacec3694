"""A statement compiled once answers as SQLAlchemy would, is heard as its statements are, and fails alike."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import bindparam, insert, select, update

from kiosk.actions.faults import IntegrityFault, StorageFault
from kiosk.domain.ids import JobId, TripId
from kiosk.statements import Statement
from kiosk.storage.all_tables import METADATA
from kiosk.storage.opening import OpenedStore
from kiosk.storage.tables import day_count, worker
from tests.unit.storage.plans import statements_of
from tests.unit.storage.samples import DAY, PLACES, check_in, feed, grant, job_body, person, take, trip_body

ADD = Statement(insert(day_count))
TOTAL = Statement(select(day_count.c.total).where(day_count.c.day == bindparam("day")))


def count(total: int) -> dict[str, object]:
    return {"day": DAY, "kind": "too_young", "total": total}


def lived_in(kept: OpenedStore) -> None:
    feed(kept, trip_body(), job_body(trip="T1"))
    grant(kept, PLACES, 1, 5)
    grant(kept, "seats:T1", 1, 5)
    with kept.store.writing() as records:
        records.workers.add(person())
        check_in(records, person().id)
        take(records, person().id, JobId("J1"), TripId("T1"))


def test_every_table_reads_as_sqlalchemy_reads_it(kept: OpenedStore) -> None:
    """One-line break: in `Statement._compiled`, give the row no `changes`."""
    lived_in(kept)
    with kept.database.reading() as connection:
        for table in METADATA.sorted_tables:
            theirs = connection.execute(select(table)).all()
            ours = Statement(select(table)).all(connection)
            assert [tuple(row) for row in ours] == [tuple(row) for row in theirs], table.name
            assert [row._fields for row in ours] == [row._fields for row in theirs], table.name


def test_what_is_written_is_kept_by_the_types_of_its_columns(kept: OpenedStore) -> None:
    with kept.database.writing() as connection:
        assert ADD.run(connection, count(3)) == 1
        rows = connection.execute(select(day_count)).all()
    assert [tuple(row) for row in rows] == [(DAY, "too_young", 3)]


def test_nothing_found_is_none_and_nothing_changed_is_zero(kept: OpenedStore) -> None:
    rename = Statement(update(worker).where(worker.c.id == bindparam("of")), "name")
    with kept.database.writing() as connection:
        assert TOTAL.first(connection, {"day": DAY}) is None
        assert TOTAL.scalar(connection, {"day": DAY}) is None
        assert rename.run(connection, {"of": "nobody", "name": ""}) == 0


def test_many_rows_are_bound_before_and_written_at_once(kept: OpenedStore) -> None:
    rows = [ADD.bound(count(number) | {"kind": str(number)}) for number in range(3)]
    with kept.database.writing() as connection:
        ADD.run_each(connection, rows)
        ADD.run_each(connection, [])
        assert [row.total for row in TOTAL.all(connection, {"day": DAY})] == [0, 1, 2]


def test_a_value_that_is_missing_is_a_defect(kept: OpenedStore) -> None:
    with kept.database.reading() as connection, pytest.raises(KeyError):
        TOTAL.scalar(connection, {"date": date.min})


def test_whoever_listens_to_the_engine_hears_it(kept: OpenedStore) -> None:
    """One-line break: in `Statement._run`, do not tell."""
    with statements_of(kept.database) as heard, kept.database.writing() as connection:
        ADD.run(connection, count(1))
        ADD.run_each(connection, [ADD.bound(count(2) | {"kind": "other"})])
        TOTAL.all(connection, {"day": DAY})
    assert [text.split()[0] for text, _ in heard] == ["INSERT", "INSERT", "SELECT"]


def test_a_broken_constraint_is_our_fault_and_a_full_file_the_disks(kept: OpenedStore) -> None:
    """One-line break: in `telling_faults`, do not look at what the driver itself raises."""
    with kept.database.writing() as connection:
        ADD.run(connection, count(1))
    with pytest.raises(IntegrityFault, match="day_count"), kept.database.writing() as connection:
        ADD.run(connection, count(2))
    with kept.database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageFault, match=r"storage\.disk_full"), kept.database.writing() as connection:
        ADD.run(connection, count(3) | {"kind": "long" * 100_000})
    with kept.database.reading() as connection:
        assert TOTAL.scalar(connection, {"day": DAY}) == 1
