"""What waits on the first page of coaches on their way: incidents nobody closed, and who is not back."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.actions.count_return import Homecoming, open_returns
from kiosk.actions.ports import Records
from kiosk.domain.returns import Whereabouts
from kiosk.ui.desk.incidents import IncidentNotes
from kiosk.ui.desk.outing_words import coach_words, where_of
from kiosk.ui.desk.pages import Row
from kiosk.ui.desk.scene import DeskScene


def incident_rows(scene: DeskScene, records: Records) -> Iterator[Row]:
    """Yield every incident that nobody has closed; its button leads to its coach."""
    notes, look = IncidentNotes(scene), scene.say()("desk.to_do.look")
    for incident in records.outings.open_incidents():
        row = notes.row(incident)
        yield Row(f"outing:trip:{incident.trip}", row.lamp, row.head, row.note, act=look)


def not_back_rows(scene: DeskScene, records: Records) -> Iterator[Row]:
    """Yield each coach whose return is due and from which somebody is out or missing."""
    say = scene.say()
    for home in open_returns(scene.hall, records):
        is_missing = bool(home.count.missing)
        yield Row(
            key=f"returns:trip:{home.outing.trip.id}",
            lamp="stop" if is_missing else "warn",
            head=say("return.not_back", count=len(home.not_back)),
            note=f"{coach_words(scene, home.outing.trip)}{_overstayed(scene, home)}",
            act=say("desk.to_do.look"),
        )


def _overstayed(scene: DeskScene, home: Homecoming) -> str:
    """Return how many of them stayed over and were to be back by now."""
    marks = [(who, home.marks.get(who.slip)) for who in home.not_back]
    over = sum(
        mark is not None
        and mark.where is Whereabouts.STAYED
        and where_of(scene, home, who) is Whereabouts.OUT
        for who, mark in marks
    )
    return f" · {scene.say()('return.overstayed', count=over)}" if over else ""
