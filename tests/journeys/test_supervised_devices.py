"""The whole screen process and its devices: codes get the trust that is due, and a broken reader none."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.actions.scan_readings import BadgeReading, Reading, SlipReading
from kiosk.app.screen import KioskScreen
from kiosk.app.settings import read_settings
from kiosk.catalogue import load
from kiosk.demo.devices import start_devices
from kiosk.devices.emulators.scanner import ScannerEmulator
from kiosk.devices.emulators.scanner_showings import Showing
from kiosk.domain.devices import Device, Faulty
from kiosk.domain.ids import StaffId
from kiosk.domain.jobs import PayUnit
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipKind
from kiosk.messages import badge_codes
from kiosk.messages.badge_codes import BadgeCode, staff_mark
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.slip_codes import DIGEST_BYTES, SlipCode
from kiosk.sample.people import sample_people
from kiosk.system_clock import SystemClock
from kiosk.ui.journeys import Step
from tests.halls import CLERK, employ
from tests.journeys.test_starting import LIMIT_MS, NOBODY_PRINTS, enrolled
from tests.unit.devices.scanner_rig import emulated

LOOK_MS = 20


@dataclass(slots=True)
class Scanning:
    """A kiosk that has never heard its bureau, with an emulated scanner."""

    kiosk: KioskScreen
    scanner: ScannerEmulator

    def shown(self, text: str) -> tuple[list[Step], Reading | None]:
        """Hold a text before the scanner; return the steps that came of it, and what was read."""
        steps: list[Step] = []

        def note(step: Step) -> None:
            steps.append(step)
            self.kiosk.screen.leave()

        def hold() -> None:
            """What is read before the kiosk listens is nobody's, so wait until it does."""
            assert self.kiosk._crew is not None
            if self.kiosk._crew.supervisor.state(Device.SCANNER).is_working:
                self.scanner.show(Showing(text or self.own_slip()))
            else:
                QTimer.singleShot(LOOK_MS, hold)

        self.kiosk.screen.step_changed = note
        QTimer.singleShot(LIMIT_MS, self.kiosk.screen, self.kiosk.screen.leave)
        assert self.kiosk.run(on_ready=hold) == 0
        return steps, self.kiosk.screen.visit.session.scanned

    def own_slip(self) -> str:
        """Return the code of a slip that this kiosk signs."""
        hall = self.kiosk.open.hall
        today = hall.today()
        return hall.signer.sign(
            SlipCode(
                key_id=hall.signer.key_id,
                kind=SlipKind.DISPATCH,
                day=today,
                counter=1,
                pay_fen=18_000,
                pay_unit=PayUnit.DAY,
                starts_on=today,
                trip_no=0,
                bay_no=0,
                promise=bytes(DIGEST_BYTES),
            )
        )


@pytest.fixture
def scanning(qapp: QGuiApplication, tmp_path: Path) -> Iterator[Scanning]:
    assert qapp is not None
    before = signal.getsignal(signal.SIGTERM)
    with emulated(tmp_path) as (scanner, url):
        settings = read_settings(enrolled(tmp_path), scanner_url=url, printer_url=NOBODY_PRINTS)
        yield Scanning(KioskScreen(settings), scanner)
    signal.signal(signal.SIGTERM, before)


def test_a_kiosk_knows_its_own_slip_before_it_ever_heard_its_bureau(scanning: Scanning) -> None:
    steps, reading = scanning.shown("")
    assert steps == [Step.SCANNED]
    assert isinstance(reading, SlipReading)
    assert reading.verdict is Verdict.GENUINE


def test_a_badge_nobody_knows_signs_nobody_in(scanning: Scanning) -> None:
    code = BadgeCode(
        key_id=1,
        staff_mark=staff_mark(StaffId("s1")),
        valid_to=scanning.kiosk._clock.now().date() + timedelta(days=1),
        serial=1,
    )
    steps, reading = scanning.shown(badge_codes.encode(code, Ed25519PrivateKey.generate()))
    assert steps == [Step.SCANNED]
    assert isinstance(reading, BadgeReading)
    assert reading.verdict is Verdict.UNKNOWN_KEY
    assert scanning.kiosk.screen._desk is None


def test_a_reader_out_of_order_is_left_alone_and_people_are_told_before_they_lay_a_card(
    qapp: QGuiApplication, tmp_path: Path
) -> None:
    assert qapp is not None
    devices = start_devices(tmp_path, None, NOBODY_PRINTS)
    assert devices.reader is not None
    before = signal.getsignal(signal.SIGTERM)
    settings = read_settings(
        enrolled(tmp_path), reader_url=devices.reader_url, printer_url=NOBODY_PRINTS, latch_faults=2
    )
    kiosk = KioskScreen(settings)
    steps: list[Step] = []
    told: list[str] = []

    def note(step: Step) -> None:
        steps.append(step)
        if step is Step.TROUBLE:
            kiosk.screen.leave()

    def break_down() -> None:
        why = Sentence("devices.reader.self_test", {"code": "R60"})
        assert kiosk._crew is not None
        once = Faulty("R60", why)
        kiosk._crew.supervisor.hear(Device.READER, once)
        assert kiosk._crew.supervisor.may_use(Device.READER)
        kiosk._crew.supervisor.hear(Device.READER, once)
        kiosk.screen.bridge.post(look)

    def look() -> None:
        assert kiosk._crew is not None
        assert devices.reader is not None
        told.append(str(kiosk.screen._views.front.property("problem")))
        told.append(str(kiosk._crew._seats[Device.READER]._minder))
        devices.reader.lay(sample_people(SystemClock().now().date())[0].card)
        employ(kiosk._crew.open.hall, CLERK)
        kiosk._crew.supervisor.mend(Device.READER, "换了一台", CLERK)

    try:
        kiosk.screen.step_changed = note
        QTimer.singleShot(LIMIT_MS, kiosk.screen, kiosk.screen.leave)
        assert kiosk.run(on_ready=break_down) == 0
        assert told == [load("zh_CN")("ui.home.no_reader"), "None"]
        # Mended, it reads again; and a kiosk that never heard its bureau has no rules to judge by.
        assert steps == [Step.READING, Step.TROUBLE]
    finally:
        signal.signal(signal.SIGTERM, before)
        devices.stop()
