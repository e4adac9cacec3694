"""The marker under two real processes that follow their commits at once."""

from __future__ import annotations

from pathlib import Path

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
EACH = 200


def test_two_processes_that_follow_their_commits_lose_none(tmp_path: Path) -> None:
    """One-line break: in `kiosk/storage/marker.py`, do not take the lock of the file."""
    marks.begin(Marker(tmp_path), "s1", "boot", "fingerprint")
    race(WRITER, [(tmp_path, first, 2 * EACH + 1) for first in (1, 2)])
    mark = Marker(tmp_path).read()
    assert mark is not None
    assert (mark.head, mark.counters) == (2 * EACH, {"1": 2 * EACH - 1, "2": 2 * EACH})
