"""What every code scanner must do, emulated or real.

Real hardware: `pytest -s tests/contracts/test_scanner_contract.py --hardware /dev/ttyACM0 --profile newland`
asks a person to hold codes before the scanner; nothing of a code is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from kiosk.devices.emulators.reader_lines import PtyLine
from kiosk.devices.emulators.scanner import ScannerEmulator
from kiosk.devices.emulators.scanner_dialects import DIALECTS
from kiosk.devices.emulators.scanner_showings import Showing
from kiosk.devices.scanners import CodeScanned, ScannerLost, ScannerMinder, ScannerReady
from kiosk.devices.scans.profiles import load_profile, profile_names
from tests.unit.devices.event_books import PATIENCE_S
from tests.unit.devices.scanner_rig import Scans, texts

PERSONS_PATIENCE_S = 60.0
LENGTH_OF_A_SLIP = 130


class Hand(Protocol):
    """What someone does at the scanner."""

    url: str
    profile: str
    patience_s: float

    def hold(self, what: str) -> None: ...
    def pull_plug(self) -> None: ...
    def put_plug_back(self) -> None: ...


class PersonsHand:
    """Asks a person and goes on; the events show when it was done."""

    patience_s = PERSONS_PATIENCE_S

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

    patience_s = PATIENCE_S

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


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every promise is held by real scanners when some are named, else by an emulated one of each family."""
    metafunc.parametrize("hand", metafunc.config.getoption("hardware") or profile_names(), indirect=True)


@pytest.fixture
def hand(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hand]:
    """A hand at a scanner: a person's at a real one, ours at an emulated one."""
    if request.config.getoption("hardware"):
        terminal = request.config.pluginmanager.getplugin("terminalreporter")
        assert isinstance(terminal, pytest.TerminalReporter)
        yield PersonsHand(request.param, request.config.getoption("profile") or "generic", terminal)
        return
    dialect = DIALECTS.get(request.param, DIALECTS["plain"])
    emulator = ScannerEmulator(PtyLine(tmp_path / "scanner"), dialect)
    emulator.start()
    yield EmulatedHand(str(tmp_path / "scanner"), request.param, emulator)
    emulator.stop()


@pytest.fixture
def told(hand: Hand) -> Iterator[Scans]:
    """What the driver tells about the scanner under the hand."""
    told = Scans(hand.patience_s)
    minder = ScannerMinder(hand.url, told, load_profile(hand.profile))
    minder.start()
    told.wait_for(ScannerReady)
    yield told
    assert minder.stop()


def test_two_codes_are_two_scans_and_nothing_more(hand: Hand, told: Scans) -> None:
    for count, what in enumerate(("a slip", "another slip"), start=1):
        hand.hold(what)
        told.wait_for(CodeScanned, count)

    assert [type(event) for event in told.all()] == [ScannerReady, CodeScanned, CodeScanned]


def test_a_slip_comes_whole(hand: Hand, told: Scans) -> None:
    hand.hold("a slip")
    told.wait_for(CodeScanned)

    [text] = texts(told)
    assert text.startswith("LG1:")
    assert len(text) == LENGTH_OF_A_SLIP


def test_a_pulled_plug_is_noticed_and_healed(hand: Hand, told: Scans) -> None:
    hand.pull_plug()
    told.wait_for(ScannerLost)
    hand.put_plug_back()
    told.wait_for(ScannerReady, 2)
    hand.hold("a slip")
    told.wait_for(CodeScanned)
