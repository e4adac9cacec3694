"""The envelope of every signed code of ours: a prefix, a body of fixed layout, a signature, in base 45.

| bytes | content |
| --- | --- |
| 1 | high half: layout version; low half: signature suite (1 = Ed25519) |
| 3 | id of the key that signed |
| n | what this kind of code says, big-endian |
| 64 | signature over all bytes before it |

The bytes are written in base 45 (RFC 9285), the alphabet of a QR code, behind a prefix that names the kind:
`LG1:` a slip, `LG2:` a badge, `LG3:` a boarding code. The prefix is not signed; no two kinds have bodies of
one length, so a signature made for one kind never fits another. `LG5:` is the training card of
`practice_codes`, which nobody signs.

Papers that go to an employer and come back, `LG4:` the return part of a slip and `LG6:` the sheet of an
arrival, have a tag for a signature: HMAC-SHA256 under the city's key (suite 2), cut to 10 bytes. Only kiosks
and bureau of the city have to check those, so their common key is enough and the code is half as large.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

import base45  # type: ignore[import-untyped]  # it ships no types
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

VERSION_AND_SUITE = 0x11
DAY_ZERO = date(2020, 1, 1)
TAGGED_VERSION_AND_SUITE = 0x12
SIGNATURE_BYTES = 64
TAG_BYTES = 10
_KEY_ID = slice(1, 4)


class NotOurCode(ValueError):
    """A scanned text is no code of this kind, or one that a newer kiosk made."""


class Verdict(StrEnum):
    """What a scan can know without a network."""

    GENUINE = "genuine"
    FORGED = "forged"
    UNKNOWN_KEY = "unknown_key"
    EXPIRED = "expired"
    """Genuine, but its last day is over; a slip's code never expires."""


@dataclass(frozen=True, slots=True)
class SealedCode:
    """A code as it was scanned: which key is said to have signed it, the signed bytes, the signature."""

    key_id: int
    body: bytes = field(repr=False)  # whoever has seen a badge's bytes can make that badge
    signature: bytes = field(repr=False)

    def verify(self, key: Ed25519PublicKey | None) -> Verdict:
        """Return whether the holder of `key` signed this; None stands for a key that nobody here knows."""
        if key is None:
            return Verdict.UNKNOWN_KEY
        try:
            key.verify(self.signature, self.body)
        except InvalidSignature:
            return Verdict.FORGED
        return Verdict.GENUINE

    def verify_on(self, today: date, key: Ed25519PublicKey | None, last_day: date) -> Verdict:
        """Return the same for a code that is good up to a day: a genuine one may be over."""
        verdict = self.verify(key)
        return Verdict.EXPIRED if verdict is Verdict.GENUINE and today > last_day else verdict


@dataclass(frozen=True, slots=True)
class Envelope:
    """One kind of code: its prefix, and how long its body is without the signature."""

    prefix: str
    body_bytes: int

    def seal(self, body: bytes, private_key: Ed25519PrivateKey) -> str:
        """Return the text of the QR."""
        return self._text(body + private_key.sign(body))

    def open(self, text: str) -> SealedCode:
        """Return what a scanned text holds, before anybody has checked its signature.

        Raises NotOurCode for any other text, also for one that only says the same bytes in another way.
        """
        if not text.startswith(self.prefix):
            raise NotOurCode("the text does not begin like this kind of code")
        try:
            raw: bytes = base45.b45decode(text.removeprefix(self.prefix))
        except ValueError as fault:
            raise NotOurCode("the text is not base 45") from fault
        if len(raw) != self.body_bytes + SIGNATURE_BYTES or raw[0] != VERSION_AND_SUITE:
            raise NotOurCode("the layout is not one of ours")
        if self._text(raw) != text:
            raise NotOurCode("the text is not written as we write it")
        return SealedCode(int.from_bytes(raw[_KEY_ID]), raw[: self.body_bytes], raw[self.body_bytes :])

    def _text(self, raw: bytes) -> str:
        encoded: bytes = base45.b45encode(raw)
        return self.prefix + encoded.decode()


@dataclass(frozen=True, slots=True)
class TaggedCode:
    """A code as it was scanned: the bytes it says, and the tag that says so."""

    body: bytes = field(repr=False)
    tag: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TaggedEnvelope:
    """One kind of code under the city's key: its prefix, and what keeps its tags apart from others."""

    prefix: str
    purpose: bytes

    def seal(self, body: bytes, city_key: bytes) -> str:
        """Return the text of the QR."""
        return self._text(body + self._tag(body, city_key))

    def open(self, text: str) -> TaggedCode:
        """Return what a scanned text holds, before anybody has checked its tag.

        Raises NotOurCode for any other text, also for one that only says the same bytes in another way.
        """
        if not text.startswith(self.prefix):
            raise NotOurCode("the text does not begin like this kind of code")
        try:
            raw: bytes = base45.b45decode(text.removeprefix(self.prefix))
        except ValueError as fault:
            raise NotOurCode("the text is not base 45") from fault
        if len(raw) <= TAG_BYTES or raw[0] != TAGGED_VERSION_AND_SUITE or self._text(raw) != text:
            raise NotOurCode("the layout is not one of ours")
        return TaggedCode(raw[:-TAG_BYTES], raw[-TAG_BYTES:])

    def verify(self, tagged: TaggedCode, city_key: bytes) -> Verdict:
        """Return whether a kiosk of this city made the code, as the city's key is now."""
        is_ours = hmac.compare_digest(tagged.tag, self._tag(tagged.body, city_key))
        return Verdict.GENUINE if is_ours else Verdict.FORGED

    def _tag(self, body: bytes, city_key: bytes) -> bytes:
        return hmac.digest(city_key, self.purpose + body, hashlib.sha256)[:TAG_BYTES]

    def _text(self, raw: bytes) -> str:
        encoded: bytes = base45.b45encode(raw)
        return self.prefix + encoded.decode()


def day_number(day: date) -> int:
    """Return a day as codes count it, from 2020-01-01 = 0."""
    return (day - DAY_ZERO).days


def day_of(number: int) -> date:
    """Return the day of a number, 0–65535."""
    return DAY_ZERO + timedelta(days=number)


def require_fit(limits: Iterable[tuple[int, int]]) -> None:
    """Raise ValueError unless each value, paired with its number of bytes, fits them unsigned."""
    if any(not 0 <= value < 1 << 8 * size for value, size in limits):
        raise ValueError("a value does not fit the code")
