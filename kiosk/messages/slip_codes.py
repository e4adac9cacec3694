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
from enum import StrEnum

import base45  # type: ignore[import-untyped]  # it ships no types
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.domain.jobs import PayUnit
from kiosk.domain.slips import SlipKind

PREFIX = "LG1:"
DIGEST_BYTES = 5
DAY_ZERO = date(2020, 1, 1)
_VERSION_AND_SUITE = 0x11
_BODY = struct.Struct(">B3sHH3sBBBB5s")
_SIGNATURE_BYTES = 64
_UNITS = (PayUnit.DAY, PayUnit.HOUR, PayUnit.PIECE, PayUnit.MONTH, PayUnit.LUMP)
_KINDS = (SlipKind.DISPATCH, SlipKind.REFERRAL)


class NotASlipCode(ValueError):
    """A scanned text is no code of ours, or one that a newer kiosk made."""


class Verdict(StrEnum):
    """What a scan can know without a network."""

    GENUINE = "genuine"
    FORGED = "forged"
    UNKNOWN_KEY = "unknown_key"


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
        limits = (
            (self.key_id, 1 << 24),
            ((self.day - DAY_ZERO).days, 1 << 16),
            (self.counter, 1 << 16),
            (self.pay_fen, 1 << 24),
            ((self.starts_on - self.day).days, 1 << 8),
            (self.trip_no, 1 << 8),
            (self.bay_no, 1 << 8),
        )
        if any(not 0 <= value < limit for value, limit in limits) or len(self.promise) != DIGEST_BYTES:
            raise ValueError("a value does not fit the slip code")


@dataclass(frozen=True, slots=True)
class SignedSlipCode:
    """A code as it was scanned: what it says, the bytes that were signed, and the signature."""

    code: SlipCode
    body: bytes
    signature: bytes


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
    body = _body(code)
    encoded: bytes = base45.b45encode(body + private_key.sign(body))
    return PREFIX + encoded.decode()


def decode(text: str) -> SignedSlipCode:
    """Return what a scanned text says, before anybody has checked its signature.

    Raises NotASlipCode for any other text.
    """
    if not text.startswith(PREFIX):
        raise NotASlipCode("the text does not begin like a slip code")
    try:
        raw: bytes = base45.b45decode(text.removeprefix(PREFIX))
    except ValueError as fault:
        raise NotASlipCode("the text is not base 45") from fault
    if len(raw) != _BODY.size + _SIGNATURE_BYTES or raw[0] != _VERSION_AND_SUITE:
        raise NotASlipCode("the layout is not one of ours")
    body, signature = raw[: _BODY.size], raw[_BODY.size :]
    return SignedSlipCode(_code(body), body, signature)


def verify(signed: SignedSlipCode, public_keys: Mapping[int, Ed25519PublicKey]) -> Verdict:
    """Return whether a kiosk we know signed the code. Void and used are not to be read from paper."""
    key = public_keys.get(signed.code.key_id)
    if key is None:
        return Verdict.UNKNOWN_KEY
    try:
        key.verify(signed.signature, signed.body)
    except InvalidSignature:
        return Verdict.FORGED
    return Verdict.GENUINE


def _body(code: SlipCode) -> bytes:
    return _BODY.pack(
        _VERSION_AND_SUITE,
        code.key_id.to_bytes(3),
        (code.day - DAY_ZERO).days,
        code.counter,
        code.pay_fen.to_bytes(3),
        _UNITS.index(code.pay_unit) << 4 | _KINDS.index(code.kind),
        (code.starts_on - code.day).days,
        code.trip_no,
        code.bay_no,
        code.promise,
    )


def _code(body: bytes) -> SlipCode:
    _, key_id, day_no, counter, pay, unit_and_kind, start, trip_no, bay_no, promise = _BODY.unpack(body)
    day = DAY_ZERO + timedelta(days=day_no)
    try:
        unit, kind = _UNITS[unit_and_kind >> 4], _KINDS[unit_and_kind & 0x0F]
    except IndexError as fault:
        raise NotASlipCode("the pay unit or kind is not one of ours") from fault
    return SlipCode(
        key_id=int.from_bytes(key_id),
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
