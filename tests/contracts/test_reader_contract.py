"""What every ID-card reader must do, emulated or real.

Real hardware: `pytest -s tests/contracts/test_reader_contract.py --hardware /dev/ttyUSB0 --profile generic`
asks the person at the keyboard to lay and lift cards and to pull the plug; nothing of a card is printed.
"""

from __future__ import annotations

import re
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
    CardUnreadable,
    ReaderLost,
    ReaderMinder,
    ReaderReady,
    Timing,
)
from kiosk.devices.sdt.profiles import GENERIC, ReaderProfile, load_reader_profile
from kiosk.domain.identity import check_number
from tests.unit.devices.reader_rig import Events

EMULATED = ("strict", "lenient")
EMULATED_TIMING = Timing(search_s=0.02, presence_s=0.02, patience=0.3)
PATIENCE_S, PERSONS_PATIENCE_S = 60.0, 90.0
CARD = {"name": "测试戊", "sex": "2", "birth_date": "1966-05-04", "number": "999999196605040028"}


class Hand(Protocol):
    """What someone does at the reader."""

    url: str
    profile: ReaderProfile
    timing: Timing | None
    patience_s: float

    def lay(self) -> None: ...
    def lay_other(self) -> None: ...
    def lift(self) -> None: ...
    def pull_plug(self) -> None: ...
    def put_plug_back(self) -> None: ...


class PersonsHand:
    """Asks a person and goes on; the events show when it was done."""

    timing: Timing | None = None
    patience_s = PERSONS_PATIENCE_S

    def __init__(self, url: str, profile: str, terminal: pytest.TerminalReporter) -> None:
        self.url = url
        self.profile = load_reader_profile(profile)
        self._terminal = terminal

    def lay(self) -> None:
        self._say("Lay an ID card on the reader and leave it there.")

    def lay_other(self) -> None:
        self._say("Lay a bank card or a social-security card on the reader and leave it there.")

    def lift(self) -> None:
        self._say("Take the card away.")

    def pull_plug(self) -> None:
        self._say("Pull the reader's plug.")

    def put_plug_back(self) -> None:
        self._say("Put the plug back.")

    def _say(self, words: str) -> None:
        self._terminal.write_line(f"\n>>> {words}")


class EmulatedHand:
    """Moves an emulated reader."""

    profile = GENERIC
    timing: Timing | None = EMULATED_TIMING
    patience_s = PATIENCE_S

    def __init__(self, url: str, emulator: ReaderEmulator) -> None:
        self.url = url
        self._emulator = emulator

    def lay(self) -> None:
        self._emulator.lay(card_from_values(CARD))

    def lay_other(self) -> None:
        self._emulator.misbehave(Mischief(Misbehaviour.WRONG_CARD))
        self._emulator.lay(card_from_values(CARD))

    def lift(self) -> None:
        self._emulator.lift()
        self._emulator.misbehave(Mischief())

    def pull_plug(self) -> None:
        self._emulator.misbehave(Mischief(Misbehaviour.UNPLUG))

    def put_plug_back(self) -> None:
        self._emulator.misbehave(Mischief())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every promise is held by real readers when some are named, else by emulated ones."""
    metafunc.parametrize("hand", metafunc.config.getoption("hardware") or EMULATED, indirect=True)


@pytest.fixture
def hand(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hand]:
    """A hand at a reader: a person's at a real one, ours at an emulated one."""
    if request.config.getoption("hardware"):
        terminal = request.config.pluginmanager.getplugin("terminalreporter")
        assert isinstance(terminal, pytest.TerminalReporter)
        yield PersonsHand(request.param, request.config.getoption("profile") or GENERIC.name, terminal)
        return
    module = SecurityModule(is_lenient=request.param == "lenient")
    emulator = ReaderEmulator(PtyLine(tmp_path / "reader"), module)
    emulator.start()
    yield EmulatedHand(str(tmp_path / "reader"), emulator)
    emulator.stop()


@pytest.fixture
def told(hand: Hand) -> Iterator[Events]:
    """What the driver tells about the reader under the hand."""
    told = Events(hand.patience_s)
    minder = ReaderMinder(hand.url, told, profile=hand.profile, timing=hand.timing)
    minder.start()
    told.wait_for(ReaderReady)
    yield told
    assert minder.stop()


def test_two_layings_are_two_presentations_and_nothing_more(hand: Hand, told: Events) -> None:
    for count in (1, 2):
        hand.lay()
        told.wait_for(CardPresented, count)
        hand.lift()
        told.wait_for(CardRemoved, count)

    kinds = [type(event) for event in told.all()]
    assert kinds == [ReaderReady, *[CardSensed, CardPresented, CardRemoved] * 2]


def test_a_card_has_a_sound_number_and_a_holder(hand: Hand, told: Events) -> None:
    hand.lay()
    told.wait_for(CardPresented)
    hand.lift()
    told.wait_for(CardRemoved)

    card = told.of(CardPresented)[0].card
    assert check_number(card.number, card.kind) is None
    assert card.display_name
    assert card.birth_date is not None


def test_a_pulled_plug_is_noticed_and_healed(hand: Hand, told: Events) -> None:
    hand.pull_plug()
    told.wait_for(ReaderLost)
    hand.put_plug_back()
    told.wait_for(ReaderReady, 2)
    hand.lay()
    told.wait_for(CardPresented)
    hand.lift()
    told.wait_for(CardRemoved)


def test_a_card_that_is_no_id_card_is_never_presented(hand: Hand, told: Events) -> None:
    """A real reader may not see such a card at all, so the ID card after it ends the wait."""
    hand.lay_other()
    if isinstance(hand, EmulatedHand):
        told.wait_for(CardUnreadable)
    hand.lift()
    if refused := len(told.of(CardUnreadable)):
        told.wait_for(CardRemoved, refused)
    hand.lay()
    told.wait_for(CardPresented)
    hand.lift()
    told.wait_for(CardRemoved, len(told.of(CardUnreadable)) + 1)

    assert len(told.of(CardPresented)) == 1


def test_a_reader_tells_the_number_of_its_module(told: Events) -> None:
    ready = told.of(ReaderReady)[0]
    assert re.fullmatch(r"\d\d\.\d\d-\d{8}-\d{10}-\d{10}", ready.sam_id)
