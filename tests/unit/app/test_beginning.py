"""The way of every boot is short, and it is the same way that the command line explains."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from kiosk.__main__ import PLAIN, plain
from kiosk.cli import app


@pytest.mark.parametrize("command", PLAIN)
def test_the_short_way_knows_every_option_that_the_command_line_explains(command: str) -> None:
    explained = typer.main.get_command(app).commands[command]  # type: ignore[attr-defined]
    known = {*PLAIN[command].options, *PLAIN[command].flags}
    assert {option for item in explained.params for option in item.opts} == known


def test_a_plain_run_is_understood_without_the_command_line() -> None:
    words = "run --data /var/lib/kiosk --reader=/dev/ttyS0 --printer tcp://10.0.0.2:9100 --full-screen"
    assert plain(words.split()) == {
        "data": Path("/var/lib/kiosk"),
        "reader_url": "/dev/ttyS0",
        "printer_url": "tcp://10.0.0.2:9100",
        "full_screen": True,
    }
    assert plain(["run", "--data", "here"]) == {"data": Path("here")}


def test_a_plain_pulse_is_understood_without_the_command_line() -> None:
    assert plain(["pulse", "--data", "here", "--parent=17"]) == {"data": Path("here"), "parent": 17}
    assert plain(["pulse", "--once", "--data=here"]) == {"data": Path("here"), "is_once": True}


@pytest.mark.parametrize(
    "words",
    [
        *("", "demo", "bureau serve --data x", "run", "run --help", "run --data x --help", "run x --data y"),
        *("run --data", "run --data --full-screen", "run --data x --unknown", "run --data x --printer"),
        *("pulse", "pulse --help", "pulse --data x --parent=me", "pulse --data x --printer y"),
    ],
)
def test_whatever_wants_an_explanation_goes_to_the_command_line(words: str) -> None:
    assert plain(words.split()) is None
