"""The disk that tests cut: what was flushed stays, and of everything since anything may be."""

from __future__ import annotations

import random
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.durability.platters import (
    SECTOR_BYTES,
    Bytes,
    Flushed,
    FlushFailed,
    FolderMade,
    Loss,
    Named,
    Names,
    NamesFlushed,
    Operation,
    Platter,
    Renamed,
    Shortened,
    Unnamed,
    Written,
)

FOLDER = PurePath("folder")
A, B = FOLDER / "a", FOLDER / "b"


def disk() -> Platter:
    return Platter.holding({A: b"old"}, {A: 1})


def after(*operations: Operation, loss: Loss = Loss.ALL) -> dict[PurePath, bytes]:
    platter = disk()
    for operation in operations:
        platter.take(operation)
    return platter.image(loss, random.Random(1))


def test_what_was_not_flushed_may_be_gone_or_there() -> None:
    assert after(Written(1, 0, b"new")) == {A: b"old"}
    assert after(Written(1, 0, b"new"), loss=Loss.NOTHING) == {A: b"new"}


def test_what_was_flushed_stays_and_covers_no_other_file() -> None:
    written = (Named(B, 2), NamesFlushed(FOLDER), Written(1, 0, b"new"), Written(2, 0, b"other"))
    assert after(*written, Flushed(1, FOLDER)) == {A: b"new", B: b""}


def test_a_new_name_needs_its_folders_flush() -> None:
    written = (Named(B, 2), Written(2, 0, b"new"), Flushed(2, FOLDER))
    assert after(*written) == {A: b"old"}
    assert after(*written, NamesFlushed(FOLDER)) == {A: b"old", B: b"new"}


def test_a_file_moved_over_another_is_one_or_the_other() -> None:
    moved = (Named(B, 2), Written(2, 0, b"new"), Flushed(2, FOLDER), NamesFlushed(FOLDER), Renamed(B, A))
    assert after(*moved) == {A: b"old", B: b"new"}
    assert after(*moved, loss=Loss.NOTHING) == {A: b"new"}


def test_a_new_folder_takes_along_what_lies_in_it() -> None:
    inner = FOLDER / "inner"
    made = (FolderMade(inner), Named(inner / "b", 2), Written(2, 0, b"new"), Flushed(2, inner))
    assert after(*made, NamesFlushed(inner)) == {A: b"old"}
    assert after(*made, NamesFlushed(inner), NamesFlushed(FOLDER)) == {A: b"old", inner / "b": b"new"}


def test_a_name_taken_away_may_come_back() -> None:
    assert after(Unnamed(A)) == {A: b"old"}
    assert after(Unnamed(A), NamesFlushed(FOLDER)) == {}


def test_a_write_behind_the_end_leaves_zeros_before_it() -> None:
    assert after(Written(1, 5, b"x"), Flushed(1, FOLDER)) == {A: b"old\0\0x"}
    assert after(Shortened(1, 1), Flushed(1, FOLDER)) == {A: b"o"}


def test_what_a_failed_flush_should_have_kept_is_never_tried_again() -> None:
    failed = (Written(1, 0, b"new"), FlushFailed(1), Written(1, 3, b"er"), Flushed(1, FOLDER))
    assert after(*failed) == {A: b"older"}


def test_an_ignored_flush_keeps_nothing() -> None:
    platter = disk()
    platter.take(Written(1, 0, b"new"))
    platter.take(Flushed(1, FOLDER), is_ignored=True)
    assert platter.image(Loss.ALL, random.Random(1)) == {A: b"old"}


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=3000), st.randoms(use_true_random=False))
def test_a_torn_write_keeps_each_sector_whole_or_not_at_all(
    at: int, content: bytes, dice: random.Random
) -> None:
    before = b"." * 6000
    platter = Platter.holding({A: before}, {A: 1})
    platter.take(Written(1, at, content))
    torn = platter.image(Loss.SECTORS, dice)[A]
    whole = before[:at] + content + before[at + len(content) :]
    for first in range(0, len(before), SECTOR_BYTES):
        sector = slice(first, first + SECTOR_BYTES)
        assert torn[sector] in {before[sector], whole[sector]}


def test_a_spoiled_sector_takes_its_neighbours_bytes_along() -> None:
    platter = Platter.holding({A: b"." * SECTOR_BYTES * 2}, {A: 1})
    platter.take(Written(1, 10, b"new"))
    spoiled = platter.image(Loss.SPOILED, random.Random(1))[A]
    assert spoiled[SECTOR_BYTES:] == b"." * SECTOR_BYTES
    assert spoiled[20:SECTOR_BYTES] != b"." * (SECTOR_BYTES - 20)


@pytest.mark.parametrize("loss", Loss)
@given(names=st.lists(st.sampled_from([Named(B, 2), Renamed(A, B), Renamed(B, A), Unnamed(B)]), max_size=6))
def test_an_image_names_only_files_there_ever_were(loss: Loss, names: list[Bytes | Names]) -> None:
    platter = disk()
    for operation in names:
        platter.take(operation)
    assert set(platter.image(loss, random.Random(1)).values()) <= {b"old", b""}
