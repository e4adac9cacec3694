"""The sync process beside a kiosk: hurried by a nudge, kept alive, honest to the desk, bringing the time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk import catalogue
from kiosk.actions.call_help import call_help
from kiosk.actions.ports import SyncHealth
from kiosk.app.agreed_time import AgreedTime, take_over_heard
from kiosk.app.building import OpenHall
from kiosk.app.machine import boot_id
from kiosk.app.nudges import PULSE_SOCKET, SCREEN_SOCKET, NudgeMinder, nudge
from kiosk.app.pulse_keeper import PulseKeeper
from kiosk.app.settings import write_setting
from kiosk.system_clock import SystemClock
from tests.journeys.actors import beat
from tests.journeys.town import Town, a_town, the_hall_of
from tests.patience import wait_until

STOP_S = 20.0


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with a_town(tmp_path_factory.mktemp("town")) as made:
        yield made


@contextmanager
def kept_pulse(data_dir: Path) -> Iterator[PulseKeeper]:
    keeper = PulseKeeper(data_dir, {"sync_interval_s": "60"})
    keeper.start()
    try:
        wait_until((data_dir / PULSE_SOCKET).exists, "the sync process to listen")
        yield keeper
    finally:
        keeper.stop()


def health_of(kiosk: OpenHall) -> SyncHealth:
    with kiosk.hall.store.reading() as records:
        return records.settings.sync_health()


def test_what_happens_is_at_the_bureau_without_waiting_also_after_its_sync_was_killed(town: Town) -> None:
    data_dir = town.enrol("A", 1)
    beat(data_dir)
    with the_hall_of(data_dir) as kiosk, kept_pulse(data_dir) as keeper:
        wait_until(lambda: health_of(kiosk).next_try_at is not None, "a first round")
        before = town.heard("help_called")  # other tests of this town may have spoken first
        for events in (1, 2):
            scheduled = health_of(kiosk).next_try_at
            call_help(kiosk.hall, "home", None)
            nudge(data_dir / PULSE_SOCKET)
            wait_until(lambda: health_of(kiosk).pending == 0, "the bureau to know")
            done = health_of(kiosk).last_success_at
            assert scheduled is not None
            assert done is not None
            assert done < scheduled, "hurried by the nudge, not by the interval"
            assert town.heard("help_called") == before + events
            if events == 1:
                first_pid = keeper.pid
                assert first_pid is not None
                os.kill(first_pid, signal.SIGKILL)
                (data_dir / PULSE_SOCKET).unlink()  # what a killed process leaves behind says nothing
                wait_until((data_dir / PULSE_SOCKET).exists, "another sync process to listen")
                assert keeper.pid != first_pid
        health = health_of(kiosk)
        assert health.next_try_at is not None
        assert health.last_success_at is not None
        wait_s = (health.next_try_at - health.last_success_at).total_seconds()
        assert 48 <= wait_s <= 73, "an interval of 60 s, give or take a fifth"


def test_a_sync_process_ends_however_often_it_is_told_to(town: Town) -> None:
    """A screen that is killed tells it once for each thread the screen had."""
    data_dir = town.enrol("S", 8)
    beat(data_dir)
    command = [sys.executable, "-m", "kiosk", "pulse", "--data", str(data_dir)]
    with subprocess.Popen(command) as process:
        wait_until((data_dir / PULSE_SOCKET).exists, "the sync process to listen")
        for _ in range(2000):
            process.send_signal(signal.SIGTERM)
        try:
            assert process.wait(STOP_S) == 0
        finally:
            process.kill()


def test_the_desk_is_told_in_a_sentence_why_nothing_goes_up_and_that_it_does_again(town: Town) -> None:
    data_dir = town.enrol("B", 2)
    beat(data_dir)
    with the_hall_of(data_dir) as kiosk:
        success = health_of(kiosk).last_success_at
        call_help(kiosk.hall, "home", None)
        town.kill_bureau()
        beat(data_dir)
        down = health_of(kiosk)
        assert (down.pending, down.last_problem, down.last_success_at) == (1, "sync.unreachable", success)
        assert down.next_try_at is not None
        assert down.next_try_at - datetime.now(UTC) < timedelta(seconds=3), "the first tries come quickly"
        assert down.oldest_pending_at is not None
        for language in ("zh_CN", "en"):
            assert catalogue.load(language)(down.last_problem) != down.last_problem
        town.start_bureau()
        beat(data_dir)
        up = health_of(kiosk)
        assert (up.pending, up.last_problem) == (0, "")
    town.assert_sound()


def test_a_server_of_another_authority_gets_nothing(town: Town, tmp_path: Path) -> None:
    """Broken by `verify_mode = ssl.CERT_NONE` in `pinned_context`."""
    data_dir = town.enrol("C", 3)
    with a_town(tmp_path) as stranger, the_hall_of(data_dir) as kiosk:
        call_help(kiosk.hall, "home", None)
        write_setting(data_dir, "bureau_url", f"https://127.0.0.1:{stranger.port}")
        beat(data_dir)
        assert health_of(kiosk).last_problem == "sync.not_our_bureau"
        assert health_of(kiosk).pending == 1


@dataclass(slots=True)
class WallClock:
    """The machine's clocks with a hand on the wall clock."""

    moved: timedelta

    def now(self) -> datetime:
        return datetime.now(UTC) + self.moved

    def monotonic(self) -> float:
        return SystemClock().monotonic()


def test_the_bureaus_time_reaches_the_screen_process_by_a_nudge(town: Town) -> None:
    data_dir = town.enrol("D", 4)
    with the_hall_of(data_dir) as kiosk:
        agreed = AgreedTime(WallClock(timedelta(days=-20_000)))
        heard: list[datetime] = []

        def hear() -> None:
            take_over_heard(agreed, kiosk.opened.store, boot_id())
            heard.append(agreed.now())

        ears = NudgeMinder(data_dir / SCREEN_SOCKET, hear)
        ears.start()
        beat(data_dir)
        wait_until(lambda: bool(heard), "a nudge")
        ears.stop()
        assert abs(agreed.now() - datetime.now(UTC)) < timedelta(seconds=2)
        other_boot = AgreedTime(WallClock(timedelta(days=-20_000)))
        assert datetime.now(UTC) - other_boot.now() > timedelta(days=19_999)
        take_over_heard(other_boot, kiosk.opened.store, "another boot")
        assert abs(heard[0] - other_boot.now()) < timedelta(seconds=30), "as late as the last word at least"
    with the_hall_of(data_dir) as again:
        again.hear_pulse()
        assert abs(again.agreed.now() - datetime.now(UTC)) < timedelta(seconds=2)
