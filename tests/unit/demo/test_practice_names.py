"""The demo's morning begins with practice: its pictures and papers pass for nothing real."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.settings import read_settings
from kiosk.demo.devices import Devices
from kiosk.demo.door import Answer, Door, DoorServer
from kiosk.demo.hand import Hand
from kiosk.demo.papers import keep_papers
from kiosk.demo.report import Report
from kiosk.devices.emulators.printer_control import PrinterControl
from kiosk.devices.emulators.scanner_control import ScannerControl
from kiosk.ui.journeys import Step


@pytest.mark.parametrize(
    ("is_practice", "names"),
    [
        (True, ["001-practice-quiz.png", "002-practice-quiz.png", "003-practice-goodbye.png"]),
        (False, ["001-quiz.png", "002-quiz.png", "003-goodbye.png"]),
    ],
)
def test_every_picture_of_practice_is_called_so(tmp_path: Path, is_practice: bool, names: list[str]) -> None:
    coming = iter([Step.QUIZ, Step.QUIZ, Step.QUIZ])

    def answer(request: Mapping[str, Any]) -> Answer:
        if request["do"] == "look":
            step = next(coming, Step.GOODBYE)
            return {"step": step.value, "is_practice": is_practice, "right": None}
        return {"done": True}

    server = DoorServer(tmp_path / "door.sock", answer, lambda act: act())
    server.start()
    hand = Hand(Door(tmp_path / "door.sock"), tmp_path, lambda _step: None)
    assert hand.follow(None).end is Step.GOODBYE
    server.close()
    assert hand.pictures == names


@pytest.mark.parametrize(("papers", "is_whole"), [(3, True), (2, False)])
def test_the_paper_of_practice_vouches_for_no_slip(tmp_path: Path, papers: int, is_whole: bool) -> None:
    """The first paper is of practice, and two slips say that they were printed."""
    paper, kept = tmp_path / "paper", tmp_path / "kept"
    paper.mkdir()
    for number in range(1, papers + 1):
        (paper / f"slip-{number:04d}.png").touch()
        (paper / f"slip-{number:04d}.bin").touch()
    silent, report = tmp_path / "silent.sock", Report(practised=["slip-0001"])
    report.slips = [{"number": str(number), "state": "printed"} for number in (1, 2)]
    devices = Devices("", "", "", None, ScannerControl(silent), PrinterControl(silent), paper, [])
    keep_papers(devices, read_settings(tmp_path), kept, report)
    assert [step.ok for step in report.steps] == [is_whole]
    assert sorted(path.name for path in kept.glob("*0001*")) == [
        "practice-slip-0001.bin",
        "practice-slip-0001.png",
    ]
    assert len(list(kept.glob("slip-*.png"))) == papers - 1
