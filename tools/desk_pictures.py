"""Draws three pages of the desk for the README: a coach's door, the coaches of a day, and a ledger."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from tests.screens.admin_desk import Desk, open_desk
from tests.unit.actions.coaches import door_here, rider, tell_riders
from tests.unit.actions.fleets import fleet, formed, placed

PAGES = ("door", "trips", "ledgers")
COMERS = ("miao", "tian", "su", "wen")
"""Sample people who take what the sample has for them."""


def draw(folder: Path) -> dict[str, Path]:
    """Draw each page into a folder, upright and in Chinese, and return the pictures by name."""
    folder.mkdir(parents=True, exist_ok=True)
    for page, steps in zip(PAGES, (_door, _trips, _ledgers), strict=True):
        with tempfile.TemporaryDirectory() as data:
            desk = open_desk(Path(data), profile="desk" if page == "ledgers" else "worker")
            steps(desk)
            desk.screen.grab().save(str(folder / f"{page}.png"))
            desk.close()
    return {page: folder / f"{page}.png" for page in PAGES}


def _door(desk: Desk) -> None:
    """Let somebody in who lays his card down, while others are still to come."""
    place = desk.take("miao")
    trip = door_here(desk.stage.kiosk, place)
    others = (
        rider(trip, f"PG-NZ-0918-02-{number:04}", number, queue_number=f"B{number}") for number in range(2, 7)
    )
    tell_riders(desk.stage.kiosk, *others)
    desk.enter()
    desk.tap(f"row.roll:coach:{trip}", f"plate.door:trip:{trip}")
    desk.screen.ears.card_presented(desk.stage.kiosk.people["miao"].card)


def _trips(desk: Desk) -> None:
    """Show coaches with people in them, one of them formed here, and what drives them."""
    for person in COMERS:
        desk.take(person)
    kiosk = desk.stage.kiosk
    people = placed(kiosk, 1, 4)
    fleet(kiosk)
    formed(kiosk, [place.id for place in people])
    desk.enter()
    desk.tap("page.trips")


def _ledgers(desk: Desk) -> None:
    """Show who came today, as the ledger of visits has it."""
    for person in COMERS:
        desk.take(person)
    desk.enter()
    desk.tap("page.audit", "plate.ledgers", "row.ledger:visits")
