"""The reader's figures: frames out of noise, and a reader plugged in again."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import serial

from kiosk.devices.emulators.reader import ReaderEmulator
from kiosk.devices.emulators.reader_faults import Misbehaviour, Mischief
from kiosk.devices.emulators.reader_lines import PtyLine
from kiosk.devices.emulators.reader_module import SecurityModule
from kiosk.devices.readers import ReaderEvent, ReaderLost, ReaderMinder, ReaderReady
from kiosk.devices.sdt import commands
from kiosk.devices.sdt.frames import PREAMBLE, FrameScanner, encode_frame, encode_request
from tools.figures.rows import Measured

NOISE_MB = 4
CHUNK = 4096
FRAME_EVERY = 16_384
ROUNDS = 9
REPLUGS = 7
PATIENCE_S = 20.0
SEED = 20261122
_FALSE_HEAD = PREAMBLE + b"\x05\x08"
"""Looks like the head of a card, and swallows a frame behind it unless that is looked for."""


class FrameMissed(Exception):
    """A frame that was in the noise did not come out of it."""


def measure(work: Path) -> Iterator[Measured]:
    """Yield both figures; `work` is an empty folder."""
    yield parse()
    yield resume(work)


def parse() -> Measured:
    """Feed noise with a card's frame every 16 kB, and false preambles, as a line delivers it: MB a second.

    Beside it stands searching the same pieces for the preamble and doing nothing else.
    """
    noise, frames, card = _noise()
    chunks = [noise[at : at + CHUNK] for at in range(0, len(noise), CHUNK)]
    ours, theirs = [], []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = _found(chunks, card)
        ours.append(len(noise) / 1e6 / (time.perf_counter() - began))
        if found != frames:
            raise FrameMissed(f"{frames - found} of {frames} frames were lost")
        began = time.perf_counter()
        for chunk in chunks:
            chunk.find(PREAMBLE)
        theirs.append(len(noise) / 1e6 / (time.perf_counter() - began))
    return Measured("devices.parse", tuple(ours), tuple(theirs))


def resume(work: Path) -> Measured:
    """Pull a reader's plug and put it back: seconds until the driver says that it is ready.

    Beside it stands opening the port by hand at that moment and asking once how the module is.
    """
    link, told = work / "reader", _Told()
    emulator = ReaderEmulator(PtyLine(link), SecurityModule())
    emulator.start()
    try:
        minder = ReaderMinder(str(link), told)
        minder.start()
        told.wait_for(ReaderReady, 1)
        ours = tuple(_replug(emulator, link, told, number) for number in range(1, REPLUGS + 1))
        minder.stop()
        theirs = tuple(_asked_by_hand(link) for _ in range(REPLUGS))
    finally:
        emulator.stop()
    return Measured("devices.resume", ours, theirs)


class _Told:
    """The reader's events so far, and waiting for them."""

    def __init__(self) -> None:
        self._events: list[ReaderEvent] = []
        self._arrived = threading.Condition()

    def __call__(self, event: ReaderEvent) -> None:
        with self._arrived:
            self._events.append(event)
            self._arrived.notify_all()

    def wait_for(self, kind: type[ReaderEvent], count: int) -> None:
        """Wait until `count` events of a kind have come."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: self._count(kind) >= count, PATIENCE_S):
                raise TimeoutError(f"no {kind.__name__} within {PATIENCE_S:g} s")

    def count(self, kind: type[ReaderEvent]) -> int:
        """Return how many events of a kind have come."""
        with self._arrived:
            return self._count(kind)

    def _count(self, kind: type[ReaderEvent]) -> int:
        return sum(isinstance(event, kind) for event in self._events)


def _noise() -> tuple[bytes, int, bytes]:
    """Return noise, half random, half pieces of heads, how many cards are in it, and the card's body."""
    dice = random.Random(SEED)
    body = bytes([0, 0, commands.OK]) + dice.randbytes(1284)
    card = encode_frame(body)
    noise, frames = bytearray(), 0
    while len(noise) < NOISE_MB * 1_000_000:
        noise += dice.randbytes(FRAME_EVERY // 2)
        for _ in range(FRAME_EVERY // 16):
            noise += PREAMBLE[: dice.randrange(5)] + dice.randbytes(6)
            noise += _FALSE_HEAD if dice.randrange(32) == 0 else b""
        # One false head in 256 has a right checksum by chance; it shall end before the real frame.
        noise += dice.randbytes(len(card) + 64) + PREAMBLE + b"\xff\xff" + card
        frames += 1
    return bytes(noise), frames, body


def _found(chunks: list[bytes], card: bytes) -> int:
    scanner, found = FrameScanner(), 0
    for chunk in chunks:
        scanner.feed(chunk)
        while (body := scanner.take()) is not None:
            found += body == card
    return found


def _replug(emulator: ReaderEmulator, link: Path, told: _Told, number: int) -> float:
    """Pull the plug, wait until that is told, put it back; return the seconds until the reader is ready."""
    lost = told.count(ReaderLost)
    emulator.misbehave(Mischief(Misbehaviour.UNPLUG))
    told.wait_for(ReaderLost, lost + 1)
    emulator.misbehave(Mischief())
    tick = threading.Event()
    while not link.is_symlink():
        tick.wait(0.001)
    began = time.perf_counter()
    told.wait_for(ReaderReady, number + 1)
    return time.perf_counter() - began


def _asked_by_hand(link: Path) -> float:
    began = time.perf_counter()
    with serial.Serial(str(link), commands.BAUDS[0], timeout=PATIENCE_S) as port:
        port.write(encode_request(commands.STATUS.code, commands.STATUS.parameter))
        port.read(11)
    return time.perf_counter() - began
