"""`kiosk devices check` as a person starts it: emulated devices, a file of answers, settings at the end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.actions.commissioning import CheckStage
from kiosk.app.screen import KioskScreen
from kiosk.app.settings import read_settings
from kiosk.devices.transports import SerialTransport
from tests.journeys.test_starting import LIMIT_MS, NOBODY_PRINTS, enrolled
from tests.unit.devices.commissioning_stand import Table, laid_table
from tests.unit.devices.scanner_rig import emulated

SKIPPED = {"reader.left", "reader.kind.citizen", "reader.replug", "printer.near_end.has"}
"""What a quick look leaves out; the drill itself is tried step by step elsewhere."""


def answers_in(folder: Path, table: Table) -> Path:
    said = table.answers() | dict.fromkeys(table.deeds(), "do") | dict.fromkeys(SKIPPED, "skip")
    path = folder / "answers.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    return path


def test_the_whole_command_finds_devices_and_writes_what_follows(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with laid_table(tmp_path) as table:
        command = [sys.executable, "-m", "kiosk", "devices", "check", "--data", str(home)]
        command += ["--answers", str(answers_in(tmp_path, table))]
        command += [part for port in table.ports for part in ("--port", port.url)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as check:
            assert check.stdout
            deeds = table.deeds()
            for line in check.stdout:
                told = json.loads(line) if line.startswith("{") else {}
                if told.get("do") and told["do"] not in SKIPPED:
                    deeds.get(told["do"], lambda: None)()
        assert check.returncode == 0
        settings = read_settings(home)
        assert (settings.reader_url, settings.reader_profile) == (table.reader_url, "generic")
        assert settings.scanner_url == table.scanner_url
        assert (settings.printer_url, settings.printer_profile) == (table.printer_url, "generic-80-gsh")
    reports = list((home / "commissioning").glob("report-*.html"))
    assert len(reports) == 1
    findings = json.loads(reports[0].with_suffix(".json").read_text(encoding="utf-8"))["findings"]
    outcomes = {finding["step"]: finding["outcome"] for finding in findings}
    assert "failed" not in outcomes.values()
    assert outcomes["codes.6"] == outcomes["printer.page"] == outcomes["reader.card"] == "ok"


def test_a_kiosk_that_checks_its_devices_has_let_go_of_them(qapp: QGuiApplication, tmp_path: Path) -> None:
    assert qapp is not None
    before = signal.getsignal(signal.SIGTERM)
    shown: list[str] = []
    with emulated(tmp_path) as (_, url):
        kiosk = KioskScreen(read_settings(enrolled(tmp_path), scanner_url=url, printer_url=NOBODY_PRINTS))
        look = QTimer()

        def begin() -> None:
            assert kiosk._crew is not None
            kiosk._crew.device_check().begin("李*芳", "zh_CN")
            look.start(20)

        def leave_once_asked() -> None:
            assert kiosk._crew is not None
            instruction = kiosk._crew.device_check().face().instruction
            if instruction is not None:
                shown.extend(answer.key for answer in instruction.answers)
                SerialTransport(url, 9600).close()
                kiosk.screen.leave()

        look.timeout.connect(leave_once_asked)
        QTimer.singleShot(LIMIT_MS, kiosk.screen, kiosk.screen.leave)
        assert kiosk.run(on_ready=begin) == 0
        look.stop()
        assert url in shown
        assert kiosk._crew is not None
        assert kiosk._crew.device_check().face().stage is CheckStage.STOPPED
    signal.signal(signal.SIGTERM, before)
