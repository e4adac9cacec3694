"""The signal between the two processes: heard when somebody listens, harmless when nobody does."""

from __future__ import annotations

import threading
from pathlib import Path

from kiosk.app.nudges import NudgeMinder, nudge


def test_a_nudge_is_heard_even_in_a_folder_deeper_than_a_socket_name_may_be(tmp_path: Path) -> None:
    folder = tmp_path / ("deep" * 40)
    folder.mkdir()
    heard = threading.Event()
    ears = NudgeMinder(folder / "screen.sock", heard.set)
    ears.start()
    nudge(folder / "screen.sock")
    assert heard.wait(5)
    ears.stop()
    assert list(folder.iterdir()) == []


def test_a_socket_left_by_a_killed_process_is_replaced(tmp_path: Path) -> None:
    path, heard = tmp_path / "pulse.sock", threading.Event()
    killed = NudgeMinder(path, heard.clear)
    ears = NudgeMinder(path, heard.set)
    ears.start()
    nudge(path)
    assert heard.wait(5)
    ears.stop()
    killed.stop()


def test_a_nudge_that_nobody_hears_is_no_error(tmp_path: Path) -> None:
    nudge(tmp_path / "nobody.sock")
    nudge(tmp_path / "no folder" / "nobody.sock")


def test_words_that_come_with_a_nudge_are_told_before_it(tmp_path: Path) -> None:
    told: list[str] = []
    heard = threading.Event()

    def hear() -> None:
        told.append("nudged")
        heard.set()

    def note(words: str) -> bool:
        told.append(words)
        return True

    ears = NudgeMinder(tmp_path / "screen.sock", hear, note)
    ears.start()
    try:
        nudge(tmp_path / "screen.sock", "places:J1 seats:T1")
        assert heard.wait(10)
    finally:
        ears.stop()
    assert told == ["places:J1 seats:T1", "nudged"]


def test_who_hears_nothing_new_does_not_look_again(tmp_path: Path) -> None:
    """Broken by nudging at any word: a line that waits would hurry round after round."""
    heard = threading.Event()
    nudges: list[str] = []

    def look_again() -> None:
        nudges.append("nudged")
        heard.set()

    ears = NudgeMinder(tmp_path / "pulse.sock", look_again, lambda words: words == "new")
    ears.start()
    try:
        nudge(tmp_path / "pulse.sock", "4*places:J1")
        nudge(tmp_path / "pulse.sock", "new")
        assert heard.wait(10)
    finally:
        ears.stop()
    assert nudges == ["nudged"]
