"""A minder: the one thread that owns a device, and comes back to it after a loss."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kiosk.devices.transports import SerialTransport, Transport, TransportLost

BACK_OFF_S = (0.2, 0.5, 1.0)
"""Pauses before the next try after a loss; the last one repeats."""


class DeviceLost(Exception):
    """The device cannot be used now; the minder closes it and tries again."""


class Watch:
    """What a minder's turn may ask: shall it end, and that it went well."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._failures = 0

    def is_stopping(self) -> bool:
        """Return whether the turn must end at once."""
        return self._stop.is_set()

    def pause(self, duration_s: float) -> None:
        """Wait, but not beyond the call to stop."""
        self._stop.wait(duration_s)

    def settle(self) -> None:
        """Say that the device answers: after the next loss the first try comes quickly again."""
        self._failures = 0

    def back_off(self) -> None:
        """Wait before the next try, longer after each failure in a row."""
        pause_s = BACK_OFF_S[min(self._failures, len(BACK_OFF_S) - 1)]
        self._failures += 1
        self.pause(pause_s)

    def stop(self) -> None:
        """End the turn and all pauses."""
        self._stop.set()


@contextmanager
def serial_turn(
    url: str,
    baud: int,
    watch: Watch,
    monotonic: Callable[[], float],
    lost: Callable[[TransportLost], DeviceLost],
) -> Iterator[Transport]:
    """Open a serial line for one turn and close it whatever happens; `lost` names the loss of the line."""
    try:
        transport = SerialTransport(url, baud, is_stopping=watch.is_stopping, monotonic=monotonic)
        try:
            yield transport
        finally:
            transport.close()
    except TransportLost as loss:
        raise lost(loss) from loss


class Minder:
    """Runs turns in a thread of its own: a turn opens the device, uses it, closes it, ends with `DeviceLost`.

    Anything else a turn raises is our own mistake: it ends the thread and reaches `threading.excepthook`.
    """

    def __init__(
        self, name: str, turn: Callable[[Watch], None], on_lost: Callable[[DeviceLost], None]
    ) -> None:
        """Take the turn to run and whom to tell of each loss; both run in the minder's thread."""
        self._turn = turn
        self._on_lost = on_lost
        self._watch = Watch()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; a minder starts once."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> bool:
        """End the turn and wait for the thread; return whether it ended in time."""
        self._watch.stop()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._watch.is_stopping():
            try:
                self._turn(self._watch)
            except DeviceLost as lost:
                if self._watch.is_stopping():
                    return
                self._on_lost(lost)
                self._watch.back_off()
