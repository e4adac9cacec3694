"""The first screen: how many people are wanted today, in six families."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue import Catalogue
from kiosk.domain.families import Family
from kiosk.ui.fronts import Front, NoSlip
from kiosk.ui.journeys import Step
from kiosk.ui.views.rows import Rows

if TYPE_CHECKING:
    from kiosk.actions.board_ports import FamilyCount
    from kiosk.actions.call_riders import CoachCall
    from kiosk.actions.hall import Hall
    from kiosk.actions.ports import Records

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class FamilyFace:
    """One family as a tile or a tab."""

    family: str
    figure: str
    label: str
    count: str


def family_faces(say: Catalogue, counts: Sequence[FamilyCount] | None) -> tuple[FamilyFace, ...]:
    """Return all six families in their fixed order; one without work shows 0, uncounted ones no figure."""
    places = {count.family: count.open_places for count in counts or ()}
    return tuple(
        FamilyFace(
            family.value,
            f"pictograms/{family.value}",
            say(f"ui.family.{family.value}"),
            "" if counts is None else str(places.get(family, 0)),
        )
        for family in Family
    )


@dataclass(frozen=True, slots=True)
class CallFace:
    """Somebody who is called: by number and, where this kiosk knows him, masked name; and where to go."""

    number: str
    name: str
    spot: str


MOST_CALLS = 2
"""So many calls have room on the first screen, the latest ones."""
MOST_NUMBERS, SLIP_DIGITS = 4, 4
"""So many numbers of one coach have room in a call that stands alone, half of them beside another.

Who has no number of the day is called by the end of his slip's.
"""


@QmlElement
class HomeView(QObject):
    """What stands on the home screen."""

    changed = Signal()

    def __init__(self, front: Front) -> None:
        """Look at this front."""
        super().__init__()
        self._front = front
        self._families = Rows(FamilyFace, self)
        self._calls = Rows(CallFace, self)
        self._open_places: int | None = None
        self._no_slip: NoSlip | None = None
        self._is_reader_working = True

    def set_reader_working(self, is_working: bool) -> None:
        """The card reader was lost, or is there again."""
        self._is_reader_working = is_working

    def refresh(self) -> None:
        """Count again; the counts hold nothing personal, so they stay while other steps are shown."""
        if self._front.visit.step is not Step.HOME:
            return
        counts = self._counts()
        self._open_places = None if counts is None else sum(count.open_places for count in counts)
        self._families.show(family_faces(self._front.say, counts))
        self._calls.show(self._call_faces())
        self._no_slip = self._front.no_slip_because
        self.changed.emit()

    def look_at_printer(self) -> None:
        """Follow the printer while the first screen stands: nobody touches anything when paper runs out."""
        if self._no_slip is not self._front.no_slip_because:
            self._no_slip = self._front.no_slip_because
            self.changed.emit()

    def _counts(self) -> tuple[FamilyCount, ...] | None:
        """Return what is wanted; None before the hall is open, when nobody has counted."""
        hall = self._front.hall
        if hall is None:
            return None
        with hall.store.reading() as records:
            return tuple(records.board.families(hall.now()))

    def _call_faces(self) -> list[CallFace]:
        """Return who is called now, to tables and to this hall's kiosks."""
        hall, say = self._front.hall, self._front.say
        if hall is None:
            return []
        from kiosk.domain.identity import mask_name  # nobody is called before the hall is open
        from kiosk.domain.sign_ups import Way
        from kiosk.domain.trips import CALL_SHOWN

        faces = []
        with hall.store.reading() as records:
            called = [item for item in records.sign_ups.open_on(hall.today()) if item.is_called]
            called.sort(key=lambda item: item.called_at or item.signed_at, reverse=True)
            for item in called[:MOST_CALLS]:
                known = records.workers.by_id(item.worker)
                where = "hiring.call.table" if item.way is Way.TALK else "hiring.call.kiosk"
                name = mask_name(known.name) if known else ""
                faces.append(CallFace(item.queue_number, name, say(where, spot=item.spot)))
            # A coach leaves at its time; a table waits.
            is_calling = records.riders.calling(hall.now() - CALL_SHOWN)
            waiting = _coach_calls(hall, records) if is_calling else []
        most = MOST_NUMBERS if len(waiting) + len(faces) == 1 else MOST_NUMBERS // 2
        return [*(self._coach_face(call, most) for call in waiting), *faces][:MOST_CALLS]

    def _coach_face(self, call: CoachCall, most: int) -> CallFace:
        """Return a coach by its time, with its bay and the first numbers it waits for, kept together."""
        from kiosk.domain.clock import clock_text  # as above

        numbers = [rider.queue_number or rider.slip[-SLIP_DIGITS:] for rider in call.called]
        told = "\u00a0".join(numbers[:most]) + ("…" if len(numbers) > most else "")
        spot = self._front.say("door.call.bay", bay=call.coach.bay)
        return CallFace(clock_text(call.coach.departs_at), told, spot)

    @Property(QObject, notify=changed)
    def calls(self) -> QObject:
        """Rows of CallFace, the latest call first."""
        return self._calls

    @Property(bool, notify=changed)
    def hasCalls(self) -> bool:
        """Whether anybody is called now."""
        return len(self._calls.faces) > 0

    @Property(QObject, notify=changed)
    def families(self) -> QObject:
        """Rows of FamilyFace."""
        return self._families

    @Property(str, notify=changed)
    def openPlaces(self) -> str:
        """How many people are still wanted; nothing before the hall is open."""
        return "" if self._open_places is None else str(self._open_places)

    @Property(str, notify=changed)
    def problem(self) -> str:
        """What does not work now, told before anybody lays down a card; empty when all is well."""
        if self._front.is_waited_at:
            return self._front.say("ui.home.opening")
        if not self._is_reader_working:
            return self._front.say("ui.home.no_reader")
        return self._front.say(f"ui.home.no_{self._no_slip}") if self._no_slip else ""

    @Slot(str)
    def browse(self, family: str) -> None:
        """Show all work of one family."""
        self._front.visit.browse_family(Family(family))


def _coach_calls(hall: Hall, records: Records) -> list[CoachCall]:
    """Return the coaches that call people; what they are read with is loaded with the first of them."""
    from kiosk.actions.call_riders import coach_calls

    return coach_calls(hall, records)
