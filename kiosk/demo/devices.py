"""The demo's own reader, scanner and printer, or foreign ones that the command line named."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.demo.children import Child
from kiosk.demo.sockets import socket_path
from kiosk.devices.emulators.printer_control import PrinterControl
from kiosk.devices.emulators.reader_control import ReaderControl
from kiosk.devices.emulators.scanner_control import ScannerControl

READER_CONTROL, SCANNER_CONTROL, PRINTER_CONTROL = "reader.sock", "scanner.sock", "printer.sock"
"""The control sockets of the demo's own devices, beside their paper."""


@dataclass(slots=True)
class Devices:
    """Where reader, scanner and printer are; the controls are None for foreign devices."""

    reader_url: str
    printer_url: str
    scanner_url: str
    reader: ReaderControl | None
    scanner: ScannerControl
    printer: PrinterControl | None
    paper_dir: Path
    children: list[Child]

    @property
    def is_foreign(self) -> bool:
        """Return whether somebody else lays the cards."""
        return self.reader is None

    def stop(self) -> None:
        """End the emulators."""
        for child in self.children:
            child.stop()


def start_devices(data_dir: Path, reader_url: str | None, printer_url: str | None) -> Devices:
    """Start an emulator for each device that was not named, all of them or none; nobody names a scanner."""
    home = data_dir / "devices"
    paper = home / "paper"
    # The emulator numbers its papers anew at each start, so those of an earlier run must not stay.
    shutil.rmtree(paper, ignore_errors=True)
    paper.mkdir(parents=True)
    devices = Devices(
        reader_url=reader_url or "",
        printer_url=printer_url or "",
        scanner_url="",
        reader=None,
        scanner=ScannerControl(socket_path(home / SCANNER_CONTROL)),
        printer=None,
        paper_dir=paper,
        children=[],
    )
    with ExitStack() as undo:
        undo.callback(devices.stop)
        _start_scanner(devices, home)
        if reader_url is None:
            _start_reader(devices, home)
        if printer_url is None:
            _start_printer(devices, home)
        undo.pop_all()
    return devices


def _start_scanner(devices: Devices, home: Path) -> None:
    """Start what the training card is held before."""
    control = socket_path(home / SCANNER_CONTROL)
    told = _started(devices, home, "scanner", f"--link={home / 'scanner'}", f"--control={control}")
    devices.scanner_url = str(told["scanner"])


def _start_reader(devices: Devices, home: Path) -> None:
    control = socket_path(home / READER_CONTROL)
    told = _started(devices, home, "reader", f"--link={home / 'reader'}", f"--control={control}")
    devices.reader_url = str(told["reader"])
    devices.reader = ReaderControl(control)


def _start_printer(devices: Devices, home: Path) -> None:
    control = socket_path(home / PRINTER_CONTROL)
    options = ("--tcp=127.0.0.1:0", f"--paper={devices.paper_dir}", f"--control={control}", "--pace=real")
    told = _started(devices, home, "printer", *options)
    devices.printer_url = f"tcp://{told['tcp']}"
    devices.printer = PrinterControl(control)


def _started(devices: Devices, home: Path, name: str, *options: str) -> dict[str, Any]:
    """Start one emulator and return what it announces."""
    child = Child(name, list(options), home, module=f"kiosk.devices.emulators.{name}")
    devices.children.append(child)
    return child.announcement()
