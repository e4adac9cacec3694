"""Whoever looks at a job whose places lie elsewhere is told that the bureau is asked, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.ids import JobId, places_of, seats_of
from kiosk.ui import reception
from kiosk.ui.choosing import ASKING_S
from kiosk.ui.journeys import Step
from tests import answers
from tests.unit.ui.visit_rig import VisitRig, set_up


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[VisitRig]:
    """A visit at a kiosk that holds no number of any job, as one that was just restored."""
    rig = set_up(tmp_path)
    rig.kiosk.opened.sync_book.begin_stream(answers.life(rig.kiosk.opened))
    rig.come("miao")
    yield rig
    rig.close()


def come_down(rig: VisitRig, key: str) -> None:
    """Let the bureau give this kiosk a place of the job the sample has for a person, and a seat to it."""
    job = JobId(str(rig.kiosk.people[key].takes))
    with rig.kiosk.hall.store.reading() as records:
        line = records.board.line(job, rig.kiosk.hall.now())
    assert line is not None
    quotas = [places_of(job), *([seats_of(line.trip.id)] if line.trip else [])]
    answers.grant(rig.kiosk.opened, {of: [(1, 1)] for of in quotas})
    rig.visit.look_again()


def test_the_bureau_is_asked_for_so_long_and_then_the_screen_says_that_there_is_none(rig: VisitRig) -> None:
    """Broken by a screen that says at once, or never, that the job is full."""
    rig.open("miao")
    assert (rig.visit.step, rig.visit.session.asking_s) == (Step.DETAIL, ASKING_S)
    rig.wait(ASKING_S - 1)
    assert rig.visit.session.asking_s == 1
    rig.wait(1)
    assert rig.visit.session.asking_s == 0


def test_a_place_that_comes_meanwhile_can_be_taken(rig: VisitRig) -> None:
    """Broken by a screen that looks at the job only when it is opened."""
    rig.open("miao")
    come_down(rig, "miao")
    assert rig.visit.session.asking_s == 0
    assert not reception.is_elsewhere(rig.visit.session)
    rig.visit.go()
    assert rig.visit.step is Step.CONFIRM


def test_a_place_of_another_job_changes_nothing(rig: VisitRig) -> None:
    rig.open("miao")
    come_down(rig, "tian")
    assert reception.is_elsewhere(rig.visit.session)
    assert rig.visit.session.asking_s == ASKING_S


def test_nobody_asks_for_a_place_that_lies_here(rig: VisitRig) -> None:
    come_down(rig, "miao")
    rig.open("miao")
    assert rig.visit.session.asking_s == 0
