"""The emulator builds, and the driver reads, exactly the frames that were computed elsewhere."""

from __future__ import annotations

from hashlib import sha256

import pytest

from kiosk.devices.emulators.cards import address_payload, card_payload
from kiosk.devices.emulators.reader_module import MODULE_NUMBER, SecurityModule
from kiosk.devices.sdt import commands
from kiosk.devices.sdt.frames import FrameScanner, encode_reply, encode_request
from kiosk.devices.sdt.layouts import decode_card
from kiosk.domain.cards import IdentityCard
from tests.unit.devices import reader_cards

READ_SUMS = [
    (reader_cards.CITIZEN, 0x17, "e139ddc67f8e972d65f016531dd5d2b643eae1ff04cbb83d1a0f90d875c22fb4"),
    (reader_cards.LONG_TERM, 0xBE, "7da3104293673c115ec84f67228cff2d7d5fe9663a463a61ea9b725d3bd712ba"),
    (reader_cards.HMT_RESIDENT, 0x15, "97e3998d07b867fb7ab18d27c26ef223d2e462328c94c985cd6106d01894b1e9"),
    (reader_cards.FOREIGN_2017, 0x5D, "b07149a91b269e6aa72fe2863a61f4c258f3ad4fa0aac2ae1db0823be7c0b5cd"),
    (reader_cards.FOREIGN_2023, 0x3D, "dfd5d096ea43c6f6d2c687b5304bf1bbf18e5be93bfcee1c1586c8dff4366502"),
]
FINGER_SUMS = [
    (0, 1297, "3c5052959ab1797ff7bdcc6e2f00e94bab55093191741d811c47ca396f722471"),
    (1, 1809, "83756e179bc5e0ab70954f5a5e07ccf09cd85322a48b6220143697fa939c243f"),
    (2, 2321, "998d92da726524d8e5ab183e9b82ee2bcb15f62f478ed49d2525c56323d02805"),
]
REQUESTS = [
    (commands.RESET, "AA AA AA 96 69 00 03 10 FF EC"),
    (commands.STATUS, "AA AA AA 96 69 00 03 11 FF ED"),
    (commands.MODULE_NUMBER, "AA AA AA 96 69 00 03 12 FF EE"),
    (commands.FIND, "AA AA AA 96 69 00 03 20 01 22"),
    (commands.SELECT, "AA AA AA 96 69 00 03 20 02 21"),
    (commands.READ, "AA AA AA 96 69 00 03 30 01 32"),
    (commands.NEWEST_ADDRESS, "AA AA AA 96 69 00 03 30 03 30"),
]


@pytest.mark.parametrize(("card", "checksum", "digest"), READ_SUMS)
def test_a_card_is_laid_out_byte_for_byte(card: IdentityCard, checksum: int, digest: str) -> None:
    frame = encode_reply(commands.OK, card_payload(card))

    assert len(frame) == 1295
    assert frame[-1] == checksum
    assert sha256(frame).hexdigest() == digest


@pytest.mark.parametrize("card", reader_cards.ALL)
def test_a_card_is_read_as_it_was_laid_out(card: IdentityCard) -> None:
    assert decode_card(card_payload(card)) == card


@pytest.mark.parametrize(("fingers", "size", "digest"), FINGER_SUMS)
def test_fingerprints_are_framed_and_left_behind(fingers: int, size: int, digest: str) -> None:
    payload = card_payload(reader_cards.CITIZEN, fingers)
    frame = encode_reply(commands.OK, payload)

    assert len(frame) == size
    assert sha256(frame).hexdigest() == digest
    assert decode_card(payload) == reader_cards.CITIZEN


def test_the_newest_address_is_framed_byte_for_byte() -> None:
    one = encode_reply(commands.OK, address_payload((reader_cards.NEWEST_ADDRESS,)))
    four = encode_reply(commands.OK, address_payload((reader_cards.NEWEST_ADDRESS, "", "", "")))

    head = "AA AA AA 96 69 00 4A 00 00 90"
    place = "17 53 AC 4E 02 5E 1C 4E CE 57 3A 53 4B 6D D5 8B 57 88 53 90 39 00 F7 53"
    assert one == bytes.fromhex(head + place) + b" \0" * 23 + b"\x5b"
    assert len(four) == 291
    assert four[-1] == 0x2C


@pytest.mark.parametrize(("command", "expected"), REQUESTS)
def test_requests_are_the_documented_bytes(command: commands.Command, expected: str) -> None:
    assert encode_request(command.code, command.parameter) == bytes.fromhex(expected)


def test_the_module_number_is_framed_byte_for_byte() -> None:
    expected = "AA AA AA 96 69 00 14 00 00 90 05 00 01 00 A5 3A 34 01 40 E2 01 00 87 D6 12 00 CA"

    assert SecurityModule().answer(b"\x12\xff") == bytes.fromhex(expected)
    assert len(MODULE_NUMBER) == 16


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (0x90, "00 04 00 00 90 94"),
        (0x60, "00 04 00 00 60 64"),
        (0x80, "00 04 00 00 80 84"),
        (0x81, "00 04 00 00 81 85"),
        (0x41, "00 04 00 00 41 45"),
        (0x66, "00 04 00 00 66 62"),
    ],
)
def test_replies_without_data_are_the_documented_bytes(status: int, expected: str) -> None:
    assert encode_reply(status) == bytes.fromhex("AA AA AA 96 69" + expected)


def test_the_strict_module_hides_a_selected_card_and_still_reads_it() -> None:
    module = SecurityModule()
    module.lay(reader_cards.CITIZEN)

    assert [_status(module, question) for question in ("3001", "2002", "2001", "2001", "2002")] == [
        0x41, 0x81, 0x9F, 0x9F, 0x90,
    ]  # fmt: skip
    assert [_status(module, question) for question in ("2001", "2002", "3001", "3001", "3003")] == [
        0x80, 0x81, 0x90, 0x90, 0x91,
    ]  # fmt: skip
    module.lift()
    assert [_status(module, question) for question in ("2001", "2002", "3001", "3003", "3005")] == [
        0x80, 0x81, 0x41, 0x41, 0x41,
    ]  # fmt: skip


def test_the_lenient_module_finds_a_selected_card_again() -> None:
    module = SecurityModule(is_lenient=True)
    module.lay(reader_cards.CITIZEN, (reader_cards.NEWEST_ADDRESS,))

    assert [_status(module, question) for question in ("3001", "2001", "2002", "2001", "2002", "3003")] == [
        0x90, 0x9F, 0x90, 0x9F, 0x90, 0x90,
    ]  # fmt: skip


def test_the_module_knows_what_it_was_not_asked_rightly() -> None:
    module = SecurityModule()

    questions = ("10FF", "11FF", "61FF50", "6000", "6005", "2000", "3002", "7777")
    assert [_status(module, question) for question in questions] == [
        0x90, 0x90, 0x90, 0x90, 0x21, 0x21, 0x21, 0x21,
    ]  # fmt: skip


def _status(module: SecurityModule, question: str) -> int:
    scanner = FrameScanner()
    scanner.feed(module.answer(bytes.fromhex(question)))
    body = scanner.take()
    assert body is not None
    return body[2]
