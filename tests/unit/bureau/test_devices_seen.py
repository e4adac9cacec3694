"""Which devices stand at which kiosk is known at the bureau."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from sqlalchemy import select, text

from kiosk.bureau.counting import counts, devices
from kiosk.bureau.databases import alembic_config, connect, migrate
from kiosk.bureau.desk_tables import device_seen
from kiosk.bureau.offices import Office
from kiosk.bureau.restoring import is_quarantined
from kiosk.bureau.tables import kiosk, stream
from kiosk.messages.events import DeviceSeen
from tests.unit.bureau.rehearsal import new_machine, pulse

FIRST, SECOND = "05.01-20200101-0000123456-0001234567", "05.03-20210101-0000123457-0001234568"


def test_the_reader_that_stands_at_a_kiosk_now_is_listed(bureau: Office, folder: Path) -> None:
    one, two = new_machine(bureau, folder, no=1), new_machine(bureau, folder, no=2)
    one.do(DeviceSeen(kind="reader", device=FIRST, profile="generic"))
    one.do(DeviceSeen(kind="reader", device=SECOND, profile="routon"))
    two.do(DeviceSeen(kind="reader", device=FIRST, profile="generic"))
    for machine in (one, two):
        assert pulse(bureau, machine).refusals == []

    told = [(at.kiosk, at.kind, at.device, at.profile) for at in devices(folder)]
    assert told == [("NZ-01", "reader", SECOND, "routon"), ("NZ-02", "reader", FIRST, "generic")]
    assert counts(folder)["devices"] == 2


def test_a_bureau_from_before_makes_room_for_what_came_since_and_keeps_the_rest(tmp_path: Path) -> None:
    database = connect(tmp_path / "old.sqlite", is_server=False)
    with database.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO meta VALUES ('generation', 'feedbeef')"))
        connection.execute(
            text(
                "INSERT INTO kiosk VALUES ('NZ-01', 'NZ', '南站', 1, 'A', 'worker', 'k', 'p', 'd', "
                "'2026-09-17T21:10:00.000000Z')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO stream VALUES ('s', 'NZ-01', 'live', 3, 'h', 'b', 1, '{}', "
                "'2026-09-17T21:10:00.000000Z')"
            )
        )
    migrate(database)
    with database.reading() as connection:
        kept = connection.execute(select(stream)).one()
        assert (kept.acked, kept.backup_upto, kept.machine) == (3, 0, "")
        assert connection.execute(select(kiosk.c.id)).scalar_one() == "NZ-01"
        assert connection.execute(select(device_seen)).all() == []
        assert not is_quarantined(connection)
    database.close()
