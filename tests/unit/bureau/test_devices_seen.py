"""Which devices stand at which kiosk is known at the bureau."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from kiosk.bureau.counting import counts, devices
from kiosk.bureau.databases import connect, migrate
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.offices import Office
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

    told = [(at.station, at.kiosk_no, at.kind, at.device, at.profile) for at in devices(folder)]
    assert told == [("NZ", 1, "reader", SECOND, "routon"), ("NZ", 2, "reader", FIRST, "generic")]
    assert counts(folder)["devices"] == 2


def test_a_bureau_from_before_makes_room_for_devices_and_keeps_the_rest(bureau: Office, folder: Path) -> None:
    new_machine(bureau, folder)
    kiosks = counts(folder)["kiosks"]
    with bureau.database.writing() as connection:
        connection.execute(text("DROP TABLE device_seen"))
        connection.execute(text("UPDATE bureau_version SET version_num = '0001'"))
    database = connect(BureauFolder(folder).database, is_server=False)
    migrate(database)
    database.close()

    assert devices(folder) == []
    assert counts(folder)["kiosks"] == kiosks
