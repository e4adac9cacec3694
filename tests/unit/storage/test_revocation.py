"""A machine that was revoked forgets everybody, and nobody before its journal is told."""

from __future__ import annotations

from sqlalchemy import func, select

from kiosk.protocol.kiosk_side import told_in
from kiosk.protocol.ports import Since
from kiosk.storage.all_tables import METADATA
from kiosk.storage.database import Database
from kiosk.storage.opening import OpenedStore
from kiosk.storage.tables import journal
from tests.unit.bureau.rehearsal import registered
from tests.unit.storage.samples import NOW, a_morning, person

LEFT = {"journal", "current_stream", "setting"}


def rows(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        counted = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
        }
    return {name: count for name, count in counted.items() if count}


def test_a_revoked_machine_forgets_everybody_once_all_is_told_and_nobody_before(kept: OpenedStore) -> None:
    """Broken by forgetting as soon as the bureau says so: what nobody was told yet would be gone."""
    a_morning(kept)
    with kept.store.writing() as records:
        records.workers.add(person())
        records.journal.append(registered(person().id), NOW)
    book = kept.sync_book
    book.note_revoked(NOW)
    before = rows(kept.database)
    assert {"worker", "worker_key", "placement", "job"} <= before.keys()
    said = book.outgoing(500)
    book.acknowledge(Since(said.stream, said.generation), told_in(said), said.head)
    book.note_revoked(NOW)
    after = rows(kept.database)
    assert after.keys() - {"counter"} == LEFT
    assert after["journal"] == before["journal"]
    with kept.database.reading() as connection:
        words = "".join(connection.scalars(select(journal.c.body)))
    assert "测试甲" not in words
