"""What the bureau has, read in its own database file: counts, and the devices in its halls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from kiosk.bureau.databases import connect
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.tables import check_in, dead_letter, device_seen, event, kiosk, placement, slip, worker

_COUNTED = {
    "events": event,
    "workers": worker,
    "check_ins": check_in,
    "placements": placement,
    "slips": slip,
    "dead_letters": dead_letter,
    "kiosks": kiosk,
    "devices": device_seen,
}


def counts(data_dir: Path) -> dict[str, int]:
    """Return how many rows of each kind the bureau keeps, whether or not its server runs."""
    database = connect(BureauFolder(data_dir).database, is_server=False)
    try:
        with database.reading() as connection:
            return {
                name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in _COUNTED.items()
            }
    finally:
        database.close()


@dataclass(frozen=True, slots=True)
class StandingDevice:
    """One device at one kiosk, as the kiosk told it last."""

    station: str
    kiosk_no: int
    kind: str
    device: str
    profile: str
    seen_at: datetime


def devices(data_dir: Path) -> list[StandingDevice]:
    """Return the devices of every kiosk, by hall and kiosk, whether or not the server runs."""
    database = connect(BureauFolder(data_dir).database, is_server=False)
    columns = (
        device_seen.c.station,
        kiosk.c.kiosk_no,
        device_seen.c.kind,
        device_seen.c.device,
        device_seen.c.profile,
        device_seen.c.seen_at,
    )
    try:
        with database.reading() as connection:
            rows = connection.execute(
                select(*columns)
                .join(kiosk, kiosk.c.id == device_seen.c.kiosk)
                .order_by(device_seen.c.station, kiosk.c.kiosk_no, device_seen.c.kind)
            )
            return [StandingDevice(*row) for row in rows]
    finally:
        database.close()
