"""The thread that seals what is due: woken by each round, so that no kiosk and no answer waits."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from kiosk.bureau.capsules import AT_ONCE, Sealer
from kiosk.domain.clock import Clock

_RESTS = 1
_GATHERS_S = 0.2
"""Rounds that end within this time wake it once: looking costs a transaction or two."""
_LOOKS_AFTER_S = 60.0
"""What another server left due is sealed though nobody speaks to this one, and the day's work is done."""
_log = structlog.get_logger("bureau")


class SealMinder:
    """Seals until told to stop; rounds that come meanwhile wake it once more.

    While rounds come it rests as long as it has sealed, so that they have all but half a core of two; and who
    changes again meanwhile is sealed once. When nobody speaks it does not rest.
    """

    def __init__(self, sealer: Sealer, clock: Clock) -> None:
        """Keep what to seal with; nothing starts yet."""
        self._sealer = sealer
        self._clock = clock
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._mind, name="seal-minder", daemon=True)

    def wake(self) -> None:
        """Say that something may be due."""
        self._woken.set()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Seal for as long as the block lasts; what is left then stays due."""
        self._thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            self._woken.set()
            self._thread.join()

    def _mind(self) -> None:
        while not self._stopped.is_set():  # asked before each wait: a wake may have been cleared with it
            self._woken.wait(_LOOKS_AFTER_S)
            self._stopped.wait(_GATHERS_S)
            self._woken.clear()
            try:
                self._seal_all()
            except Exception as fault:  # noqa: BLE001 - the mark stays, and the next round wakes us again
                place = traceback.extract_tb(fault.__traceback__)[-1]
                kind, at = type(fault).__name__, f"{place.name}:{place.lineno}"
                _log.error("sealing_failed", kind=kind, at=at)

    def _seal_all(self) -> None:
        while not self._stopped.is_set():
            began_s = self._clock.monotonic()
            if self._sealer.seal_due(self._clock.now(), AT_ONCE) == 0:
                return
            if self._woken.is_set():
                self._woken.clear()
                self._stopped.wait(_RESTS * (self._clock.monotonic() - began_s))
