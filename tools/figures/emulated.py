"""An emulated reader and printer for figures: each in a process of its own, at the pace that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

from kiosk.demo.children import Child
from kiosk.devices.emulators.reader_control import ReaderControl


@contextmanager
def emulated(home: Path, pace: Literal["free", "real"]) -> Iterator[tuple[str, ReaderControl, str]]:
    """Yield the reader's address, its control, and the printer's address; `home` is an empty folder."""
    paper, control = home / "paper", home / "reader.sock"
    paper.mkdir(parents=True)
    reading = ["--link", str(home / "reader"), "--control", str(control), "--pace", pace]
    printing = [
        "--tcp=127.0.0.1:0",
        f"--paper={paper}",
        f"--control={home / 'printer.sock'}",
        f"--pace={pace}",
    ]
    with ExitStack() as stack:
        reader = Child("reader", reading, home, module="kiosk.devices.emulators.reader")
        stack.callback(reader.stop)
        printer = Child("printer", printing, home, module="kiosk.devices.emulators.printer")
        stack.callback(printer.stop)
        url = f"tcp://{printer.announcement()['tcp']}"
        yield str(reader.announcement()["reader"]), ReaderControl(control), url
