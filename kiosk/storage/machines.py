"""Which machine is this, and which of its starts: so that a cloned disk is known for what it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

_MACHINE_ID = Path("/etc/machine-id")
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_DISKS = Path("/dev/disk/by-uuid")


@dataclass(frozen=True, slots=True)
class Machine:
    """`fingerprint` is the same for one machine and file system; `boot` differs at every start of it."""

    fingerprint: str
    boot: str

    @property
    def digest(self) -> str:
        """What the bureau is told: it differs between two machines and says nothing else of them."""
        return hashlib.sha256(f"machine\n{self.fingerprint}".encode()).hexdigest()


def this_machine(data_dir: Path) -> Machine:
    """Return what the system tells; parts it does not let us read count as empty, today and tomorrow."""
    parts = (_text(_MACHINE_ID), _file_system_uuid(data_dir))
    fingerprint = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return Machine(fingerprint, _text(_BOOT_ID) or "unknown")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _file_system_uuid(data_dir: Path) -> str:
    try:
        device = data_dir.stat().st_dev
        return next((disk.name for disk in sorted(_DISKS.iterdir()) if disk.stat().st_rdev == device), "")
    except OSError:
        return ""
