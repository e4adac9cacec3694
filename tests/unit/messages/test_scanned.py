"""What people hold before a scanner is told apart as far as that helps them."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.domain.ids import StaffId
from kiosk.domain.jobs import PayUnit
from kiosk.domain.slips import SlipKind
from kiosk.messages import badge_codes, boarding_codes, return_codes, slip_codes
from kiosk.messages.badge_codes import BadgeCode, SignedBadgeCode, staff_mark
from kiosk.messages.boarding_codes import BoardingCode, SignedBoardingCode
from kiosk.messages.return_codes import ReturnCode, TaggedReturnCode
from kiosk.messages.scanned import Foreign, OwnCard, what_is
from kiosk.messages.slip_codes import SignedSlipCode, SlipCode

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DAY = date(2026, 9, 18)
SLIP = slip_codes.encode(
    SlipCode(7, SlipKind.DISPATCH, DAY, 37, 18_000, PayUnit.DAY, DAY, 3, 3, b"12345"), KEY
)
BADGE = badge_codes.encode(BadgeCode(7, staff_mark(StaffId("s")), DAY, 1), KEY)
BOARDING = boarding_codes.encode(BoardingCode(7, 8, DAY, 37, SlipKind.DISPATCH, DAY, 3, 12), KEY)


RETURN_PART = return_codes.encode(ReturnCode(7, SlipKind.DISPATCH, DAY, 37), bytes(32))


def test_our_four_codes_are_known_by_their_prefix() -> None:
    assert isinstance(what_is(SLIP), SignedSlipCode)
    assert isinstance(what_is(BADGE), SignedBadgeCode)
    assert isinstance(what_is(BOARDING), SignedBoardingCode)
    assert isinstance(what_is(RETURN_PART), TaggedReturnCode)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SLIP[:-9], Foreign.DAMAGED),
        (RETURN_PART[:-1], Foreign.DAMAGED),
        ("LG9:SOMETHING NEWER", Foreign.DAMAGED),
        ("LG5:PRACTICE", OwnCard.TRAINING),
        ("LG5:PRACTICE MORE", Foreign.DAMAGED),
        ("https://example.org/menu?table=7", Foreign.WEB_ADDRESS),
        ("WXP://F2F0ABC", Foreign.WEB_ADDRESS),
        ("www.example.org", Foreign.WEB_ADDRESS),
        ("134567890123456789", Foreign.PAYMENT),
        ("285678901234567890", Foreign.PAYMENT),
        ("6901234567892", Foreign.GOODS),
        ("96385074", Foreign.GOODS),
        ("6901234567893", Foreign.OTHER),
        ("999999196605040028", Foreign.OTHER),
        ("你好", Foreign.OTHER),
        ("LG", Foreign.OTHER),
        ("", Foreign.OTHER),
    ],
)
def test_what_others_made_is_told_apart(text: str, kind: Foreign) -> None:
    assert what_is(text) is kind
