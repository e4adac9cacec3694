"""One presentation is one event, however long the card lies there and whatever the reader thinks of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.devices.emulators.reader_faults import READ, Misbehaviour
from kiosk.devices.readers import (
    CardPresented,
    CardRemoved,
    CardUnreadable,
    ReaderFault,
    ReaderLost,
    ReaderMinder,
    ReaderReady,
)
from tests.unit.devices import reader_cards
from tests.unit.devices.reader_rig import HASTY, QUICK, Events, emulated, minded

ONE_PRESENTATION = ["ReaderReady", "CardSensed", "CardPresented", "CardRemoved"]


@pytest.mark.parametrize("is_lenient", [False, True], ids=["strict", "lenient"])
def test_a_card_left_on_the_reader_is_one_presentation(tmp_path: Path, is_lenient: bool) -> None:
    """Broken by `self._state = CardState.NO_CARD` where a card is presented: it is found again and again."""
    with minded(tmp_path, is_lenient=is_lenient) as rig:
        rig.emulator.lay(reader_cards.CITIZEN)
        presented = rig.events.wait_for(CardPresented)
        rig.wait_for_polls("30 03", 3)
        rig.emulator.lift()
        rig.events.wait_for(CardRemoved)

        assert rig.events.names() == ONE_PRESENTATION
        assert presented.card == reader_cards.CITIZEN
        assert 0 <= presented.read_s < 2


def test_the_reader_tells_its_module_number(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        assert rig.events.wait_for(ReaderReady).sam_id == "05.01-20200101-0000123456-0001234567"


def test_all_four_kinds_of_card_are_presented(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        for count, card in enumerate(reader_cards.ALL, start=1):
            rig.emulator.lay(card)
            assert rig.events.wait_for(CardPresented, count).card == card


def test_the_same_card_lifted_and_laid_again_is_a_second_presentation(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        rig.emulator.lay(reader_cards.CITIZEN)
        rig.events.wait_for(CardPresented)
        rig.emulator.lift()
        rig.events.wait_for(CardRemoved)
        rig.emulator.lay(reader_cards.CITIZEN)
        rig.events.wait_for(CardPresented, 2)


def test_a_card_swapped_between_two_looks_is_removed_before_the_next_is_presented(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        rig.emulator.lay(reader_cards.CITIZEN)
        rig.events.wait_for(CardPresented)
        rig.emulator.lay(reader_cards.LONG_TERM)
        second = rig.events.wait_for(CardPresented, 2)

        assert second.card == reader_cards.LONG_TERM
        assert rig.events.names() == [*ONE_PRESENTATION, "CardSensed", "CardPresented"]


@pytest.mark.parametrize("is_lenient", [False, True], ids=["strict", "lenient"])
@pytest.mark.parametrize("lack", [Misbehaviour.NO_PRESENCE, Misbehaviour.LOSES_SELECTION])
def test_a_reader_that_cannot_tell_presence_does_not_repeat_a_presentation(
    tmp_path: Path, is_lenient: bool, lack: Misbehaviour
) -> None:
    with minded(tmp_path, is_lenient=is_lenient) as rig:
        rig.misbehave(lack)
        rig.emulator.lay(reader_cards.CITIZEN)
        rig.events.wait_for(CardPresented)
        rig.wait_for_polls("20 01" if lack is Misbehaviour.NO_PRESENCE else "30 03", 4)
        rig.emulator.lift()
        rig.events.wait_for(CardRemoved)

        assert rig.events.names() == ONE_PRESENTATION


def test_a_reader_silent_about_presence_is_still_no_lost_reader(tmp_path: Path) -> None:
    with minded(tmp_path, timing=HASTY) as rig:
        rig.misbehave(Misbehaviour.DEAF_PRESENCE)
        rig.emulator.lay(reader_cards.CITIZEN)
        rig.events.wait_for(CardPresented)
        rig.wait_for_polls("20 01", 2)
        rig.emulator.lift()
        rig.events.wait_for(CardRemoved)

        assert rig.events.names() == ONE_PRESENTATION


def test_a_card_left_from_before_the_start_is_presented_once(tmp_path: Path) -> None:
    with emulated(tmp_path) as (emulator, address):
        emulator.lay(reader_cards.CITIZEN)
        for _ in range(2):
            events = Events()
            minder = ReaderMinder(address, events, timing=QUICK)
            minder.start()
            events.wait_for(CardPresented)
            assert minder.stop()
            assert events.names() == ONE_PRESENTATION[:3]


def test_a_card_that_lies_through_a_loose_plug_is_the_same_presentation(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        rig.emulator.lay(reader_cards.CITIZEN)
        rig.events.wait_for(CardPresented)
        rig.misbehave(Misbehaviour.UNPLUG)
        rig.events.wait_for(ReaderLost)
        rig.misbehave(Misbehaviour.NONE)
        rig.events.wait_for(ReaderReady, 2)
        rig.wait_for_polls("30 03", 1)
        rig.emulator.lift()
        rig.events.wait_for(CardRemoved)

        assert len(rig.events.of(CardPresented)) == 1


def test_a_card_lifted_while_the_plug_is_out_is_removed_when_it_is_in_again(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        rig.emulator.lay(reader_cards.CITIZEN)
        rig.events.wait_for(CardPresented)
        rig.misbehave(Misbehaviour.UNPLUG)
        rig.events.wait_for(ReaderLost)
        rig.emulator.lift()
        rig.misbehave(Misbehaviour.NONE)
        rig.events.wait_for(CardRemoved)

        assert rig.events.names()[-2:] == ["ReaderReady", "CardRemoved"]


def test_an_unreadable_card_is_reported_once_and_its_removal_too(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        rig.misbehave(Misbehaviour.WRONG_CARD)
        rig.emulator.lay(reader_cards.CITIZEN)
        refused = rig.events.wait_for(CardUnreadable)
        rig.wait_for_polls("30 03", 3)
        rig.emulator.lift()
        rig.events.wait_for(CardRemoved)

        assert refused == CardUnreadable(ReaderFault.WRONG_CARD, 0x40)
        assert rig.events.names() == ["ReaderReady", "CardSensed", "CardUnreadable", "CardRemoved"]


def test_a_card_pushed_into_place_is_read_without_being_lifted(tmp_path: Path) -> None:
    with minded(tmp_path, is_lenient=True) as rig:
        rig.misbehave(Misbehaviour.READ_FAILS)
        rig.emulator.lay(reader_cards.CITIZEN)
        rig.events.wait_for(CardUnreadable)
        rig.misbehave(Misbehaviour.NONE)
        rig.events.wait_for(CardPresented)

        assert rig.events.names()[1:] == ["CardSensed", "CardUnreadable", "CardPresented"]


@pytest.mark.parametrize("is_lenient", [False, True], ids=["strict", "lenient"])
@pytest.mark.parametrize("how", [Misbehaviour.MALFORMED, Misbehaviour.SILENCE, Misbehaviour.WRONG_CHECKSUM])
def test_a_card_whose_answer_was_lost_on_the_line_is_read_without_being_lifted(
    tmp_path: Path, how: Misbehaviour, is_lenient: bool
) -> None:
    with minded(tmp_path, is_lenient=is_lenient, timing=HASTY) as rig:
        rig.misbehave(how, on=READ)
        rig.emulator.lay(reader_cards.CITIZEN)
        rig.events.wait_for(CardUnreadable)
        rig.misbehave(Misbehaviour.NONE)
        rig.events.wait_for(CardPresented)

        assert rig.events.names()[1:] == ["CardSensed", "CardUnreadable", "CardPresented"]


def test_rare_names_come_through_the_wire(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        for count, name in enumerate(("䶮㛃𬭎", "阿卜杜拉·买买提吐尔逊江合曼"), start=1):
            rig.emulator.lay(replace(reader_cards.CITIZEN, name=name))
            assert rig.events.wait_for(CardPresented, count).card.name == name
            rig.emulator.lift()
            rig.events.wait_for(CardRemoved, count)
