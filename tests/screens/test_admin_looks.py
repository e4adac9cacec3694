"""Every page of the admin mode, photographed as an attendant sees it on a busy morning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.actions.call_help import call_help
from kiosk.actions.device_health import PrinterLamps
from kiosk.actions.printing import PrintStage
from kiosk.domain.devices import Device, DeviceState, Phase, latched
from kiosk.domain.sentences import Sentence
from kiosk.messages.sync import Refusal
from kiosk.ui.appearances import Appearance
from kiosk.ui.desk.all_pages import PAGES
from kiosk.ui.windows import usual_width_mm, visible_items
from tests import answers
from tests.screens.admin_desk import SIZES, Desk, open_desk
from tests.screens.measures import findings

LOOKS = [
    ("portrait", "zh_CN"),
    ("landscape", "zh_CN"),
    ("small", "en"),
]
FOR_WORKERS = {"too small", "narrow gap", "small target"}
"""What is asked only of pages that anybody has to read and touch."""


@pytest.fixture(params=LOOKS, ids="-".join)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A busy morning: slips of every state, somebody who calls, a printer with its cover open, a refusal."""
    size, language = request.param
    opened = open_desk(tmp_path, size, language)
    make_busy(opened)
    yield opened
    opened.close()


def make_busy(desk: Desk) -> None:
    """Let things happen that want an attendant."""
    stage = desk.stage
    for person in ("miao", "tian", "su", "wen"):
        taken = desk.take(person)
        stage.printer.submit(taken.slip)
        stage.printer.tell(PrintStage.UNCERTAIN if person == "tian" else PrintStage.PRINTED)
    desk.take("guo")
    worker = desk.come("lu")
    call_help(stage.kiosk.hall, "board", worker)
    stage.kiosk.clock.pass_time(140)
    book = stage.kiosk.opened.sync_book
    refusal = Refusal(seq=3, reason="bureau.refused.unknown_job")
    answers.refuse(stage.kiosk.opened, refusal, at=stage.kiosk.clock.now())
    book.note_attempt(
        stage.kiosk.clock.now() - timedelta(minutes=14),
        success=True,
        problem="",
        next_try_at=stage.kiosk.clock.now(),
        server_time=datetime(2026, 9, 17, 21, 0, tzinfo=UTC),
    )
    desk.try_sync("sync.unreachable")
    desk.health.printer_lamps = PrinterLamps(
        is_online=False,
        has_paper=None,
        is_near_end=True,
        is_cover_open=True,
        has_cutter_fault=None,
    )
    desk.health.states = {
        Device.READER: latched(Sentence("devices.reader.self_test", {"code": "R60"}), "R60"),
        Device.SCANNER: DeviceState(
            Phase.SILENT, Sentence("devices.scanner.unplugged", {"code": "S04"}), retry_s=1
        ),
        Device.PRINTER: DeviceState(Phase.WAITING, Sentence("devices.printer.cover_open")),
    }


def test_every_page_stands_before_the_camera(desk: Desk) -> None:
    desk.open()
    desk.key("12")
    desk.look("01_pin")
    desk.tap("key.clear")
    desk.key(desk.pin)
    desk.look("02_today")
    desk.tap("page.slips")
    desk.look("03_slips")
    desk.tap("page.people")
    desk.look("05_people")
    desk.tap("plate.by_hand")
    desk.look("06_kind")
    desk.tap("sheet.go")
    desk.key("99999919")
    desk.look("07_number")
    desk.tap("sheet.cancel", "page.jobs")
    desk.look("08_jobs")
    desk.tap("plate.post")
    desk.look("09_post")
    desk.tap("row.field:employer.touch")
    desk.look("10_employer")
    desk.tap("sheet.cancel", "page.devices")
    desk.look("11_devices")
    desk.tap("page.rules")
    desk.look("12_rules")
    desk.tap("row.cert_01.touch")
    desk.look("13_rules_certificates")
    desk.tap("plate.other", "row.unknown.touch")
    desk.look("13_rules_of_the_bureau")
    desk.tap("page.audit")
    desk.look("14_audit")


@pytest.mark.parametrize("size", ["portrait", "landscape"])
def test_large_english_words_stay_on_their_plates(tmp_path: Path, size: str) -> None:
    desk = open_desk(tmp_path, size, "en")
    desk.tap("bar.large")
    desk.take("miao")
    desk.enter()
    wrong = []
    for page in PAGES:
        desk.tap(f"page.{page}")
        wrong += faults_of(desk, size) + blank_panels(desk)
    desk.tap("page.people", "plate.find")
    desk.key(desk.stage.kiosk.people["miao"].card.number[-4:])
    desk.tap("sheet.go")
    wrong += faults_of(desk, size)
    desk.close()
    assert wrong == []


def test_a_note_that_wraps_is_as_large_as_two_lines_allow(tmp_path: Path) -> None:
    """Broken by taking what stands between two spaces for one word: a Chinese note would shrink to a line."""
    desk = open_desk(tmp_path, "portrait", "zh_CN")
    desk.tap("bar.large")
    make_busy(desk)
    desk.enter()
    desk.tap("page.devices")
    desk.screen.grab()
    shown = visible_items(desk.screen.window.contentItem())
    [note] = [item for item in shown if str(item.property("text") or "").startswith("R60 ")]
    size, lines = note.property("font").pixelSize(), note.property("lineCount")
    desk.close()
    assert (size, lines) == (40, 2)


def test_a_sentence_that_wraps_parts_at_its_pause(tmp_path: Path) -> None:
    """Broken by leaving the break to the line: 14 分钟前 stands above, 传成过 below."""
    desk = open_desk(tmp_path, "landscape", "zh_CN")
    make_busy(desk)
    desk.enter()
    desk.screen.grab()
    shown = {str(item.property("text")) for item in visible_items(desk.screen.window.contentItem())}
    desk.close()
    assert {"24 条等着传，\n14 分钟前传成过", "读卡器、扫码器、\n打印机不好使"} <= shown


def blank_panels(desk: Desk) -> list[str]:
    """Return the panels that have rows and show none: a row that is too high for its panel is hidden."""
    blank = []
    for place, name in enumerate(("first", "second", "third")):
        panel = desk.screen.find(f"panel.{name}")
        if panel is not None and desk.rows_of(place):
            names = [item.objectName() for item in visible_items(panel)]
            blank += [] if any(each.startswith("row.") for each in names) else [f"blank: {name}"]
    return blank


def faults_of(desk: Desk, size: str) -> list[str]:
    found = findings(desk.screen.window, usual_width_mm(*SIZES[size]), Appearance(is_large=True))
    return [str(finding) for finding in found if finding.kind not in FOR_WORKERS]
