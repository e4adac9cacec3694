"""The day as a line from the door to the money: how many people came how far, as far as anybody knows."""

from __future__ import annotations

from dataclasses import asdict

from kiosk.actions.day_ports import DayCounts
from kiosk.ui.desk.pages import UNKNOWN, Stop, along
from kiosk.ui.desk.scene import DeskScene


def day_stops(scene: DeskScene, counts: DayCounts) -> tuple[Stop, ...]:
    """Return the stops of the day in their order; what nobody has said yet is a dash."""
    say = scene.say()
    return along([_stop(say(f"desk.day.{name}"), count) for name, count in asdict(counts).items()])


def _stop(word: str, count: int | None) -> Stop:
    is_known = count is not None
    return Stop(word, str(count) if is_known else UNKNOWN, is_known=is_known)
