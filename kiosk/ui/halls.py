"""How the halls of one city are told apart: by the one sign of their badge, and by direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.ui.presenting import Say

DIRECTIONS = {"东": "east", "南": "south", "西": "west", "北": "north"}
"""Halls of one city are told apart by direction: their badge shows it, and foreigners are told in words."""


def badge_of(station_name: str) -> str:
    """Return the one sign by which a hall is told from the others of the city."""
    return next((sign for sign in station_name if sign in DIRECTIONS), station_name[:1])


def hall_word(say: Say, station_name: str) -> str:
    """Return a station in one word: its name as it stands on signs, or its direction in other languages."""
    from kiosk.ui.presenting import is_chinese  # the first frame, which shows a badge, does without it

    if is_chinese(say):
        return station_name
    return say(f"finding.station.{DIRECTIONS.get(badge_of(station_name), 'other')}")
