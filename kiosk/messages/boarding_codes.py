"""The signed code on a boarding pass: this slip has this seat on this trip.

| bytes | content |
| --- | --- |
| 1 | high half: layout version; low half: signature suite (1 = Ed25519) |
| 3 | id of the key of the kiosk that gave out the pass |
| 3 | id of the key of the kiosk that gave out the slip |
| 2 | hall day of the slip, in days since 2020-01-01 |
| 2 | counter of the slip on that kiosk and day |
| 1 | kind of the slip (0 dispatch, 1 referral) |
| 1 | day of the trip, in days after the slip's hall day |
| 1 | trip of that day |
| 1 | seat |
| 64 | signature over the 15 bytes before it |

All numbers are big-endian; 79 bytes in base 45 behind `LG3:` are 123 signs: version 6 at level M. The slip's
own key, day, counter and kind are its whole number, so a pass finds its slip wherever either was printed.
Whether somebody has boarded with it already is known at the door only.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.domain.slips import SlipKind
from kiosk.messages.code_envelopes import (
    VERSION_AND_SUITE,
    Envelope,
    NotOurCode,
    SealedCode,
    Verdict,
    day_number,
    day_of,
    require_fit,
)

_BODY = struct.Struct(">B3s3sHHBBBB")
ENVELOPE = Envelope("LG3:", _BODY.size)
_KINDS = (SlipKind.DISPATCH, SlipKind.REFERRAL)


@dataclass(frozen=True, slots=True)
class BoardingCode:
    """What the code of a boarding pass says.

    `key_id` and `slip_key_id` 0–16777215 name the keys of two kiosks, which may be one; `trip_no` and `seat`
    are 1–255. Values outside raise ValueError.
    """

    key_id: int
    slip_key_id: int
    slip_day: date
    slip_counter: int
    slip_kind: SlipKind
    trip_day: date
    trip_no: int
    seat: int

    def __post_init__(self) -> None:
        """Refuse what does not fit the layout, and a pass for no trip or no seat."""
        require_fit(
            (
                (self.key_id, 3),
                (self.slip_key_id, 3),
                (day_number(self.slip_day), 2),
                (self.slip_counter, 2),
                ((self.trip_day - self.slip_day).days, 1),
                (self.trip_no, 1),
                (self.seat, 1),
            )
        )
        if not (self.trip_no and self.seat):
            raise ValueError("no trip or no seat does not fit the code")


@dataclass(frozen=True, slots=True)
class SignedBoardingCode:
    """A boarding code as it was scanned: what it says, and the bytes and signature that say so."""

    code: BoardingCode
    sealed: SealedCode


def encode(code: BoardingCode, private_key: Ed25519PrivateKey) -> str:
    """Return the text of the pass's QR, signed by the kiosk that gives it out."""
    body = _BODY.pack(
        VERSION_AND_SUITE,
        code.key_id.to_bytes(3),
        code.slip_key_id.to_bytes(3),
        day_number(code.slip_day),
        code.slip_counter,
        _KINDS.index(code.slip_kind),
        (code.trip_day - code.slip_day).days,
        code.trip_no,
        code.seat,
    )
    return ENVELOPE.seal(body, private_key)


def decode(text: str) -> SignedBoardingCode:
    """Return what a scanned text says, before anybody has checked its signature.

    Raises NotOurCode for any other text.
    """
    sealed = ENVELOPE.open(text)
    _, _, slip_key_id, day_no, counter, kind, after, trip_no, seat = _BODY.unpack(sealed.body)
    slip_day = day_of(day_no)
    try:
        code = BoardingCode(
            key_id=sealed.key_id,
            slip_key_id=int.from_bytes(slip_key_id),
            slip_day=slip_day,
            slip_counter=counter,
            slip_kind=_KINDS[kind],
            trip_day=slip_day + timedelta(days=after),
            trip_no=trip_no,
            seat=seat,
        )
    except (IndexError, ValueError) as fault:
        raise NotOurCode("the kind, trip or seat is not one of ours") from fault
    return SignedBoardingCode(code, sealed)


def verify(signed: SignedBoardingCode, kiosk_key: Ed25519PublicKey | None, today: date) -> Verdict:
    """Return whether a kiosk we know signed the pass and its trip's day is not over."""
    return signed.sealed.verify_on(today, kiosk_key, signed.code.trip_day)
