"""Which USB sticks are plugged in, as the kernel lists what is mounted."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.actions.stick_errands import FoundStick

_MOUNTS = Path("/proc/self/mounts")
_BLOCKS = Path("/sys/class/block")
_ESCAPED = re.compile(r"\\([0-7]{3})")


def mounted_sticks(mounts: Path = _MOUNTS, blocks: Path = _BLOCKS) -> tuple[FoundStick, ...]:
    """Return the sticks that are mounted, as the kernel lists them: no stick is touched, so nothing waits.

    A stick is a file system of a block device behind a USB port, and not of the disk this program runs from:
    small kiosks start from a USB disk, which has more file systems than theirs.
    """
    listed = []
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        source, place, *_ = line.split(" ")
        if source.startswith("/dev/"):
            place = _ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), place)
            listed.append((_disk(blocks / Path(source).name), Path(place)))
    own = {disk for disk, place in listed if Path(__file__).is_relative_to(place)}
    return tuple(
        FoundStick(str(place), place.name) for disk, place in listed if _is_usb(disk) and disk not in own
    )


def _disk(block: Path) -> Path:
    """Return the place in the machine of the disk that a block device is, or is a partition of."""
    place = block.resolve()
    return place.parent if (place / "partition").exists() else place


def _is_usb(disk: Path) -> bool:
    """Return whether a disk hangs on a USB port, by the path of its place in the machine."""
    return any(part.startswith("usb") for part in disk.parts)
