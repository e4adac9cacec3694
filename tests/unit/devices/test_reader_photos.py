"""A photo decoder may do what it likes; a check-in does not notice."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from kiosk.devices.emulators.cards import PHOTO
from kiosk.devices.photos import MOST_FAILURES, GuardedDecoder, PhotoMinder
from kiosk.devices.readers import CardPresented, CardRemoved, ReaderMinder
from tests.unit.devices.event_books import PATIENCE_S
from tests.unit.devices.reader_cards import CITIZEN
from tests.unit.devices.reader_rig import QUICK, Events, emulated

LONG_S = 60.0
DECODERS = """
import os, signal, sys

def sound(photo):
    print("a library that talks")
    print("and complains", file=sys.stderr)
    return b"BM" + photo[:2]

def raises(photo):
    raise RuntimeError("no licence")

def dies(photo):
    os.abort()

def hangs(photo):
    with open(os.environ["HUNG"] + ".new", "w") as hung:
        hung.write(str(os.getpid()))
    os.replace(hung.name, os.environ["HUNG"])
    signal.pause()

def nonsense(photo):
    return b"photo"

def endless(photo):
    return b"BM" + bytes(2_000_000)
"""


@pytest.fixture(autouse=True)
def decoders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A maker's library with entry points of every temper, where our processes find it."""
    (tmp_path / "makers_wlt.py").write_text(DECODERS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("HUNG", str(tmp_path / "hung"))


def test_a_sound_decoder_gives_a_picture() -> None:
    assert GuardedDecoder("makers_wlt:sound", LONG_S).decode(PHOTO) == b"BMWL"


@pytest.mark.parametrize("temper", ["raises", "dies", "nonsense", "endless", "missing"])
def test_a_decoder_that_fails_costs_the_picture_alone(temper: str) -> None:
    assert GuardedDecoder(f"makers_wlt:{temper}", LONG_S).decode(PHOTO) is None


def test_a_decoder_that_fails_again_and_again_is_left_alone(tmp_path: Path) -> None:
    decoder = GuardedDecoder("makers_wlt:raises", LONG_S)
    for _ in range(MOST_FAILURES):
        assert decoder.decode(PHOTO) is None
    (tmp_path / "makers_wlt.py").write_text(
        DECODERS.replace('raise RuntimeError("no licence")', "return b'BM'")
    )
    assert decoder.decode(PHOTO) is None
    assert GuardedDecoder("makers_wlt:raises", LONG_S).decode(PHOTO) == b"BM"


def test_a_decoder_that_hangs_is_ended(tmp_path: Path) -> None:
    hung, limit_s = tmp_path / "hung", 0.25
    while not hung.exists():  # a loaded machine may not even have begun to hang within the limit
        limit_s *= 2
        assert GuardedDecoder("makers_wlt:hangs", limit_s).decode(PHOTO) is None
    with pytest.raises(ProcessLookupError):
        os.kill(int(hung.read_text()), 0)


@pytest.mark.parametrize("photo", [b"", PHOTO[:-1], b"no" + PHOTO[2:]])
def test_what_is_no_photo_is_not_handed_on(photo: bytes) -> None:
    assert GuardedDecoder("makers_wlt:sound", LONG_S).decode(photo) is None


class Stuck:
    """A decoder that never comes back before it is let go."""

    def __init__(self) -> None:
        self.began, self.go = threading.Event(), threading.Event()
        self.photos: list[bytes] = []

    def decode(self, photo: bytes) -> bytes | None:
        self.photos.append(photo)
        self.began.set()
        assert self.go.wait(PATIENCE_S)
        return photo


def test_cards_are_presented_while_a_decoder_hangs_and_only_the_newest_photo_waits(tmp_path: Path) -> None:
    stuck, pictures = Stuck(), list[bytes]()
    photos = PhotoMinder(stuck, pictures.append)
    photos.start()
    photos.take(b"stuck")
    assert stuck.began.wait(PATIENCE_S)
    with emulated(tmp_path) as (emulator, address):
        events = Events()
        minder = ReaderMinder(address, events, timing=QUICK, on_photo=photos.take)
        minder.start()
        for count in (1, 2):
            emulator.lay(CITIZEN)
            events.wait_for(CardPresented, count)
            emulator.lift()
            events.wait_for(CardRemoved, count)
        assert minder.stop()
    stuck.go.set()
    assert photos.stop()

    assert stuck.photos[0] == b"stuck"
    assert len(stuck.photos) <= 2


def test_a_photo_whose_card_is_gone_is_forgotten() -> None:
    stuck, pictures = Stuck(), list[bytes]()
    photos = PhotoMinder(stuck, pictures.append)
    photos.take(PHOTO)
    photos.forget()
    photos.start()
    stuck.go.set()
    assert photos.stop()

    assert stuck.photos == []
