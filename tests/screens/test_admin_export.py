"""The sheet of a shift leaves the hall on a stick, by touch alone: two people, real files, a log of both."""

from __future__ import annotations

import csv
import io
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kiosk.actions.carry_bundles import Outcome
from kiosk.actions.export_ledger import FOLDER, Export
from kiosk.actions.keep_shift import shift_now
from kiosk.actions.ports import Staff
from kiosk.actions.stick_errands import Errand, ExportStep, FoundStick, Tally
from kiosk.app.stick_errands import DeskErrands
from kiosk.app.table_files import table_files
from kiosk.domain.clock import hall_time
from kiosk.domain.duties import Role
from kiosk.domain.ids import StaffId
from kiosk.domain.shifts import Shift
from kiosk.ui.desk.mode import LOCK_AFTER_S
from tests.halls import employ
from tests.pins import quick_hash
from tests.screens.admin_desk import Desk, open_desk

LOOKS = [(size, language) for size in ("portrait", "landscape", "small") for language in ("zh_CN", "en")]
PIN = "246802"
BOSS = Staff(StaffId("boss"), "测试庚", Role.MANAGER.value, quick_hash(PIN), is_active=True)


@dataclass
class Counter:
    """A desk after a shift, and sticks that a test plugs in and pulls out."""

    desk: Desk
    folder: Path
    sticks: list[FoundStick] = field(default_factory=list)
    may_write: threading.Event = field(default_factory=threading.Event)
    is_read: threading.Event = field(default_factory=threading.Event)
    errands: DeskErrands = field(init=False)

    def __post_init__(self) -> None:
        self.may_write.set()
        self.errands = DeskErrands(self.nothing, lambda: tuple(self.sticks), self.make)
        self.desk.screen.open_desk(self.desk.health, None, self.errands)
        employ(self.desk.hall, BOSS)
        self.desk.enter()
        self.desk.tap("foot.shift:", "plate.open")
        self.desk.take("miao")
        self.desk.tap("plate.close", "choice.shift.note.see_slips", "sheet.go")
        self.desk.pass_time(1)

    def nothing(self, errand: Errand, mounted_at: Path) -> list[Outcome]:
        raise AssertionError((errand, mounted_at))

    def make(self, export: Export, tally: Tally) -> Mapping[str, bytes]:
        tally(ExportStep.READING, 5, export.lines)
        self.is_read.set()
        assert self.may_write.wait(10)
        return table_files(export, tally)

    def plug_in(self, name: str = "HALL_sdb1") -> Path:
        place = self.folder / name
        place.mkdir(parents=True)
        self.sticks.append(FoundStick(str(place), name))
        return place

    def confirm(self) -> None:
        """Say why, and let the manager say yes."""
        self.desk.tap("choice.ledger.reason.bureau", "sheet.go")
        self.desk.screen.grab()  # keys lie where they belong once they were drawn
        self.desk.key(PIN)
        self.desk.tap("sheet.go")

    def end(self) -> None:
        self.may_write.set()
        assert self.errands.ended(timeout_s=30)
        self.desk.pass_time(1)

    @property
    def told(self) -> tuple[str, str, str]:
        """Return the line about the export, which is told above the page, too."""
        row = self.desk.rows_of(0)[0]
        return row.lamp, row.head, row.note

    @property
    def stem(self) -> str:
        closed = self.shift.closed_at
        assert closed is not None
        return f"JB-NZ-A-{hall_time(closed):%Y%m%d-%H%M}"

    @property
    def shift(self) -> Shift:
        shift, _ = shift_now(self.desk.hall)
        assert shift is not None
        return shift

    def log(self) -> list[tuple[str, str, str, str]]:
        with self.desk.hall.store.reading() as records:
            lines = records.desk.audit_lines(20)
        return [(line.act, line.second, line.entity_id, line.reason) for line in lines]


@contextmanager
def counter_at(folder: Path, size: str = "portrait", language: str = "zh_CN") -> Iterator[Counter]:
    """Open the desk, and leave it with nothing being written any more."""
    opened = Counter(open_desk(folder / "kiosk", size, language), folder / "media")
    yield opened
    opened.may_write.set()
    assert opened.errands.ended(timeout_s=30)
    opened.desk.close()


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with counter_at(tmp_path) as opened:
        yield opened


@pytest.fixture(params=LOOKS, ids="-".join)
def any_counter(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counter]:
    """Each of the usual screens."""
    with counter_at(tmp_path, *request.param) as opened:
        yield opened


def test_the_page_asks_for_a_stick_a_reason_and_a_second_and_says_where_the_files_are(
    any_counter: Counter,
) -> None:
    counter, desk = any_counter, any_counter.desk
    desk.tap("plate.export")
    desk.look("63_export_no_stick")
    counter.plug_in("OTHER_sdc1")
    stick = counter.plug_in()
    counter.may_write.clear()
    desk.tap("plate.export")
    desk.look("64_export_which")
    desk.tap(f"choice.{stick}", "sheet.go")
    desk.look("65_export_why")
    desk.tap("choice.ledger.reason.bureau", "sheet.go")
    desk.look("66_export_second")
    desk.key(PIN)
    desk.tap("sheet.go")
    assert counter.is_read.wait(10)
    desk.pass_time(1)
    desk.look("67_export_running")
    counter.end()
    desk.look("68_export_done")
    assert desk.screen.find("down") is None, "the shift and its export stand on one page"
    shutil.rmtree(stick)
    desk.tap("plate.export", f"choice.{stick}", "sheet.go")
    counter.confirm()
    counter.end()
    desk.look("69_export_gone")


def test_the_files_say_cell_by_cell_what_the_store_keeps(counter: Counter) -> None:
    stick = counter.plug_in()
    counter.desk.tap("plate.export")
    counter.confirm()
    counter.end()
    assert sorted(path.name for path in (stick / FOLDER).iterdir()) == [
        f"{counter.stem}.csv",
        f"{counter.stem}.xlsx",
    ]
    shift, counts = counter.shift, counter.shift.counts
    assert counts is not None
    assert counts.placements == 1
    assert shift.closed_at is not None
    opened, closed = (hall_time(at).replace(tzinfo=None) for at in (shift.opened_at, shift.closed_at))
    kept: list[tuple[str, str | int | datetime]] = [
        ("开班时间", opened),
        ("开班人", "李*芳"),
        ("交班时间", closed),
        ("交班人", "李*芳"),
        ("来了", counts.check_ins),
        ("领活", counts.placements),
        ("单子打好", counts.printed),
        ("单子等打", counts.waiting),
        ("单子没弄清", counts.uncertain),
        ("单子作废", counts.void),
        ("退回的活", counts.returned),
        ("没传到局里", counts.unsynced),
        ("局里退回", counts.refused),
        ("设备问题", "没有"),
        ("交代", shift.note),
    ]
    sheet = load_workbook(stick / FOLDER / f"{counter.stem}.xlsx").active
    assert sheet is not None
    read = list(sheet.iter_rows(min_row=4, max_row=3 + len(kept), max_col=2, values_only=True))
    assert read == kept
    text = (stick / FOLDER / f"{counter.stem}.csv").read_bytes().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline="")))
    told = [
        [word, f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)]
        for word, value in kept
    ]
    assert lines == [["项目", "内容"], *told]


def test_the_log_names_both_the_stick_and_the_reason(counter: Counter) -> None:
    counter.plug_in()
    counter.desk.tap("plate.export")
    counter.confirm()
    counter.end()
    [(_, second, number, reason)] = [line for line in counter.log() if line[0] == "export_ledger"]
    assert (second, reason) == (BOSS.id, "HALL_sdb1: 报给局里")
    assert number.startswith("JB-NZ-")
    files = f"exports/{counter.stem} .xlsx .csv"
    assert counter.told == ("ok", "表格在 U 盘 HALL_sdb1 里，可以拔了", files)
    assert counter.desk.told == "表格在 U 盘 HALL_sdb1 里，可以拔了"


def test_nothing_is_written_while_nobody_else_said_yes(counter: Counter) -> None:
    """Broken by beginning before the second person is known."""
    stick = counter.plug_in()
    counter.desk.tap("plate.export", "choice.ledger.reason.bureau", "sheet.go")
    counter.desk.screen.grab()
    counter.desk.key(counter.desk.pin)
    counter.desk.tap("sheet.go")
    assert counter.errands.ended(timeout_s=30)
    assert counter.desk.told == "要另一个人来确认"
    assert list(stick.iterdir()) == []
    assert "export_ledger" not in {act for act, *_ in counter.log()}


def test_a_stick_that_is_pulled_out_while_the_second_keys_the_pin_is_told_and_the_disk_stays_clean(
    counter: Counter,
) -> None:
    """Broken by writing without asking whether the stick is still there: its place is a folder of ours."""
    stick = counter.plug_in()
    counter.may_write.clear()
    counter.desk.tap("plate.export")
    counter.confirm()
    counter.sticks.clear()
    counter.end()
    assert counter.told == ("stop", "表格没写成", "HALL_sdb1")
    assert "HALL_sdb1 不在，或已经拔了" in counter.desk.told
    assert list(stick.iterdir()) == []


def test_the_screen_goes_on_and_may_lock_while_files_are_written(counter: Counter) -> None:
    stick = counter.plug_in()
    counter.may_write.clear()
    counter.desk.tap("plate.export")
    counter.confirm()
    assert counter.is_read.wait(10)
    counter.desk.pass_time(1)
    assert counter.told == ("now", "正在写到 HALL_sdb1，先别拔", "读了 5 行，共约 15 行")
    [plate] = [plate for plate in counter.desk.plates if plate.key == "export"]
    assert not plate.is_ready
    counter.desk.pass_time(LOCK_AFTER_S)
    counter.end()
    assert len(list((stick / FOLDER).iterdir())) == 2


def test_a_key_stops_an_export_and_leaves_nothing_but_a_line_in_the_log(counter: Counter) -> None:
    """Broken by a key that only hides what goes on, or by stopping in nobody's name."""
    stick = counter.plug_in()
    counter.may_write.clear()
    counter.desk.tap("plate.export")
    counter.confirm()
    assert counter.is_read.wait(10)
    counter.desk.pass_time(1)
    counter.desk.tap("row.stop_export.act")
    counter.end()
    assert counter.told == ("warn", "导出停下了", "HALL_sdb1")
    assert counter.desk.told == "导出停下了，没留下半截的表格"
    assert list(stick.rglob("*")) == []
    assert [act for act, *_ in counter.log()][:2] == ["stop_export", "export_ledger"]
    counter.desk.tap("plate.export")
    counter.confirm()
    counter.end()
    assert len(list((stick / FOLDER).iterdir())) == 2
