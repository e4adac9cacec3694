"""Writes that nobody waits for: in their order, seen by whoever asks, and their faults where they belong."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from kiosk.bureau.databases import Database, opened, savepoint
from kiosk.bureau.rows import add, add_if_new, change, changed, has, put
from kiosk.bureau.tables import capsule_due, meta, worker
from kiosk.statements import Statement

pytestmark = pytest.mark.both_databases
VALUE = Statement(select(meta.c.value).where(meta.c.key == bindparam("key")))
CONTRADICTIONS = (IntegrityError, sqlite3.IntegrityError, psycopg.IntegrityError)


def noted(connection: Connection, *keys: str) -> dict[str, str]:
    rows = connection.execute(select(meta).where(meta.c.key.in_(keys)))
    return {row.key: row.value for row in rows}


def note(connection: Connection, key: str, value: str = "") -> None:
    add(connection, meta, {"key": key, "value": value})


def note_twice(connection: Connection) -> None:
    """Write what contradicts itself, within a block of its own."""
    with savepoint(connection):
        note(connection, "within")
        note(connection, "within")


def write_twice(database: Database, key: str) -> None:
    """Write what contradicts itself, and end the transaction."""
    with database.writing() as connection:
        note(connection, key)
        note(connection, key)


def begin_a_block_behind_a_fault(database: Database) -> None:
    with database.writing() as connection:
        note(connection, "twice")
        note(connection, "twice")
        with savepoint(connection):
            pytest.fail("the block was begun")


def fail(connection: Connection, *, asks: bool) -> None:
    """Write something within a block that comes to nothing."""
    with savepoint(connection):
        note(connection, "within")
        assert not asks or has(connection, meta, key="within")
        note(connection, "also within")
        raise ValueError


def put_half_a_person(database: Database) -> None:
    with database.writing() as connection:
        put(connection, worker, {"id": "w1"}, {"notice_version": 1})


def kept(database: Database, *keys: str) -> dict[str, str]:
    with database.reading() as connection:
        return noted(connection, *keys)


def test_whoever_asks_sees_what_was_written_before(folder: Path) -> None:
    """Broken by asking past what is unsent: a question would be answered as if nothing had been written."""
    with opened(folder) as database, database.writing() as connection:
        note(connection, "a", "1")
        assert has(connection, meta, key="a")
        change(connection, meta, {"key": "a"}, {"value": "2"})
        assert noted(connection, "a") == {"a": "2"}
        note(connection, "b", "1")
        assert changed(connection, meta, {"key": "b"}, {"value": "2"}) == 1
        put(connection, meta, {"key": "b"}, {"value": "3"})
        put(connection, meta, {"key": "c"}, {"value": "3"})
        add_if_new(connection, meta, {"key": "c", "value": "4"}, "key")
    with opened(folder) as database:
        assert kept(database, "a", "b", "c") == {"a": "2", "b": "3", "c": "3"}


def test_each_question_is_answered_as_of_when_it_was_asked(folder: Path) -> None:
    """Broken by asking only when somebody reads: the first question would see what was written behind it."""
    with opened(folder) as database, database.writing() as connection:
        asked = []
        for value in ("1", "2", "3"):
            put(connection, meta, {"key": "a"}, {"value": value})
            asked.append(VALUE.ask(connection, {"key": "a"}))
        assert [question.all() for question in reversed(asked)] == [[("3",)], [("2",)], [("1",)]]


@pytest.mark.parametrize("is_ours", [True, False])
def test_what_was_foreseen_is_asked_anew_once_something_is_written(folder: Path, is_ours: bool) -> None:
    """Broken by keeping an answer through a write: a round would decide by what it has changed itself."""
    with opened(folder) as database, database.writing() as connection:
        VALUE.foresee(connection, {"key": "a"})
        if is_ours:
            note(connection, "a", "1")
        else:
            connection.execute(insert(meta).values(key="a", value="1"))
        assert VALUE.all(connection, {"key": "a"}) == [("1",)]
        VALUE.foresee(connection, {"key": "a"})
        assert VALUE.all(connection, {"key": "a"}) == VALUE.all(connection, {"key": "a"}) == [("1",)]


def test_a_contradiction_belongs_to_the_block_that_wrote_it(folder: Path) -> None:
    """Broken by sending what was written before with the block: its fault would undo the block alone."""
    with opened(folder) as database, database.writing() as connection:
        note(connection, "before")
        with pytest.raises(CONTRADICTIONS):
            note_twice(connection)
        note(connection, "behind")
    with opened(folder) as database:
        assert kept(database, "before", "within", "behind").keys() == {"before", "behind"}


def test_a_fault_before_a_block_is_none_of_the_block(folder: Path) -> None:
    """Broken by beginning a block before what was written is sent: its refusal would hide that fault."""
    with opened(folder) as database:
        with pytest.raises(CONTRADICTIONS):
            begin_a_block_behind_a_fault(database)
        assert kept(database, "twice", "within") == {}


def test_a_block_that_fails_by_itself_leaves_nothing_unsent(folder: Path) -> None:
    """Broken by sending what a block wrote before it failed: half of it would stand in the database."""
    with opened(folder) as database:
        with database.writing() as connection:
            note(connection, "before")
            for asks in (False, True):
                with pytest.raises(ValueError, match=r"^$"):
                    fail(connection, asks=asks)
        assert kept(database, "before", "within", "also within").keys() == {"before"}


def test_the_last_writes_fault_ends_the_transaction(folder: Path) -> None:
    """Broken by not sending what is left at the end: it would be lost, and told to nobody."""
    with opened(folder) as database:
        with pytest.raises(CONTRADICTIONS):
            write_twice(database, "once")
        with database.writing() as connection:
            note(connection, "again")
        assert kept(database, "once", "again").keys() == {"again"}


def test_a_row_without_all_its_values_is_only_changed(folder: Path) -> None:
    """Broken by inserting whatever is given: a person's row without his number is none."""
    with opened(folder) as database:
        with pytest.raises(CONTRADICTIONS):
            put_half_a_person(database)
        with database.writing() as connection:
            put(connection, capsule_due, {"worker": "w1"}, {"mark": 1})
            put(connection, capsule_due, {"worker": "w1"}, {"mark": 2})
            assert connection.scalars(select(capsule_due.c.mark)).all() == [2]
