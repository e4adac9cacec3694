"""What the bureau has, read in its own database file: counts, and the devices in its halls."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from kiosk.bureau.databases import looked_into
from kiosk.bureau.desk_tables import device_seen
from kiosk.bureau.tables import check_in, dead_letter, event, kiosk, placement, slip, worker

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
    with looked_into(data_dir) as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in _COUNTED.items()
        }


@dataclass(frozen=True, slots=True)
class StandingDevice:
    """One device at one kiosk, as the kiosk told it last."""

    kiosk: str
    kind: str
    device: str
    profile: str
    seen_at: datetime


def devices(data_dir: Path) -> list[StandingDevice]:
    """Return the devices of every kiosk, by hall and kiosk, whether or not the server runs."""
    columns = [device_seen.c[item.name] for item in fields(StandingDevice)]
    with looked_into(data_dir) as connection:
        rows = connection.execute(select(*columns).order_by(device_seen.c.kiosk, device_seen.c.kind))
        return [StandingDevice(*row) for row in rows]
