"""What a tap waits for: the flushes of the disk, counted as they happen and not by a clock."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from kiosk.actions.print_slip import begin_printing, record_printed
from kiosk.actions.take_place import take_place
from kiosk.domain.ids import JobId, places_of
from tests.durability.mornings import JOBS, Kiosk, a_kiosk, come_in, grant, recorded
from tests.durability.platters import Flushed, NamesFlushed, Operation

TAKES = 12


def flushed(operations: Sequence[Operation]) -> list[str]:
    """Return the folder of each flush, those of names among them."""
    return [item.folder.name for item in operations if isinstance(item, Flushed | NamesFlushed)]


def test_a_take_costs_two_flushes_one_of_the_log_and_one_of_the_marker(
    furnished: Path, tmp_path: Path
) -> None:
    """One-line break: in `_configure` of `kiosk/storage/database.py`, fold the log at every commit."""
    root = shutil.copytree(furnished, tmp_path / "kiosk")
    with recorded(root) as morning, a_kiosk(root) as kiosk:
        grant(kiosk, {places_of(JobId(JOBS[0])): (1, TAKES + 1)})
        come_in(kiosk, 1)
        operations = morning.recording.operations
        for number in range(2, TAKES + 2):
            met = come_in(kiosk, number)
            before = len(operations)
            job = next(job for job in kiosk.sample.jobs if job.id == JOBS[0])
            taken = take_place(kiosk.hall, met, JobId(job.id), job.version)
            assert flushed(operations[before:]) == ["data", "marker"]
            before = len(operations)
            begin_printing(kiosk.hall, taken.slip)
            assert flushed(operations[before:]) == ["data"], "no entry, so the marker has nothing to follow"
            before = len(operations)
            record_printed(kiosk.hall, taken.slip, "token")
            assert flushed(operations[before:]) == ["data", "marker"]


def test_looking_costs_none(furnished: Path, tmp_path: Path) -> None:
    root = shutil.copytree(furnished, tmp_path / "kiosk")
    with recorded(root) as morning, a_kiosk(root) as kiosk:
        come_in(kiosk, 1)
        before = len(morning.recording.operations)
        look_around(kiosk)
        assert morning.recording.operations[before:] == []


def look_around(kiosk: Kiosk) -> None:
    with kiosk.hall.store.reading() as records:
        for job in kiosk.sample.jobs:
            records.board.line(JobId(job.id), kiosk.clock.now())
        assert records.slips.all() == []
    kiosk.sync.sync_book.outgoing(100)


def test_the_first_take_after_a_start_also_pays_for_a_new_log(furnished: Path, tmp_path: Path) -> None:
    """A log that begins has its head and its name flushed, once; that comes with the first commit."""
    root = shutil.copytree(furnished, tmp_path / "kiosk")
    with recorded(root) as morning, a_kiosk(root) as kiosk:
        before = len(morning.recording.operations)
        come_in(kiosk, 1)
        first = flushed(morning.recording.operations[before:])
    assert sorted(first) == ["data", "data", "data", "marker"]
