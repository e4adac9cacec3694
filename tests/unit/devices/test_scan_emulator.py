"""The emulated scanner as a program of its own: started, moved over its control socket, and ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices.emulators.control_sockets import ControlError, ask
from kiosk.devices.emulators.scanner_control import ScannerControl
from kiosk.devices.emulators.scanner_dialects import DIALECTS, OrderBook
from kiosk.devices.emulators.scanner_showings import Ending, Showing, showing_from_values, values_of
from kiosk.devices.scanners import CodeScanned, CodeUnreadable, ScannerLost, ScannerMinder, ScannerReady
from kiosk.devices.scans.profiles import load_profile
from tests.unit.devices.scanner_rig import Scans, texts

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(params=["serial", "tcp"])
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, ScannerControl]]:
    """An emulated scanner in a process of its own: its address, and its control."""
    where = ["--link", tmp_path / "scanner"] if request.param == "serial" else ["--tcp", "127.0.0.1:0"]
    command = [
        sys.executable,
        "-m",
        "kiosk.devices.emulators.scanner",
        *where,
        "--control",
        tmp_path / "control",
    ]
    process = subprocess.Popen(
        [*command, "--dialect", "newland", "--pace", "free"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        control = ScannerControl(Path(said["control"]))
        try:
            yield said["scanner"], control
            control.quit()
            assert process.wait(10) == 0
        finally:
            process.kill()


def test_a_hand_in_another_process_shows_codes_and_pulls_the_plug(
    running: tuple[str, ScannerControl],
) -> None:
    address, control = running
    scans = Scans()
    minder = ScannerMinder(address, scans, load_profile("newland"))
    minder.start()
    scans.wait_for(ScannerReady)
    control.show("plain")
    scans.wait_for(CodeScanned)
    control.show(Showing("零工", Ending.CRLF, "gb18030", times=2, cuts=(1, 2), before=b"\x00", after=b"\x7f"))
    scans.wait_for(CodeScanned, 2)
    assert texts(scans) == ["plain", "零工"]
    control.unplug()
    scans.wait_for(ScannerLost)
    control.plug_in()
    scans.wait_for(ScannerReady, 2)
    control.show(Showing("7" * 5000))
    scans.wait_for(CodeUnreadable)
    status = control.status()
    assert status["heard"] == [line.hex(" ") for line in load_profile("newland").set_up] * 2
    assert status["codes"] == 3
    assert minder.stop()


def test_odd_orders_are_refused_with_a_reason(running: tuple[str, ScannerControl], tmp_path: Path) -> None:
    _, control = running
    for odd in (
        {"do": "dance"},
        {"do": "show"},
        {"do": "show", "text": "x", "ending": "tab"},
        {"do": "show", "text": "x", "encoding": "klingon"},
        {"do": "show", "text": "零", "encoding": "ascii"},
        {"do": "show", "text": "x", "cuts": 7},
    ):
        with pytest.raises(ControlError):
            ask(tmp_path / "control", odd)
    with pytest.raises(ControlError, match="no emulated device"):
        ScannerControl(tmp_path / "nowhere").status()
    assert control.status()["waiting"] == 0


def test_a_showing_survives_its_way_over_the_control_socket() -> None:
    showing = Showing("零工", Ending.NONE, "gb18030", 3, 0.5, (1, 9), b"\x00\xff", b"\r\n")
    assert showing_from_values(json.loads(json.dumps(values_of(showing)))) == showing


def test_what_is_sent_is_the_same_however_it_is_cut() -> None:
    whole = b"".join(piece.content for piece in Showing("A" * 200, times=2).pieces())
    for showing in (
        Showing("A" * 200, times=2, byte_s=0.001),
        Showing("A" * 200, times=2, cuts=(0, 1, 64, 65, 199, 402, 9000)),
    ):
        assert b"".join(piece.content for piece in showing.pieces()) == whole == (b"A" * 200 + b"\r") * 2


@pytest.mark.parametrize(
    ("dialect", "said", "replies"),
    [
        ("newland", b"~\x010000#SCNMOD2;\x03", [b"\x02\x010000#SCNMOD2\x06;\x03"]),
        ("newland", b"~\x010000@NOSUCH;RRDENA1;\x03", [b"\x02\x010000@NOSUCH\x15;RRDENA1\x06;\x03"]),
        ("honeywell", b"\x16M\rTRGMOD0!", [b"TRGMOD0\x06!"]),
        ("honeywell", b"\x16M\rNOSUCH.", [b"NOSUCH\x15."]),
        ("honeywell", b"noise\x16T\rmore\x16U\r", [b"", b""]),
        ("gm65", bytes.fromhex("7E 00 08 01 00 02 01 AB CD"), [bytes.fromhex("02 00 00 01 00 33 31")]),
        ("zkteco", b"TPT", [b"", b"", b""]),
        ("plain", b"~\x010000#SCNMOD2;\x03", []),
    ],
)
def test_each_dialect_answers_as_its_family_does_however_orders_are_split(
    dialect: str, said: bytes, replies: list[bytes]
) -> None:
    book = OrderBook(DIALECTS[dialect])
    assert [order.reply for byte in said for order in book.hear(bytes([byte]))] == replies
