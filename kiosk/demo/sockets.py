"""Where local sockets lie: beside the data, or under a short name where the folder's path is too long."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

LONGEST_BYTES = 100
"""A socket's path may have 107 bytes on Linux; some are left for names the program appends."""


def socket_path(wanted: Path) -> Path:
    """Return the path to use for a socket; the same wanted path always gives the same answer."""
    whole = wanted.absolute()
    if len(str(whole).encode()) <= LONGEST_BYTES:
        return whole
    digest = hashlib.sha256(str(whole).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"kiosk-{digest}.sock"
