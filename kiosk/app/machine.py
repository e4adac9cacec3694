"""What this machine is and since when it has been on."""

from __future__ import annotations

import socket
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def boot_id() -> str:
    """Return the identifier of this run of the machine; it changes with every boot."""
    return _BOOT_ID.read_text(encoding="ascii").strip()


def device_name() -> str:
    """Return the name under which a person finds this machine in the hall."""
    return socket.gethostname()
