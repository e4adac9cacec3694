"""Kiosks whose clock died, over the real processes: order and validity stay right, and nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.app.settings import write_settings
from kiosk.app.sticks import UsbStick
from kiosk.bureau.couriers import serve_stick
from kiosk.bureau.databases import opened
from kiosk.bureau.tables import check_in
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import JobId, places_of
from kiosk.system_clock import SystemClock
from tests.faults.machines import boot
from tests.journeys.actors import beat
from tests.journeys.town import Town, a_town, plain_job, the_hall_of
from tests.unit.devices.printer_stand import Stand, standing_printer

DEAD = datetime(1970, 1, 1, tzinfo=UTC)
FAR_AHEAD = timedelta(days=15 * 365)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with a_town(tmp_path_factory.mktemp("town")) as made:
        yield made


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with standing_printer(tmp_path_factory.mktemp("printer")) as stand:
        yield stand


def a_kiosk(town: Town, printer: Stand, letter: str, number: int) -> Path:
    kiosk = town.enrol(letter, number)
    write_settings(kiosk, {"printer_url": printer.url, "printer_profile": "generic-80-gsh"})
    return kiosk


def test_boots_without_a_network_and_with_a_dead_clock_go_on_where_the_last_one_ended(
    town: Town, printer: Stand, tmp_path: Path
) -> None:
    kiosk_dir = a_kiosk(town, printer, "A", 1)
    town.publish([plain_job(town.sample, "many-places", 20)])
    beat(kiosk_dir)
    town.kill_bureau()
    walls = [DEAD, datetime.now(UTC) + FAR_AHEAD, DEAD + timedelta(hours=1)]
    for number, wall in enumerate(walls):
        told = boot(tmp_path, f"boot-{number}", wall).lives(kiosk_dir, [2 * number + 1, 2 * number + 2])
        assert [what for what, _ in told if what in {"took", "refused", "printed"}] == [
            "took",
            "printed",
        ] * 2, told
    today = hall_day(SystemClock().now())
    with the_hall_of(kiosk_dir) as kiosk, kiosk.hall.store.reading() as records:
        assert all(slip.number.split("-")[2] == f"{today:%m%d}" for slip in records.slips.all())
        assert records.check_ins.count_all() == 2 * len(walls)

    town.start_bureau()
    back = boot(tmp_path, "with-a-network", DEAD)
    for _ in range(2):
        back.beats(kiosk_dir)
    with the_hall_of(kiosk_dir) as kiosk, kiosk.hall.store.reading() as records:
        health = records.settings.sync_health()
    assert (health.pending, health.refused_open, health.last_problem) == (0, 0, "")
    with opened(town.bureau_dir) as database, database.reading() as connection:
        came = connection.execute(
            select(check_in).where(check_in.c.queue_number.like("A%")).order_by(check_in.c.sequence)
        ).all()
    assert [row.sequence for row in came] == list(range(1, 2 * len(walls) + 1))
    assert [row.arrived_at for row in came] == sorted(row.arrived_at for row in came)
    assert {row.hall_day for row in came} == {today}
    assert town.counts()["dead_letters"] == 0
    town.assert_sound()


def test_a_clock_that_is_years_off_keeps_nobody_from_being_given_places(
    town: Town, printer: Stand, tmp_path: Path
) -> None:
    kiosk_dir = a_kiosk(town, printer, "B", 2)
    beat(kiosk_dir)
    for number, wall in enumerate([datetime.now(UTC) + FAR_AHEAD, DEAD]):
        job = plain_job(town.sample, f"job-{number}", 40)
        town.publish([job.model_copy(update={"pay": job.pay.model_copy(update={"fen": 90000})})])
        machine = boot(tmp_path, f"boot-{number}", wall)
        for _ in range(3):
            machine.beats(kiosk_dir)
        with the_hall_of(kiosk_dir) as kiosk, kiosk.hall.store.reading() as records:
            held = records.rights.free(places_of(JobId(job.id)))
        assert held, "numbers of a job that was published under the wrong clock"
        told = machine.lives(kiosk_dir, [100 + number])
        assert [what for what, _ in told] == ["ready", "came", "took", "sending", "printed"], told


def test_a_clock_that_is_years_off_keeps_nobody_from_places_that_come_by_stick(
    town: Town, printer: Stand, tmp_path: Path
) -> None:
    """Never on a network: only letters tell what day it is. Broken by living by the wall clock."""
    kiosk_dir, stick = a_kiosk(town, printer, "C", 3), tmp_path / "stick"
    stick.mkdir()
    for number, wall in enumerate([datetime.now(UTC) + FAR_AHEAD, DEAD]):
        job = plain_job(town.sample, f"by-stick-{number}", 40)
        town.publish([job.model_copy(update={"pay": job.pay.model_copy(update={"fen": 95000})})])
        machine = boot(tmp_path, f"stick-{number}", wall)
        machine.errand("write", kiosk_dir, stick)
        for _ in range(4):
            serve_stick(town.bureau_dir, UsbStick(stick), SystemClock())
            machine.errand("read", kiosk_dir, stick)
        with the_hall_of(kiosk_dir) as kiosk, kiosk.hall.store.reading() as records:
            assert records.rights.free(places_of(JobId(job.id))), wall
        told = machine.lives(kiosk_dir, [200 + number])
        assert [what for what, _ in told] == ["ready", "came", "took", "sending", "printed"], told
