"""The desk for tests: the real screen over the sample hall, an administrator, devices set by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.device_health import PrinterLamps, StorageLamp
from kiosk.actions.hall import Hall
from kiosk.actions.mend_device import mend_device
from kiosk.actions.ports import Staff
from kiosk.actions.print_test_page import TRAINING_CARD, ask_test_page
from kiosk.actions.recognise import recognise
from kiosk.actions.take_place import TakenPlace, take_place
from kiosk.domain.devices import Device, DeviceState, Phase
from kiosk.domain.duties import Act
from kiosk.domain.ids import JobId, WorkerId
from kiosk.domain.periods import Period
from kiosk.domain.sentences import Sentence
from kiosk.domain.shift_sheets import ShiftSheet
from kiosk.paper.class_papers import ClassPaper
from kiosk.paper.found_papers import FoundReceipt
from kiosk.paper.manifests import ManifestPaper
from kiosk.paper.outing_papers import OutingPaper
from kiosk.ui.desk.ledgers import LedgersPage
from kiosk.ui.desk.pages import Plate, Row
from kiosk.ui.screen import Screen
from kiosk.ui.views.admin.admin_view import AdminView
from tests import answers
from tests.pins import quick_administrator
from tests.screens.staging import Stage, set_stage
from tests.screens.tour import settle

LOOK = Path(__file__).resolve().parents[2] / "build" / "look"
SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080), "small": (1366, 768)}


@dataclass(slots=True)
class HealthByHand:
    """Devices whose state a test sets; `tries` counts how often a round was asked for."""

    hall: Hall
    states: dict[Device, DeviceState] = field(
        default_factory=lambda: {device: DeviceState(Phase.WORKING) for device in Device}
    )
    printer_lamps: PrinterLamps = field(
        default_factory=lambda: PrinterLamps(
            is_online=True, has_paper=True, is_near_end=None, is_cover_open=False, has_cutter_fault=False
        )
    )
    tries: int = 0
    papers: list[ClassPaper] = field(default_factory=list)
    shifts: list[ShiftSheet] = field(default_factory=list)
    manifests: list[ManifestPaper] = field(default_factory=list)
    outings: list[OutingPaper] = field(default_factory=list)
    receipts: list[FoundReceipt] = field(default_factory=list)

    def device(self, device: Device) -> DeviceState:
        """Return what the test set."""
        return self.states[device]

    def mend(self, device: Device, reason: str, staff: Staff) -> None:
        """Let a device be tried again."""
        mend_device(self.hall, device, reason, staff)
        self.states[device] = DeviceState()

    def print_test_page(self, staff: Staff) -> str:
        """Keep the wish for a test page."""
        return ask_test_page(self.hall, staff).id

    def print_class_record(self, paper: ClassPaper, staff: Staff) -> str:
        """Keep the wish for a class record."""
        self.papers.append(paper)
        return ask_test_page(self.hall, staff, paper.number, Act.PRINT_CLASS_RECORD).id

    def print_shift(self, paper: ShiftSheet, staff: Staff) -> str:
        """Keep the wish for the sheet of a shift."""
        self.shifts.append(paper)
        return ask_test_page(self.hall, staff, paper.number, Act.PRINT_SHIFT).id

    def print_manifest(self, paper: ManifestPaper, staff: Staff) -> str:
        """Keep the wish for one paper of a coach."""
        self.manifests.append(paper)
        return ask_test_page(self.hall, staff, paper.number, Act.PRINT_MANIFEST).id

    def print_outing(self, paper: OutingPaper, staff: Staff) -> str:
        """Keep the wish for a paper of a coach."""
        self.outings.append(paper)
        return ask_test_page(self.hall, staff, paper.head.number, Act.PRINT_OUTING).id

    def print_found_receipt(self, paper: FoundReceipt, staff: Staff) -> str:
        """Keep the wish for the receipt of a found card."""
        self.receipts.append(paper)
        return ask_test_page(self.hall, staff, paper.number, Act.PRINT_FOUND_RECEIPT).id

    def print_training_card(self, staff: Staff) -> str:
        """Keep the wish for a training card."""
        return ask_test_page(self.hall, staff, TRAINING_CARD, Act.PRINT_TRAINING_CARD).id

    def printer(self) -> PrinterLamps:
        """Return what the test set."""
        return self.printer_lamps

    def storage(self) -> StorageLamp:
        """Return a disk with room and a key in a file."""
        return StorageLamp(
            Sentence("storage.key_from_file"), is_key_in_hardware=False, free_bytes=48_300_000_000
        )

    def try_sync_now(self) -> None:
        """Count the wish."""
        self.tries += 1


@dataclass(slots=True)
class Desk:
    """A screen with its admin mode, and fingers."""

    stage: Stage
    health: HealthByHand
    staff: Staff
    pin: str
    name: str

    def close(self) -> None:
        """Close window and store."""
        self.stage.close()

    @property
    def screen(self) -> Screen:
        """Return the screen."""
        return self.stage.screen

    @property
    def hall(self) -> Hall:
        """Return the hall."""
        return self.stage.kiosk.hall

    def item(self, name: str) -> QQuickItem:
        """Return the visible item of this name, which must be there."""
        found = self.screen.find(name)
        assert found is not None, f"nothing visible is called {name}"
        return found

    def tap(self, *names: str) -> None:
        """Touch the middle of items, one after the other."""
        for name in names:
            self._click(self._reach(name))

    def _reach(self, name: str) -> QQuickItem:
        """Turn the list to an item that lies further down or up, as an attendant would."""
        for turn in ("down", "up", "sheet.down"):
            for _ in range(12):
                plate = self.screen.find(turn)
                if self.screen.find(name) is not None or plate is None or not plate.isEnabled():
                    break
                self._click(plate)
        return self.item(name)

    def _click(self, item: QQuickItem) -> None:
        # Who touches sees the page as it is laid out; a test that does not look is to touch no older one.
        above = item.parentItem()
        while above is not None:
            above.ensurePolished()
            above = above.parentItem()
        middle = item.mapToScene(item.boundingRect().center())
        place = QPoint(round(middle.x()), round(middle.y()))
        QTest.mouseClick(self.screen.window, Qt.MouseButton.LeftButton, pos=place)

    def key(self, digits: str) -> None:
        """Touch number keys."""
        self.tap(*(f"key.{digit}" for digit in digits))

    def spell(self, syllable: str, character: str) -> None:
        """Spell one character and touch it."""
        self.tap(*(f"letter.{letter.upper()}" for letter in syllable))
        for _ in range(60):
            offered = [f"candidate.{place}" for place in range(6) if self.screen.find(f"candidate.{place}")]
            for name in offered:
                if self.item(name).property("label") == character:
                    self.tap(name)
                    return
            self.tap("candidate.more")
        raise AssertionError(f"{syllable} does not offer {character}")

    def open(self) -> None:
        """Touch the hidden corner five times."""
        corner = self.screen.window.width() - 20
        for _ in range(5):
            QTest.mouseClick(self.screen.window, Qt.MouseButton.LeftButton, pos=QPoint(corner, 20))

    def enter(self) -> None:
        """Open the desk and give the right PIN."""
        self.open()
        self.key(self.pin)

    @property
    def refusal(self) -> str:
        """Return why the PIN let nobody in."""
        return str(self._view.refusal)

    @property
    def told(self) -> str:
        """Return how the last act went, as the screen says it."""
        return str(self._view.told)

    @property
    def stops(self) -> list[str]:
        """Return the counts of the line above the panels."""
        return [stop.count for stop in self._view._page.stops]

    @property
    def note(self) -> str:
        """Return the count before the screen locks, empty while there is none."""
        return str(self._view.locksIn)

    @property
    def keyed(self) -> str:
        """Return what the sheet shows of what was keyed."""
        return str(self._view._sheet.property("typed"))

    @property
    def lines(self) -> list[str]:
        """Return the heads of the first panel's rows."""
        return [row.head for row in self.rows_of(0)]

    def rows_of(self, panel: int) -> Sequence[Row]:
        """Return what a panel of the page shows."""
        return self._view._page.panels[panel].rows

    @property
    def plates(self) -> Sequence[Plate]:
        """Return the plates of the page."""
        return self._view._page.plates

    @property
    def foot(self) -> Sequence[Row]:
        """Return the sentences at the foot of the page."""
        return self._view._page.foot

    @property
    def page_names(self) -> tuple[str, ...]:
        """Return the names of all pages."""
        return self._view._mode._pages.names

    def show(self, page: str, key: str = "") -> None:
        """Show a page and what is opened on it, as a row of another page leads there."""
        self._view._mode._turn_to(page, key)

    def press(self, key: str) -> None:
        """Touch a row of the page wherever it lies."""
        self._view._mode.press(key)

    def look_back(self, period: Period) -> None:
        """Let the page of ledgers show a period, as if it were chosen."""
        page = self._view._mode._pages["ledgers"]
        assert isinstance(page, LedgersPage)
        page._kind, page._own = "other", period

    @property
    def _view(self) -> AdminView:
        opened = self.screen._desk
        assert opened is not None
        return opened.view

    def look(self, name: str) -> None:
        """Photograph the screen to build/look."""
        LOOK.mkdir(parents=True, exist_ok=True)
        assert self.screen.grab().save(str(LOOK / f"admin_{name}_{self.name}.png"))

    def come(self, key: str) -> WorkerId:
        """Let a sample person lay the card down and say yes."""
        met = recognise(self.hall, self.stage.kiosk.people[key].card)
        register_and_check_in(self.hall, met)
        return met.worker

    def take(self, key: str) -> TakenPlace:
        """Let a sample person come and take the place that the sample has for him."""
        self.come(key)
        person = self.stage.kiosk.people[key]
        job = next(job for job in self.stage.kiosk.sample.jobs if job.id == person.takes)
        return take_place(self.hall, recognise(self.hall, person.card), JobId(job.id), job.version)

    def pass_time(self, seconds: int) -> None:
        """Let time pass, second by second as the screen counts it."""
        for _ in range(seconds):
            self.stage.kiosk.clock.pass_time(1)
            self.screen.tick()

    def try_sync(self, problem: str = "", wait_s: int = 60) -> datetime:
        """Let a round with the bureau end now, and return when the next one is to be."""
        now = self.hall.clock.now()
        then = now + timedelta(seconds=wait_s)
        self.stage.kiosk.opened.sync_book.note_attempt(
            now, success=not problem, problem=problem, next_try_at=then, server_time=None
        )
        return then

    def acknowledge_all(self) -> None:
        """Let the bureau have heard everything."""
        opened = self.stage.kiosk.opened
        answers.acknowledge(opened, opened.sync_book.outgoing(1).head)


def open_desk(
    folder: Path,
    size: str = "portrait",
    language: str = "zh_CN",
    *,
    is_locked: bool = False,
    profile: str = "worker",
    has_rights: bool = True,
) -> Desk:
    """Open the sample hall's screen at one of the usual sizes, with an administrator and nobody signed in."""
    stage = set_stage(
        folder, SIZES[size], language, is_locked=is_locked, has_rights=has_rights, profile=profile
    )
    made = quick_administrator(stage.kiosk.hall, "李桂芳")
    health = HealthByHand(stage.kiosk.hall)
    stage.screen.open_desk(health)
    settle()
    return Desk(stage, health, *made, f"{size}_{language}")
