"""A driver and an emulated scanner on a real pseudo terminal or TCP port, and the events between them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kiosk.devices.emulators.reader_lines import PtyLine, TcpLine
from kiosk.devices.emulators.scanner import ScannerEmulator
from kiosk.devices.emulators.scanner_dialects import DIALECTS
from kiosk.devices.emulators.scanner_showings import Showing
from kiosk.devices.scanners import CodeScanned, ScannerEvent, ScannerMinder, ScannerReady
from kiosk.devices.scans.profiles import ScannerProfile, load_profile

Event = TypeVar("Event", bound=ScannerEvent)

PATIENCE_S = 8.0


class Scans:
    """Collects events from the minder's thread; tests wait on what they expect, never on time."""

    def __init__(self) -> None:
        self._all: list[ScannerEvent] = []
        self._arrived = threading.Condition()

    def __call__(self, event: ScannerEvent) -> None:
        with self._arrived:
            self._all.append(event)
            self._arrived.notify_all()

    def of(self, kind: type[Event]) -> list[Event]:
        with self._arrived:
            return [event for event in self._all if isinstance(event, kind)]

    def texts(self) -> list[str]:
        return [event.text for event in self.of(CodeScanned)]

    def names(self) -> list[str]:
        with self._arrived:
            return [type(event).__name__ for event in self._all]

    def wait_for(self, kind: type[Event], count: int = 1) -> Event:
        """Wait until `count` events of a kind have come, and return the last of them."""

        def enough() -> bool:
            return sum(isinstance(event, kind) for event in self._all) >= count

        with self._arrived:
            assert self._arrived.wait_for(enough, PATIENCE_S), f"no {kind.__name__} among {self._all}"
        return self.of(kind)[count - 1]


@dataclass(frozen=True, slots=True)
class ScannerRig:
    """A minded scanner."""

    emulator: ScannerEmulator
    minder: ScannerMinder
    scans: Scans

    def show(self, showing: Showing | str) -> None:
        self.emulator.show(Showing(showing) if isinstance(showing, str) else showing)

    def heard(self) -> list[str]:
        heard = self.emulator.status()["heard"]
        assert isinstance(heard, list)
        return heard


@contextmanager
def emulated(
    folder: Path,
    dialect: str = "plain",
    *,
    over_tcp: bool = False,
    baud: int | None = None,
    read_for_s: float = 5.0,
) -> Iterator[tuple[ScannerEmulator, str]]:
    """Run an emulated scanner and give its address."""
    line = TcpLine("127.0.0.1", 0) if over_tcp else PtyLine(folder / "scanner", baud)
    emulator = ScannerEmulator(line, DIALECTS[dialect], read_for_s=read_for_s)
    emulator.start()
    address = f"socket://127.0.0.1:{line.port}" if isinstance(line, TcpLine) else str(folder / "scanner")
    try:
        yield emulator, address
    finally:
        emulator.stop()


@contextmanager
def minded(
    folder: Path,
    profile: str | ScannerProfile = "generic",
    dialect: str = "plain",
    *,
    over_tcp: bool = False,
    baud: int | None = None,
    read_for_s: float = 5.0,
    repeat_s: float = 3.0,
) -> Iterator[ScannerRig]:
    """Run an emulated scanner with a minder on it that is ready."""
    known = load_profile(profile) if isinstance(profile, str) else profile
    with emulated(folder, dialect, over_tcp=over_tcp, baud=baud, read_for_s=read_for_s) as (
        emulator,
        address,
    ):
        scans = Scans()
        minder = ScannerMinder(address, scans, known, repeat_s=repeat_s)
        minder.start()
        try:
            scans.wait_for(ScannerReady)
            yield ScannerRig(emulator, minder, scans)
        finally:
            assert minder.stop()
