"""The coaches of today as rows of a departure board: time, where to, bay, seats, and how each stands now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


def own_coaches(scene: DeskScene, records: Records) -> Sequence[CoachOfDay]:
    """Return this hall's coaches of today, in the order in which they leave."""
    hall = scene.hall
    return [
        coach for coach in records.days.coaches(hall.today()) if coach.trip.station == hall.identity.station
    ]


def coaches_panel(scene: DeskScene, coaches: Sequence[CoachOfDay]) -> Panel:
    """Return the coaches as a board; each leads to its people."""
    say = scene.say()
    rows = tuple(coach_row(scene, coach) for coach in coaches)
    return Panel(say("desk.coaches.title"), say("desk.coaches.seats"), rows, say("desk.coaches.none"))


def has_gone(scene: DeskScene, coach: CoachOfDay) -> bool:
    """Tell whether it is known here who is not in a coach whose time has come: this device holds its door."""
    is_over = stand_of(coach.trip, coach.open_seats, scene.hall.now()) in {Stand.DEPARTED, Stand.DUE}
    return coach.is_door_here and is_over


def not_come_rows(scene: DeskScene, coaches: Sequence[CoachOfDay]) -> Iterator[Row]:
    """Yield the row that leads to those who are not in the coach they took a seat of, where there are any."""
    say = scene.say()
    missing = [coach for coach in coaches if coach.missing and has_gone(scene, coach)]
    if missing:
        head = say("desk.roll.missing", count=sum(coach.missing for coach in missing))
        note = say("desk.comma").join(coach.trip.destination for coach in missing)
        yield Row("roll:not_come:", "warn", head, note, act=say("desk.to_do.look"))


def coach_row(scene: DeskScene, coach: CoachOfDay) -> Row:
    """Return a coach as a line of the board, which leads to its people."""
    trip, taken = coach.trip, coach.taken
    stand = stand_of(trip, coach.open_seats, scene.hall.now())
    return Row(
        key=f"roll:coach:{trip.id}",
        lamp=_LAMPS[stand],
        head=trip.destination,
        note=scene.say()(f"desk.coaches.{stand.value}"),
        aside=f"{UNKNOWN if taken is None else taken}/{trip.seats}",
        clock=clock_text(trip.departs_at),
        bay=trip.bay,
        share=-1.0 if taken is None else taken / max(trip.seats, 1),
    )
