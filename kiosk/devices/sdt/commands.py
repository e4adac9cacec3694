"""What a reader can be told, what it may answer, and what an answer means for the card.

| command           | bytes    | good answer                                    |
| ----------------- | -------- | ---------------------------------------------- |
| reset             | 10 FF    | 90                                             |
| status            | 11 FF    | 90                                             |
| module number     | 12 FF    | 90 and 16 bytes                                |
| find a card       | 20 01    | 9F and 4 bytes, else 80                        |
| select the card   | 20 02    | 90 and 8 bytes, else 81                        |
| read the card     | 30 01    | 90 and 4+256+1024 bytes                        |
| newest address    | 30 03    | 90 and n x 70 bytes, or 91 when there is none  |
| management number | 30 05    | 90 and 28 bytes                                |
| read with fingers | 30 10    | 90 and 6+256+1024 bytes and 0, 512 or 1024     |
| radio bytes       | 61 FF nn | 90                                             |

The speed (60 xx) is never set: the module keeps it for good, and the next program would not find it.

Every answer carries a status (SW3). Those of `_FAULTS` name a fault; one that no list knows is a failure,
too, and its two hexadecimal digits are kept for the attendant's code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

OK = 0x90
FOUND = 0x9F
NOTHING_THERE = 0x91
BAD_CHECKSUM = 0x10
BAD_LENGTH = 0x11
BAD_COMMAND = 0x21
NOT_PERMITTED = 0x23
UNKNOWN_ERROR = 0x24
CARD_REFUSED = 0x31
MODULE_REFUSED = 0x32
UNVERIFIED = 0x33
WRONG_CARD = 0x40
READ_FAILED = 0x41
NO_RANDOM = 0x47
SELF_TEST_FAILED = 0x60
UNAUTHORISED = 0x66
NO_CARD = 0x80
SELECT_FAILED = 0x81

BAUDS = (115200, 57600, 38400, 19200, 9600)
"""Speeds a module can be set to, the factory's first."""

ADDRESS_BYTES = 70
MOST_ADDRESSES = 8
"""No card that was seen holds more than four records; a longer answer is an answer to something else."""
MANAGEMENT_BYTES = 28
SHORTEST_CARD_BYTES = 224
"""Two length words and the text of a citizen's card without its reserved tail."""


class ReaderFault(StrEnum):
    """What is wrong, as far as someone can do something about it."""

    WRONG_CARD = "wrong_card"
    """The card is no ID card."""
    UNKNOWN_KIND = "unknown_kind"
    """The card is genuine, of a kind this program does not know."""
    UNREADABLE = "unreadable"
    """Reading failed; laying the card down again may help."""
    MOVED = "moved"
    """The card was taken away while it was read."""
    COUNTERFEIT = "counterfeit"
    """The module does not accept the card or what is written on it."""
    SELF_TEST = "self_test"
    """The module failed its self-test."""
    UNAUTHORISED = "unauthorised"
    """The module may not be used."""
    SILENT = "silent"
    """The line is there, but nothing answers."""
    GARBLED = "garbled"
    """What answers makes no sense."""
    MISSING = "missing"
    """There is no such port."""
    NOT_PERMITTED = "not_permitted"
    """The system does not let this program open the port."""
    BUSY = "busy"
    """Another program holds the port."""
    UNPLUGGED = "unplugged"
    """The line broke while it was used."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its two bytes, how long the first byte of its answer may take, and which answers fit it.

    The protocol does not number its frames. An answer that does not fit is a late one to an earlier command.
    """

    code: int
    parameter: int
    first_byte_s: float
    fits: Callable[[int, int], bool]


def _plain(status: int, size: int) -> bool:
    return status not in {FOUND, NO_CARD, SELECT_FAILED} and size < ADDRESS_BYTES


def _finding(status: int, size: int) -> bool:
    return status not in {OK, SELECT_FAILED} and size < ADDRESS_BYTES


def _selecting(status: int, size: int) -> bool:
    return status not in {FOUND, NO_CARD} and size < ADDRESS_BYTES


def _reading(status: int, size: int) -> bool:
    return status not in {FOUND, NO_CARD, SELECT_FAILED} and (status != OK or size >= SHORTEST_CARD_BYTES)


def _addressing(status: int, size: int) -> bool:
    return status not in {FOUND, SELECT_FAILED} and size <= MOST_ADDRESSES * ADDRESS_BYTES


def _numbering(status: int, size: int) -> bool:
    return status not in {FOUND, NO_CARD, SELECT_FAILED} and (status != OK or size == MANAGEMENT_BYTES)


RESET = Command(0x10, 0xFF, 2.0, _plain)
STATUS = Command(0x11, 0xFF, 0.3, _plain)
MODULE_NUMBER = Command(0x12, 0xFF, 1.0, _plain)
FIND = Command(0x20, 0x01, 1.5, _finding)
SELECT = Command(0x20, 0x02, 1.5, _selecting)
READ = Command(0x30, 0x01, 5.0, _reading)
NEWEST_ADDRESS = Command(0x30, 0x03, 1.5, _addressing)
MANAGEMENT_NUMBER = Command(0x30, 0x05, 1.5, _numbering)
READ_WITH_FINGERS = Command(0x30, 0x10, 6.0, _reading)
RADIO_BYTES = Command(0x61, 0xFF, 0.5, _plain)

_FAULTS = {
    NOT_PERMITTED: ReaderFault.UNAUTHORISED,
    MODULE_REFUSED: ReaderFault.COUNTERFEIT,
    UNVERIFIED: ReaderFault.COUNTERFEIT,
    WRONG_CARD: ReaderFault.WRONG_CARD,
    SELF_TEST_FAILED: ReaderFault.SELF_TEST,
    UNAUTHORISED: ReaderFault.UNAUTHORISED,
    BAD_CHECKSUM: ReaderFault.GARBLED,
    BAD_LENGTH: ReaderFault.GARBLED,
    BAD_COMMAND: ReaderFault.GARBLED,
}


def fault_of(status: int) -> ReaderFault:
    """Return what a failing SW3 means; one that no list knows means the card could not be read."""
    return _FAULTS.get(status, ReaderFault.UNREADABLE)


def may_pass(status: int) -> bool:
    """Return whether trying once more, with the card where it lies, is worth a second."""
    return fault_of(status) in {ReaderFault.UNREADABLE, ReaderFault.GARBLED} and status != CARD_REFUSED
