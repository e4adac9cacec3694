"""Taken at one kiosk, answered at another, and asked at no third time, with the network cut in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from kiosk.actions.answer_pay import answer_pay, due_questions
from kiosk.actions.hall import Hall
from kiosk.actions.recognise import Acquaintance, Recognition, recognise
from kiosk.actions.take_place import take_place
from kiosk.domain.ids import JobId
from kiosk.domain.paydays import PayAnswer
from tests.journeys.actors import beat
from tests.journeys.town import a_town, come_in, plain_job, the_hall_of, worker_card

JOB = JobId("morning-a")
CARD = worker_card(41)
MOST_BEATS = 40


def evening(hall: Hall) -> Hall:
    """Return the same hall two days later, when all that was earned is due."""
    return replace(hall, agreed_now=lambda: hall.agreed_now() + timedelta(days=2))


def tap(data_dir: Path) -> tuple[Recognition, list[str]]:
    """Lay the card down in the evening; return who is met and about which places he is asked."""
    with the_hall_of(data_dir) as kiosk:
        hall = evening(kiosk.hall)
        met = recognise(hall, CARD)
        return met, [item.placement for item in due_questions(hall, met)]


def beat_until_told(data_dir: Path, asked: list[str]) -> None:
    """The bureau seals what it knows after its answer, so the next kiosk may hear it a beat later."""
    for _ in range(MOST_BEATS):
        beat(data_dir)
        met, told = tap(data_dir)
        if met.acquaintance is Acquaintance.KNOWN and told == asked:
            return
    raise AssertionError("the capsule never came down")


def test_a_dark_kiosk_asks_whether_a_place_of_another_one_was_paid_and_nobody_asks_again(
    tmp_path: Path,
) -> None:
    with a_town(tmp_path) as town:
        here, there = town.enrol("A", 1), town.enrol("B", 2)
        job = plain_job(town.sample, JOB, 6)
        town.publish([job])
        for data_dir in (here, there):
            beat(data_dir)
        with the_hall_of(here) as kiosk:
            met = come_in(kiosk.hall, CARD)
            taken = take_place(kiosk.hall, met, JOB, job.version)
        place = taken.placement.id
        beat(here)
        beat_until_told(there, [place])

        town.kill_bureau()
        with the_hall_of(there) as kiosk:
            hall = evening(kiosk.hall)
            met = recognise(hall, CARD)
            [question] = due_questions(hall, met)
            assert (question.title, question.trade, question.fen) == (job.title, job.trade, job.pay.fen)
            answer_pay(hall, met, question.placement, PayAnswer.PARTIAL)
            assert list(due_questions(hall, met)) == []
        assert tap(here)[1] == [place], "in the dark nobody here can know"

        town.start_bureau()
        beat(there)
        assert town.placements() == {place: "disputed"}
        beat_until_told(here, [])
        town.assert_sound()
