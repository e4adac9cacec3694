"""A driver and an emulated reader on a real pseudo terminal or TCP port, and the events between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.devices.emulators.reader import ReaderEmulator
from kiosk.devices.emulators.reader_faults import Misbehaviour, Mischief
from kiosk.devices.emulators.reader_lines import PtyLine, TcpLine
from kiosk.devices.emulators.reader_module import SecurityModule
from kiosk.devices.readers import ReaderEvent, ReaderMinder, ReaderReady, Timing
from tests.patience import wait_until
from tests.unit.devices.event_books import EventBook

QUICK = Timing(search_s=0.02, presence_s=0.02, retry_s=0.05)
HASTY = Timing(search_s=0.02, presence_s=0.02, retry_s=0.05, patience=0.15)


Events = EventBook[ReaderEvent]


@dataclass(frozen=True, slots=True)
class Rig:
    """A minded reader."""

    emulator: ReaderEmulator
    minder: ReaderMinder
    events: Events

    def wait_for_polls(self, command: str, count: int) -> None:
        """Wait until the driver has asked a command so many times more."""
        goal = self._asked(command) + count
        wait_until(lambda: self._asked(command) >= goal, f"{command} to be asked")

    def misbehave(
        self, how: Misbehaviour, *, times: int | None = None, on: bytes | None = None, late_s: float = 2.0
    ) -> None:
        self.emulator.misbehave(Mischief(how, on, times, late_s))

    def _asked(self, command: str) -> int:
        asked = self.emulator.status()["asked"]
        assert isinstance(asked, dict)
        return int(asked.get(command, 0))


@contextmanager
def emulated(
    folder: Path, *, is_lenient: bool = False, over_tcp: bool = False, baud: int | None = None
) -> Iterator[tuple[ReaderEmulator, str]]:
    """Run an emulated reader and give its address."""
    line = TcpLine("127.0.0.1", 0) if over_tcp else PtyLine(folder / "reader", baud)
    emulator = ReaderEmulator(line, SecurityModule(is_lenient=is_lenient))
    emulator.start()
    address = f"socket://127.0.0.1:{line.port}" if isinstance(line, TcpLine) else str(folder / "reader")
    try:
        yield emulator, address
    finally:
        emulator.stop()


@contextmanager
def minded(
    folder: Path,
    *,
    is_lenient: bool = False,
    over_tcp: bool = False,
    baud: int | None = None,
    timing: Timing = QUICK,
) -> Iterator[Rig]:
    """Run an emulated reader with a minder on it that is ready."""
    with emulated(folder, is_lenient=is_lenient, over_tcp=over_tcp, baud=baud) as (emulator, address):
        events = Events()
        minder = ReaderMinder(address, events, timing=timing)
        minder.start()
        try:
            events.wait_for(ReaderReady)
            yield Rig(emulator, minder, events)
        finally:
            assert minder.stop()
