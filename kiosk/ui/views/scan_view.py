"""What was held before the scanner, as far as proven: a figure, a sentence, what helps, a slip's facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.actions.scan_readings import (
    ArrivalReading,
    BadgeReading,
    BoardingReading,
    ForeignReading,
    PartReading,
    PracticeReading,
    ReturnReading,
    SeatShown,
    ShownReading,
    SlipReading,
    SlipShown,
    Standing,
)
from kiosk.domain.clock import clock_text
from kiosk.domain.sentences import Sentence
from kiosk.messages.code_envelopes import Verdict
from kiosk.ui.journeys import Step
from kiosk.ui.presenting import day_word, is_chinese, spoken, yuan_figure
from kiosk.ui.views.rows import Rows
from kiosk.ui.views.scene import Scene

QML_IMPORT_NAME = "Kiosk.Views"
QML_IMPORT_MAJOR_VERSION = 1

_STANDINGS = {
    Standing.OPEN: "ui/verified",
    Standing.UNKNOWN: "ui/verified",
    Standing.USED: "ui/history",
    Standing.VOID: "ui/octagon_cross",
}
_AT_THE_DESK = "pictograms/card_desk"
"""What cannot be confirmed here is looked at by a person; nobody is suspected."""


WHAT_GOES_WITH = {
    "actions.scan.arrival_sheet": "actions.scan.arrival_sheet.note",
    "actions.scan.badge_unknown": "actions.scan.badge_unknown.note",
    "actions.scan.boarding": "actions.scan.boarding.note",
    "actions.scan.damaged": "actions.scan.damaged.note",
    "actions.scan.forged": "actions.scan.forged.note",
    "actions.scan.goods": "actions.scan.goods.note",
    "actions.scan.other": "actions.scan.other.note",
    "actions.scan.payment": "actions.scan.payment.note",
    "actions.scan.practice": "actions.scan.practice.note",
    "actions.scan.return_part": "actions.scan.return_part.note",
    "actions.scan.slip_checked": "actions.scan.slip_checked.note",
    "actions.scan.slip_checked_on": "actions.scan.slip_checked_on.note",
    "actions.scan.slip_never_checked": "actions.scan.slip_never_checked.note",
    "actions.scan.slip_unchecked": "actions.scan.slip_unchecked.note",
    "actions.scan.slip_unchecked_on": "actions.scan.slip_unchecked_on.note",
    "actions.scan.slip_void": "actions.scan.slip_void.note",
    "actions.scan.unknown_key": "actions.scan.unknown_key.note",
    "actions.scan.web_address": "actions.scan.web_address.note",
}
"""By the key of the sentence: what is quietly said with it, mostly what to do now, of the same arguments."""


@dataclass(frozen=True, slots=True)
class ScanFact:
    """One fact of a slip, with its figure."""

    icon: str
    head: str
    note: str


@QmlElement
class ScanView(QObject):
    """What stands on the page of a scanned code."""

    changed = Signal()

    def __init__(self, scene: Scene) -> None:
        """Look at this scene."""
        super().__init__()
        self._scene = scene
        self._facts = Rows(ScanFact, self)

    def refresh(self) -> None:
        """Show what was scanned; forget it on any other step."""
        reading = self._reading
        self._facts.show(tuple(self._told(reading)))
        self.changed.emit()

    @property
    def _reading(self) -> ShownReading | None:
        is_shown = self._scene.visit.step is Step.SCANNED
        return self._scene.session.scanned if is_shown else None

    def _told(self, reading: ShownReading | None) -> Iterator[ScanFact]:
        if isinstance(reading, SlipReading) and reading.slip:
            yield from self._of_slip(reading.slip, reading.seat)
        elif isinstance(reading, ReturnReading) and reading.returned:
            day = day_word(self._scene.say, reading.returned.day, self._scene.today)
            yield ScanFact("ui/receipt_long", reading.returned.slip, day)

    def _of_slip(self, slip: SlipShown, seat: SeatShown | None) -> Iterator[ScanFact]:
        say = self._scene.say
        yield ScanFact("ui/receipt_long", slip.number, say("ui.scanned.number", code=slip.check_code))
        day = day_word(say, slip.starts_on, self._scene.today)
        yield ScanFact("ui/calendar_month", day, slip.trade_title if is_chinese(say) else "")
        unit = say(f"ui.unit.{slip.pay_unit.value}", piece=say("ui.piece"))
        yield ScanFact("pictograms/wallet", f"{yuan_figure(slip.pay_fen)} {unit}", "")
        if seat is not None:
            coach = seat.coach
            head = say("ui.scanned.coach", time=clock_text(coach.departs_at), place=coach.destination)
            note = say("ui.scanned.seat", bay=coach.bay, seat=seat.seat)
            yield ScanFact("ui/directions_bus", head, note)
        elif slip.trip_no:
            bay = say("ui.scanned.bay", bay=slip.bay_no) if slip.bay_no else ""
            yield ScanFact("ui/directions_bus", say("ui.scanned.trip", trip=slip.trip_no), bay)

    @Property(bool, notify=changed)
    def isOver(self) -> bool:
        """Whether it is certain that it counts no more; what cannot be confirmed is not refused here."""
        reading = self._reading
        if isinstance(reading, SlipReading):
            return reading.standing is Standing.VOID
        return isinstance(reading, BadgeReading | BoardingReading) and reading.verdict is Verdict.EXPIRED

    @Property(str, notify=changed)
    def title(self) -> str:
        """What kind of thing was scanned."""
        kind = {
            SlipReading: "slip",
            BadgeReading: "badge",
            BoardingReading: "boarding",
            ReturnReading: "return_part",
            ArrivalReading: "arrival_sheet",
            PracticeReading: "practice",
        }
        return self._scene.say(f"ui.scanned.title.{kind.get(type(self._reading), 'other')}")

    @Property(str, notify=changed)
    def figure(self) -> str:
        """The figure that says how it is to whoever does not read."""
        reading = self._reading
        if reading is None or isinstance(reading, ForeignReading):
            return "ui/qr_code_scanner"
        return "pictograms/learner" if isinstance(reading, PracticeReading) else _figure_of(reading)

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """How it is."""
        return spoken(self._scene.say, self._said)

    @Property(str, notify=changed)
    def help(self) -> str:
        """What goes with it, mostly what to do now; empty where there is nothing to add."""
        said = self._said
        if said is None or said.key not in WHAT_GOES_WITH:
            return ""
        return spoken(self._scene.say, Sentence(WHAT_GOES_WITH[said.key], said.args))

    @property
    def _said(self) -> Sentence | None:
        if self._scene.visit.step is not Step.SCANNED:
            return None
        reading = self._reading
        return reading.sentence if reading else self._scene.session.sentence

    @Property(QObject, notify=changed)
    def facts(self) -> QObject:
        """Rows of ScanFact; none where nothing is proven."""
        return self._facts


def _figure_of(reading: SlipReading | BadgeReading | BoardingReading | PartReading) -> str:
    """Return the figure of what somebody signed."""
    if reading.verdict in {Verdict.FORGED, Verdict.UNKNOWN_KEY}:
        return _AT_THE_DESK
    if isinstance(reading, SlipReading):
        return _STANDINGS[reading.standing]
    if isinstance(reading, PartReading):
        return "ui/assignment_turned_in"
    if reading.verdict is Verdict.EXPIRED:
        return "ui/history"
    return "ui/badge" if isinstance(reading, BadgeReading) else "ui/directions_bus"
