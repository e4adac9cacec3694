"""What belongs to one person: the places that take his time, each leading to its slip."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.actions.ports import Records
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import WorkerId
from kiosk.domain.placements import Placement
from kiosk.ui.desk.page_watch import PAPER_LAMPS
from kiosk.ui.desk.pages import Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.slips import slip_tail
from kiosk.ui.presenting import day_of_a_year, job_title

_SLIP = "slip:"


class AboutOne:
    """Reads what this kiosk keeps of one person."""

    def __init__(self, scene: DeskScene) -> None:
        """Read from this scene's hall."""
        self._scene = scene

    def places(self, records: Records, worker: WorkerId) -> Iterator[Row]:
        """Yield the open places of a person, the first to end first."""
        for placement in records.placements.open_of(worker):
            yield self._place(records, placement)

    def press(self, key: str) -> bool:
        """Go where a row leads; return whether this key was one of these rows."""
        if not key.startswith(_SLIP):
            return False
        self._scene.turn_to("slips", key.removeprefix(_SLIP))
        return True

    def _place(self, records: Records, placement: Placement) -> Row:
        say = self._scene.say()
        job = records.board.job(placement.job)
        slip = records.slips.by_number(placement.slip)
        day = day_of_a_year(say, hall_day(placement.starts))
        told = say(f"desk.slip_state.{slip.state.value}") if slip else ""
        return Row(
            key=f"{_SLIP}{placement.slip}",
            lamp=PAPER_LAMPS[slip.state] if slip else "unknown",
            head=job_title(say, job) if job else say("desk.people.job_gone"),
            note=f"{day} {self._scene.at(placement.starts)}",
            aside=f"{slip_tail(placement.slip)} {told}".strip(),
        )
