"""How an emulated reader misbehaves: wrong words, damaged frames, bad timing, a card or plug that goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
UNHEARD_OF = 0xE7
"""A status that stands in no list."""


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
    DUPLICATE = "duplicate"
    COMPLAINS_CHECKSUM = "complains_checksum"
    COMPLAINS_LENGTH = "complains_length"
    UNKNOWN_COMMAND = "unknown_command"
    NOT_PERMITTED = "not_permitted"
    CONFUSED = "confused"
    CARD_REFUSES = "card_refuses"
    MODULE_REFUSES = "module_refuses"
    UNVERIFIED = "unverified"
    WRONG_CARD = "wrong_card"
    READ_FAILS = "read_fails"
    NO_RANDOM = "no_random"
    SELF_TEST = "self_test"
    UNAUTHORISED = "unauthorised"
    UNHEARD_OF = "unheard_of"
    NO_PRESENCE = "no_presence"
    DEAF_PRESENCE = "deaf_presence"
    LOSES_SELECTION = "loses_selection"
    LIFT_AT = "lift_at"
    UNPLUG_AT = "unplug_at"
    UNPLUG = "unplug"


MEANINGS: Mapping[Misbehaviour, str] = {
    Misbehaviour.NONE: "Answer as a sound module does.",
    Misbehaviour.WRONG_CHECKSUM: "Change the last byte of the answer.",
    Misbehaviour.TRUNCATED: "Stop after `at` bytes of the answer, or three before its end.",
    Misbehaviour.GARBAGE: "Send noise before the answer.",
    Misbehaviour.SPLIT: "Send the answer in pieces: cut before byte `at`, or at six awkward places.",
    Misbehaviour.SLOW: "Send byte by byte.",
    Misbehaviour.SILENCE: "Answer nothing.",
    Misbehaviour.MALFORMED: "Send the frame 05 05 05, whose length promises two bytes that never come.",
    Misbehaviour.LATE: "Answer after `late_s` seconds, when nobody listens for it any more.",
    Misbehaviour.DUPLICATE: "Answer twice.",
    Misbehaviour.COMPLAINS_CHECKSUM: "10: the host's checksum is wrong.",
    Misbehaviour.COMPLAINS_LENGTH: "11: the host's length is wrong.",
    Misbehaviour.UNKNOWN_COMMAND: "21: this module does not know the command.",
    Misbehaviour.NOT_PERMITTED: "23: the host may not ask this.",
    Misbehaviour.CONFUSED: "24: an error the module cannot name.",
    Misbehaviour.CARD_REFUSES: "31, with words of the card: the card does not accept the module.",
    Misbehaviour.MODULE_REFUSES: "32: the module does not accept the card.",
    Misbehaviour.UNVERIFIED: "33: the signature of what the card holds is wrong.",
    Misbehaviour.WRONG_CARD: "40: not an ID card.",
    Misbehaviour.READ_FAILS: "41, with words of the card: reading failed.",
    Misbehaviour.NO_RANDOM: "47, with words of the card: it gave no random number.",
    Misbehaviour.SELF_TEST: "60: the module failed its self-test.",
    Misbehaviour.UNAUTHORISED: "66: the module is not authorised.",
    Misbehaviour.UNHEARD_OF: "E7: a status that no list knows.",
    Misbehaviour.NO_PRESENCE: "21 to 30 03: the newest address is not known here.",
    Misbehaviour.DEAF_PRESENCE: "Nothing at all to 30 03.",
    Misbehaviour.LOSES_SELECTION: "Forget the selected card after 30 03.",
    Misbehaviour.LIFT_AT: "The card is lifted while the answer goes out, after `at` bytes of it.",
    Misbehaviour.UNPLUG_AT: "The plug is pulled after `at` bytes of the answer.",
    Misbehaviour.UNPLUG: "Pull the plug, until another misbehaviour (such as none) puts it back.",
}
"""What each one does, in the words of `kiosk emulate reader --help`."""

READ = bytes([commands.READ.code, commands.READ.parameter])
READ_WITH_FINGERS = bytes([commands.READ_WITH_FINGERS.code, commands.READ_WITH_FINGERS.parameter])
PRESENCE = bytes([commands.NEWEST_ADDRESS.code, commands.NEWEST_ADDRESS.parameter])

_WORDS = {
    Misbehaviour.COMPLAINS_CHECKSUM: encode_reply(commands.BAD_CHECKSUM),
    Misbehaviour.COMPLAINS_LENGTH: encode_reply(commands.BAD_LENGTH),
    Misbehaviour.UNKNOWN_COMMAND: encode_reply(commands.BAD_COMMAND),
    Misbehaviour.NOT_PERMITTED: encode_reply(commands.NOT_PERMITTED),
    Misbehaviour.CONFUSED: encode_reply(commands.UNKNOWN_ERROR),
    Misbehaviour.SELF_TEST: encode_reply(commands.SELF_TEST_FAILED),
    Misbehaviour.UNAUTHORISED: encode_reply(commands.UNAUTHORISED),
    Misbehaviour.CARD_REFUSES: encode_reply(commands.CARD_REFUSED, sw1=0x69, sw2=0x82),
    Misbehaviour.MODULE_REFUSES: encode_reply(commands.MODULE_REFUSED),
    Misbehaviour.UNVERIFIED: encode_reply(commands.UNVERIFIED),
    Misbehaviour.WRONG_CARD: encode_reply(commands.WRONG_CARD),
    Misbehaviour.READ_FAILS: encode_reply(commands.READ_FAILED, sw1=0x6A, sw2=0x82),
    Misbehaviour.NO_RANDOM: encode_reply(commands.NO_RANDOM, sw1=0x6D, sw2=0x00),
    Misbehaviour.UNHEARD_OF: encode_reply(UNHEARD_OF, sw1=0x6F, sw2=0x00),
    Misbehaviour.NO_PRESENCE: encode_reply(commands.BAD_COMMAND),
}

_READING = (READ, READ_WITH_FINGERS)
_ONLY_ON: Mapping[Misbehaviour, tuple[bytes, ...]] = {
    Misbehaviour.UNKNOWN_COMMAND: _READING,
    Misbehaviour.CARD_REFUSES: _READING,
    Misbehaviour.MODULE_REFUSES: _READING,
    Misbehaviour.UNVERIFIED: _READING,
    Misbehaviour.WRONG_CARD: _READING,
    Misbehaviour.READ_FAILS: _READING,
    Misbehaviour.NO_RANDOM: _READING,
    Misbehaviour.UNHEARD_OF: _READING,
    Misbehaviour.LIFT_AT: _READING,
    Misbehaviour.NO_PRESENCE: (PRESENCE,),
    Misbehaviour.DEAF_PRESENCE: (PRESENCE,),
    Misbehaviour.LOSES_SELECTION: (PRESENCE,),
}
"""Where a misbehaviour strikes unless it was told otherwise; those that stand not here strike everywhere."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes to send, and how long to wait before."""

    wait_s: float
    content: bytes


@dataclass(slots=True)
class Mischief:
    """One misbehaviour: on which command (None: its usual ones), how many more times (None: without end).

    `at` counts bytes of the answer where a misbehaviour does something in its middle.
    """

    how: Misbehaviour = Misbehaviour.NONE
    on: bytes | None = None
    times: int | None = None
    late_s: float = 2.0
    at: int | None = None

    def strikes(self, request: bytes) -> bool:
        """Return whether this request is misanswered, and count it."""
        only_on = (self.on,) if self.on else _ONLY_ON.get(self.how, (b"",))
        if self.how is Misbehaviour.NONE or self.times == 0 or not request.startswith(only_on):
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
                places = {1, 4, 6, 9, len(reply) // 2, len(reply) - 1} if self.at is None else {self.at}
                cuts = sorted({0, *(min(place, len(reply)) for place in places), len(reply)})
                yield from (Piece(0.001, reply[a:b]) for a, b in pairwise(cuts))
            case _:
                yield Piece(0.0, _damage(self.how, reply, self.at))


def _damage(how: Misbehaviour, reply: bytes, at: int | None) -> bytes:
    match how:
        case Misbehaviour.WRONG_CHECKSUM:
            return reply[:-1] + bytes([reply[-1] ^ 0x5A])
        case Misbehaviour.TRUNCATED | Misbehaviour.LIFT_AT | Misbehaviour.UNPLUG_AT:
            return reply[: len(reply) - 3 if at is None else at]
        case Misbehaviour.GARBAGE:
            return GARBAGE + reply
        case Misbehaviour.DUPLICATE:
            return reply + reply
        case Misbehaviour.MALFORMED:
            return MALFORMED
    return _WORDS.get(how, reply)


def mischief_from_values(values: Mapping[str, object]) -> Mischief:
    """Return a misbehaviour from JSON values; raises ValueError, KeyError or TypeError on what is none."""
    times, on, at = values.get("times"), values.get("on"), values.get("at")
    return Mischief(
        Misbehaviour(str(values["how"])),
        on=bytes.fromhex(str(on)) if on is not None else None,
        times=int(str(times)) if times is not None else None,
        late_s=float(str(values.get("late_s", 2.0))),
        at=int(str(at)) if at is not None else None,
    )
