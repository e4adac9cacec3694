"""The state of the devices for the desk, as it was last heard; asking never waits for a device."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions.device_health import PrinterLamps, ReaderLamp, StorageLamp
from kiosk.app.printing import PrintMinder
from kiosk.devices.readers import ReaderEvent, ReaderLost, ReaderReady, attendant_sentence
from kiosk.domain.sentences import Sentence
from kiosk.storage.keys import KeySource
from kiosk.storage.opening import OpenedStore


class HeardHealth:
    """Remembers what reader and printer said last.

    `hear_reader` runs in the reader's thread; a lamp is one reference, so the screen's thread sees the old
    one or the new one and never half of each.
    """

    def __init__(
        self, printing: PrintMinder, opened: OpenedStore, hurry_sync: Callable[[], None], *, has_reader: bool
    ) -> None:
        """Begin with nothing heard; a kiosk without a reader says so."""
        missing = None if has_reader else Sentence("devices.reader.missing", {"code": "R03"})
        self._reader = ReaderLamp(is_working=None if has_reader else False, trouble=missing)
        self._printing = printing
        self._opened = opened
        self._hurry_sync = hurry_sync

    def hear_reader(self, event: ReaderEvent) -> None:
        """Take note of a reader that came or went."""
        if isinstance(event, ReaderReady):
            self._reader = ReaderLamp(is_working=True)
        elif isinstance(event, ReaderLost):
            self._reader = ReaderLamp(is_working=False, trouble=attendant_sentence(event))

    def reader(self) -> ReaderLamp:
        """Return the card reader's state."""
        return self._reader

    def printer(self) -> PrinterLamps:
        """Return the printer's state at the last look, within five seconds on an idle printer."""
        status = self._printing.status()
        if status is None:
            return PrinterLamps()
        return PrinterLamps(
            is_online=status.online if status.is_reached else False,
            has_paper=status.has_paper,
            is_near_end=status.near_end,
            is_cover_open=status.cover_open,
            has_cutter_fault=status.cutter_fault,
            trouble=status.trouble,
        )

    def storage(self) -> StorageLamp:
        """Return the state of disk and key."""
        health = self._opened.health()
        in_hardware = self._opened.key.source is KeySource.CREDENTIAL
        return StorageLamp(key=health.key, is_key_in_hardware=in_hardware, free_bytes=health.free_bytes)

    def try_sync_now(self) -> None:
        """Ask the sync process for a round now."""
        self._hurry_sync()
