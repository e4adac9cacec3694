"""Every page is walked past, and what it shows fits, can be read and can be touched."""

from __future__ import annotations

import pytest
from PySide6.QtQuick import QQuickItem

from kiosk.catalogue import load
from kiosk.ui.journeys import Step
from kiosk.ui.screen import usual_width_mm, visible_items
from tests.screens.conftest import SetStage
from tests.screens.measures import findings

PORTRAIT, LANDSCAPE, SMALL = (1080, 1920), (1920, 1080), (1366, 768)


@pytest.mark.parametrize(
    ("size", "language", "is_large"),
    [(PORTRAIT, "zh_CN", False), (LANDSCAPE, "en", True)],
    ids=["portrait-zh", "landscape-en-large"],
)
def test_every_step_has_a_page_that_fits_its_glass(
    stages: SetStage, size: tuple[int, int], language: str, *, is_large: bool
) -> None:
    """The whole matrix is `./run look`."""
    tour = stages(size, language, is_large=is_large)
    seen, wrong = set(), []
    for page in tour.pages():
        seen.add(tour.screen.visit.step)
        wrong += [f"{page} {finding}" for finding in findings(tour.screen.window, usual_width_mm(*size))]
    assert wrong == []
    assert seen == set(Step)


def test_a_printer_that_cannot_print_is_told_before_anybody_lays_a_card_down(stages: SetStage) -> None:
    front = stages(PORTRAIT, "zh_CN", is_large=False).screen
    said = front._views.front
    front.set_printer_working(False)
    assert said.property("problem") == load("zh_CN")("ui.home.no_printer")
    front.set_printer_working(True)
    assert said.property("problem") == ""


def test_the_smallest_screen_with_the_largest_text_still_fits(stages: SetStage) -> None:
    tour = stages(SMALL, "zh_CN", is_large=True)
    walk = tour.first_visit()
    assert [f"{page} {line}" for page in walk for line in findings(tour.screen.window, 344.0)] == []


def test_a_held_coach_place_says_when_and_where_in_numerals_alone(stages: SetStage) -> None:
    tour = stages(PORTRAIT, "zh_CN", is_large=False)
    for _ in tour.first_visit():
        pass
    next(tour.coming_back())
    held = next(
        item
        for item in visible_items(tour.screen.window.contentItem())
        if _kind(item).startswith("HeldPlace")
    )
    said = {str(item.property("text")) for item in visible_items(held) if item.property("text")}
    assert {str(held.property("departs")), str(held.property("bay"))} <= said
    assert str(held.property("departs")).replace(":", "").isdigit()


def test_whoever_waits_for_paper_is_shown_the_figure_of_the_key_that_calls(stages: SetStage) -> None:
    tour = stages(PORTRAIT, "zh_CN", is_large=False)
    next(page for page in tour.first_visit() if page == "paper_out")
    figures = [
        item.property("source").path()
        for item in visible_items(tour.screen.window.contentItem())
        if item.inherits("QQuickImage")
    ]
    assert len([path for path in figures if path.startswith("/pictograms/call/")]) == 2, figures


def _kind(item: QQuickItem) -> str:
    return item.metaObject().className()
