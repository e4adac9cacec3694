"""How an emulated reader misbehaves: wrong words, damaged frames, bad timing, and a pulled plug."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from kiosk.devices.sdt import commands
from kiosk.devices.sdt.frames import PREAMBLE, encode_reply

MALFORMED = PREAMBLE + bytes.fromhex("00 05 05 05 05")
"""Seen from a bridge: a length of five, and only three bytes behind it."""

GARBAGE = bytes.fromhex("00 FF 13 37 AA AA 96 69 AA AA")
"""Noise that ends like the beginning of a preamble."""

SLOW_BYTE_S = 0.0002


class Misbehaviour(StrEnum):
    """All that an emulated reader can do wrong."""

    NONE = "none"
    WRONG_CHECKSUM = "wrong_checksum"
    TRUNCATED = "truncated"
    GARBAGE = "garbage"
    SPLIT = "split"
    SLOW = "slow"
    SILENCE = "silence"
    MALFORMED = "malformed"
    LATE = "late"
    COMPLAINS_CHECKSUM = "complains_checksum"
    COMPLAINS_LENGTH = "complains_length"
    CONFUSED = "confused"
    CARD_REFUSES = "card_refuses"
    MODULE_REFUSES = "module_refuses"
    UNVERIFIED = "unverified"
    WRONG_CARD = "wrong_card"
    READ_FAILS = "read_fails"
    NO_RANDOM = "no_random"
    SELF_TEST = "self_test"
    UNAUTHORISED = "unauthorised"
    NO_PRESENCE = "no_presence"
    DEAF_PRESENCE = "deaf_presence"
    LOSES_SELECTION = "loses_selection"
    UNPLUG = "unplug"


READ = bytes([commands.READ.code, commands.READ.parameter])
PRESENCE = bytes([commands.NEWEST_ADDRESS.code, commands.NEWEST_ADDRESS.parameter])

_WORDS = {
    Misbehaviour.COMPLAINS_CHECKSUM: encode_reply(commands.BAD_CHECKSUM),
    Misbehaviour.COMPLAINS_LENGTH: encode_reply(commands.BAD_LENGTH),
    Misbehaviour.CONFUSED: encode_reply(commands.UNKNOWN_ERROR),
    Misbehaviour.SELF_TEST: encode_reply(commands.SELF_TEST_FAILED),
    Misbehaviour.UNAUTHORISED: encode_reply(commands.UNAUTHORISED),
    Misbehaviour.CARD_REFUSES: encode_reply(commands.CARD_REFUSED, sw1=0x69, sw2=0x82),
    Misbehaviour.MODULE_REFUSES: encode_reply(commands.MODULE_REFUSED),
    Misbehaviour.UNVERIFIED: encode_reply(commands.UNVERIFIED),
    Misbehaviour.WRONG_CARD: encode_reply(commands.WRONG_CARD),
    Misbehaviour.READ_FAILS: encode_reply(commands.READ_FAILED, sw1=0x6A, sw2=0x82),
    Misbehaviour.NO_RANDOM: encode_reply(commands.NO_RANDOM, sw1=0x6D, sw2=0x00),
    Misbehaviour.NO_PRESENCE: encode_reply(commands.BAD_COMMAND),
}

_ONLY_ON = {
    Misbehaviour.CARD_REFUSES: READ,
    Misbehaviour.MODULE_REFUSES: READ,
    Misbehaviour.UNVERIFIED: READ,
    Misbehaviour.WRONG_CARD: READ,
    Misbehaviour.READ_FAILS: READ,
    Misbehaviour.NO_RANDOM: READ,
    Misbehaviour.NO_PRESENCE: PRESENCE,
    Misbehaviour.DEAF_PRESENCE: PRESENCE,
    Misbehaviour.LOSES_SELECTION: PRESENCE,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes to send, and how long to wait before."""

    wait_s: float
    content: bytes


@dataclass(slots=True)
class Mischief:
    """One misbehaviour: on which command (None: its usual ones), how many more times (None: without end)."""

    how: Misbehaviour = Misbehaviour.NONE
    on: bytes | None = None
    times: int | None = None
    late_s: float = 2.0

    def strikes(self, request: bytes) -> bool:
        """Return whether this request is misanswered, and count it."""
        only_on = self.on or _ONLY_ON.get(self.how)
        if self.how is Misbehaviour.NONE or self.times == 0 or (only_on and not request.startswith(only_on)):
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def spoil(self, reply: bytes) -> Iterator[Piece]:
        """Yield what goes over the line instead of the reply."""
        match self.how:
            case Misbehaviour.SILENCE | Misbehaviour.DEAF_PRESENCE | Misbehaviour.UNPLUG:
                return
            case Misbehaviour.LATE:
                yield Piece(self.late_s, reply)
            case Misbehaviour.SLOW:
                yield from (Piece(SLOW_BYTE_S, bytes([byte])) for byte in reply)
            case Misbehaviour.SPLIT:
                cuts = sorted({0, 1, 4, 6, 9, len(reply) // 2, len(reply) - 1, len(reply)})
                yield from (Piece(0.001, reply[a:b]) for a, b in pairwise(cuts))
            case _:
                yield Piece(0.0, _damage(self.how, reply))


def _damage(how: Misbehaviour, reply: bytes) -> bytes:
    match how:
        case Misbehaviour.WRONG_CHECKSUM:
            return reply[:-1] + bytes([reply[-1] ^ 0x5A])
        case Misbehaviour.TRUNCATED:
            return reply[: len(reply) - 3]
        case Misbehaviour.GARBAGE:
            return GARBAGE + reply
        case Misbehaviour.MALFORMED:
            return MALFORMED
        case Misbehaviour.LOSES_SELECTION:
            return reply
    return _WORDS[how]
