"""What the demo's tray knows of its devices when the machine is busy, and when they are gone."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo.door import Door, DoorServer
from kiosk.demo.tray import DemoBench
from kiosk.devices.emulators import control_sockets, printer_control
from kiosk.devices.emulators.printer_control import PrinterControl
from kiosk.devices.emulators.reader_control import ReaderControl
from kiosk.devices.emulators.scanner_control import ScannerControl
from kiosk.ui.tray.bench import BenchState


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    server = DoorServer(tmp_path / "door.sock", lambda _request: {"bureau": "here"}, lambda act: act())
    server.start()
    yield Door(tmp_path / "door.sock")
    server.close()


def bench(folder: Path, door: Door, device: str) -> DemoBench:
    """Return a bench with this one device, at a socket of its name."""
    control = folder / device
    return DemoBench(
        {},
        ReaderControl(control) if device == "reader" else None,
        ScannerControl(folder / "scanner"),
        PrinterControl(control) if device == "printer" else None,
        folder,
        door,
    )


@pytest.mark.parametrize("device", ["reader", "printer"])
def test_a_device_that_answers_late_does_not_end_the_tray(
    tmp_path: Path, door: Door, device: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control_sockets, "_TIMEOUT_S", 0.05)
    monkeypatch.setattr(printer_control, "TIMEOUT_S", 0.05)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / device))
        listener.listen()
        assert bench(tmp_path, door, device).look() == BenchState()


@pytest.mark.parametrize("device", ["reader", "printer"])
def test_a_device_that_is_gone_ends_the_tray(tmp_path: Path, door: Door, device: str) -> None:
    assert bench(tmp_path, door, device).look().is_over
