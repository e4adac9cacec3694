"""Room that is held back for a disk that runs full: made at a start, given up before a commit needs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.actions.faults import StorageFault
from kiosk.catalogue import LANGUAGES, load
from kiosk.messages.feed import FeedRow
from kiosk.storage.ballast import Ballast
from kiosk.storage.database import Database, Role
from kiosk.storage.keys import load_key
from kiosk.storage.opening import DATABASE_FILE, OpenedStore, open_store
from tests import answers
from tests.unit.storage.samples import MACHINE, TurnedClock, feed, job_body, person

MIB = 2**20


class Disk:
    """A disk with as much room as a test says."""

    def __init__(self, free_bytes: int) -> None:
        self.free_bytes = free_bytes

    def free(self, _folder: Path) -> int:
        return self.free_bytes


@pytest.fixture
def disk(kept: OpenedStore) -> Disk:
    """The disk under an opened store, whose ballast of one MiB was made."""
    disk = Disk(1000 * MIB)
    kept.database.ballast = Ballast(kept.database.path.parent, disk.free)
    kept.database.ballast.make(MIB)
    return disk


def test_a_start_holds_room_back_and_says_how_much(tmp_path: Path) -> None:
    kept = open_store(tmp_path, TurnedClock(), machine=MACHINE, ballast_bytes=MIB)
    assert kept.health().ballast_bytes == MIB
    assert (tmp_path / "ballast").stat().st_blocks * 512 >= MIB, "room on the disk, not a hole in a file"
    kept.close()


@pytest.mark.parametrize(("free_mib", "held"), [(1000, MIB), (65, MIB), (64, 0), (0, 0)])
def test_no_room_is_held_back_where_it_would_make_the_disk_low(
    tmp_path: Path, free_mib: int, held: int
) -> None:
    ballast = Ballast(tmp_path, Disk(free_mib * MIB).free)
    ballast.make(MIB)
    assert ballast.size_bytes == held


def test_another_size_replaces_the_one_there_is(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path, Disk(1000 * MIB).free)
    for size in (MIB, 2 * MIB, 0):
        ballast.make(size)
        assert ballast.size_bytes == size


def test_it_is_given_up_before_the_next_transaction_on_a_low_disk(kept: OpenedStore, disk: Disk) -> None:
    """One-line break: in `Database._lent`, do not give it up."""
    disk.free_bytes = 16 * MIB
    with kept.store.writing() as records:
        records.workers.add(person(1))
    assert kept.health().ballast_bytes == MIB
    disk.free_bytes -= 1
    assert not kept.health().is_reserve_gone
    with kept.store.writing() as records:
        assert (kept.health().ballast_bytes, kept.health().is_reserve_gone) == (0, True)
        records.workers.add(person(2))


def test_a_start_on_a_full_disk_gives_it_up_before_the_file_is_opened(tmp_path: Path) -> None:
    """One-line break: in `Database._lent`, give it up once the file is open, whose log needs room, too."""
    open_store(tmp_path, TurnedClock(), machine=MACHINE, ballast_bytes=MIB).close()
    path = tmp_path / DATABASE_FILE
    logs: list[bool] = []

    def full(_folder: Path) -> int:
        logs.append(path.with_name(f"{path.name}-wal").exists())
        return 0

    database = Database(path, load_key(tmp_path, path), Role.SCREEN)
    database.ballast = Ballast(tmp_path, full)
    with database.writing():
        assert not (tmp_path / "ballast").exists()
    database.close()
    assert not logs[0], "the disk is asked before anything is written"


def test_downloads_stop_before_anything_else(kept: OpenedStore, disk: Disk) -> None:
    """One-line break: in `apply_page`, take content whatever room there is."""
    content = [FeedRow(topic="content", id="film", pos=1, body="{}")]
    disk.free_bytes = 64 * MIB - 1
    with pytest.raises(StorageFault, match=r"storage\.disk_low"):
        answers.tell(kept, content, 1)
    assert kept.sync_book.outgoing(1).cursors == (), "it is asked for again when there is room"
    feed(kept, job_body())
    assert kept.health().ballast_bytes == MIB
    disk.free_bytes = 64 * MIB
    answers.tell(kept, [content[0].model_copy(update={"pos": 2})], 2)
    assert kept.sync_book.outgoing(1).cursors[0].pos == 2


def test_a_low_disk_is_told_in_both_languages() -> None:
    for language in LANGUAGES:
        assert load(language)("storage.disk_low")


FILLER = """
import sys
from pathlib import Path
from kiosk.actions.faults import StorageFault
from kiosk.domain.ids import JobId
from kiosk.storage import ballast
from kiosk.storage.opening import open_store
from tests.unit.storage.samples import MACHINE, PLACES, TurnedClock, feed, grant, job_body, person, take

ballast._FOR_DOWNLOADS_BYTES, ballast._FOR_COMMITS_BYTES = 2**20, 2**19
folder = Path(sys.argv[1])
store = open_store(folder, TurnedClock(), machine=MACHINE, ballast_bytes=2**20)
feed(store, job_body(headcount=5000, open_places=5000))
grant(store, PLACES, 1, 5000)
print(store.health().ballast_bytes, flush=True)
with open(folder / "other", "wb") as other:
    room = ballast.free_bytes(folder) - 2**18
    other.write(bytes(room))
taken = 0
try:
    while taken < 5000:
        with store.store.writing() as records:
            records.settings.put("filler", "x" * 20_000)
            take(records, person().id, JobId("J1"), name=f"P{taken}")
        taken += 1
except StorageFault as fault:
    print(fault.sentence.key, flush=True)
print(taken, store.health().ballast_bytes, flush=True)
store.close()
(folder / "other").unlink()
store = open_store(folder, TurnedClock(), machine=MACHINE)
with store.store.reading() as records:
    print(records.placements.count(), len(records.slips.all()), store.new_stream, flush=True)
"""
ON_A_SMALL_DISK = 'mount -t tmpfs -o size=8m none "$1" && exec "$2" -c "$3" "$1"'


def test_on_a_real_full_disk_takes_go_on_by_the_ballast_and_then_stop_whole(tmp_path: Path) -> None:
    """On a disk of eight megabytes, in a namespace of its own."""
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh"]
    if subprocess.run([*command[:4], "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    done = subprocess.run(
        [*command, str(tmp_path), sys.executable, FILLER],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert done.returncode == 0, done.stderr
    held, sentence, taken, left, *kept = done.stdout.split()
    assert (held, left) == (str(MIB), "0")
    assert sentence in {"storage.disk_full", "storage.disk_failing"}
    assert int(taken) > 2**18 // 25_000, "more than the room that was left without the ballast"
    assert kept == [taken, taken, "None"]
