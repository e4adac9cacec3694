"""Kiosks whose clock died, over the real processes: order and validity stay right, and nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from kiosk.app.settings import write_settings
from kiosk.bureau.databases import opened
from kiosk.bureau.tables import check_in
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import JobId, places_of
from kiosk.system_clock import SystemClock
from tests.faults.machines import boot
from tests.journeys.actors import beat
from tests.journeys.town import Town, a_town, plain_job, the_hall_of
from tests.unit.devices.printer_stand import standing_printer

DEAD = datetime(1970, 1, 1, tzinfo=UTC)
FAR_AHEAD = timedelta(days=15 * 365)


@dataclass(frozen=True, slots=True)
class Hall:
    """A town and its one kiosk, which has a printer."""

    town: Town
    kiosk: Path


@contextmanager
def a_hall(folder: Path) -> Iterator[Hall]:
    with a_town(folder) as town, standing_printer(folder / "printer") as printer:
        kiosk = town.enrol("A", 1)
        write_settings(kiosk, {"printer_url": printer.url, "printer_profile": "generic-80-gsh"})
        yield Hall(town, kiosk)


def test_boots_without_a_network_and_with_a_dead_clock_go_on_where_the_last_one_ended(tmp_path: Path) -> None:
    with a_hall(tmp_path) as hall:
        hall.town.publish([plain_job(hall.town.sample, "many-places", 20)])
        beat(hall.kiosk)
        hall.town.kill_bureau()
        walls = [DEAD, DEAD + timedelta(hours=1), datetime.now(UTC) + FAR_AHEAD, DEAD]
        for number, wall in enumerate(walls):
            told = boot(tmp_path, f"boot-{number}", wall).lives(hall.kiosk, [2 * number + 1, 2 * number + 2])
            assert [what for what, _ in told if what in {"took", "refused", "printed"}] == [
                "took",
                "printed",
            ] * 2, told
        today = hall_day(SystemClock().now())
        with the_hall_of(hall.kiosk) as kiosk, kiosk.hall.store.reading() as records:
            assert all(slip.number.split("-")[2] == f"{today:%m%d}" for slip in records.slips.all())
            assert records.check_ins.count_all() == 2 * len(walls)

        hall.town.start_bureau()
        back = boot(tmp_path, "with-a-network", DEAD)
        for _ in range(2):
            back.beats(hall.kiosk)
        with the_hall_of(hall.kiosk) as kiosk, kiosk.hall.store.reading() as records:
            health = records.settings.sync_health()
        assert (health.pending, health.refused_open, health.last_problem) == (0, 0, "")
        with opened(hall.town.bureau_dir) as database, database.reading() as connection:
            came = connection.execute(select(check_in).order_by(check_in.c.sequence)).all()
        assert [row.sequence for row in came] == list(range(1, 2 * len(walls) + 1))
        assert [row.arrived_at for row in came] == sorted(row.arrived_at for row in came)
        assert {row.hall_day for row in came} == {today}
        assert hall.town.counts()["dead_letters"] == 0
        hall.town.assert_sound()


def test_a_clock_that_is_years_off_keeps_nobody_from_being_given_places(tmp_path: Path) -> None:
    with a_hall(tmp_path) as hall:
        beat(hall.kiosk)
        for number, wall in enumerate([datetime.now(UTC) + FAR_AHEAD, DEAD]):
            job = plain_job(hall.town.sample, f"job-{number}", 4)
            hall.town.publish([job.model_copy(update={"pay": job.pay.model_copy(update={"fen": 90000})})])
            machine = boot(tmp_path, f"boot-{number}", wall)
            for _ in range(3):
                machine.beats(hall.kiosk)
            told = machine.lives(hall.kiosk, [number + 1])
            assert [what for what, _ in told] == ["ready", "came", "took", "sending", "printed"]
            with the_hall_of(hall.kiosk) as kiosk, kiosk.hall.store.reading() as records:
                held = records.rights.free(places_of(JobId(job.id)))
            assert held, "numbers of a job that was published under the wrong clock"
