"""What every code scanner must do, emulated or real.

Real hardware: `KIOSK_SCANNER=/dev/ttyACM0 pytest -s tests/contracts/test_scanner_contract.py` asks a person
to hold codes before the scanner; nothing of a code is printed. `KIOSK_SCANNER_PROFILE` names its profile.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from kiosk.devices.emulators.reader_lines import PtyLine
from kiosk.devices.emulators.scanner import ScannerEmulator
from kiosk.devices.emulators.scanner_dialects import DIALECTS
from kiosk.devices.emulators.scanner_showings import Showing
from kiosk.devices.scanners import CodeScanned, ScannerEvent, ScannerLost, ScannerMinder, ScannerReady
from kiosk.devices.scans.profiles import load_profile, profile_names

HARDWARE = os.environ.get("KIOSK_SCANNER")
HARDWARE_PROFILE = os.environ.get("KIOSK_SCANNER_PROFILE", "generic")
PATIENCE_S = 60.0 if HARDWARE else 8.0
LENGTH_OF_A_SLIP = 130


class Hand(Protocol):
    """What someone does at the scanner."""

    url: str
    profile: str

    def hold(self, what: str) -> None: ...
    def pull_plug(self) -> None: ...
    def put_plug_back(self) -> None: ...


class PersonsHand:
    """Asks a person and goes on; the events show when it was done."""

    def __init__(self, url: str, profile: str, terminal: pytest.TerminalReporter) -> None:
        self.url = url
        self.profile = profile
        self._terminal = terminal

    def hold(self, what: str) -> None:
        self._terminal.write_line(f"\nHold {what} before the scanner until it beeps, and a second longer.")

    def pull_plug(self) -> None:
        self._terminal.write_line("\nPull the scanner's plug.")

    def put_plug_back(self) -> None:
        self._terminal.write_line("\nPut the plug back.")


class EmulatedHand:
    """Moves an emulated scanner; a code that is held there is read three times."""

    def __init__(self, url: str, profile: str, emulator: ScannerEmulator) -> None:
        self.url = url
        self.profile = profile
        self._emulator = emulator

    def hold(self, what: str) -> None:
        self._emulator.show(Showing(f"LG1:{what}".ljust(LENGTH_OF_A_SLIP, "0"), times=3))

    def pull_plug(self) -> None:
        self._emulator.unplug()

    def put_plug_back(self) -> None:
        self._emulator.plug_in()


class Told:
    """The events so far, and waiting for the next one of a kind."""

    def __init__(self) -> None:
        self.events: list[ScannerEvent] = []
        self._arrived = threading.Condition()

    def __call__(self, event: ScannerEvent) -> None:
        with self._arrived:
            self.events.append(event)
            self._arrived.notify_all()

    def wait_for(self, kind: type[ScannerEvent], count: int = 1) -> None:
        with self._arrived:
            assert self._arrived.wait_for(lambda: self.count(kind) >= count, PATIENCE_S), kind.__name__

    def count(self, kind: type[ScannerEvent]) -> int:
        return sum(isinstance(event, kind) for event in self.events)


@pytest.fixture(params=["hardware"] if HARDWARE else profile_names())
def hand(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hand]:
    """A hand at a scanner: a person's at a real one, ours at an emulated one of each family."""
    if HARDWARE:
        terminal = request.config.pluginmanager.getplugin("terminalreporter")
        assert isinstance(terminal, pytest.TerminalReporter)
        yield PersonsHand(HARDWARE, HARDWARE_PROFILE, terminal)
        return
    dialect = DIALECTS.get(request.param, DIALECTS["plain"])
    emulator = ScannerEmulator(PtyLine(tmp_path / "scanner"), dialect)
    emulator.start()
    yield EmulatedHand(str(tmp_path / "scanner"), request.param, emulator)
    emulator.stop()


@pytest.fixture
def told(hand: Hand) -> Iterator[Told]:
    """What the driver tells about the scanner under the hand."""
    told = Told()
    minder = ScannerMinder(hand.url, told, load_profile(hand.profile))
    minder.start()
    told.wait_for(ScannerReady)
    yield told
    assert minder.stop()


def test_two_codes_are_two_scans_and_nothing_more(hand: Hand, told: Told) -> None:
    for count, what in enumerate(("a slip", "another slip"), start=1):
        hand.hold(what)
        told.wait_for(CodeScanned, count)

    assert [type(event) for event in told.events] == [ScannerReady, CodeScanned, CodeScanned]


def test_a_slip_comes_whole(hand: Hand, told: Told) -> None:
    hand.hold("a slip")
    told.wait_for(CodeScanned)

    text = next(event.text for event in told.events if isinstance(event, CodeScanned))
    assert text.startswith("LG1:")
    assert len(text) == LENGTH_OF_A_SLIP


def test_a_pulled_plug_is_noticed_and_healed(hand: Hand, told: Told) -> None:
    hand.pull_plug()
    told.wait_for(ScannerLost)
    hand.put_plug_back()
    told.wait_for(ScannerReady, 2)
    hand.hold("a slip")
    told.wait_for(CodeScanned)
