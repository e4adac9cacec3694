"""The signed code on a staff badge: the bureau says that its bearer may be known as one member of staff.

| bytes | content |
| --- | --- |
| 1 | high half: layout version; low half: signature suite (1 = Ed25519) |
| 3 | id of the bureau's badge key |
| 16 | mark of the staff id: the first bytes of its SHA-256 |
| 2 | last day on which the badge is good, in days since 2020-01-01 |
| 4 | serial of the badge, never given twice, so that a lost one can be told from its successor |
| 64 | signature over the 26 bytes before it |

All numbers are big-endian; 90 bytes in base 45 behind `LG2:` are 139 signs: version 6 at level M. No name
stands in the code: a badge found in the street tells nobody whose it is, and a hall finds the mark among its
own few staff. A badge says who shows it; what that person may do is decided elsewhere.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.domain.ids import StaffId
from kiosk.messages.code_envelopes import (
    VERSION_AND_SUITE,
    Envelope,
    SealedCode,
    Verdict,
    day_number,
    day_of,
    require_fit,
)

MARK_BYTES = 16
_BODY = struct.Struct(">B3s16sHI")
ENVELOPE = Envelope("LG2:", _BODY.size)


@dataclass(frozen=True, slots=True)
class BadgeCode:
    """What the code of a badge says.

    `key_id` 0–16777215 names the bureau's badge key; `staff_mark` is made by `staff_mark`; `serial` is below
    2**32. Values outside raise ValueError.
    """

    key_id: int
    staff_mark: bytes
    valid_to: date
    serial: int

    def __post_init__(self) -> None:
        """Refuse what does not fit the layout."""
        require_fit(((self.key_id, 3), (day_number(self.valid_to), 2), (self.serial, 4)))
        if len(self.staff_mark) != MARK_BYTES:
            raise ValueError("a mark of another length does not fit the code")


@dataclass(frozen=True, slots=True)
class SignedBadgeCode:
    """A badge's code as it was scanned: what it says, and the bytes and signature that say so."""

    code: BadgeCode
    sealed: SealedCode


@dataclass(frozen=True, slots=True)
class ProvenBadge:
    """A badge whose signature and last day were proven: whose it is, and which of theirs."""

    staff: StaffId
    serial: int


def staff_mark(staff: StaffId) -> bytes:
    """Return the mark under which a badge names a member of staff."""
    return hashlib.sha256(staff.encode()).digest()[:MARK_BYTES]


def encode(code: BadgeCode, private_key: Ed25519PrivateKey) -> str:
    """Return the text of the badge's QR, signed by the bureau."""
    valid_to = day_number(code.valid_to)
    key_id = code.key_id.to_bytes(3)
    body = _BODY.pack(VERSION_AND_SUITE, key_id, code.staff_mark, valid_to, code.serial)
    return ENVELOPE.seal(body, private_key)


def decode(text: str) -> SignedBadgeCode:
    """Return what a scanned text says, before anybody has checked its signature.

    Raises NotOurCode for any other text.
    """
    sealed = ENVELOPE.open(text)
    _, _, mark, valid_to, serial = _BODY.unpack(sealed.body)
    return SignedBadgeCode(BadgeCode(sealed.key_id, mark, day_of(valid_to), serial), sealed)


def verify(signed: SignedBadgeCode, bureau_key: Ed25519PublicKey | None, today: date) -> Verdict:
    """Return whether the bureau signed the badge and it is still good on the hall's day."""
    return signed.sealed.verify_on(today, bureau_key, signed.code.valid_to)
