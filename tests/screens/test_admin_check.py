"""The devices are checked at the desk by touch alone, and the drill goes on in a thread of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.actions.commissioning import CheckStage
from kiosk.app.commissioning import Commissioning
from kiosk.app.commissioning_screen import DeskCheck, keep_profiles
from kiosk.catalogue import load
from kiosk.devices.commissioning.ports import port_named
from kiosk.devices.emulators.reader import ReaderEmulator
from kiosk.domain.clock import hall_time
from kiosk.ui.desk.mode import LOCK_AFTER_S
from tests.patience import wait_until
from tests.screens.admin_desk import LOOK, Desk, open_desk
from tests.unit.devices.commissioning_stand import QUICK_DRILL
from tests.unit.devices.reader_cards import CITIZEN
from tests.unit.devices.reader_rig import emulated


@dataclass
class Checked:
    """A desk with a reader on the table, and the drill that knows it."""

    desk: Desk
    check: DeskCheck
    reader: ReaderEmulator
    url: str
    home: Path
    language: str
    lent: list[str] = field(default_factory=list)

    def wait_for(self, name: str) -> None:
        """Wait until this instruction is shown."""

        def is_shown() -> bool:
            shown = self.check.face().instruction
            return shown is not None and shown.name == name

        wait_until(is_shown, name)
        self.desk.pass_time(1)

    def begin(self) -> None:
        """Go to the page and begin."""
        self.desk.enter()
        self.desk.tap("page.devices", "row.check.act", "plate.begin", "sheet.go")


PATIENCE_MS = 10_000
QUESTIONS_BEFORE_THE_SCANNER = ("reader.port", "printer.port")
"""What a table with one port lets the drill ask, when all is skipped."""
LOOKS = [("portrait", "zh_CN"), ("landscape", "zh_CN"), ("small", "en")]


def checked(folder: Path, size: str, language: str) -> Iterator[Checked]:
    home = folder / "home"
    desk = open_desk(folder, size, language)
    with emulated(folder) as (reader, url):
        lent: list[str] = []
        hall = desk.hall
        check = DeskCheck(
            lambda spoken: Commissioning(
                home,
                load(spoken),
                lambda: hall_time(hall.now()),
                times=QUICK_DRILL,
                look_for_ports=lambda given: [port_named(url)],
            ),
            lambda: lent.append("all"),
            lambda conclusion, by: keep_profiles(hall, conclusion, by),
        )
        desk.screen.open_desk(desk.health, check)
        yield Checked(desk, check, reader, url, home, language, lent)
        check.leave()
        assert check.ended(timeout_s=10)
    desk.close()


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Checked]:
    """An upright kiosk."""
    yield from checked(tmp_path, "portrait", "zh_CN")


@pytest.fixture(params=LOOKS, ids="-".join)
def any_table(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Checked]:
    """Each of the usual screens."""
    yield from checked(tmp_path, *request.param)


def test_a_reader_is_found_tried_and_set_up_by_touch(any_table: Checked) -> None:
    table = any_table
    table.begin()
    table.wait_for("reader.port")
    assert table.lent == ["all"]
    table.desk.look("check_port")
    table.desk.tap(f"row.say:{table.url}.act")
    table.wait_for("reader.profile")
    table.desk.tap("row.say:generic.act")
    table.wait_for("reader.card")
    table.reader.lay(CITIZEN)
    table.wait_for("reader.lift")
    table.desk.look("check_card")
    table.reader.lift()
    while table.check.face().stage is CheckStage.RUNNING:
        wait_until(
            lambda: (
                table.check.face().instruction is not None
                or table.check.face().stage is not CheckStage.RUNNING
            ),
            "the next step",
        )
        table.check.say("skip")
    table.desk.pass_time(1)
    table.desk.look("check_done")
    assert table.check.face().stage is CheckStage.DONE
    assert f'reader_url = "{table.url}"' in (table.home / "kiosk.toml").read_text(encoding="utf-8")
    with table.desk.hall.store.reading() as records:
        kept = records.devices.profile("reader")
        acts = [line.act for line in records.desk.audit_lines(20)]
    assert kept is not None
    assert json.loads(kept.settings) == {"reader_url": table.url, "reader_profile": "generic"}
    [page] = (table.home / "commissioning").glob("report-*.html")
    title = load(table.language)("commissioning.step.reader.card")
    assert f"<td>{title}</td>" in page.read_text(encoding="utf-8")
    assert "check_devices" in acts


def test_a_scanner_reads_the_code_that_the_page_shows(any_table: Checked) -> None:
    table = any_table
    table.begin()
    for name in QUESTIONS_BEFORE_THE_SCANNER:
        table.wait_for(name)
        table.check.say("skip")
    table.wait_for("scanner.profile")
    table.check.say("generic")
    table.wait_for("scanner.which")
    table.check.say("each")
    table.wait_for("scanner.port")
    table.desk.look("check_code")
    with Image.open(LOOK / f"admin_check_code_{table.desk.name}.png") as photo:
        assert [code.text for code in zxingcpp.read_barcodes(photo.convert("L"))] == ["LG-TEST-SCAN"]


def test_a_desk_that_nobody_touches_stops_the_check_and_keeps_what_is_done(table: Checked) -> None:
    table.begin()
    table.wait_for("reader.port")
    table.desk.tap(f"row.say:{table.url}.act")
    table.wait_for("reader.profile")
    table.desk.pass_time(LOCK_AFTER_S)
    assert table.check.ended(timeout_s=10)
    assert table.check.face().stage is CheckStage.STOPPED
    kept = json.loads((table.home / "commissioning" / "progress.json").read_text(encoding="utf-8"))
    assert [finding["step"] for finding in kept] == ["reader.port"]


def test_the_end_of_a_check_ends_the_program_on_a_full_screen_too(table: Checked) -> None:
    table.begin()
    table.wait_for("reader.port")
    screen = table.desk.screen
    screen._is_locked = True  # as a full screen is, which nobody can close
    tap, refused = QTimer(), QTimer()
    tap.setSingleShot(True)
    tap.timeout.connect(lambda: table.desk.tap("plate.end"))
    refused.setSingleShot(True)
    refused.timeout.connect(lambda: QGuiApplication.exit(1))
    tap.start(0)
    refused.start(PATIENCE_MS)
    assert screen.exec() == 0
    refused.stop()
    screen._is_locked = False
    assert table.check.ended(timeout_s=10)


def test_without_a_check_no_row_leads_to_one(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    desk.enter()
    desk.tap("page.devices")
    assert desk.screen.find("row.check.act") is None
    desk.close()
