"""Hundreds of screens one after another leave nothing behind; the full count runs in `./run soak screens`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication

from kiosk.actions.board_ports import BoardQuery
from kiosk.app.building import slip_renderer
from kiosk.domain.ids import JobId
from kiosk.ui.journeys import Step
from kiosk.ui.screen import Screen
from tests.halls import SampleKiosk, open_sample_kiosk
from tools.figures.playing import PAPER_DOTS, PromptPrinter

ROUNDS = 100
SMALL = (540, 960)
WARM = 10
"""Qt fills its caches of fonts and types with the first rounds."""


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[SampleKiosk]:
    made = open_sample_kiosk(tmp_path / "data")
    yield made
    made.opened.close()


@pytest.fixture
def screen(qapp: QGuiApplication, kiosk: SampleKiosk) -> Iterator[Screen]:
    assert qapp is not None
    render = slip_renderer(PAPER_DOTS)
    printer = PromptPrinter(kiosk.hall)
    made = Screen(kiosk.hall.clock, size=SMALL, full_screen=False, screen_width_mm=None)
    made.move_in(kiosk.hall, printer, render)
    made.show()
    yield made
    made.close()


def test_three_hundred_screens_leave_no_object_and_no_reference_behind(
    screen: Screen, kiosk: SampleKiosk
) -> None:
    for _ in range(WARM):
        walk(screen, kiosk)
    objects(screen)  # the first count makes the Python halves of what it counts
    before, none_before = objects(screen), sys.getrefcount(None)
    for _ in range(ROUNDS):
        walk(screen, kiosk)
    assert objects(screen) <= before
    # A library that drops one reference to None a call would be short of thousands by now.
    assert sys.getrefcount(None) > none_before - ROUNDS


def walk(screen: Screen, kiosk: SampleKiosk) -> None:
    """From home to the board, to a job, and home again; each page is really made and taken apart."""
    visit = screen.visit
    visit.browse(BoardQuery())
    work_off()
    visit.open_job(JobId(kiosk.sample.jobs[0].id))
    work_off()
    assert visit.step is Step.DETAIL
    visit.end()
    work_off()


def work_off() -> None:
    """Let Qt do what it put off, the deletion of old pages above all."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def objects(screen: Screen) -> int:
    """Count the objects of the window and the Python objects that Qt owns or is owned by."""
    gc.collect()
    python = sum(isinstance(item, QObject) for item in gc.get_objects())
    return python + len(screen.window.findChildren(QObject))
