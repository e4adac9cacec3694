"""The signed code on a slip: anyone with the kiosk's public key can check it, with no network.

| bytes | content |
| --- | --- |
| 1 | high half: layout version; low half: signature suite (1 = Ed25519) |
| 3 | id of the kiosk's key, as the bureau gave it out |
| 2 | hall day of the slip, in days since 2020-01-01 |
| 2 | counter of the slip on that kiosk and day |
| 3 | pay in fen for one unit |
| 1 | high half: pay unit; low half: kind of slip |
| 1 | first day of work, in days after the hall day |
| 2 | trip of the day (0: no coach) and place to stand (0: none) |
| 5 | first bytes of the promise's digest |
| 64 | signature over the 20 bytes before it |

All numbers are big-endian. The 84 bytes are written in base 45 (RFC 9285) behind `LG1:`, which is 130
signs of the QR alphabet: version 6 at level M. No name, number or telephone of anyone is in the code.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.domain.jobs import PayUnit
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

DIGEST_BYTES = 5
_BODY = struct.Struct(">B3sHH3sBBBB5s")
ENVELOPE = Envelope("LG1:", _BODY.size)
_UNITS = (PayUnit.DAY, PayUnit.HOUR, PayUnit.PIECE, PayUnit.MONTH, PayUnit.LUMP)
_KINDS = (SlipKind.DISPATCH, SlipKind.REFERRAL)


@dataclass(frozen=True, slots=True)
class SlipCode:
    """What the code of a slip says.

    `key_id` 0–16777215 names the kiosk's key; `pay_fen` 0–16777215; `trip_no` and `bay_no` 0–255, 0 for
    none; `promise` is made by `promise_digest`. Values outside raise ValueError.
    """

    key_id: int
    kind: SlipKind
    day: date
    counter: int
    pay_fen: int
    pay_unit: PayUnit
    starts_on: date
    trip_no: int
    bay_no: int
    promise: bytes

    def __post_init__(self) -> None:
        """Refuse what does not fit the layout."""
        require_fit(
            (
                (self.key_id, 3),
                (day_number(self.day), 2),
                (self.counter, 2),
                (self.pay_fen, 3),
                ((self.starts_on - self.day).days, 1),
                (self.trip_no, 1),
                (self.bay_no, 1),
            )
        )
        if len(self.promise) != DIGEST_BYTES:
            raise ValueError("a digest of another length does not fit the code")


@dataclass(frozen=True, slots=True)
class SignedSlipCode:
    """A slip's code as it was scanned: what it says, and the bytes and signature that say so."""

    code: SlipCode
    sealed: SealedCode


def promise_digest(parts: Sequence[str]) -> bytes:
    """Return the digest of a promise: employer, place, payday and what else both sides rely on, in order.

    The parts are joined by a sign that no text holds, so that moving a word from one to the next changes it.
    """
    return hashlib.sha256("\x1f".join(parts).encode()).digest()[:DIGEST_BYTES]


def check_code(promise: bytes) -> str:
    """Return the eight signs (A–Z, 2–7) that stand on the paper as 校验码."""
    return base64.b32encode(promise).decode()


def encode(code: SlipCode, private_key: Ed25519PrivateKey) -> str:
    """Return the text of the QR: signed, and short enough for 6 dots a module on 58 mm paper."""
    return ENVELOPE.seal(_body(code), private_key)


def decode(text: str) -> SignedSlipCode:
    """Return what a scanned text says, before anybody has checked its signature.

    Raises NotOurCode for any other text.
    """
    sealed = ENVELOPE.open(text)
    return SignedSlipCode(_code(sealed), sealed)


def verify(signed: SignedSlipCode, public_keys: Mapping[int, Ed25519PublicKey]) -> Verdict:
    """Return whether a kiosk we know signed the code. Void and used are not to be read from paper."""
    return signed.sealed.verify(public_keys.get(signed.code.key_id))


def _body(code: SlipCode) -> bytes:
    return _BODY.pack(
        VERSION_AND_SUITE,
        code.key_id.to_bytes(3),
        day_number(code.day),
        code.counter,
        code.pay_fen.to_bytes(3),
        _UNITS.index(code.pay_unit) << 4 | _KINDS.index(code.kind),
        (code.starts_on - code.day).days,
        code.trip_no,
        code.bay_no,
        code.promise,
    )


def _code(sealed: SealedCode) -> SlipCode:
    _, _, day_no, counter, pay, unit_and_kind, start, trip_no, bay_no, promise = _BODY.unpack(sealed.body)
    day = day_of(day_no)
    try:
        unit, kind = _UNITS[unit_and_kind >> 4], _KINDS[unit_and_kind & 0x0F]
    except IndexError as fault:
        raise NotOurCode("the pay unit or kind is not one of ours") from fault
    return SlipCode(
        key_id=sealed.key_id,
        kind=kind,
        day=day,
        counter=counter,
        pay_fen=int.from_bytes(pay),
        pay_unit=unit,
        starts_on=day + timedelta(days=start),
        trip_no=trip_no,
        bay_no=bay_no,
        promise=promise,
    )
