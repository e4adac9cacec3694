"""The code on the return part of a slip, which the employer keeps: this slip's other half is in my hand.

| bytes | content |
| --- | --- |
| 1 | high half: layout version; low half: suite (2 = HMAC-SHA256 under the city's key, cut to 10 bytes) |
| 3 | id of the key of the kiosk that gave out the slip |
| 2 | hall day of the slip, in days since 2020-01-01 |
| 2 | counter of the slip on that kiosk and day |
| 1 | kind of the slip (0 dispatch, 1 referral) |
| 10 | tag over the 9 bytes before it |

All numbers are big-endian; 19 bytes in base 45 behind `LG4:` are 33 signs: version 2 at level M, 198 dots a
side. A signature would make that 270 and the slip 16 mm longer. Only the kiosks and the bureau of the city
have to check a return part, so their common key is enough; what it says is no promise to anybody.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import date

from kiosk.domain.slips import SlipKind
from kiosk.messages.code_envelopes import (
    TAGGED_VERSION_AND_SUITE,
    NotOurCode,
    TaggedCode,
    TaggedEnvelope,
    Verdict,
    day_number,
    day_of,
    require_fit,
)

ENVELOPE = TaggedEnvelope("LG4:", b"return part\0")
_BODY = struct.Struct(">B3sHHB")
_KINDS = (SlipKind.DISPATCH, SlipKind.REFERRAL)


@dataclass(frozen=True, slots=True)
class ReturnCode:
    """Which slip a return part belongs to; values that do not fit the layout raise ValueError."""

    key_id: int
    kind: SlipKind
    day: date
    counter: int

    def __post_init__(self) -> None:
        """Refuse what does not fit the layout."""
        require_fit(((self.key_id, 3), (day_number(self.day), 2), (self.counter, 2)))


@dataclass(frozen=True, slots=True)
class TaggedReturnCode:
    """A return code as it was scanned: what it says, and the bytes and tag that say so."""

    code: ReturnCode
    tagged: TaggedCode


def encode(code: ReturnCode, city_key: bytes) -> str:
    """Return the text of the QR."""
    body = _BODY.pack(
        TAGGED_VERSION_AND_SUITE,
        code.key_id.to_bytes(3),
        day_number(code.day),
        code.counter,
        _KINDS.index(code.kind),
    )
    return ENVELOPE.seal(body, city_key)


def decode(text: str) -> TaggedReturnCode:
    """Return what a scanned text says, before anybody has checked its tag.

    Raises NotOurCode for any other text, also for one that only says the same bytes in another way.
    """
    tagged = ENVELOPE.open(text)
    if len(tagged.body) != _BODY.size:
        raise NotOurCode("the layout is not one of ours")
    _, key_id, day_no, counter, kind = _BODY.unpack(tagged.body)
    if kind >= len(_KINDS):
        raise NotOurCode("the kind is not one of ours")
    return TaggedReturnCode(ReturnCode(int.from_bytes(key_id), _KINDS[kind], day_of(day_no), counter), tagged)


def verify(read: TaggedReturnCode, city_key: bytes) -> Verdict:
    """Return whether a kiosk of this city made the code, as the city's key is now."""
    return ENVELOPE.verify(read.tagged, city_key)
