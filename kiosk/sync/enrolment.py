"""Enrol a kiosk: make its own key, offer a one-time code over a pinned connection, learn who it is."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.messages.sync import EnrolReply, EnrolRequest
from kiosk.sync.http_bureau import HttpBureau


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a kiosk holds after enrolment; `key` never leaves this machine."""

    reply: EnrolReply
    key: Ed25519PrivateKey


def enrol(url: str, ca_file: Path, code: str, device: str, key: Ed25519PrivateKey | None = None) -> Enrolled:
    """Enrol this machine. Raises BureauRefusedError for a wrong, used or expired code.

    Offered again with the same `key`, a used code is answered again: that is how a lost reply is made good.
    """
    key = key or Ed25519PrivateKey.generate()
    public_key = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    with HttpBureau(url, ca_file) as bureau:
        reply = bureau.enrol(EnrolRequest(code=code, public_key=public_key, device=device))
    return Enrolled(reply, key)
