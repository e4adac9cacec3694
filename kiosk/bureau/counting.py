"""What the bureau has, counted in its own database file."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from kiosk.bureau.databases import connect
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.tables import check_in, dead_letter, event, kiosk, placement, slip, worker

_COUNTED = {
    "events": event,
    "workers": worker,
    "check_ins": check_in,
    "placements": placement,
    "slips": slip,
    "dead_letters": dead_letter,
    "kiosks": kiosk,
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
