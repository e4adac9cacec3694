"""The port to what stands around the kiosk, as the desk sees it: reader, printer, disk, sync."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class ReaderLamp:
    """The card reader: whether it works (None: not known yet), and what is wrong and what to do."""

    is_working: bool | None
    trouble: Sentence | None = None


@dataclass(frozen=True, slots=True)
class PrinterLamps:
    """One look at the printer; None means that it did not say, which is never the same as well."""

    is_online: bool | None = None
    has_paper: bool | None = None
    is_near_end: bool | None = None
    is_cover_open: bool | None = None
    has_cutter_fault: bool | None = None
    trouble: Sentence | None = None

    @property
    def is_working(self) -> bool | None:
        """Return whether slips come out: False for a known trouble, None while something is silent."""
        good, bad = (self.is_online, self.has_paper), (self.is_cover_open, self.has_cutter_fault)
        if False in good or True in bad:
            return False
        return None if None in (*good, *bad) else True


@dataclass(frozen=True, slots=True)
class StorageLamp:
    """What the disk has left, and what the key of the database protects against."""

    key: Sentence
    is_key_in_hardware: bool
    free_bytes: int


class DeviceHealth(Protocol):
    """The state of the devices as it was last heard; asking costs nothing and never waits for a device."""

    def reader(self) -> ReaderLamp:
        """Return the card reader's state."""
        ...

    def printer(self) -> PrinterLamps:
        """Return the printer's state."""
        ...

    def storage(self) -> StorageLamp:
        """Return the state of disk and key."""
        ...

    def try_sync_now(self) -> None:
        """Ask the sync process for a round now; how it went shows in the sync health soon after."""
        ...
