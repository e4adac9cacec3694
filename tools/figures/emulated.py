"""An emulated reader and printer for figures: each in a process of its own, at the pace that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

from kiosk.demo.children import Child
from kiosk.demo.sockets import socket_path
from kiosk.devices.emulators.reader_control import ReaderControl

Pace = Literal["free", "real"]


@contextmanager
def emulated_reader(home: Path, pace: Pace = "free") -> Iterator[tuple[str, ReaderControl]]:
    """Yield the address of a reader and its control; `home` is a folder without one."""
    control = socket_path(home / "reader.sock")
    reading = ["--link", str(home / "reader"), "--control", str(control), "--pace", pace]
    reader = Child("reader", reading, home, module="kiosk.devices.emulators.reader")
    try:
        yield str(reader.announcement()["reader"]), ReaderControl(control)
    finally:
        reader.stop()


@contextmanager
def emulated(home: Path, pace: Pace) -> Iterator[tuple[str, ReaderControl, str]]:
    """Yield the reader's address, its control, and the printer's address; `home` is an empty folder."""
    paper = home / "paper"
    paper.mkdir(parents=True)
    printing = [
        "--tcp=127.0.0.1:0",
        f"--paper={paper}",
        f"--control={home / 'printer.sock'}",
        f"--pace={pace}",
    ]
    with ExitStack() as stack:
        reader_url, control = stack.enter_context(emulated_reader(home, pace))
        printer = Child("printer", printing, home, module="kiosk.devices.emulators.printer")
        stack.callback(printer.stop)
        url = f"tcp://{printer.announcement()['tcp']}"
        yield reader_url, control, url
