"""The port to what stands around the kiosk, as the desk sees it: reader, printer, disk, sync."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kiosk.actions.ports import Staff
from kiosk.domain.devices import Device, DeviceState
from kiosk.domain.sentences import Sentence
from kiosk.paper.class_papers import ClassPaper

if TYPE_CHECKING:  # they are drawn a few times a day
    from kiosk.domain.shift_sheets import ShiftSheet
    from kiosk.paper.found_papers import FoundReceipt
    from kiosk.paper.manifests import ManifestPaper
    from kiosk.paper.outing_papers import OutingPaper


@dataclass(frozen=True, slots=True)
class PrinterLamps:
    """The printer's sensors at the last look; None means that it did not say, which is never well."""

    is_online: bool | None = None
    has_paper: bool | None = None
    is_near_end: bool | None = None
    is_cover_open: bool | None = None
    has_cutter_fault: bool | None = None


@dataclass(frozen=True, slots=True)
class StorageLamp:
    """What the disk has left, and what the key of the database protects against.

    `has_reserve` is False after the room that was held back had to be given up.
    """

    key: Sentence
    is_key_in_hardware: bool
    free_bytes: int
    has_reserve: bool = True


class DeviceHealth(Protocol):
    """The state of the devices as it was last heard; asking costs nothing and never waits for a device."""

    def device(self, device: Device) -> DeviceState:
        """Return what is known of a device."""
        ...

    def mend(self, device: Device, reason: str, staff: Staff) -> None:
        """Let a device that is out of order be used again; raises Refused without a reason."""
        ...

    def printer(self) -> PrinterLamps:
        """Return what the printer's sensors said."""
        ...

    def print_test_page(self, staff: Staff) -> str:
        """Send a test page the way of every slip and return its id in the journal."""
        ...

    def print_class_record(self, paper: ClassPaper, staff: Staff) -> str:
        """Send the record of a class the way of every slip and return its id in the journal."""
        ...

    def print_training_card(self, staff: Staff) -> str:
        """Send a training card the way of every slip and return its id in the journal."""
        ...

    def print_shift(self, paper: ShiftSheet, staff: Staff) -> str:
        """Send the sheet of a shift the way of every slip and return its id in the journal."""
        ...

    def print_manifest(self, paper: ManifestPaper, staff: Staff) -> str:
        """Send one paper of a coach that left the way of every slip and return its id in the journal."""
        ...

    def print_outing(self, paper: OutingPaper, staff: Staff) -> str:
        """Send a paper of a coach the way of every slip and return its id in the journal."""
        ...

    def print_found_receipt(self, paper: FoundReceipt, staff: Staff) -> str:
        """Send the receipt of a found card the way of every slip and return its id in the journal."""
        ...

    def storage(self) -> StorageLamp:
        """Return the state of disk and key."""
        ...

    def try_sync_now(self) -> None:
        """Ask the sync process for a round now; how it went shows in the sync health soon after."""
        ...
