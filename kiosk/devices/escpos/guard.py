"""Keeps real-time commands out of pictures, because many printers obey them even inside image data.

`10 04` asks for status, `10 05` recovers from errors and `10 14` can open a drawer or power off. A byte
`10` in a picture is a lone dot; widening it by one dot to `18` breaks the pattern, and nobody sees it. A
QR code is never touched: its modules are wider than one dot.
"""

from __future__ import annotations

import re

REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")
_WIDER_DOT = b"\x18"


def has_real_time(picture: bytes) -> bool:
    """Return whether picture bytes contain a pair a printer may take for a real-time command."""
    return REAL_TIME.search(picture) is not None


def without_real_time(picture: bytes) -> bytes:
    """Return the bytes with every dangerous lone dot widened by one dot; all others are unchanged."""
    return REAL_TIME.sub(_WIDER_DOT, picture)
