"""A driver and an emulated reader on a real pseudo terminal or TCP port, and the events between them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kiosk.devices.emulators.reader import ReaderEmulator
from kiosk.devices.emulators.reader_faults import Misbehaviour, Mischief
from kiosk.devices.emulators.reader_lines import PtyLine, TcpLine
from kiosk.devices.emulators.reader_module import SecurityModule
from kiosk.devices.readers import ReaderEvent, ReaderMinder, ReaderReady, Timing

Event = TypeVar("Event", bound=ReaderEvent)

PATIENCE_S = 8.0
QUICK = Timing(search_s=0.02, presence_s=0.02, retry_s=0.05)
HASTY = Timing(search_s=0.02, presence_s=0.02, retry_s=0.05, patience=0.15)


class Events:
    """Collects events from the minder's thread; tests wait on what they expect, never on time."""

    def __init__(self) -> None:
        self._all: list[ReaderEvent] = []
        self._arrived = threading.Condition()

    def __call__(self, event: ReaderEvent) -> None:
        with self._arrived:
            self._all.append(event)
            self._arrived.notify_all()

    def of(self, kind: type[Event]) -> list[Event]:
        with self._arrived:
            return [event for event in self._all if isinstance(event, kind)]

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


def wait_until(is_true: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait on a condition of another thread or process that cannot notify us."""
    tick = threading.Event()
    for _ in range(int(patience_s / 0.01)):
        if is_true():
            return
        tick.wait(0.01)
    raise AssertionError(f"waited in vain for {what}")


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
