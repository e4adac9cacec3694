"""The demo's own reader, scanner and printer, or foreign ones that the command line named."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

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
    """Start an emulator for each device that was not named."""
    home = data_dir / "devices"
    paper = home / "paper"
    # The emulator numbers its papers anew at each start, so those of an earlier run must not stay.
    shutil.rmtree(paper, ignore_errors=True)
    paper.mkdir(parents=True)
    scanner, control = _start_scanner(home)
    devices = Devices(
        reader_url=reader_url or "",
        printer_url=printer_url or "",
        scanner_url=str(scanner.announcement()["scanner"]),
        reader=None,
        scanner=ScannerControl(control),
        printer=None,
        paper_dir=paper,
        children=[scanner],
    )
    if reader_url is None:
        _start_reader(devices, home)
    if printer_url is None:
        _start_printer(devices, home)
    return devices


def _start_scanner(home: Path) -> tuple[Child, Path]:
    """Start what the training card is held before; nobody names a scanner of his own."""
    control = socket_path(home / SCANNER_CONTROL)
    arguments = ["--link", str(home / "scanner"), "--control", str(control)]
    return Child("scanner", arguments, home, module="kiosk.devices.emulators.scanner"), control


def _start_reader(devices: Devices, home: Path) -> None:
    link, control = home / "reader", socket_path(home / READER_CONTROL)
    child = Child(
        "reader",
        ["--link", str(link), "--control", str(control)],
        home,
        module="kiosk.devices.emulators.reader",
    )
    devices.children.append(child)
    devices.reader_url = str(child.announcement()["reader"])
    devices.reader = ReaderControl(control)


def _port(child: Child) -> str:
    return str(child.announcement()["tcp"]).rpartition(":")[2]


def _start_printer(devices: Devices, home: Path) -> None:
    control = socket_path(home / PRINTER_CONTROL)
    child = Child(
        "printer",
        [
            "--tcp=127.0.0.1:0",
            f"--paper={devices.paper_dir}",
            f"--control={control}",
            "--pace=real",
        ],
        home,
        module="kiosk.devices.emulators.printer",
    )
    devices.children.append(child)
    devices.printer_url = f"tcp://127.0.0.1:{_port(child)}"
    devices.printer = PrinterControl(control)
