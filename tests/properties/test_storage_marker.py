"""The marker under two real processes that follow their commits, or keep what was granted, at once."""

from __future__ import annotations

from pathlib import Path

from kiosk.domain.quotas import NumberSet
from kiosk.protocol import marks
from kiosk.storage.marker import Marker
from tests.properties.races import race

WRITER = """
import sys
from pathlib import Path
from kiosk.storage.marker import Marker
marker = Marker(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for head in range(int(sys.argv[2]), int(sys.argv[3]), 2):
    marker.raise_head("s1", head, f"{head:064x}", {sys.argv[2]: head})
    mark = marker.read()
    if mark is None or mark.head < head or mark.counters[sys.argv[2]] != head:
        sys.exit(f"{head} was followed and is gone: {mark}")
"""
GRANTED = """
import sys
from pathlib import Path
from kiosk.domain.quotas import NumberSet
from kiosk.protocol import marks
from kiosk.storage.marker import Marker
marker = Marker(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2]), int(sys.argv[3]), 2):
    marks.raise_granted(marker, "s1", {"places:J1": NumberSet.single(number)})
    known = marker.read_granted()
    if known is None or number not in known.granted["places:J1"]:
        sys.exit(f"{number} was granted and is gone: {known}")
"""
EACH = 200
GRANTS = 60


def test_two_processes_that_follow_their_commits_lose_none(tmp_path: Path) -> None:
    """One-line break: in `kiosk/storage/marker.py`, do not take the lock of the file."""
    marks.begin(Marker(tmp_path), "s1", "boot", "fingerprint")
    race(WRITER, [(tmp_path, first, 2 * EACH + 1) for first in (1, 2)])
    mark = Marker(tmp_path).read()
    assert mark is not None
    assert (mark.head, mark.counters) == (2 * EACH, {"1": 2 * EACH - 1, "2": 2 * EACH})


def test_numbers_that_come_by_wire_and_by_stick_at_once_are_all_remembered(tmp_path: Path) -> None:
    """Breaks as above: what one process keeps is written over by what the other had read before."""
    marks.begin(Marker(tmp_path), "s1", "boot", "fingerprint")
    race(GRANTED, [(tmp_path, first, 2 * GRANTS + 1) for first in (1, 2)])
    known = Marker(tmp_path).read_granted()
    assert known is not None
    assert known.granted == {"places:J1": NumberSet.up_to(2 * GRANTS)}
