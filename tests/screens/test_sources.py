"""What is loaded behind the first screen is code: nobody reads its sources, and nobody keeps them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOADING = """
import linecache
from kiosk.system_clock import SystemClock
from kiosk.ui.screen import Screen, load_rest

screen = Screen(SystemClock(), size=(540, 960), full_screen=False, screen_width_mm=None)
import kiosk.app.crew
load_rest()
print(sum(len(kept[2]) for kept in linecache.cache.values() if len(kept) > 1))
screen.close()
"""
MOST_LINES = 5_000
"""SQLAlchemy keeps a thousand lines that it wrote itself; sources would be two hundred thousand."""


def test_no_source_is_kept_of_what_is_loaded_behind_the_first_screen() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOADING],
        cwd=Path(__file__).parents[2],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert int(ran.stdout) < MOST_LINES
