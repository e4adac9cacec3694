"""What nobody opens is neither loaded nor made, and is there when somebody does."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import AbstractContextManager

import pytest
from PySide6.QtCore import QSize

from kiosk.actions.faults import StorageFault
from kiosk.domain.sentences import Sentence
from kiosk.ui.icons import IconImages
from kiosk.ui.journeys import Step
from tests.screens.tour import Tour, check_in, settle, shown

ORDINARY_DAY = """
import json, sys
from pathlib import Path
from kiosk.actions.printing import PrintStage
from kiosk.ui.journeys import Step
from kiosk.ui.screen import load_rest
from PySide6.QtGui import QGuiApplication
from tests.screens.staging import set_stage
from tests.screens.tour import Tour, check_in, settle, shown

app = QGuiApplication(["kiosk"])
load_rest()

def views():
    ours = (name for name in sys.modules if name.startswith("kiosk.ui.views."))
    return sorted(name for name in ours if name.endswith("_view"))

def made(stage):
    return sorted(kind.__name__ for kind in stage.screen._views._made)

stage = set_stage(Path(sys.argv[1]))
settle()
told = {"loaded": views(), "made": made(stage)}
tour = Tour(stage)
check_in(tour)
for _ in range(3):
    tour.tap("go")
tour.hear_printer(PrintStage.PRINTED, 1.0)
assert shown(tour) is Step.GOODBYE
told |= {"loaded after a visit": views(), "made for a visit": made(stage)}
import kiosk.app.crew, kiosk.ui.desk.mode
told |= {"of table files": sorted(name for name in sys.modules if name.startswith("openpyxl"))}
print(json.dumps(told))
stage.close()
"""
"""The pages loaded and made before anybody comes, and after somebody new went from card to slip."""

BEFORE_ANYBODY = {"home", "visit", "board", "confirm", "detail", "greeting", "queue", "slip", "blocked"}
"""Home and frame; then what a thread loads beside the first screen, and what the greeting takes of others."""
FIRST_TIME = {"notice", "questions", "trades"}
ASKED_FOR = {
    *("NoticeView", "QuestionsView", "TradesView", "GreetingView"),
    *("DetailView", "ConfirmView", "SlipView"),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What a process of its own has loaded and made."""
    command = [sys.executable, "-c", ORDINARY_DAY, str(tmp_path_factory.mktemp("kiosk"))]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, list[str]] = json.loads(ran.stdout)
    return answer


def test_no_page_is_made_before_anybody_comes(told: dict[str, list[str]]) -> None:
    assert told["made"] == []
    assert pages(told["loaded"]) == BEFORE_ANYBODY


def test_an_ordinary_visit_makes_its_own_pages_and_no_other(told: dict[str, list[str]]) -> None:
    assert set(told["made for a visit"]) == ASKED_FOR
    assert pages(told["loaded after a visit"]) == BEFORE_ANYBODY | FIRST_TIME


def test_what_writes_table_files_is_not_loaded_before_an_export(told: dict[str, list[str]]) -> None:
    assert told["of table files"] == []


def test_a_page_that_cannot_read_the_store_at_its_first_opening_says_so(
    tour: Tour, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_in(tour)
    monkeypatch.setattr(type(tour.stage.kiosk.hall.store), "reading", failing)
    tour.screen.visit.open_line()
    settle()
    assert shown(tour) is Step.TROUBLE


def test_a_drawing_that_is_asked_for_twice_is_drawn_once_and_kept_no_longer_than_the_visit(
    tour: Tour,
) -> None:
    images, size = IconImages(), QSize(96, 96)

    def drawn() -> int:
        return images.requestImage("ui/call/111111", QSize(), size).cacheKey()

    first = drawn()
    assert drawn() == first
    tour.lay_card(tour.grown_up())
    tour.lift_card()
    settle()
    assert drawn() != first


def failing(_: object) -> AbstractContextManager[object]:
    raise StorageFault(Sentence("storage.disk_failing"))


def pages(modules: list[str]) -> set[str]:
    return {name.removeprefix("kiosk.ui.views.").removesuffix("_view") for name in modules}
