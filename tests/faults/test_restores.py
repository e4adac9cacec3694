"""The bureau is put back from a backup in the middle of a day, with one kiosk dark and a bad line to all."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.app.settings import write_settings
from kiosk.bureau.backups import back_up
from kiosk.bureau.write_offs import awaited_machines
from kiosk.domain.ids import JobId, places_of
from kiosk.system_clock import SystemClock
from tests.faults.bad_days import speak_out
from tests.faults.bad_lines import a_bad_line
from tests.faults.oracles import assert_bureau_knows_all, assert_numbers_go_once, settled
from tests.journeys.actors import beat, kiosk_actor, pulse_actor
from tests.journeys.town import Town, a_town, plain_job, the_hall_of
from tests.patience import wait_until

BEFORE, BETWEEN, AFTER = JobId("before"), JobId("between"), JobId("after")
CAPACITY = 12


def take(kiosk: Path, job: JobId, workers: Sequence[int]) -> list[str]:
    """Let workers come to a kiosk for one job; return the slips they were told of."""
    told = kiosk_actor(kiosk, job, workers, prints=False).heard()
    return [which for what, which in told if what == "took"]


def put_back(town: Town, backups: Path) -> None:
    command = [sys.executable, "-m", "kiosk", "bureau", "restore", "--data", str(town.bureau_dir)]
    subprocess.run([*command, str(backups)], check=True, capture_output=True, timeout=60)


def held(kiosk: Path, job: JobId) -> int:
    """Return how many numbers of a job a kiosk may still hand out."""
    with the_hall_of(kiosk) as opened, opened.hall.store.reading() as records:
        return len(records.rights.free(places_of(job)))


def wait_for_numbers(kiosk: Path, job: JobId) -> None:
    """Let a kiosk sync until it may hand out places of a job."""

    def has_numbers() -> bool:
        beat(kiosk)
        return held(kiosk, job) > 0

    wait_until(has_numbers, f"numbers of the job {job}")


def wait_until_told(kiosk: Path) -> None:
    """Wait until the kiosk's own sync process has told everything."""

    def is_told() -> bool:
        with the_hall_of(kiosk) as opened, opened.hall.store.reading() as records:
            return records.settings.sync_health().pending == 0

    wait_until(is_told, "the bureau to acknowledge")


def wait_for_reports_but_of(town: Town, kiosk: str) -> None:
    """Wait until a restored bureau waits for nobody else."""
    wait_until(lambda: {item.kiosk for item in awaited_machines(town.bureau_dir)} == {kiosk}, "the reports")


def test_a_bureau_put_back_in_the_middle_of_the_day_loses_nothing_and_sells_nothing_twice(
    tmp_path: Path,
) -> None:
    seed = random.getrandbits(32)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    with a_town(tmp_path) as town, a_bad_line(town.bureau_dir, town.port, seed, share=0.3) as line:
        kiosks = [town.enrol(letter, number) for number, letter in enumerate("ABC", 1)]
        first, second, dark = kiosks
        town.publish([plain_job(town.sample, BEFORE, CAPACITY)])
        for kiosk in kiosks * 2:
            beat(kiosk)
        for kiosk in kiosks:
            write_settings(kiosk, {"bureau_url": line.url, "sync_interval_s": 0.05})
        told = take(first, BEFORE, [1]) + take(second, BEFORE, [2]) + take(dark, BEFORE, [3])
        for kiosk in kiosks:
            speak_out(kiosk)
        back_up(town.bureau_dir, tmp_path / "backups", SystemClock().now())

        # What the backup does not know: a job, numbers of it, and what was told and acknowledged since.
        town.publish([plain_job(town.sample, BETWEEN, CAPACITY)])
        for kiosk in kiosks:
            wait_for_numbers(kiosk, BETWEEN)
        pulses = [pulse_actor(kiosk) for kiosk in (first, second)]
        try:
            told += take(first, BETWEEN, [4, 5]) + take(second, BEFORE, [6])
            for kiosk in (first, second):
                wait_until_told(kiosk)
            acknowledged = town.counts()["events"]
            town.kill_bureau()
            told += take(first, BEFORE, [7]) + take(dark, BETWEEN, [8, 9])
            put_back(town, tmp_path / "backups")
            assert town.counts()["events"] < acknowledged, "the backup is older than the day"
            town.start_bureau()

            wait_for_reports_but_of(town, "NZ-03")
            town.publish([plain_job(town.sample, AFTER, CAPACITY), plain_job(town.sample, BETWEEN, CAPACITY)])
        finally:
            for pulse in pulses:
                pulse.stop()
        for kiosk in (first, second):
            speak_out(kiosk)
        told += take(second, BEFORE, [10])
        assert held(first, AFTER) == held(second, AFTER) == 0, "nobody gets a number while one is awaited"

        told += take(dark, BEFORE, [11])
        speak_out(dark)
        assert awaited_machines(town.bureau_dir) == [], "whom nobody awaits any more"
        for kiosk in kiosks:
            wait_for_numbers(kiosk, AFTER)
        told += take(first, AFTER, [12]) + take(dark, AFTER, [13])
        line.mend()
        for kiosk in kiosks:
            speak_out(kiosk)

        kept = [settled(kiosk) for kiosk in kiosks]
        assert {slip.number for post in kept for slip in post.slips} == set(told)
        assert len(told) == 13
        assert_numbers_go_once(kept)
        assert_bureau_knows_all(town, kept)
