"""The morning without a display, as a newcomer starts it: one command, somebody else's reader, a report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.bureau.counting import counts
from tests.journeys.town import worker_card
from tools.figures.emulated import emulated_reader

LIMIT_S = 300.0
WAY = [
    "notice",
    "ask_phone",
    "ask_trades",
    "ask_span",
    "greeting",
    "detail",
    "confirm",
    "printing",
    "goodbye",
]
"""What somebody sees who comes for the first time and follows the yellow plate."""


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[str]:
    """A reader that the demo knows by its address alone, with a card that lies there and stays."""
    with emulated_reader(tmp_path) as (url, control):
        control.lay(worker_card(21))
        yield url


def test_a_card_that_stays_gives_one_slip_and_an_outage_that_nobody_saw(tmp_path: Path, reader: str) -> None:
    """Broken by a bureau that stays until the last journey is over."""
    out, data = tmp_path / "out", tmp_path / "data"
    words = ["demo", "--data", str(data), "--out", str(out), "--reader", reader]
    ended = subprocess.run(
        [sys.executable, "-m", "kiosk", *words],
        env={name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert set(report) == {"steps", "check_ins", "placements", "slips", "bureau", "pictures"}
    assert all(step["ok"] for step in report["steps"])
    names = [step["name"] for step in report["steps"]]
    assert [name.endswith(" > ".join(WAY)) for name in names if name.startswith("card ")] == [True]
    assert names.index("the bureau goes away") < names.index(next(n for n in names if n.startswith("card 1")))
    assert (report["check_ins"], report["placements"]) == (1, 1)
    assert [slip["state"] for slip in report["slips"]] == ["printed"]
    bureau = report["bureau"]
    assert bureau["while_down"] > 0
    assert (bureau["check_ins"], bureau["placements"]) == (1, 1)
    assert bureau["events"] == counts(data / "bureau")["events"]
    assert report["pictures"] == sorted(file.name for file in (out / "pictures").iterdir())
    assert {name.removesuffix(".png").split("-", 1)[1] for name in report["pictures"]} >= {"home", *WAY}
    (paper,) = (out / "slips").glob("slip-*.png")
    assert paper.with_suffix(".bin").read_bytes()
    photo = Image.open(paper).convert("L")
    # Among the squares of any two codes there are lines that somebody may take for four digits.
    codes = {
        code.text[:4]
        for code in zxingcpp.read_barcodes(photo, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    }
    assert codes == {"LG1:", "LG4:"}
