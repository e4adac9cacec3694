"""The state of the devices for the desk, as it was last heard; asking never waits for a device."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.actions.device_health import PrinterLamps, StorageLamp
from kiosk.actions.ports import Staff
from kiosk.actions.print_test_page import TRAINING_CARD
from kiosk.app.desk_sheets import DeskSheets
from kiosk.app.printing import PrintMinder
from kiosk.app.supervisor import Supervisor
from kiosk.domain.devices import Device, DeviceState
from kiosk.domain.duties import Act
from kiosk.paper.class_papers import ClassPaper
from kiosk.storage.keys import KeySource
from kiosk.storage.opening import OpenedStore

if TYPE_CHECKING:  # they are drawn a few times a day
    from kiosk.domain.shift_sheets import ShiftSheet
    from kiosk.paper.found_papers import FoundReceipt
    from kiosk.paper.manifests import ManifestPaper
    from kiosk.paper.outing_papers import OutingPaper


class HeardHealth:
    """What the supervisor heard, the printer's sensors, disk and key; and what the desk may ask for."""

    def __init__(
        self,
        supervisor: Supervisor,
        printing: PrintMinder,
        opened: OpenedStore,
        sheets: DeskSheets,
        hurry_sync: Callable[[], None],
    ) -> None:
        """Ask these; the sheets are drawn in the printer's thread."""
        self._supervisor = supervisor
        self._printing = printing
        self._opened = opened
        self._sheets = sheets
        self._hurry_sync = hurry_sync

    def device(self, device: Device) -> DeviceState:
        """Return what is known of a device."""
        return self._supervisor.state(device)

    def mend(self, device: Device, reason: str, staff: Staff) -> None:
        """Let a device that is out of order be used again."""
        self._supervisor.mend(device, reason, staff)

    def printer(self) -> PrinterLamps:
        """Return the printer's sensors at the last look, within five seconds on an idle printer."""
        status = self._printing.status()
        if status is None or not self._supervisor.may_use(Device.PRINTER):
            return PrinterLamps()
        return PrinterLamps(
            is_online=status.online if status.is_reached else False,
            has_paper=status.has_paper,
            is_near_end=status.near_end,
            is_cover_open=status.cover_open,
            has_cutter_fault=status.cutter_fault,
        )

    def print_test_page(self, staff: Staff) -> str:
        """Send a test page the way of every slip and return its id in the journal."""
        return self._printing.print_test_page(staff, self._sheets.test_page)

    def print_class_record(self, paper: ClassPaper, staff: Staff) -> str:
        """Send the record of a class the way of every slip and return its id in the journal."""
        return self._printing.print_test_page(
            staff, lambda: self._sheets.class_record(paper), paper.number, Act.PRINT_CLASS_RECORD
        )

    def print_shift(self, paper: ShiftSheet, staff: Staff) -> str:
        """Send the sheet of a shift the way of every slip and return its id in the journal."""
        return self._printing.print_test_page(
            staff, lambda: self._sheets.shift(paper), paper.number, Act.PRINT_SHIFT
        )

    def print_manifest(self, paper: ManifestPaper, staff: Staff) -> str:
        """Send one paper of a coach that left the way of every slip and return its id in the journal."""
        return self._printing.print_test_page(
            staff, lambda: self._sheets.manifest(paper), paper.number, Act.PRINT_MANIFEST
        )

    def print_outing(self, paper: OutingPaper, staff: Staff) -> str:
        """Send a paper of a coach the way of every slip and return its id in the journal."""
        return self._printing.print_test_page(
            staff, lambda: self._sheets.outing(paper), paper.head.number, Act.PRINT_OUTING
        )

    def print_found_receipt(self, paper: FoundReceipt, staff: Staff) -> str:
        """Send the receipt of a found card the way of every slip and return its id in the journal."""
        return self._printing.print_test_page(
            staff, lambda: self._sheets.found_receipt(paper), paper.number, Act.PRINT_FOUND_RECEIPT
        )

    def print_training_card(self, staff: Staff) -> str:
        """Send a training card the way of every slip and return its id in the journal."""
        return self._printing.print_test_page(
            staff, self._sheets.training_card, TRAINING_CARD, Act.PRINT_TRAINING_CARD
        )

    def storage(self) -> StorageLamp:
        """Return the state of disk and key."""
        health = self._opened.health()
        in_hardware = self._opened.key.source is KeySource.CREDENTIAL
        return StorageLamp(
            key=health.key,
            is_key_in_hardware=in_hardware,
            free_bytes=health.free_bytes,
            has_reserve=not health.is_reserve_gone,
        )

    def try_sync_now(self) -> None:
        """Ask the sync process for a round now."""
        self._hurry_sync()
