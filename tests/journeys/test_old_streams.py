"""An old stream that the bureau never heard of must not take the place of the kiosk's present one."""

from __future__ import annotations

from pathlib import Path

from kiosk.actions.call_help import call_help
from kiosk.domain.ids import JobId, places_of
from tests.journeys.actors import beat
from tests.journeys.town import a_town, plain_job, the_hall_of

JOB = JobId("two-places")


def test_an_old_stream_heard_late_does_not_silence_the_present_one(tmp_path: Path) -> None:
    with a_town(tmp_path) as town:
        data_dir = town.enrol("A", 1)
        with the_hall_of(data_dir) as kiosk:
            call_help(kiosk.hall, "home", None)
        (data_dir / "marker").unlink()
        with the_hall_of(data_dir) as kiosk:
            assert kiosk.opened.new_stream is not None
            call_help(kiosk.hall, "home", None)
        for _ in range(4):
            beat(data_dir)
        town.publish([plain_job(town.sample, JOB, 2)])
        for _ in range(3):
            beat(data_dir)
        assert town.heard("help_called") == 2
        with the_hall_of(data_dir) as kiosk, kiosk.hall.store.reading() as records:
            assert len(records.rights.free(places_of(JOB))) == 2
