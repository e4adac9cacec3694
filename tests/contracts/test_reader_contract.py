"""What every ID-card reader must do, emulated or real.

Real hardware: `KIOSK_READER=/dev/ttyUSB0 pytest -s tests/contracts/test_reader_contract.py` asks a person to
lay and lift one card; nothing of the card is printed.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from kiosk.devices.emulators.cards import card_from_values
from kiosk.devices.emulators.reader import ReaderEmulator
from kiosk.devices.emulators.reader_faults import Misbehaviour, Mischief
from kiosk.devices.emulators.reader_lines import PtyLine
from kiosk.devices.emulators.reader_module import SecurityModule
from kiosk.devices.readers import (
    CardPresented,
    CardRemoved,
    CardSensed,
    ReaderEvent,
    ReaderLost,
    ReaderMinder,
    ReaderReady,
    Timing,
)
from kiosk.domain.identity import check_number

HARDWARE = os.environ.get("KIOSK_READER")
PATIENCE_S = 60.0 if HARDWARE else 8.0
TIMING = Timing() if HARDWARE else Timing(search_s=0.02, presence_s=0.02)
CARD = {"name": "测试戊", "sex": "2", "birth_date": "1966-05-04", "number": "999999196605040028"}


class Hand(Protocol):
    """What someone does at the reader."""

    url: str

    def lay(self) -> None: ...
    def lift(self) -> None: ...
    def pull_plug(self) -> None: ...
    def put_plug_back(self) -> None: ...


class PersonsHand:
    """Asks a person and goes on; the events show when it was done."""

    def __init__(self, url: str, terminal: pytest.TerminalReporter) -> None:
        self.url = url
        self._terminal = terminal

    def lay(self) -> None:
        self._terminal.write_line("\nLay a card on the reader and leave it there.")

    def lift(self) -> None:
        self._terminal.write_line("\nTake the card away.")

    def pull_plug(self) -> None:
        self._terminal.write_line("\nPull the reader's plug.")

    def put_plug_back(self) -> None:
        self._terminal.write_line("\nPut the plug back.")


class EmulatedHand:
    """Moves an emulated reader."""

    def __init__(self, url: str, emulator: ReaderEmulator) -> None:
        self.url = url
        self._emulator = emulator

    def lay(self) -> None:
        self._emulator.lay(card_from_values(CARD))

    def lift(self) -> None:
        self._emulator.lift()

    def pull_plug(self) -> None:
        self._emulator.misbehave(Mischief(Misbehaviour.UNPLUG))

    def put_plug_back(self) -> None:
        self._emulator.misbehave(Mischief())


class Told:
    """The events so far, and waiting for the next one of a kind."""

    def __init__(self) -> None:
        self.events: list[ReaderEvent] = []
        self._arrived = threading.Condition()

    def __call__(self, event: ReaderEvent) -> None:
        with self._arrived:
            self.events.append(event)
            self._arrived.notify_all()

    def wait_for(self, kind: type[ReaderEvent], count: int = 1) -> None:
        with self._arrived:
            assert self._arrived.wait_for(lambda: self.count(kind) >= count, PATIENCE_S), kind.__name__

    def count(self, kind: type[ReaderEvent]) -> int:
        return sum(isinstance(event, kind) for event in self.events)


@pytest.fixture(params=["hardware"] if HARDWARE else ["strict", "lenient"])
def hand(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hand]:
    """A hand at a reader: a person's at a real one, ours at an emulated one."""
    if HARDWARE:
        terminal = request.config.pluginmanager.getplugin("terminalreporter")
        assert isinstance(terminal, pytest.TerminalReporter)
        yield PersonsHand(HARDWARE, terminal)
        return
    module = SecurityModule(is_lenient=request.param == "lenient")
    emulator = ReaderEmulator(PtyLine(tmp_path / "reader"), module)
    emulator.start()
    yield EmulatedHand(str(tmp_path / "reader"), emulator)
    emulator.stop()


@pytest.fixture
def told(hand: Hand) -> Iterator[Told]:
    """What the driver tells about the reader under the hand."""
    told = Told()
    minder = ReaderMinder(hand.url, told, timing=TIMING)
    minder.start()
    told.wait_for(ReaderReady)
    yield told
    assert minder.stop()


def test_two_layings_are_two_presentations_and_nothing_more(hand: Hand, told: Told) -> None:
    for count in (1, 2):
        hand.lay()
        told.wait_for(CardPresented, count)
        hand.lift()
        told.wait_for(CardRemoved, count)

    kinds = [type(event) for event in told.events]
    assert kinds == [ReaderReady, *[CardSensed, CardPresented, CardRemoved] * 2]


def test_a_card_has_a_sound_number_and_a_holder(hand: Hand, told: Told) -> None:
    hand.lay()
    told.wait_for(CardPresented)
    hand.lift()
    told.wait_for(CardRemoved)

    card = next(event.card for event in told.events if isinstance(event, CardPresented))
    assert check_number(card.number, card.kind) is None
    assert card.display_name
    assert card.birth_date is not None


def test_a_pulled_plug_is_noticed_and_healed(hand: Hand, told: Told) -> None:
    hand.pull_plug()
    told.wait_for(ReaderLost)
    hand.put_plug_back()
    told.wait_for(ReaderReady, 2)
