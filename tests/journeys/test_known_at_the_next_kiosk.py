"""Checked in at one kiosk, then the network fails: the next one knows him, his number and his work."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.actions.check_in import VisitElsewhere, check_in, give_first_answers
from kiosk.actions.faults import Refused
from kiosk.actions.recognise import Acquaintance, Proven, proofs_of, recognise
from kiosk.actions.take_place import take_place
from kiosk.actions.verify_hardship import record_skill, verify_hardship
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.ids import JobId
from kiosk.domain.skills import Grade, HeldSkill
from kiosk.domain.workers import FirstAnswers, WorkSpan
from tests.halls import CLERK, employ
from tests.journeys.actors import beat
from tests.journeys.town import a_town, come_in, plain_job, the_hall_of, worker_card

FIRST, SECOND = JobId("morning-a"), JobId("morning-b")
SKILL, HARDSHIP = HeldSkill("masonry", Grade.SENIOR), HeldHardship(Hardship.DISABLED, None)
CARD, STRANGER = worker_card(31), worker_card(32)
MOST_BEATS = 40


def beat_until_known(data_dir: Path) -> None:
    """The bureau seals what it knows after its answer, so the next kiosk may hear it a beat later."""
    for _ in range(MOST_BEATS):
        beat(data_dir)
        with the_hall_of(data_dir) as kiosk:
            if recognise(kiosk.hall, CARD).acquaintance is Acquaintance.KNOWN:
                return
    raise AssertionError("the capsule never came down")


def test_a_dark_kiosk_knows_whoever_checked_in_at_another_one(tmp_path: Path) -> None:
    with a_town(tmp_path) as town:
        here, there = town.enrol("A", 1), town.enrol("B", 2)
        jobs = [plain_job(town.sample, job, 6) for job in (FIRST, SECOND)]
        town.publish(jobs)
        for data_dir in (here, there):
            beat(data_dir)
        with the_hall_of(here) as kiosk:
            met = come_in(kiosk.hall, CARD)
            number = check_in(kiosk.hall, met).check_in.queue_number
            answers = FirstAnswers("13900000001", ("pick",), WorkSpan.DAY)
            give_first_answers(kiosk.hall, met.worker, answers)
            employ(kiosk.hall, CLERK)
            verify_hardship(kiosk.hall, met.worker, HARDSHIP, CLERK)
            record_skill(kiosk.hall, met.worker, SKILL, CLERK)
            take_place(kiosk.hall, met, FIRST, jobs[0].version)
        beat(here)
        beat_until_known(there)
        town.kill_bureau()

        with the_hall_of(there) as kiosk:
            assert recognise(kiosk.hall, STRANGER).acquaintance is Acquaintance.UNKNOWN
            met = recognise(kiosk.hall, CARD)
            assert met.acquaintance is Acquaintance.KNOWN
            again = check_in(kiosk.hall, met)
            assert again.check_in == VisitElsewhere(number)
            assert not again.is_new
            with kiosk.hall.store.reading() as records:
                assert records.check_ins.count_all() == 0
                known = records.workers.by_id(met.worker)
                assert proofs_of(records, met) == Proven((SKILL,), (HARDSHIP,))
            assert known is not None
            assert known.answers == answers
            with pytest.raises(Refused, match="time01"):
                take_place(kiosk.hall, met, SECOND, jobs[1].version)

        town.start_bureau()
        for data_dir in (here, there):
            beat(data_dir)
        known_there = town.counts()
        assert (known_there["check_ins"], known_there["placements"], known_there["dead_letters"]) == (1, 1, 0)
        town.assert_sound()


def test_taken_twice_in_the_dark_the_bureau_keeps_the_first_and_tells_the_other(tmp_path: Path) -> None:
    with a_town(tmp_path) as town:
        kiosks = [town.enrol("A", 1), town.enrol("B", 2)]
        jobs = [plain_job(town.sample, job, 6) for job in (FIRST, SECOND)]
        town.publish(jobs)
        for data_dir in kiosks * 2:
            beat(data_dir)
        town.kill_bureau()
        placements = []
        for data_dir, job in zip(kiosks, jobs, strict=True):
            with the_hall_of(data_dir) as kiosk:
                met = come_in(kiosk.hall, CARD)
                taken = take_place(kiosk.hall, met, JobId(job.id), job.version)
                placements.append(taken.placement.id)
        town.start_bureau()
        for data_dir in kiosks * 2:
            beat(data_dir)
        first, second = placements
        assert town.placements() == {first: "confirmed", second: "duplicate"}
        assert town.counts()["check_ins"] == 1
        with the_hall_of(kiosks[1]) as kiosk, kiosk.hall.store.reading() as records:
            assert [entry.reason for entry in records.desk.refused()] == ["bureau.refused.time_overlap"]
        town.assert_sound()
