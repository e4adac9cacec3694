"""How a coach on its way is told at the desk: its name, its people, and where each of them is."""

from __future__ import annotations

from kiosk.actions.count_return import Homecoming
from kiosk.actions.outing_ports import Passenger
from kiosk.domain.clock import clock_text
from kiosk.domain.returns import Whereabouts
from kiosk.domain.trips import Trip
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.kept_words import retold
from kiosk.ui.presenting import day_word

WHERE_LAMPS = {
    Whereabouts.OUT: "waiting",
    Whereabouts.BACK: "ok",
    Whereabouts.STAYED: "now",
    Whereabouts.MISSING: "stop",
}


def coach_words(scene: DeskScene, trip: Trip) -> str:
    """Return what people call a coach: its time and where it goes, with its day where that is another."""
    words = f"{clock_text(trip.departs_at)} {trip.destination}"
    today = scene.hall.today()
    return words if trip.day == today else f"{day_word(scene.say(), trip.day, today)} {words}"


def passenger_words(scene: DeskScene, who: Passenger) -> str:
    """Return number of the day and masked name; whoever is not known here is called by his slip."""
    name = scene.named(who.name, who.number_tail) if who.number_tail else ""
    return f"{who.queue_number}  {name}".strip() or who.slip


def where_of(scene: DeskScene, home: Homecoming, who: Passenger) -> Whereabouts:
    """Return where somebody is today."""
    mark = home.marks.get(who.slip)
    return mark.on(scene.hall.today()) if mark else Whereabouts.OUT


def where_words(scene: DeskScene, home: Homecoming, who: Passenger) -> str:
    """Return where somebody is, with when he came or until when he stays and why."""
    say, today = scene.say(), scene.hall.today()
    mark, where = home.marks.get(who.slip), where_of(scene, home, who)
    if where is Whereabouts.BACK and mark is not None:
        return say("return.where.back", at=scene.at(mark.at))
    if mark is not None and mark.where is Whereabouts.STAYED:
        until = day_word(say, mark.until, today) if mark.until else ""
        kind = "stayed" if where is Whereabouts.STAYED else "overstayed"
        return say(f"return.where.{kind}", until=until, reason=retold(say, mark.reason))
    return say(f"return.where.{where.value}")
