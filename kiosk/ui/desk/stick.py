"""The page of the courier: which sticks are in, what may be done with one, and what came of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiosk.actions.stick_errands import (
    Errand,
    ErrandFace,
    ErrandStage,
    FoundStick,
    StickErrands,
    begin_errand,
)
from kiosk.domain.duties import Act
from kiosk.domain.ids import STATION_SHAPE
from kiosk.ui.desk.asking import stick_choices
from kiosk.ui.desk.pages import Page, Panel, Plate, Row
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Sheet
from kiosk.ui.presenting import spoken

if TYPE_CHECKING:
    from kiosk.actions.carry_bundles import Outcome

_BACK = "back"
_WHOSE = re.compile(rf"{STATION_SHAPE}-\d+-[A-Z](?=-)")
"""Hall, number and letter of a kiosk, with which the name of a bundle begins."""
_LONGEST_NAME = 24


class StickPage:
    """Reached from the page of devices and sync; an errand goes on when the page is left."""

    def __init__(self, scene: DeskScene, errands: StickErrands) -> None:
        """Do errands through these."""
        self._scene = scene
        self._errands = errands

    def face(self) -> Page:
        """Look which sticks are in, and how far the errand is."""
        say = self._scene.say()
        sticks, face = self._errands.sticks(), self._errands.face()
        found = tuple(Row(lamp="ok", head=item.name, note=item.place) for item in sticks)
        none = (Row(lamp="unknown", head=say("courier.desk.none"), note=say("courier.desk.plug_in")),)
        return Page(
            (
                Panel(say("courier.desk.came_of_it"), "", self._rows(face), say("courier.desk.resting")),
                Panel(say("courier.desk.sticks"), "", found or none),
            ),
            plates=(
                Plate(_BACK, say("courier.desk.back")),
                *(
                    Plate(
                        errand.value,
                        say(f"courier.desk.{errand.value}"),
                        is_main=errand is Errand.READ,
                        is_ready=bool(sticks) and face.stage is not ErrandStage.RUNNING,
                        duty=Act(f"{errand.value}_stick"),
                    )
                    for errand in (Errand.CARRY, Errand.WRITE, Errand.READ)
                ),
            ),
        )

    def press(self, key: str) -> None:
        """Begin an errand; where several sticks are in, ask which."""
        if key == _BACK:
            self._scene.turn_to("devices", "")
            return
        errand, sticks = Errand(key), self._errands.sticks()
        if len(sticks) > 1:
            self._ask_which(errand, sticks)
        elif sticks:
            self._begin(errand, sticks[0])

    def forget(self) -> None:
        """A stick names nobody."""

    def _ask_which(self, errand: Errand, sticks: tuple[FoundStick, ...]) -> None:
        say = self._scene.say()
        by_place = {item.place: item for item in sticks}
        self._scene.ask(
            Sheet(
                title=say("courier.desk.which"),
                sentence=say(f"courier.desk.{errand.value}"),
                go_word=say("courier.desk.go"),
                choices=stick_choices(sticks),
                done=lambda sheet: self._begin(errand, by_place[sheet.choice]),
            )
        )

    def _begin(self, errand: Errand, stick: FoundStick) -> None:
        begin_errand(self._scene.hall, self._errands, errand, stick, self._scene.staff())

    def _rows(self, face: ErrandFace) -> tuple[Row, ...]:
        say = self._scene.say()
        if face.stage is ErrandStage.RESTING:
            return ()
        if face.stage is ErrandStage.RUNNING:
            return (Row(lamp="now", head=say("courier.desk.running"), note=say("courier.desk.leave_it")),)
        if face.fault is not None:
            return (Row(lamp="stop", head=say("courier.desk.failed"), note=spoken(say, face.fault)),)
        end = "done" if face.is_well else "done_but"
        last = Row(
            lamp="ok" if face.is_well else "warn",
            head=say(f"courier.desk.{end}"),
            note=say("courier.desk.pull_out"),
        )
        return (*(self._row(item) for item in face.outcomes), last)

    def _row(self, item: Outcome) -> Row:
        """Return one outcome with whose words they are; a stranger's file is called by its name."""
        whose = _WHOSE.match(item.file)
        return Row(
            lamp="ok" if item.is_well else "warn",
            head=spoken(self._scene.say(), item.sentence),
            note=whose[0] if whose else item.file[:_LONGEST_NAME],
        )
