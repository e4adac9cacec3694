"""A demo whose screen and paper a test scripts: looks come in order, and papers lie there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.app.settings import read_settings
from kiosk.demo.devices import Devices
from kiosk.demo.door import Answer, Door, DoorServer
from kiosk.demo.papers import keep_papers
from kiosk.demo.report import Report
from kiosk.devices.emulators.printer_control import PrinterControl
from kiosk.devices.emulators.scanner_control import ScannerControl
from kiosk.ui.journeys import Step


@contextmanager
def scripted_screen(
    folder: Path,
    steps: Sequence[Step],
    tapped: list[str] | None = None,
    *,
    is_practice: bool = False,
    said: str = "",
) -> Iterator[Door]:
    """Serve a door whose screen goes one step on at each look, and stays at the last; each says `said`."""
    coming = iter(steps[:-1])

    def answer(request: Mapping[str, Any]) -> Answer:
        match request["do"]:
            case "look":
                step = next(coming, steps[-1]).value
                return {"step": step, "is_practice": is_practice, "jobs": 3, "right": None, "said": said}
            case "read":
                return {"text": ""}
            case "tap" if tapped is not None:
                tapped.append(request["name"])
        return {"done": True}

    server = DoorServer(folder / "door.sock", answer, lambda act: act())
    server.start()
    try:
        yield Door(folder / "door.sock")
    finally:
        server.close()


def papers_kept(folder: Path, papers: int, report: Report) -> list[str]:
    """Let so many papers come out where two slips say that they were printed; return the files kept."""
    paper, kept = folder / "paper", folder / "kept"
    paper.mkdir()
    for number in range(1, papers + 1):
        (paper / f"slip-{number:04d}.png").touch()
        (paper / f"slip-{number:04d}.bin").touch()
    silent = folder / "silent.sock"
    report.slips = [{"number": str(number), "state": "printed"} for number in (1, 2)]
    devices = Devices("", "", "", None, ScannerControl(silent), PrinterControl(silent), paper, [])
    keep_papers(devices, read_settings(folder), kept, report)
    return sorted(path.name for path in kept.iterdir())
