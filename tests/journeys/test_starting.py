"""The screen process begins: what comes early is not lost, what cannot be opened is told in a sentence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.actions.faults import WorldFault
from kiosk.app.screen import KioskScreen
from kiosk.app.settings import read_settings
from kiosk.demo.bureau_side import enrol_demo_kiosk, prepare_bureau
from kiosk.demo.devices import start_devices
from kiosk.sample.people import sample_people
from kiosk.system_clock import SystemClock
from kiosk.ui.journeys import Step

LIMIT_MS = 30_000
NOBODY_PRINTS = "tcp://127.0.0.1:9"


def enrolled(folder: Path) -> Path:
    bureau = prepare_bureau(folder / "bureau")
    bureau.start()
    enrol_demo_kiosk(bureau, folder / "kiosk", 1, "worker")
    bureau.stop()
    return folder / "kiosk"


def started(data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", "run", "--data", str(data), *more],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_card_that_lies_there_before_the_program_starts_is_read(
    qapp: QGuiApplication, tmp_path: Path
) -> None:
    assert qapp is not None
    devices = start_devices(tmp_path, None, NOBODY_PRINTS)
    assert devices.reader is not None
    before = signal.getsignal(signal.SIGTERM)
    try:
        devices.reader.lay(sample_people(SystemClock().now().date())[0].card)
        settings = read_settings(enrolled(tmp_path), reader_url=devices.reader_url, printer_url=NOBODY_PRINTS)
        kiosk = KioskScreen(settings)
        met: list[Step] = []

        def note(step: Step) -> None:
            met.append(step)
            if step is not Step.READING:
                kiosk.screen.leave()

        kiosk.screen.step_changed = note
        QTimer.singleShot(LIMIT_MS, kiosk.screen, kiosk.screen.leave)
        assert kiosk.run() == 0
        # Read, and told the truth: a kiosk that never heard its bureau has no rules to judge by.
        assert met == [Step.READING, Step.TROUBLE]
    finally:
        signal.signal(signal.SIGTERM, before)
        devices.stop()


def test_a_database_that_cannot_be_read_ends_in_a_sentence(tmp_path: Path) -> None:
    kiosk = enrolled(tmp_path)
    (kiosk / "kiosk.db").write_bytes(b"\xa5" * 4096 * 8)
    ended = started(kiosk, "--printer", NOBODY_PRINTS)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 2, ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_machine_that_is_no_kiosk_yet_ends_in_a_sentence(tmp_path: Path) -> None:
    ended = started(tmp_path / "new")
    assert ended.returncode == 2
    assert "kiosk enrol" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_leaving_while_the_hall_opens_ends_cleanly(tmp_path: Path, qapp: QGuiApplication) -> None:
    assert qapp is not None
    before = signal.getsignal(signal.SIGTERM)
    try:
        kiosk = KioskScreen(read_settings(enrolled(tmp_path), printer_url=NOBODY_PRINTS))
        ready: list[bool] = []
        kiosk.screen.window.frameSwapped.connect(kiosk.screen.leave)
        assert kiosk.run(on_ready=lambda: ready.append(True)) == 0
        assert not ready
    finally:
        signal.signal(signal.SIGTERM, before)


def test_leaving_while_the_hall_cannot_be_opened_does_not_hide_why(
    tmp_path: Path, qapp: QGuiApplication
) -> None:
    """One-line break: in `_close`, suppress what `result` raises."""
    assert qapp is not None
    folder = enrolled(tmp_path)
    (folder / "kiosk.db").write_bytes(b"\xa5" * 4096 * 8)
    before = signal.getsignal(signal.SIGTERM)
    try:
        kiosk = KioskScreen(read_settings(folder, printer_url=NOBODY_PRINTS))
        kiosk.screen.window.frameSwapped.connect(kiosk.screen.leave)
        with pytest.raises(WorldFault):
            kiosk.run()
    finally:
        signal.signal(signal.SIGTERM, before)
