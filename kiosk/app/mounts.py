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

    A stick is a file system of a block device behind a USB port, and not the one this program runs from.
    """
    found = []
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        source, place, *_ = line.split(" ")
        place = _ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), place)
        if source.startswith("/dev/") and _is_usb(blocks / Path(source).name) and not _is_own(Path(place)):
            found.append(FoundStick(place, Path(place).name))
    return tuple(found)


def _is_usb(block: Path) -> bool:
    """Return whether a block device hangs on a USB port, by the path of its place in the machine."""
    return any(part.startswith("usb") for part in block.resolve().parts)


def _is_own(place: Path) -> bool:
    """Return whether the program itself runs from a file system; small kiosks start from a USB disk."""
    return Path(__file__).is_relative_to(place)
