"""The demo's own devices: all of them are there, or none is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.demo.children import ChildFailed
from kiosk.demo.devices import READER_CONTROL, SCANNER_CONTROL, start_devices
from kiosk.demo.sockets import socket_path
from kiosk.devices.emulators.reader_control import ReaderControl, ReaderControlError
from kiosk.devices.emulators.scanner_control import ScannerControl


def test_a_printer_that_does_not_start_leaves_no_reader_and_no_scanner_behind(tmp_path: Path) -> None:
    home = tmp_path / "devices"
    socket_path(home / "printer.sock").mkdir(parents=True)
    with pytest.raises(ChildFailed):
        start_devices(tmp_path, None, None)
    with pytest.raises(ReaderControlError):
        ReaderControl(socket_path(home / READER_CONTROL)).status()
    with pytest.raises(ReaderControlError):
        ScannerControl(socket_path(home / SCANNER_CONTROL)).status()
