"""The coaches of today as rows of a departure board: time, where to, bay, seats, and how each stands now."""

from __future__ import annotations

from kiosk.actions.day_ports import CoachOfDay
from kiosk.actions.ports import Records
from kiosk.domain.clock import clock_text
from kiosk.domain.trips import Stand, stand_of
from kiosk.ui.desk.pages import UNKNOWN, Panel, Row
from kiosk.ui.desk.scene import DeskScene

_LAMPS = {
    Stand.CANCELLED: "stop",
    Stand.DEPARTED: "ok",
    Stand.DUE: "unknown",
    Stand.SOON: "now",
    Stand.FULL: "ok",
    Stand.EARLY: "waiting",
}


def coaches_panel(scene: DeskScene, records: Records) -> Panel:
    """Return this hall's coaches of today, in the order in which they leave."""
    say, hall = scene.say(), scene.hall
    coaches = records.days.coaches(hall.today())
    rows = [_row(scene, coach) for coach in coaches if coach.trip.station == hall.identity.station]
    return Panel(say("desk.coaches.title"), say("desk.coaches.seats"), tuple(rows), say("desk.coaches.none"))


def _row(scene: DeskScene, coach: CoachOfDay) -> Row:
    trip, taken = coach.trip, coach.taken
    stand = stand_of(trip, coach.open_seats, scene.hall.now())
    return Row(
        lamp=_LAMPS[stand],
        head=trip.destination,
        note=scene.say()(f"desk.coaches.{stand.value}"),
        aside=f"{UNKNOWN if taken is None else taken}/{trip.seats}",
        clock=clock_text(trip.departs_at),
        bay=trip.bay,
        share=-1.0 if taken is None else taken / max(trip.seats, 1),
    )
