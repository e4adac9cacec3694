"""A newcomer with a display: the kiosk in a window, the tray beside it, touched as a person touches them."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.bureau.counting import counts
from kiosk.bureau.init import init_bureau
from kiosk.catalogue import load
from kiosk.demo.bureau_side import DemoBureau
from kiosk.demo.devices import Devices, start_devices
from kiosk.demo.door import Door, DoorServer
from kiosk.demo.tray import DemoBench, tray_faces, tray_people
from kiosk.demo.window import LYING, UPRIGHT, BureauSwitch, fitting_size
from kiosk.devices.scanners import CodeScanned, ScannerEvent, ScannerMinder
from kiosk.devices.scans.profiles import load_profile
from kiosk.messages.practice_codes import TRAINING_CARD
from kiosk.ui.tray.window import Tray, system_language
from kiosk.ui.windows import visible_items
from tests.journeys.x_display import Display, xvfb
from tests.patience import wait_until

LIMIT_S = 60.0
YELLOW_PLATE = (700 / 1080, 1608 / 1920)
"""Where the yellow plate stands on every worker's screen, as a share of width and height."""
OUR_OWN_LINE = re.compile(r"^(\x1b\[\d+m)*\d{4}-\d\d-\d\d[ T]")
"""How a line of our own log begins; whatever else a process writes is a warning of Qt or a traceback."""
ONE_SLIP = b"\x1dv0\0\x48\0\x40\0" + b"\xf0" * 72 * 64 + b"\x1dVB\0"
"""Sixty-four rows of a raster picture as wide as the paper, and a cut."""


@pytest.fixture
def devices(tmp_path: Path) -> Iterator[Devices]:
    started = start_devices(tmp_path, None, None)
    yield started
    started.stop()


@pytest.fixture
def switch(tmp_path: Path) -> Iterator[BureauSwitch]:
    bureau = DemoBureau(tmp_path / "bureau", 0)
    yield BureauSwitch(bureau)
    bureau.stop()


@pytest.fixture
def tray(devices: Devices, switch: BureauSwitch, tmp_path: Path, qtbot: QtBot) -> Iterator[Tray]:
    door = DoorServer(tmp_path / "tray.sock", switch.answer, lambda act: act())
    door.start()
    people = tray_people()
    bench = DemoBench(
        people,
        devices.reader,
        devices.scanner,
        devices.printer,
        devices.paper_dir,
        Door(tmp_path / "tray.sock"),
    )
    shown = Tray(tray_faces(people), bench, is_over_kiosk=False)
    shown.window.setGeometry(0, 0, 440, 1032)
    shown.show()
    qtbot.waitUntil(lambda: found(shown, "card") is not None, timeout=60_000)
    yield shown
    shown.close()
    door.close()


def found(tray: Tray, name: str) -> QQuickItem | None:
    items = visible_items(tray.window.contentItem())
    return next((item for item in items if item.objectName() == name), None)


def item(tray: Tray, name: str) -> QQuickItem:
    there = found(tray, name)
    assert there is not None, f"the tray shows no {name}"
    return there


def touch(tray: Tray, name: str) -> None:
    touched = item(tray, name)
    middle = touched.mapToScene(QPointF(touched.width() / 2, touched.height() / 2)).toPoint()
    QTest.mouseClick(tray.window, Qt.MouseButton.LeftButton, pos=middle)


def label(tray: Tray, name: str) -> str:
    return str(item(tray, name).property("label"))


def test_the_yellow_plate_lays_the_chosen_card_and_takes_it_away_again(tray: Tray, devices: Devices) -> None:
    reader = devices.reader
    assert reader is not None
    say = load(system_language())
    touch(tray, "card")
    assert reader.status()["card"] is True
    assert label(tray, "card") == say("tray.card.lift")
    touch(tray, "card")
    assert reader.status()["card"] is False
    assert label(tray, "card") == say("tray.card.lay")


def test_choosing_somebody_else_lays_nothing_down(tray: Tray, devices: Devices) -> None:
    reader = devices.reader
    assert reader is not None
    touch(tray, "person.tian")
    assert item(tray, "person.tian").property("isChosen") is True
    assert item(tray, "person.miao").property("isChosen") is False
    assert reader.status()["card"] is False


def test_the_training_card_is_held_before_the_scanner_and_never_laid_down(
    tray: Tray, devices: Devices, qtbot: QtBot
) -> None:
    reader = devices.reader
    assert reader is not None
    heard: list[ScannerEvent] = []
    minder = ScannerMinder(devices.scanner_url, heard.append, load_profile("generic"))
    minder.start()
    touch(tray, "person.training")
    touch(tray, "card")
    qtbot.waitUntil(lambda: any(isinstance(event, CodeScanned) for event in heard), timeout=60_000)
    minder.stop()
    assert [event.text for event in heard if isinstance(event, CodeScanned)] == [TRAINING_CARD]
    assert reader.status()["card"] is False


def test_paper_and_voice_of_the_printer_are_taken_away_and_given_back(tray: Tray, devices: Devices) -> None:
    printer = devices.printer
    assert printer is not None
    for name, condition in (("paper", "is_paper_out"), ("silence", "is_mute")):
        for expected in (True, False):
            touch(tray, name)
            assert printer.status()["condition"][condition] is expected


def test_a_slip_that_is_cut_off_comes_out_of_the_tray(tray: Tray, devices: Devices, qtbot: QtBot) -> None:
    host, port = devices.printer_url.removeprefix("tcp://").split(":")
    assert item(tray, "slip").height() == 0
    with socket.create_connection((host, int(port))) as wire:
        wire.sendall(ONE_SLIP)
        qtbot.waitUntil(lambda: item(tray, "slip").height() > 0, timeout=int(LIMIT_S * 1000))
        qtbot.waitUntil(
            lambda: item(tray, "slip").height() == item(tray, "slip").property("whole"), timeout=60_000
        )


def test_a_bureau_called_back_on_its_way_out_is_here_in_the_end(
    tray: Tray, switch: BureauSwitch, tmp_path: Path
) -> None:
    init_bureau(tmp_path / "bureau", "示例局")
    say = load(system_language())
    touch(tray, "bureau")
    assert label(tray, "bureau") == say("tray.bureau.leaving")
    touch(tray, "bureau")
    assert label(tray, "bureau") == say("tray.bureau.coming")
    switch.serve(LIMIT_S)
    assert switch.answer({"do": "look"}) == {"bureau": "coming"}
    switch.serve(LIMIT_S)
    assert switch.answer({"do": "look"}) == {"bureau": "here"}


def test_every_word_changes_with_the_language(tray: Tray) -> None:
    before = {name: label(tray, name) for name in ("card", "paper", "silence", "bureau", "language")}
    touch(tray, "language")
    after = {name: label(tray, name) for name in before}
    assert all(after[name] != before[name] for name in before)
    touch(tray, "language")
    assert {name: label(tray, name) for name in before} == before


def test_the_tray_folds_to_its_sign_and_unfolds(tray: Tray, qtbot: QtBot) -> None:
    whole = tray.window.height()
    touch(tray, "fold")
    qtbot.waitUntil(lambda: tray.window.height() < whole / 4, timeout=60_000)
    touch(tray, "fold")
    qtbot.waitUntil(lambda: tray.window.height() > whole / 4, timeout=60_000)


@pytest.mark.parametrize(
    ("room", "shape", "size"),
    [
        ((1432, 1032), UPRIGHT, "576x1024"),
        ((878, 690), UPRIGHT, "387x688"),
        ((1432, 1032), LYING, "1424x801"),
    ],
)
def test_a_kiosk_is_shown_whole_on_any_desktop(
    room: tuple[int, int], shape: tuple[int, int], size: str
) -> None:
    assert fitting_size(*room, shape) == size


def places_in(tray: Tray, names: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """Return the middles of things: the tray of this process tells where they are in the other's."""
    middles = {}
    for name in names:
        there = item(tray, name)
        middle = there.mapToScene(QPointF(there.width() / 2, there.height() / 2)).toPoint()
        middles[name] = (middle.x(), middle.y())
    return middles


def start_demo(home: Path, display: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "LC_ALL": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
    }
    with (home / "demo.log").open("wb") as out, (home / "demo.err").open("wb") as err:
        return subprocess.Popen(
            [sys.executable, "-m", "kiosk", "demo", "--data", str(home)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )


def is_reachable(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_newcomer_lays_a_card_and_the_bureau_hears_of_it(tray: Tray, tmp_path: Path) -> None:
    """Real windows on a real X server, touched by its pointer; nothing but Qt itself knows it is a test."""
    places = places_in(tray, ("card", "bureau"))
    home = tmp_path / "demo"
    home.mkdir()
    with xvfb() as name:
        demo = start_demo(home, name)
        display = Display(name)
        try:
            _play(display, demo, home, places)
            assert demo.wait(LIMIT_S) == 0
        finally:
            display.picture(display.root).save(str(tmp_path / "desktop.png"))
            display.close()
            demo.terminate()
            demo.wait(LIMIT_S)
    assert (home / "demo.err").read_bytes() == b""
    for process in ("kiosk", "tray"):
        lines = (home / f"{process}.log").read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not OUR_OWN_LINE.match(line)] == []
    told = re.findall(r"\b\d{6}\b", (home / "demo.log").read_text(encoding="utf-8"))
    assert len(told) == 2, "the PIN is told once, in two languages"
    assert told[0] == told[1]


def _play(
    display: Display, demo: subprocess.Popen[bytes], home: Path, places: dict[str, tuple[int, int]]
) -> None:
    titles = {"kiosk": "汽车南站 零工驿站", "tray": load("en")("tray.title")}

    def window(which: str) -> int:
        wait_until(lambda: display.window(titles[which]) is not None or demo.poll() is not None, which)
        there = display.window(titles[which])
        assert there is not None, f"the demo ended before its {which} was there"
        return there

    def touch_tray(thing: str) -> None:
        x, y, _, _ = display.place(window("tray"))
        display.touch(x + places[thing][0], y + places[thing][1])

    kiosk = window("kiosk")
    x, y, width, height = display.place(kiosk)
    assert height / width == pytest.approx(16 / 9)
    yellow = (round(width * YELLOW_PLATE[0]), round(height * YELLOW_PLATE[1]))

    def colour(at: tuple[int, int]) -> str:
        return display.picture(kiosk).pixelColor(*at).name()

    corner = (round(width * 0.93), round(height * 0.86))
    wait_until(lambda: colour(corner) == "#ffffff", "the home screen is drawn, with the notice in white")
    before = counts(home / "bureau")["check_ins"]
    touch_tray("card")
    wait_until(lambda: colour(corner) == "#ffc800", "the notice comes, with its yellow plate")
    assert counts(home / "bureau")["check_ins"] == before, "nothing is told before he agreed"
    display.touch(x + yellow[0], y + yellow[1])
    wait_until(lambda: counts(home / "bureau")["check_ins"] == before + 1, "the bureau hears of the check-in")
    port = int(re.findall(r"\d+", (home / "bureau" / "port.json").read_text(encoding="ascii"))[0])
    touch_tray("bureau")
    wait_until(lambda: not is_reachable(port), "the bureau goes away")
    touch_tray("bureau")
    wait_until(lambda: is_reachable(port), "the bureau comes back")
    display.close_window(kiosk)
