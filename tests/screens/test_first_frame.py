"""What stands in memory when the first frame is painted: the home screen's own modules, and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kiosk.app.postponing import POSTPONED

FIRST_FRAME = """
import sys
before = set(sys.modules)
from pathlib import Path
from kiosk.ui.memory import import_bindings
import_bindings()
import kiosk.app.telling
import PySide6.QtCore
from PySide6.QtGui import QGuiApplication
from kiosk.app.screen import Screen, SystemClock
from kiosk.app.settings import read_settings
from kiosk.ui.screen import load_rest

settings = read_settings(Path(sys.argv[1]))
screen = Screen(SystemClock(), size=settings.size_px, full_screen=True, screen_width_mm=None)

def tell():
    print(*sorted(set(sys.modules) - before))
    mapped = Path("/proc/self/maps").read_text(encoding="utf-8")
    print(*(word for word in ("JITCode", "PySide6/QtNetwork", "PySide6/QtOpenGL") if word in mapped))
    pointer = QGuiApplication.overrideCursor()
    ink = pointer.pixmap().toImage().pixelColor(0, 0) if pointer else None
    print("no-pointer" if ink is not None and ink.alpha() == 0 else "a-pointer")
    load_rest()
    if "Qt" in vars(PySide6.QtCore):
        print("all-flags")
    screen.leave()

screen.after_first_frame(tell)
screen.show()
screen.exec()
screen.close()
"""
"""What `kiosk run` does until its first frame on a full screen; then it tells what it has loaded."""

OURS = frozenset(
    {
        *("actions", "actions.faults", "actions.printing"),
        *("app", "app.opening", "app.postponing", "app.screen", "app.settings", "app.telling"),
        *("app.watchdog", "catalogue", "memory", "resources", "system_clock"),
        *("domain", "domain.clock", "domain.families", "domain.ids", "domain.sentences"),
        *(
            "ui",
            "ui.appearances",
            "ui.bridge",
            "ui.ears",
            "ui.fonts",
            "ui.fronts",
            "ui.halls",
            "ui.icons",
            "ui.journeys",
            "ui.looks",
        ),
        *("ui.memory", "ui.screen", "ui.trembling", "ui.windows", "ui.words"),
        *("ui.views", "ui.views.home_view", "ui.views.rows", "ui.views.views", "ui.views.visit_view"),
    }
)
"""Each costs the person who waits for the first frame; whoever adds one has measured it."""
BINDINGS = frozenset({"PySide6", "shiboken6", "shibokensupport"})
TOLD = frozenset({"no-pointer"})


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The modules of a program that has just painted the home screen."""
    command = [sys.executable, "-c", FIRST_FRAME, str(tmp_path_factory.mktemp("kiosk"))]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return frozenset(ran.stdout.split())


def test_the_first_frame_loads_the_home_screens_modules_and_no_other_of_ours(loaded: frozenset[str]) -> None:
    assert {name.removeprefix("kiosk.") for name in loaded if name.startswith("kiosk.")} == OURS


def test_the_first_frame_loads_no_library_but_the_bindings(loaded: frozenset[str]) -> None:
    roots = {name.partition(".")[0] for name in loaded if not name.startswith("_")}
    foreign = {name for name in roots - sys.stdlib_module_names if name not in TOLD | {"kiosk"}}
    assert {name for name in foreign if name not in BINDINGS and "bootstrap" not in name} == set()


def test_what_is_postponed_is_not_loaded_before(loaded: frozenset[str]) -> None:
    assert not {postponed.module for postponed in POSTPONED} & loaded


def test_no_machine_code_is_made_of_bindings(loaded: frozenset[str]) -> None:
    assert "JITCode" not in loaded


def test_the_window_brings_no_bindings_of_network_and_opengl_along(loaded: frozenset[str]) -> None:
    assert not {"PySide6/QtNetwork", "PySide6/QtOpenGL"} & loaded


def test_a_full_screen_shows_no_pointer_and_nothing_it_loads_asks_for_the_flags_of_qt(
    loaded: frozenset[str],
) -> None:
    assert "no-pointer" in loaded
    assert "all-flags" not in loaded
