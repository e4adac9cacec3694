"""The enrolment ticket: what a new kiosk must know to find its bureau and to trust it, in one line of text.

| part | bytes | content |
| --- | --- | --- |
| mark | (text) | `HALL1-` in front; the rest is base32 without padding |
| fingerprint | 32 | SHA-256 of the private authority's certificate (DER) |
| code length | 1 | of the next part |
| code | n | the one-time code |
| address | rest | the bureau's base URL, https |
| check | 4 | first bytes of the SHA-256 of all before, against slips of hand and eye |

The letters are those a QR code packs tightly. Whoever holds the ticket can enrol once, so it is a secret.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

MARK = "HALL1-"
_FINGERPRINT_BYTES = 32
_CHECK_BYTES = 4


class BadTicket(ValueError):
    """The text is not an enrolment ticket, or a letter of it is wrong."""


@dataclass(frozen=True, slots=True, repr=False)
class Ticket:
    """Where the bureau is, how to know it, and the one-time code."""

    url: str
    code: str
    ca_sha256: bytes

    def text(self) -> str:
        """Return the ticket as it is shown, printed or pasted."""
        code = self.code.encode("ascii")
        payload = self.ca_sha256 + bytes([len(code)]) + code + self.url.encode("ascii")
        return MARK + base64.b32encode(payload + _check(payload)).decode().rstrip("=")

    def __repr__(self) -> str:
        """Show the address alone: the code is a secret."""
        return f"Ticket({self.url}, …)"


def parse_ticket(text: str) -> Ticket:
    """Return what a ticket says; spaces, line breaks and small letters do no harm. Raises BadTicket."""
    squeezed = re.sub(r"\s", "", text).upper()
    if not squeezed.startswith(MARK):
        raise BadTicket("the mark in front is missing")
    body = squeezed.removeprefix(MARK)
    try:
        raw = base64.b32decode(body + "=" * (-len(body) % 8))
    except binascii.Error:
        raise BadTicket("a letter is none of base32") from None
    payload, check = raw[:-_CHECK_BYTES], raw[-_CHECK_BYTES:]
    if len(payload) <= _FINGERPRINT_BYTES or _check(payload) != check:
        raise BadTicket("a letter is wrong or missing")
    return _ticket_of(payload)


def _ticket_of(payload: bytes) -> Ticket:
    fingerprint, rest = payload[:_FINGERPRINT_BYTES], payload[_FINGERPRINT_BYTES:]
    code, url = rest[1 : 1 + rest[0]].decode("ascii"), rest[1 + rest[0] :].decode("ascii")
    if not url.startswith("https://"):
        raise BadTicket("the address is not https")
    return Ticket(url, code, fingerprint)


def _check(payload: bytes) -> bytes:
    return hashlib.sha256(payload).digest()[:_CHECK_BYTES]
