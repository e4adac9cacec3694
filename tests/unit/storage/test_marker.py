"""The marker only rises, survives a torn write, and belongs to one stream at a time."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.actions.faults import IntegrityFault, StorageFault
from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.protocol import marks
from kiosk.storage.marker import Marker


def begun(folder: Path) -> Marker:
    marker = Marker(folder)
    marks.begin(marker, "s1", "boot", "machine")
    return marker


def head_of(marker: Marker) -> int:
    mark = marker.read()
    assert mark is not None
    return mark.head


def numbers(first: int, last: int) -> NumberSet:
    return NumberSet.of([NumberRange(first, last)])


def test_no_marker_is_no_mark(tmp_path: Path) -> None:
    assert Marker(tmp_path).read() is None
    assert Marker(tmp_path).read_granted() is None


def test_a_head_never_falls(tmp_path: Path) -> None:
    marker = begun(tmp_path)
    for head in (3, 1, 2):
        marker.raise_head("s1", head, f"hash {head}", {"slip:0918": head})
    mark = marker.read()
    assert mark is not None
    assert (mark.head, mark.head_hash, mark.counters) == (3, "hash 3", {"slip:0918": 3})


@pytest.mark.parametrize(("torn_bytes", "head"), [(0, 1), (1, 1), (100, 1), (4096, 2)])
def test_a_torn_write_leaves_the_commit_before_it(tmp_path: Path, torn_bytes: int, head: int) -> None:
    marker = begun(tmp_path)
    marker.raise_head("s1", 1, "one", {})
    before = (tmp_path / "marker").read_bytes()
    marker.raise_head("s1", 2, "two", {})
    after = (tmp_path / "marker").read_bytes()
    at = next(
        offset for offset in (0, 4096) if before[offset : offset + 4096] != after[offset : offset + 4096]
    )
    torn = bytearray(before)
    torn[at : at + torn_bytes] = after[at : at + torn_bytes]
    (tmp_path / "marker").write_bytes(torn)
    assert head_of(marker) == head


def test_a_commit_of_another_stream_is_a_defect(tmp_path: Path) -> None:
    marker = begun(tmp_path)
    with pytest.raises(IntegrityFault):
        marker.raise_head("s2", 1, "", {})
    with pytest.raises(IntegrityFault):
        marker.raise_granted("s2", {})


def test_a_commit_of_a_stream_that_the_other_process_ended_just_now_needs_no_marker(tmp_path: Path) -> None:
    """Broken by calling it a defect: the person at the screen would be told of one, the place taken."""
    marker = begun(tmp_path)
    marks.begin(marker, "s2", "boot", "fingerprint")
    before = marker.read()
    marker.raise_head("s1", 1, "one", {})
    assert marker.read() == before


def test_granted_numbers_are_only_added(tmp_path: Path) -> None:
    marker = begun(tmp_path)
    marker.raise_granted("s1", {"places:J1": numbers(1, 3)})
    marker.raise_granted("s1", {"places:J1": numbers(2, 2), "places:J2": numbers(4, 4)})
    granted = marker.read_granted()
    assert granted is not None
    assert granted.granted == {"places:J1": numbers(1, 3), "places:J2": numbers(4, 4)}


def test_a_head_costs_no_new_room(tmp_path: Path) -> None:
    marker = begun(tmp_path)
    size, inode = (tmp_path / "marker").stat().st_size, (tmp_path / "marker").stat().st_ino
    for head in range(1, 20):
        marker.raise_head("s1", head, "h" * 64, {f"slip:{head:04d}": head})
    assert ((tmp_path / "marker").stat().st_size, (tmp_path / "marker").stat().st_ino) == (size, inode)
    mark = marker.read()
    assert mark is not None
    assert list(mark.counters) == [f"slip:{day:04d}" for day in range(12, 20)]
    assert sorted(item.name for item in tmp_path.iterdir()) == ["marker", "marker-rights.json"]


def test_a_marker_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    marker = begun(tmp_path)
    (tmp_path / "marker").unlink()
    (tmp_path / "marker").mkdir()
    with pytest.raises(StorageFault, match=r"storage\.marker_unwritable"):
        marker.raise_head("s1", 1, "", {})


@given(st.lists(st.integers(0, 50), max_size=12))
def test_the_marker_holds_the_highest_head_in_any_order(heads: list[int]) -> None:
    """One-line break: in `marks.followed`, let the head fall: `if False:`."""
    with tempfile.TemporaryDirectory() as folder:
        marker = begun(Path(folder))
        for head in heads:
            marker.raise_head("s1", head, str(head), {})
        assert head_of(marker) == max([0, *heads])
