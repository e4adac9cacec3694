"""Killed at any moment behind a bad line: each place is there once or not at all, each slip honest."""

from __future__ import annotations

import random
from pathlib import Path

from tests.faults.bad_days import a_bad_day
from tests.faults.oracles import assert_day_was_honest
from tests.faults.windows import a_window

KILLS = 30


def test_killed_at_any_moment_a_place_is_there_once_or_not_at_all(tmp_path: Path) -> None:
    seed = random.getrandbits(32)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    with a_bad_day(tmp_path, seed) as day:
        day.play(KILLS - 1)
        with a_window(day) as window:
            window.play_round()
        states = assert_day_was_honest(day)
        assert states.total() >= day.rounds / 3, "hardly anything happened between the kills"
