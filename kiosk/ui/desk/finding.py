"""Finding somebody: by the last four characters of the number, by initials, or by the number of a slip."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kiosk.actions.find_people import make_names_findable
from kiosk.actions.ports import Records
from kiosk.actions.scan_readings import ReturnReading, SlipReading
from kiosk.domain.ids import WorkerId
from kiosk.domain.workers import Worker
from kiosk.ui.desk.pages import Row
from kiosk.ui.desk.scanned import slip_from_here
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.desk.sheets import Keys, Sheet

TAIL = 4
MOST_INITIALS = 8
MOST_FOUND = 30
"""More than these nobody reads: one letter more finds fewer."""


class FindPeople:
    """What was keyed to find somebody; whoever alone is found so is told to `show`."""

    def __init__(self, scene: DeskScene, show: Callable[[WorkerId], None]) -> None:
        """Look for nobody."""
        self._scene = scene
        self._show = show
        self._tail = self._initials = ""

    @property
    def is_asked(self) -> bool:
        """Return whether somebody is looked for."""
        return bool(self._tail or self._initials)

    @property
    def asks(self) -> Mapping[str, Callable[[], None]]:
        """Return the questions by the keys that ask them."""
        return {
            "find": self.ask_tail,
            "find_name": self.ask_initials,
            "find_slip": lambda: self._scene.turn_to("slips", "find"),
        }

    @property
    def title(self) -> str:
        """Return what was looked for."""
        say = self._scene.say()
        if self._tail:
            return say("desk.people.found", tail=self._tail)
        return say("desk.people.found_name", letters=self._initials)

    def ways(self) -> tuple[Row, ...]:
        """Return the ways to find somebody as rows that ask."""
        say = self._scene.say()
        return tuple(
            Row(
                key=key,
                head=say(f"desk.people.way.{key}"),
                note=say(f"desk.people.way.{key}_how"),
                act=say("desk.find"),
            )
            for key in self.asks
        )

    def people(self, records: Records) -> Sequence[Worker]:
        """Return those found, who came today first."""
        today = self._scene.hall.today()
        if self._tail:
            return records.workers.by_tail(self._tail)
        if self._initials:
            return records.workers.by_initials(self._initials, today, MOST_FOUND)
        return ()

    def is_cut(self, people: Sequence[Worker]) -> bool:
        """Return whether there may be more of them than are shown."""
        return bool(self._initials) and len(people) == MOST_FOUND

    def forget(self) -> None:
        """Look for nobody."""
        self._tail = self._initials = ""

    def ask_tail(self) -> None:
        """Ask for the last four characters of the number."""
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("desk.people.way.find"),
                sentence=say("desk.people.way.find_how"),
                go_word=say("desk.find"),
                keys=Keys.NUMBER,
                longest=TAIL,
                is_whole=lambda text: len(text) == TAIL,
                done=self._by_tail,
            )
        )

    def ask_initials(self) -> None:
        """Ask for the first letters of the name."""
        say = self._scene.say()
        self._scene.ask(
            Sheet(
                title=say("desk.people.way.find_name"),
                sentence=say("desk.people.way.find_name_how"),
                go_word=say("desk.find"),
                keys=Keys.LETTERS,
                longest=MOST_INITIALS,
                done=self._by_initials,
            )
        )

    def owner_of(self, reading: SlipReading | ReturnReading) -> WorkerId | None:
        """Return whose slip or return part this is; None where that is told and nobody is found."""
        number = slip_from_here(self._scene, reading)
        if number is None:
            return None
        with self._scene.hall.store.reading() as records:
            placement = records.placements.by_slip(number)
            person = records.workers.by_id(placement.worker) if placement else None
        if person is None:
            self._scene.tell("warn", self._scene.say()("desk.people.slip_unknown"))
        return person.id if person else None

    def _by_tail(self, sheet: Sheet) -> None:
        self._tail, self._initials = sheet.typed, ""
        self._found()

    def _by_initials(self, sheet: Sheet) -> None:
        make_names_findable(self._scene.hall)
        self._tail, self._initials = "", sheet.typed.upper()
        self._found()

    def _found(self) -> None:
        with self._scene.hall.store.reading() as records:
            found = self.people(records)
        if len(found) == 1:
            self._show(found[0].id)
