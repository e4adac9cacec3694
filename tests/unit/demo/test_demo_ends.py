"""How a demo ends: what a printer that never answers leaves, and a world that is wrong from the start."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kiosk.actions.faults import WorldFault
from kiosk.app.settings import read_settings
from kiosk.demo.command import EXIT_FAILED, EXIT_UNCERTAIN, DemoOptions, conclude, run_demo
from kiosk.demo.devices import Devices
from kiosk.demo.door import Answer, Door, DoorServer
from kiosk.demo.hand import Hand
from kiosk.demo.morning import practise
from kiosk.demo.papers import keep_papers
from kiosk.demo.report import Report
from kiosk.devices.emulators.printer_control import PrinterControl
from kiosk.devices.emulators.scanner_control import ScannerControl
from kiosk.ui.journeys import Step


def slip(number: int, state: str) -> dict[str, str]:
    return {"number": str(number), "state": state}


@pytest.mark.parametrize(
    ("states", "is_failed", "code"),
    [
        (["printed", "printed"], False, 0),
        (["printed", "void"], False, 0),
        (["printed", "uncertain"], False, EXIT_UNCERTAIN),
        (["sending"], False, EXIT_UNCERTAIN),
        (["uncertain"], True, EXIT_FAILED),
        (["printed"], True, EXIT_FAILED),
    ],
)
def test_the_exit_code_says_how_it_went_and_the_report_is_there(
    tmp_path: Path, states: list[str], is_failed: bool, code: int
) -> None:
    report = Report(slips=[slip(number, state) for number, state in enumerate(states)])
    report.add("a step", 0.1, ok=not is_failed)
    assert conclude(report, tmp_path) == code
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [each["state"] for each in told["slips"]] == states
    assert told["steps"] == [{"name": "a step", "seconds": 0.1, "ok": not is_failed}]


@pytest.mark.parametrize(
    ("states", "is_good"),
    [
        (["printed", "queued"], False),
        (["uncertain", "uncertain", "uncertain", "queued"], True),
    ],
)
def test_what_waits_behind_a_printer_that_never_answered_is_no_failed_step(
    tmp_path: Path, states: list[str], is_good: bool
) -> None:
    """Broken by calling every slip that waits a failed step: a mute printer is put out of order."""
    paper = tmp_path / "paper"
    paper.mkdir()
    (paper / "slip-0001.png").touch()
    silent = tmp_path / "silent.sock"
    devices = Devices("", "", "", None, ScannerControl(silent), PrinterControl(silent), paper, [])
    report = Report(slips=[slip(number, state) for number, state in enumerate(states)])
    keep_papers(devices, read_settings(tmp_path), tmp_path / "kept", report)
    assert report.steps[0].name == f"never sent to the printer: {len(states) - 1}"
    assert [step.ok for step in report.steps] == [is_good, True]


@pytest.mark.parametrize(
    ("end", "is_good"), [(Step.GOODBYE, True), (Step.UNCERTAIN, True), (Step.TROUBLE, False)]
)
def test_practice_before_a_printer_that_never_answers_ends_honestly(
    tmp_path: Path, end: Step, is_good: bool
) -> None:
    """Broken by a practice that is good only when its paper came out."""
    coming = iter([Step.NOTICE, Step.CONFIRM, Step.PRINTING])
    counts = {"check_ins": 0, "placements": 0, "slips": [], "pending": 0}

    def answer(request: Mapping[str, Any]) -> Answer:
        if request["do"] == "look":
            return {"step": next(coming, end).value, "is_practice": True, **counts}
        return {"done": True}

    server = DoorServer(tmp_path / "door.sock", answer, lambda act: act())
    server.start()
    door, report = Door(tmp_path / "door.sock"), Report()
    practise(door, Hand(door, tmp_path, lambda _step: None), report, lambda: None)
    server.close()
    assert [step.ok for step in report.steps] == [is_good]


def options(folder: Path, **given: Any) -> DemoOptions:  # noqa: ANN401 - whatever the command line takes
    said: dict[str, Any] = {"data": folder / "data", "out": folder / "out", "reader": None, "printer": None}
    return DemoOptions(**{**said, "printer_profile": None, "full_screen": False, **given})


@pytest.mark.parametrize(
    "given",
    [
        {"printer": "192.0.2.20:9100"},
        {"printer": "lpt1://"},
        {"printer_profile": "nobody-makes-it"},
    ],
)
def test_a_printer_that_names_none_is_told_before_anything_starts(
    tmp_path: Path, given: dict[str, str]
) -> None:
    """Broken by leaving it to the screen process, whose traceback nobody can follow."""
    with pytest.raises(WorldFault) as told:
        run_demo(options(tmp_path, **given))
    assert told.value.sentence.key == "cli.bad_printer"
    assert not (tmp_path / "data" / "bureau").exists()


@pytest.mark.parametrize("folder", ["data", "out"])
def test_a_folder_that_cannot_be_made_is_told_before_anything_starts(tmp_path: Path, folder: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorldFault) as told:
        run_demo(options(tmp_path, **{folder: tmp_path / "file" / folder}))
    assert told.value.sentence.key == "cli.bad_folder"
    assert told.value.sentence.args["folder"] == str(tmp_path / "file" / folder)
    assert not (tmp_path / "data" / "bureau").exists()
