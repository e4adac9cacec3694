"""The way of every boot is short, and it is the same way that the command line explains."""

from __future__ import annotations

import pytest
import typer

from kiosk.__main__ import FLAGS, OPTIONS, plain_run
from kiosk.cli import app


def test_the_short_way_knows_every_option_that_the_command_line_explains() -> None:
    run = typer.main.get_command(app).commands["run"]  # type: ignore[attr-defined]
    assert {option for item in run.params for option in item.opts} == {*OPTIONS, *FLAGS}


def test_a_plain_run_is_understood_without_the_command_line() -> None:
    words = "run --data /var/lib/kiosk --reader=/dev/ttyS0 --printer tcp://10.0.0.2:9100 --full-screen"
    assert plain_run(words.split()) == {
        "data": "/var/lib/kiosk",
        "reader_url": "/dev/ttyS0",
        "printer_url": "tcp://10.0.0.2:9100",
        "full_screen": True,
    }
    assert plain_run(["run", "--data", "here"]) == {"data": "here"}


@pytest.mark.parametrize(
    "words",
    [
        *("", "demo", "bureau serve --data x", "run", "run --help", "run --data x --help", "run x --data y"),
        *("run --data", "run --data --full-screen", "run --data x --unknown", "run --data x --printer"),
    ],
)
def test_whatever_wants_an_explanation_goes_to_the_command_line(words: str) -> None:
    assert plain_run(words.split()) is None
