"""A desk that learns of new ledgers hears its hall's log once more: what it had no book for went by."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from sqlalchemy import select

from kiosk.storage.book_tables import book_check_in, book_mark
from kiosk.storage.database import Database, Role
from kiosk.storage.feed_tables import cursor
from kiosk.storage.keys import load_key
from kiosk.storage.migrating import _config, migrate
from kiosk.storage.opening import DATABASE_FILE
from tests.unit.storage.samples import NOW


def test_after_the_upgrade_books_begin_anew_and_all_else_goes_on(tmp_path: Path) -> None:
    """Broken by keeping the marks, or the cursor of the desk's scope: old entries would never be told."""
    before = Database(tmp_path / DATABASE_FILE, load_key(tmp_path, tmp_path / DATABASE_FILE), Role.SCREEN)
    config = _config()
    with before.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0031")
        for statement in (
            "INSERT INTO book_mark VALUES ('a kiosk', 7)",
            "INSERT INTO book_check_in VALUES ('w1', '2026-09-18', 'A1', 0, 'card', 'NZ-01')",
            "INSERT INTO cursor VALUES ('desk:NZ', 'g', 7), ('city', 'g', 3)",
        ):
            connection.exec_driver_sql(statement)
    migrate(before, tmp_path, NOW)
    with before.reading() as connection:
        assert [*connection.execute(select(cursor.c.scope, cursor.c.pos))] == [("city", 3)]
        for table in (book_mark, book_check_in):
            assert connection.execute(select(table)).all() == []
    before.close()
