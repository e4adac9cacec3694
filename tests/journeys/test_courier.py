"""Two kiosks, a bureau and a stick, and no network at all: facts arrive, state comes back, nothing twice."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.actions.call_help import call_help
from kiosk.actions.carry_bundles import Stick
from kiosk.actions.faults import WorldFault
from kiosk.actions.ports import SyncHealth
from kiosk.actions.stick_errands import Errand, ErrandFace, ErrandStage, FoundStick
from kiosk.app.courier import ERRANDS
from kiosk.app.nudges import PULSE_SOCKET
from kiosk.app.settings import read_settings
from kiosk.app.stick_errands import desk_errands
from kiosk.app.sticks import UsbStick
from kiosk.bureau.couriers import serve_stick
from kiosk.domain.ids import JobId, places_of
from kiosk.system_clock import SystemClock
from tests.journeys.actors import beat, kiosk_actor, pulse_actor
from tests.journeys.town import Town, a_town, plain_job, the_hall_of
from tests.patience import wait_until
from tests.sticks import FailingStick

JOB, NEW_JOB = JobId("three-places"), JobId("new-work")
_CONTEXT = multiprocessing.get_context("forkserver")


def die() -> None:
    """End this process as a power cut does."""
    os.kill(os.getpid(), signal.SIGKILL)


def errand(what: str, data_dir: Path, mounted_at: Path, dies_at: int | None = None) -> list[str]:
    """Do an errand and return what it says, as keys of sentences."""
    stick: Stick = UsbStick(mounted_at)
    if dies_at is not None:
        stick = FailingStick(stick, dies_at, die)
    if what == "bureau":
        outcomes = serve_stick(data_dir, stick, SystemClock())
    else:
        outcomes = ERRANDS[what](read_settings(data_dir), stick)
    return [item.sentence.key for item in outcomes]


def killed(what: str, data_dir: Path, mounted_at: Path, dies_at: int) -> None:
    """Do an errand in a process that is killed at its n-th step on the stick."""
    process = _CONTEXT.Process(target=errand, args=(what, data_dir, mounted_at, dies_at))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def health(data_dir: Path) -> SyncHealth:
    with the_hall_of(data_dir) as kiosk, kiosk.hall.store.reading() as records:
        return records.settings.sync_health()


def free_numbers(data_dir: Path, job: JobId) -> int:
    with the_hall_of(data_dir) as kiosk, kiosk.hall.store.reading() as records:
        return len(records.rights.free(places_of(job)))


def is_on_board(data_dir: Path, job: JobId) -> bool:
    with the_hall_of(data_dir) as kiosk, kiosk.hall.store.reading() as records:
        return records.board.line(job, kiosk.hall.now()) is not None


def call_for_help(data_dir: Path, times: int = 1) -> None:
    with the_hall_of(data_dir) as kiosk:
        for _ in range(times):
            call_help(kiosk.hall, "home", None)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    mounted_at = tmp_path / "stick"
    mounted_at.mkdir()
    return mounted_at


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town with three kiosks that were enrolled, spoke twice, and have no network any more."""
    with a_town(tmp_path_factory.mktemp("town")) as made:
        kiosks = [made.enrol("A", 1), made.enrol("B", 2), made.enrol("C", 3)]
        made.publish([plain_job(made.sample, JOB, 9).model_copy(update={"dawn_percent": 100})])
        for _ in range(2):
            for kiosk in kiosks:
                beat(kiosk)
        made.kill_bureau()
        yield made


def test_a_morning_goes_up_by_stick_and_state_comes_down_and_nothing_is_applied_twice(
    town: Town, stick: Path, tmp_path: Path
) -> None:
    first, second, _ = town.kiosks
    told = kiosk_actor(first, JOB, range(1, 4), prints=False).heard()
    took = [which for what, which in told if what == "took"]
    assert len(took) == 3
    pending = health(first).pending
    assert pending >= 6

    assert errand("write", first, stick) == ["courier.written"]
    assert errand("write", second, stick) == ["courier.written"]
    copy = Path(shutil.copytree(stick, tmp_path / "copy"))
    town.publish([plain_job(town.sample, NEW_JOB, 4).model_copy(update={"dawn_percent": 100})])
    assert errand("bureau", town.bureau_dir, stick) == ["courier.delivered"] * 2
    known = town.counts()
    assert (known["placements"], known["check_ins"], known["dead_letters"]) == (3, 3, 0)
    assert set(town.slips()) == set(took)

    answered = Path(shutil.copytree(stick, tmp_path / "answered"))
    assert errand("read", first, stick) == ["courier.more", "courier.written"]
    assert health(first).pending == 0
    assert is_on_board(first, NEW_JOB)
    assert errand("bureau", town.bureau_dir, stick) == ["courier.delivered"] * 2
    assert "courier.written" in errand("read", first, stick)
    assert free_numbers(first, NEW_JOB) > 0

    # The same answers and the same bundles again, from copies and in the other order.
    free = free_numbers(first, NEW_JOB)
    assert "courier.written" in errand("read", first, answered)
    assert free_numbers(first, NEW_JOB) == free
    assert is_on_board(first, NEW_JOB)
    assert errand("bureau", town.bureau_dir, copy) == ["courier.delivered"] * 2
    assert town.counts()["events"] == known["events"]
    assert "courier.written" in errand("read", first, copy)
    assert (health(first).pending, free_numbers(first, NEW_JOB)) == (0, free)
    town.assert_sound()


def test_a_kiosk_with_a_network_carries_what_it_cannot_read(town: Town, stick: Path) -> None:
    _, first, second = town.kiosks
    before = town.counts()["events"]
    call_for_help(first, 3)
    assert errand("write", first, stick) == ["courier.written"]
    with pytest.raises(WorldFault, match=r"courier\.unreachable"):
        errand("carry", second, stick)
    town.start_bureau()
    assert errand("carry", second, stick) == ["courier.delivered"]
    assert town.counts()["events"] >= before + 3  # a test before may have left some unsaid
    town.kill_bureau()
    assert errand("read", second, stick) == ["courier.nothing", "courier.written"]
    assert health(first).pending >= 3
    assert "courier.written" in errand("read", first, stick)
    assert health(first).pending == 0
    town.assert_sound()


def test_a_program_killed_between_any_two_files_leaves_the_trip_as_good_as_before(
    town: Town, stick: Path
) -> None:
    _, _, first = town.kiosks
    before = town.counts()["events"]
    call_for_help(first, 2)
    killed("write", first, stick, 0)
    assert errand("bureau", town.bureau_dir, stick) == []
    killed("write", first, stick, 1)
    killed("bureau", town.bureau_dir, stick, 2)
    assert town.counts()["events"] >= before + 2, "taken in, though the answer was never written"
    assert errand("bureau", town.bureau_dir, stick) == ["courier.delivered"]
    killed("read", first, stick, 0)
    assert health(first).pending == 0, "applied, though the answer still lies there"
    call_for_help(first)
    assert errand("read", first, stick) == ["courier.read", "courier.written"]
    assert health(first).pending == 1
    assert errand("bureau", town.bureau_dir, stick) == ["courier.delivered"]
    assert town.counts()["events"] >= before + 3
    town.assert_sound()


def test_a_stick_is_written_and_read_beside_a_running_kiosk(town: Town, stick: Path) -> None:
    _, first, _ = town.kiosks
    with the_hall_of(first) as kiosk:
        pulse = pulse_actor(first)
        try:
            wait_until((first / PULSE_SOCKET).exists, "the sync process to listen")
            call_help(kiosk.hall, "home", None)
            assert errand("write", first, stick) == ["courier.written"]
            call_help(kiosk.hall, "home", None)
            assert errand("bureau", town.bureau_dir, stick) == ["courier.delivered"]
            assert "courier.written" in errand("read", first, stick)
            with kiosk.hall.store.reading() as records:
                assert records.settings.sync_health().pending == 1
        finally:
            pulse.stop()
    town.assert_sound()


def test_the_commands_tell_in_two_languages_what_to_do_with_the_stick(town: Town, stick: Path) -> None:
    first, *_ = town.kiosks
    call_for_help(first)
    for arguments in (
        ["courier", "write", str(stick), "--data", str(first)],
        ["bureau", "courier", str(stick), "--data", str(town.bureau_dir)],
        ["courier", "read", str(stick), "--data", str(first)],
    ):
        command = [sys.executable, "-m", "kiosk", *arguments]
        run = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
        assert "U 盘" in run.stdout
        assert "stick" in run.stdout
    assert health(first).pending == 0


def at_the_desk(data_dir: Path, mounted_at: Path, what: Errand) -> ErrandFace:
    """Do an errand as the desk's page does it, and return what it shows in the end."""
    errands = desk_errands(read_settings(data_dir))
    errands.begin(what, FoundStick(str(mounted_at), mounted_at.name))
    assert errands.ended(timeout_s=60)
    return errands.face()


def test_the_desk_does_the_same_errands_and_says_why_one_fails(town: Town, stick: Path) -> None:
    kiosk = town.kiosks[2]
    written = at_the_desk(kiosk, stick, Errand.WRITE)
    assert (written.is_well, [item.sentence.key for item in written.outcomes]) == (True, ["courier.written"])
    assert errand("bureau", town.bureau_dir, stick) == ["courier.delivered"]
    read = at_the_desk(kiosk, stick, Errand.READ)
    assert [item.sentence.key for item in read.outcomes][-1] == "courier.written"
    shutil.rmtree(stick)
    gone = at_the_desk(kiosk, stick, Errand.WRITE)
    assert gone.fault is not None
    assert (gone.stage, gone.fault.key) == (ErrandStage.DONE, "courier.stick.gone")
