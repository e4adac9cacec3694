"""A stick comes from outside: its files are whole or absent, and nothing on it leads anywhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk.actions.faults import WorldFault
from kiosk.app.sticks import FOLDER, UsbStick
from kiosk.messages.bundles import MAX_BUNDLE_BYTES
from tests.unit.app.rooms import room_for


@pytest.fixture
def stick(tmp_path: Path) -> UsbStick:
    return UsbStick(tmp_path)


def test_what_is_put_on_a_stick_is_read_from_it(stick: UsbStick) -> None:
    assert stick.names() == []
    stick.put("b", b"two")
    stick.put("a", b"one")
    assert (stick.names(), stick.read("b")) == (["a", "b"], b"two")
    stick.remove("b")
    stick.remove("b")
    assert stick.names() == ["a"]


def test_a_write_that_fails_half_way_leaves_what_was_there(stick: UsbStick) -> None:
    """Broken by writing to the file itself instead of beside it."""
    stick.put("a", b"before")
    with room_for(1000), pytest.raises(WorldFault, match=r"courier\.stick"):
        stick.put("a", bytes(100_000))
    assert (stick.names(), stick.read("a")) == (["a"], b"before")
    stick.put("a", b"after")
    assert (stick.names(), stick.read("a")) == (["a"], b"after")


def test_links_and_pipes_on_a_stick_are_not_opened(stick: UsbStick, tmp_path: Path) -> None:
    """Broken by following links: whoever hands in a stick would choose which file of ours is read."""
    stick.put("a", b"one")
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (tmp_path / FOLDER / "link").symlink_to(secret)
    os.mkfifo(tmp_path / FOLDER / "pipe")
    assert stick.names() == ["a"]
    for name in ("link", "pipe"):
        with pytest.raises(WorldFault, match=r"courier\.stick\.unusable"):
            stick.read(name)


def test_a_folder_that_is_a_link_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / FOLDER).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WorldFault, match=r"courier\.stick\.unusable"):
        UsbStick(tmp_path / "stick").put("a", b"one")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_stick_that_is_not_there_is_told(tmp_path: Path) -> None:
    gone = UsbStick(tmp_path / "nowhere")
    for ask in (gone.names, lambda: gone.put("a", b""), lambda: gone.read("a")):
        with pytest.raises(WorldFault, match=r"courier\.stick\.gone"):
            ask()


def test_of_a_file_without_end_little_more_than_a_bundle_is_read(stick: UsbStick, tmp_path: Path) -> None:
    stick.put("a", b"")
    os.truncate(tmp_path / FOLDER / "a", 4 * MAX_BUNDLE_BYTES)
    assert len(stick.read("a")) == MAX_BUNDLE_BYTES + 1
