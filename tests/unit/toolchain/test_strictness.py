"""The test run itself is strict: what goes wrong unseen in a test fails it, and one seed replays a run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication

ROOT = Path(__file__).resolve().parents[3]
HEAD = """
import threading, warnings
from hypothesis import given, strategies as st
from PySide6.QtCore import qWarning
"""
FAULTS = {
    "a_qt_warning": "qWarning('a binding loop')",
    "a_warning_of_our_own": "warnings.warn('old ways', DeprecationWarning)",
    "a_file_a_library_left_open": "t = threading.Thread(target=open, args=[__file__]); t.start(); t.join()",
    "an_exception_in_a_thread": "t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()",
}
DRAWS = """
@given(st.lists(st.integers(), max_size=3))
def test_drawing(numbers):
    print("drawn", numbers)
"""


def pytest_on(folder: Path, source: str, *options: str) -> str:
    """Run pytest with the project's settings and conftest on one test file, and return what it printed."""
    tests = folder / "tests"
    tests.mkdir(exist_ok=True)
    (tests / "test_trial.py").write_text(HEAD + source)
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), "-p", "tests.conftest"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *settings, "-o", f"cache_dir={folder}", *options, str(tests)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
    )
    return ran.stdout


def test_what_goes_wrong_unseen_fails_the_test(tmp_path: Path) -> None:
    trials = [f"def test_{name}() -> None:\n    {fault}\n" for name, fault in FAULTS.items()]
    said = pytest_on(tmp_path, "\n".join([*trials, "def test_nothing_wrong() -> None:\n    pass\n"]))
    assert set(re.findall(r"^FAILED \S+::test_(\w+)", said, re.MULTILINE)) == set(FAULTS), said
    assert "1 passed" in said


def test_one_seed_replays_what_hypothesis_drew(tmp_path: Path) -> None:
    first, again, other = (
        re.findall("^drawn.*", pytest_on(tmp_path, DRAWS, "-s", f"--randomly-seed={seed}"), re.MULTILINE)
        for seed in (7, 7, 8)
    )
    assert first
    assert first == again
    assert first != other


def test_the_seconds_of_a_folder_are_told_before_the_last_line(tmp_path: Path) -> None:
    place = tmp_path / "tests" / "journeys"
    place.mkdir(parents=True)
    (place / "test_more.py").write_text("def test_one():\n    pass\n\ndef test_two():\n    pass\n")
    lines = pytest_on(tmp_path, DRAWS).splitlines()
    assert any(re.fullmatch(r" +\d+\.\d\d s +2 tests  tests/journeys", line) for line in lines), lines
    assert re.search(r"3 passed in", lines[-1])


def test_tests_get_the_application_that_a_screen_makes(qapp_cls: type) -> None:
    """A process has one: were it of widgets, the first test to come would choose it for all others."""
    assert qapp_cls is QGuiApplication
