"""A driver and an emulated scanner on a real pseudo terminal or TCP port, and the events between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.devices.emulators.reader_lines import PtyLine, TcpLine
from kiosk.devices.emulators.scanner import ScannerEmulator
from kiosk.devices.emulators.scanner_dialects import DIALECTS
from kiosk.devices.emulators.scanner_showings import Showing
from kiosk.devices.scanners import CodeScanned, ScannerEvent, ScannerMinder, ScannerReady
from kiosk.devices.scans.profiles import ScannerProfile, load_profile
from tests.unit.devices.event_books import EventBook

Scans = EventBook[ScannerEvent]


def texts(scans: Scans) -> list[str]:
    """Return the codes that were read."""
    return [event.text for event in scans.of(CodeScanned)]


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
