"""`./run check` says of each step how it went and fails when any step failed."""

from __future__ import annotations

import re
import sys

import pytest

from tools import check

GOOD = [sys.executable, "-c", ""]
BAD = [sys.executable, "-c", "raise SystemExit('the wall is crooked')"]


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three steps, the middle one of which fails."""
    monkeypatch.setattr(check, "STEPS", {"walls": [GOOD], "roof": [GOOD, BAD], "door": [GOOD, GOOD]})


@pytest.mark.usefixtures("steps")
def test_a_failed_step_stops_no_other_and_fails_the_check(capfd: pytest.CaptureFixture[str]) -> None:
    assert check.main([]) == 1
    said = capfd.readouterr().out
    assert re.findall(r"^(\w+) +(ok|FAILED) +\d+\.\d s$", said, re.MULTILINE) == [
        ("walls", "ok"),
        ("roof", "FAILED"),
        ("door", "ok"),
    ]
    assert "the wall is crooked" in said
    assert said.endswith("check: failed: roof\n")


@pytest.mark.usefixtures("steps")
def test_only_the_named_steps_run(capfd: pytest.CaptureFixture[str]) -> None:
    assert check.main(["door"]) == 0
    assert "walls" not in capfd.readouterr().out


@pytest.mark.usefixtures("steps")
def test_an_unknown_step_is_refused() -> None:
    assert check.main(["window"]) == 2
