"""What a scanned text is: one of our codes, or somebody else's, told apart as far as that helps.

| text | taken for |
| --- | --- |
| `LG1:` … | our slip |
| `LG2:` … | a staff badge |
| `LG3:` … | a boarding code |
| `LG4:` … | the return part of a slip |
| `LG5:` … | the training card, with which practice begins |
| `LG6:` … | the sheet of a coach's arrival |
| `LG` and a digit, and yet none of them | one of ours that is torn, or newer than this kiosk |
| letters and `://` | a web address, as shops, chats and posters have them |
| 18 digits from 10 to 15, or 16 to 24 from 25 to 30 | a code to pay with |
| 8 or 13 digits with the check digit of goods | the code on a product |

The code of an electronic social-security card has no form that is published; it is one of the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from itertools import cycle

from kiosk.messages import (
    arrival_codes,
    badge_codes,
    boarding_codes,
    practice_codes,
    return_codes,
    slip_codes,
)
from kiosk.messages.arrival_codes import TaggedArrivalCode
from kiosk.messages.badge_codes import SignedBadgeCode
from kiosk.messages.boarding_codes import SignedBoardingCode
from kiosk.messages.code_envelopes import NotOurCode
from kiosk.messages.return_codes import TaggedReturnCode
from kiosk.messages.slip_codes import SignedSlipCode


class Foreign(StrEnum):
    """What a text that is none of our codes seems to be; nothing of it is kept."""

    DAMAGED = "damaged"
    WEB_ADDRESS = "web_address"
    PAYMENT = "payment"
    GOODS = "goods"
    OTHER = "other"


class OwnCard(StrEnum):
    """A card of ours that says what it is for and nothing else."""

    TRAINING = practice_codes.TRAINING_CARD


Scanned = (
    SignedSlipCode
    | SignedBadgeCode
    | SignedBoardingCode
    | TaggedReturnCode
    | TaggedArrivalCode
    | OwnCard
    | Foreign
)


def _own_card(text: str) -> OwnCard:
    try:
        return OwnCard(text)
    except ValueError as fault:
        raise NotOurCode("no card of this kiosk's time says so") from fault


_DECODERS: Mapping[str, Callable[[str], Scanned]] = {
    slip_codes.ENVELOPE.prefix: slip_codes.decode,
    badge_codes.ENVELOPE.prefix: badge_codes.decode,
    boarding_codes.ENVELOPE.prefix: boarding_codes.decode,
    return_codes.ENVELOPE.prefix: return_codes.decode,
    arrival_codes.ENVELOPE.prefix: arrival_codes.decode,
    practice_codes.PREFIX: _own_card,
}
_OURS = re.compile(r"LG[0-9]")
_WEB_ADDRESS = re.compile(r"(?i)[a-z][a-z0-9+.-]{1,20}://|www\.")
_PAYMENT = re.compile(r"1[0-5][0-9]{16}|(2[5-9]|30)[0-9]{14,22}")
_GOODS = re.compile(r"[0-9]{8}|[0-9]{13}")


def what_is(text: str) -> Scanned:
    """Return what a scanned text is, before any signature is checked; never raises."""
    decode = _DECODERS.get(text[:4])
    if decode is not None:
        try:
            return decode(text)
        except NotOurCode:
            return Foreign.DAMAGED
    return _foreign(text)


def _foreign(text: str) -> Foreign:
    if _OURS.match(text):
        return Foreign.DAMAGED
    if _WEB_ADDRESS.match(text):
        return Foreign.WEB_ADDRESS
    if _PAYMENT.fullmatch(text):
        return Foreign.PAYMENT
    if _GOODS.fullmatch(text) and _has_check_digit(text):
        return Foreign.GOODS
    return Foreign.OTHER


def _has_check_digit(digits: str) -> bool:
    """Weigh the digits 1, 3, 1, 3 … from the right, the check digit first; goods add up to tens."""
    weighed = zip(cycle((1, 3)), reversed(digits), strict=False)
    return sum(weight * int(digit) for weight, digit in weighed) % 10 == 0
