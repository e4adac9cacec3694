"""An old copy of a whole kiosk, marker and all, is put back: the bureau sees it, and no place goes twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.actions.call_help import call_help
from kiosk.actions.faults import Refused
from kiosk.actions.ports import SyncHealth
from kiosk.actions.take_place import take_place
from kiosk.domain.ids import JobId
from tests.journeys.actors import beat
from tests.journeys.town import a_town, come_in, plain_job, the_hall_of, worker_card

JOB = JobId("two-places")


def calls(data_dir: Path, count: int) -> None:
    with the_hall_of(data_dir) as kiosk:
        for _ in range(count):
            call_help(kiosk.hall, "home", None)


def health_of(data_dir: Path) -> SyncHealth:
    with the_hall_of(data_dir) as kiosk, kiosk.hall.store.reading() as records:
        return records.settings.sync_health()


@pytest.mark.parametrize("said_since", [1, 9])
def test_a_kiosk_that_went_back_in_time_begins_a_new_stream_and_speaks_on(
    tmp_path: Path, said_since: int
) -> None:
    """Whether the copy has said less than its original by then, or more."""
    with a_town(tmp_path) as town:
        job = plain_job(town.sample, JOB, 2)
        town.publish([job])
        data_dir = town.enrol("A", 1)
        beat(data_dir)
        calls(data_dir, 2)
        beat(data_dir)
        shutil.copytree(data_dir, tmp_path / "copy")
        with the_hall_of(data_dir) as kiosk:
            for person in (1, 2):
                take_place(kiosk.hall, come_in(kiosk.hall, worker_card(person)), JOB, job.version)
        beat(data_dir)
        before = town.counts()
        assert (before["placements"], before["dead_letters"]) == (2, 0)

        shutil.rmtree(data_dir)
        shutil.copytree(tmp_path / "copy", data_dir)
        calls(data_dir, said_since)
        for _ in range(3):
            beat(data_dir)
        assert (health_of(data_dir).pending, health_of(data_dir).last_problem) == (0, "")
        with the_hall_of(data_dir) as kiosk:
            met = come_in(kiosk.hall, worker_card(3))
            with pytest.raises(Refused, match=r"gone|full"):
                take_place(kiosk.hall, met, JOB, job.version)
        beat(data_dir)
        after = town.counts()
        assert after["placements"] == 2
        assert after["check_ins"] == before["check_ins"] + 1
        assert after["dead_letters"] == said_since, (
            "what the copy said about the old stream is kept for a person"
        )
        assert health_of(data_dir).pending == 0
        town.assert_sound()
