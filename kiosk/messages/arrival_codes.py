"""The code on the sheet of an arrival, which the employer signs and the driver brings back: this coach came.

| bytes | content |
| --- | --- |
| 1 | high half: layout version; low half: suite (2 = tag under the city's key) |
| 2 | day of the trip, in days since 2020-01-01 |
| 1 | people on the list when the sheet was printed |
| n | id of the trip, 1 to 40 bytes of UTF-8 |
| 10 | tag over all bytes before it |

All numbers are big-endian; behind `LG6:` in base 45. Who came is written on the paper by hand, so the code
names nobody, and how many came is said by whoever holds the sheet.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import date

from kiosk.domain.ids import TripId
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

ENVELOPE = TaggedEnvelope("LG6:", b"arrival sheet\0")
_HEAD = struct.Struct(">BHB")
_LONGEST_ID = 40


@dataclass(frozen=True, slots=True)
class ArrivalCode:
    """Which coach a sheet belongs to; values that do not fit the layout raise ValueError."""

    trip: TripId
    day: date
    expected: int

    def __post_init__(self) -> None:
        """Refuse what does not fit the layout."""
        require_fit(((day_number(self.day), 2), (self.expected, 1)))
        if not 0 < len(self.trip.encode()) <= _LONGEST_ID:
            raise ValueError("the id of the trip does not fit the code")


@dataclass(frozen=True, slots=True)
class TaggedArrivalCode:
    """The code of a sheet as it was scanned: what it says, and the bytes and tag that say so."""

    code: ArrivalCode
    tagged: TaggedCode


def encode(code: ArrivalCode, city_key: bytes) -> str:
    """Return the text of the QR."""
    head = _HEAD.pack(TAGGED_VERSION_AND_SUITE, day_number(code.day), code.expected)
    return ENVELOPE.seal(head + code.trip.encode(), city_key)


def decode(text: str) -> TaggedArrivalCode:
    """Return what a scanned text says, before anybody has checked its tag.

    Raises NotOurCode for any other text, also for one that only says the same bytes in another way.
    """
    tagged = ENVELOPE.open(text)
    try:
        _, day_no, expected = _HEAD.unpack_from(tagged.body)
        code = ArrivalCode(TripId(tagged.body[_HEAD.size :].decode()), day_of(day_no), expected)
    except (struct.error, ValueError) as fault:
        raise NotOurCode("the layout is not one of ours") from fault
    return TaggedArrivalCode(code, tagged)


def verify(read: TaggedArrivalCode, city_key: bytes) -> Verdict:
    """Return whether a kiosk of this city made the code, as the city's key is now."""
    return ENVELOPE.verify(read.tagged, city_key)
