"""A class passed at one kiosk, then the network fails: the next one lets the same person take the place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.actions.attend_class import hold_own_class, published_course
from kiosk.actions.faults import Refused
from kiosk.actions.recognise import recognise
from kiosk.actions.take_place import take_place
from kiosk.domain.ids import JobId
from kiosk.domain.lessons import first_lesson
from kiosk.domain.signatures import Signature
from tests.journeys.actors import beat
from tests.journeys.town import a_town, come_in, plain_job, the_hall_of, worker_card

JOB = JobId("morning-class")
CARD, UNTAUGHT = worker_card(41), worker_card(42)
SIGNED = Signature((((10, 10), (240, 110)), ((240, 10), (10, 110))))
MOST_BEATS = 40


def beat_until_taught(data_dir: Path) -> None:
    """The bureau seals what it knows after its answer, so the next kiosk may hear it a beat later."""
    for _ in range(MOST_BEATS):
        beat(data_dir)
        with the_hall_of(data_dir) as kiosk:
            capsule = recognise(kiosk.hall, CARD).capsule
            if capsule is not None and capsule.classes:
                return
    raise AssertionError("the class never came down")


def test_a_class_of_one_kiosk_opens_the_job_at_another_that_is_dark(tmp_path: Path) -> None:
    with a_town(tmp_path) as town:
        here, there = town.enrol("A", 1), town.enrol("B", 2)
        job = plain_job(town.sample, JOB, 6).model_copy(update={"needs_classes": ["lifting"]})
        town.publish([job])
        for data_dir in (here, there):
            beat(data_dir)
        with the_hall_of(here) as kiosk:
            met = come_in(kiosk.hall, CARD)
            course = published_course(kiosk.hall, "lifting")
            assert course is not None, "the course came down with the feed"
            right = (True,) * len(course.questions)
            lesson = replace(first_lesson(course), page=len(course.pages), answers=right)
            hold_own_class(kiosk.hall, met.worker, course, lesson, SIGNED)
        beat(here)
        beat_until_taught(there)
        town.kill_bureau()

        with the_hall_of(there) as kiosk:
            taken = take_place(kiosk.hall, come_in(kiosk.hall, CARD), JOB, job.version)
            assert taken.placement.job == JOB
            with kiosk.hall.store.reading() as records:
                assert records.education.records(taken.placement.worker) == []
            with pytest.raises(Refused, match="edu01"):
                take_place(kiosk.hall, come_in(kiosk.hall, UNTAUGHT), JOB, job.version)

        town.start_bureau()
        for data_dir in (here, there):
            beat(data_dir)
        assert town.counts()["dead_letters"] == 0
        town.assert_sound()
        for file in town.bureau_dir.rglob("*"):
            assert not file.is_file() or SIGNED.text.encode() not in file.read_bytes()
