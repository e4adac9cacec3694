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

_EVE, _AT = "PG-NZ-1231-01-0001", "2025-12-31T05:10:00.000000Z"
_A_PAPER_OF_BEFORE = (
    "INSERT INTO worker (id, number_hash, notice_version, first_seen, last_seen) "
    "VALUES ('w', 'h', 1, :at, :at)",
    "INSERT INTO placement (id, worker, job, job_version, trip, kind, slip, starts, ends, title, promise, "
    "taken_at, state, reason, stream, seq) VALUES ('p', 'w', 'j', 1, 't', 'dispatch', :slip, :at, :at, '', "
    "'', :at, 'confirmed', '', 's', 1)",
    "INSERT INTO slip VALUES (:slip, 'p', 'printed', 0, '', '', '', :at)",
    "INSERT INTO block VALUES (:slip, 't', 0, 1, 0)",
    "INSERT INTO boarded VALUES (:slip, 't')",
    "INSERT INTO return_mark VALUES (:slip, 't', 'stayed', 'own_way', '2026-01-02', 's1', :at)",
)
_AND_NOW = (
    "SELECT number, year, placement, state FROM slip",
    "SELECT slip, year, trip, is_settled FROM block",
    "SELECT slip, year, trip FROM boarded",
    "SELECT trip, slip, whereabouts, until FROM return_mark",
)


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


def test_papers_of_before_have_the_year_in_which_their_places_were_taken(tmp_path: Path) -> None:
    database = connect(tmp_path / "old.sqlite", is_server=False)
    with database.writing() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0029")
        for statement in _A_PAPER_OF_BEFORE:
            connection.execute(text(statement), {"slip": _EVE, "at": _AT})
    migrate(database)
    with database.reading() as connection:
        told = [connection.execute(text(statement)).all() for statement in _AND_NOW]
    assert told == [
        [(_EVE, 2025, "p", "printed")],
        [(_EVE, 2025, "t", 1)],
        [(_EVE, 2025, "t")],
        [("t", _EVE, "stayed", "2026-01-02")],
    ]
    database.close()


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
