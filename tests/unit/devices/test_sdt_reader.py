"""One driver over a line that delivers whatever it likes: the answer that fits, once, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.emulators.cards import PHOTO
from kiosk.devices.emulators.reader_faults import READ, Misbehaviour, Mischief
from kiosk.devices.emulators.reader_module import SecurityModule
from kiosk.devices.emulators.reader_virtual import VirtualReader
from kiosk.devices.reader_events import CardUnreadable, ReaderLost
from kiosk.devices.reader_words import attendant_sentence, worker_sentence
from kiosk.devices.readers import CardPresented, CardRemoved, CardSensed, CardState, CardWatch, ReaderEvent
from kiosk.devices.sdt import commands
from kiosk.devices.sdt.commands import ReaderFault, fault_of, may_pass
from kiosk.devices.sdt.profiles import GENERIC, load_reader_profile, reader_profile_names
from kiosk.devices.sdt.reader import CardFault, ReaderOut, SdtReader
from kiosk.devices.transports import TransportLost
from tests.unit.devices.reader_cards import ALL, CITIZEN, FOREIGN_2023, NEWEST_ADDRESS

KNOWN = {0x10, 0x11, 0x21, 0x23, 0x24, 0x31, 0x32, 0x33, 0x40, 0x41, 0x47, 0x60, 0x66, 0x80, 0x81}
"""Every SW3 that stands in the protocol's lists and means that something went wrong."""


class Notes(VirtualReader):
    """A virtual reader that keeps every request."""

    def __init__(self, module: SecurityModule) -> None:
        super().__init__(module)
        self.asked: list[bytes] = []

    def write(self, message: bytes) -> None:
        self.asked.append(message[7:-1])
        super().write(message)


def on(line: VirtualReader) -> SdtReader:
    return SdtReader(line, monotonic=line.monotonic)


def selected(card: object = CITIZEN, addresses: tuple[str, ...] = ()) -> tuple[Notes, SdtReader]:
    line = Notes(SecurityModule(fingers=2))
    line.module.lay(CITIZEN if card is CITIZEN else FOREIGN_2023, addresses)
    reader = on(line)
    assert reader.finds_card()
    reader.select_card()
    return line, reader


# --- commands -----------------------------------------------------------------------------------


@pytest.mark.parametrize("fingers", [0, 1, 2])
def test_a_read_with_fingers_is_the_same_card(fingers: int) -> None:
    line = Notes(SecurityModule(fingers=fingers))
    reader = SdtReader(line, monotonic=line.monotonic, profile=replace(GENERIC, reads_fingers=True))
    for card in ALL:
        line.module.lay(card)
        assert reader.finds_card()
        assert reader.take_card() == card
    assert bytes.fromhex("30 10") in line.asked
    assert READ not in line.asked


def test_the_newest_addresses_and_the_management_number_are_read_without_a_new_search() -> None:
    line, reader = selected(addresses=(NEWEST_ADDRESS, ""))
    line.asked.clear()

    assert reader.newest_addresses() == (NEWEST_ADDRESS,)
    assert reader.management_number() == bytes(28)
    assert line.asked == [bytes.fromhex("30 03"), bytes.fromhex("30 05")]


def test_a_card_without_a_newest_address_has_none_and_one_that_is_gone_says_so() -> None:
    line, reader = selected()
    assert reader.newest_addresses() == ()
    line.module.lift()
    for ask in (reader.newest_addresses, reader.management_number):
        with pytest.raises(CardFault) as refused:
            ask()
        assert refused.value.status == commands.READ_FAILED


def test_the_radio_is_set_once_after_opening_when_the_profile_asks_for_it() -> None:
    line = Notes(SecurityModule())
    for name, sent in (("generic", []), ("synjones", [bytes.fromhex("61 FF 50")])):
        line.asked.clear()
        SdtReader(line, monotonic=line.monotonic, profile=load_reader_profile(name)).set_up()
        assert line.asked == sent


def test_the_speed_is_never_set() -> None:
    """Whatever happens on the line, no request begins with 60."""
    for how in Misbehaviour:
        line = Notes(SecurityModule())
        line.mischief = Mischief(how, times=3)
        line.module.lay(CITIZEN)
        reader = on(line)
        try:
            reader.detect()
            reader.set_up()
            if reader.finds_card():
                reader.take_card()
        except (CardFault, ReaderOut):
            pass
        assert line.asked, how
        assert not any(asked.startswith(b"\x60") for asked in line.asked), how


def test_a_module_that_refuses_to_be_asked_is_out_before_it_was_ever_ready() -> None:
    line = VirtualReader(SecurityModule())
    line.mischief = Mischief(Misbehaviour.NOT_PERMITTED)
    with pytest.raises(ReaderOut) as out:
        on(line).detect()
    assert (out.value.fault, out.value.status) == (ReaderFault.UNAUTHORISED, 0x23)


def test_a_module_that_is_well_but_cannot_search_is_never_ready() -> None:
    line = VirtualReader(SecurityModule())
    line.mischief = Mischief(Misbehaviour.UNKNOWN_COMMAND, on=bytes.fromhex("20 01"))
    reader = on(line)
    reader.detect()
    with pytest.raises(ReaderOut) as out:
        reader.prove()
    assert (out.value.fault, out.value.status) == (ReaderFault.GARBLED, 0x21)


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", sorted(set(range(256)) - {commands.OK}))
def test_every_status_is_a_failure_with_its_hex_kept_for_the_attendant(status: int) -> None:
    sentence = attendant_sentence(CardUnreadable(fault_of(status), status))
    assert str(sentence.args["code"]).endswith(f"/{status:02X}")
    if status not in KNOWN:
        assert fault_of(status) is ReaderFault.UNREADABLE
        assert may_pass(status)


def test_each_kind_of_failure_has_its_own_words_and_its_own_code() -> None:
    kinds = (
        CardUnreadable(ReaderFault.WRONG_CARD, 0x40),
        CardUnreadable(ReaderFault.COUNTERFEIT, 0x32),
        CardUnreadable(ReaderFault.UNREADABLE, 0x41),
        CardUnreadable(ReaderFault.MOVED, 0x41),
        CardUnreadable(ReaderFault.UNKNOWN_KIND, 0x90),
        ReaderLost(ReaderFault.SELF_TEST, 0x60),
        ReaderLost(ReaderFault.UNAUTHORISED, 0x66),
        ReaderLost(ReaderFault.UNPLUGGED),
    )
    assert len({worker_sentence(kind).key for kind in kinds}) == len(kinds)
    assert len({attendant_sentence(kind).args["code"] for kind in kinds}) == len(kinds)


# --- any split, any noise -----------------------------------------------------------------------


@given(st.integers(0, 1300), st.sampled_from([CITIZEN, FOREIGN_2023]))
def test_an_answer_cut_in_two_anywhere_is_the_same_card(at: int, card: object) -> None:
    line, reader = selected(card)
    line.mischief = Mischief(Misbehaviour.SPLIT, at=at)
    assert reader.read_selected() == card


@given(st.integers(0, 1294))
def test_an_answer_broken_off_anywhere_is_asked_for_again(at: int) -> None:
    line, reader = selected()
    line.mischief = Mischief(Misbehaviour.TRUNCATED, on=READ, times=1, at=at)
    assert reader.read_selected() == CITIZEN


@given(st.integers(0, 1294), st.booleans())
def test_a_card_lifted_at_any_byte_is_told_moved_or_was_read_whole(at: int, is_lenient: bool) -> None:
    line = VirtualReader(SecurityModule(is_lenient=is_lenient))
    reader, events = on(line), list[ReaderEvent]()
    watch = CardWatch(events.append, line.monotonic)
    watch.begin(reader)
    line.module.lay(CITIZEN)
    line.mischief = Mischief(Misbehaviour.LIFT_AT, times=1, at=at)
    states = [watch.state]
    while watch.state is not CardState.NO_CARD or len(states) == 1:
        line.pause(watch.poll(reader))
        states.append(watch.state)

    assert [type(event) for event in events] == [CardSensed, CardUnreadable, CardRemoved]
    assert isinstance(events[1], CardUnreadable)
    assert events[1].cause is ReaderFault.MOVED


@pytest.mark.parametrize("how", [Misbehaviour.CARD_REFUSES, Misbehaviour.READ_FAILS, Misbehaviour.NO_RANDOM])
@pytest.mark.parametrize(("is_lifted", "cause"), [(True, ReaderFault.MOVED), (False, ReaderFault.UNREADABLE)])
def test_whether_a_card_was_moved_or_is_unreadable_shows_in_whether_it_still_lies_there(
    how: Misbehaviour, is_lifted: bool, cause: ReaderFault
) -> None:
    line = VirtualReader(SecurityModule())
    reader, events = on(line), list[ReaderEvent]()
    watch = CardWatch(events.append, line.monotonic)
    line.module.lay(CITIZEN)
    line.mischief = Mischief(how)
    if is_lifted:
        line.after(0.4, line.module.lift)
    watch.poll(reader)

    assert isinstance(events[-1], CardUnreadable)
    assert events[-1].cause is cause


@given(st.floats(0.0, 2.5))
def test_a_plug_pulled_at_any_moment_loses_no_card_that_lies_on(after_s: float) -> None:
    line = VirtualReader(SecurityModule())
    events, told = list[ReaderEvent](), 0
    watch = CardWatch(events.append, line.monotonic)
    line.module.lay(CITIZEN)
    line.after(after_s, line.plug_out)
    line.after(after_s + 1.0, line.plug_in)
    while line.monotonic() < after_s + 8.0:
        try:
            reader = on(line.open())
            reader.detect()
            watch.begin(reader)
            while line.monotonic() < after_s + 8.0:
                line.pause(watch.poll(reader))
        except (ReaderOut, TransportLost):
            told += 1
            line.pause(0.2)

    presented = [event.card for event in events if isinstance(event, CardPresented)]
    assert told
    assert presented == [CITIZEN]


# --- photos -------------------------------------------------------------------------------------


def test_a_photo_goes_to_whoever_asked_for_it_and_else_nowhere() -> None:
    line, photos = VirtualReader(SecurityModule()), list[bytes]()
    line.module.lay(CITIZEN)
    reader = SdtReader(line, monotonic=line.monotonic, on_photo=photos.append)
    assert reader.finds_card()
    card = reader.take_card()

    assert photos == [PHOTO]
    assert not any(PHOTO[:16] in repr(getattr(card, name)).encode() for name in card.__slots__)


# --- profiles -----------------------------------------------------------------------------------


def test_every_profile_can_be_followed() -> None:
    assert reader_profile_names() == ["generic", "routon", "synjones", "with-fingers"]
    for name in reader_profile_names():
        assert load_reader_profile(name).name == name
    assert load_reader_profile("generic") == GENERIC


@pytest.mark.parametrize(
    "change",
    [
        "bauds = []",
        "bauds = [300]",
        "radio_bytes = 5",
        "radio_bytes = 300",
        "search_s = 0.0",
        "presence_s = 9.0",
    ],
)
def test_a_profile_no_module_could_follow_is_refused(tmp_path: Path, change: str) -> None:
    sound = {
        "bauds": "bauds = [9600]",
        "radio_bytes": "radio_bytes = 0",
        "reads_fingers": "reads_fingers = false",
        "search_s": "search_s = 0.3",
        "presence_s": "presence_s = 0.2",
    }
    table = sound | {change.split(" ", 1)[0]: change}
    (tmp_path / "odd.toml").write_text("\n".join(table.values()))
    with pytest.raises(ValueError, match="odd"):
        load_reader_profile("odd", tmp_path)


def test_a_profile_nobody_knows_names_the_known_ones() -> None:
    with pytest.raises(LookupError, match="generic, routon"):
        load_reader_profile("best")
