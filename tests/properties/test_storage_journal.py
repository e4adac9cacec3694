"""The journal under two real processes that write at once, and under any mixture of commits and failures."""

from __future__ import annotations

from pathlib import Path

from kiosk.messages.events import FIRST_HASH, chain_hash
from kiosk.storage.marker import Marker
from kiosk.storage.opening import OpenedStore
from tests.properties.races import race
from tests.unit.storage.samples import opened

WRITER = """
import sys
from pathlib import Path
from tests.unit.storage.samples import joined, check_in, person
store = joined(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    with store.store.writing() as records:
        check_in(records, person(number).id)
store.close()
"""
EACH = 60


def test_two_processes_append_one_dense_chain(tmp_path: Path) -> None:
    """One-line break: in `kiosk/storage/database.py`, begin writing transactions with a plain BEGIN."""
    kept = opened(tmp_path)
    race(WRITER, [(tmp_path, 1 + at * EACH, 1 + (at + 1) * EACH) for at in range(2)])
    assert_dense_chain(kept, 2 * EACH)
    with kept.store.reading() as records:
        assert records.check_ins.count_all() == 2 * EACH
    mark = Marker(tmp_path).read()
    assert mark is not None
    assert mark.head == 2 * EACH
    kept.close()


def assert_dense_chain(kept: OpenedStore, count: int) -> None:
    said = kept.sync_book.outgoing(count + 1)
    assert [event.seq for event in said.events] == list(range(1, count + 1))
    previous = FIRST_HASH
    for event in said.events:
        assert event.prev_hash == previous
        assert event.hash == chain_hash(said.stream, event.seq, event.type, event.v, previous, event.body)
        previous = event.hash
