"""Keeps the sync process alive beside the screen: starts it, restarts it when it dies, ends it last."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

log = logging.getLogger(__name__)

_RESTART_S = (1.0, 2.0, 5.0, 15.0)
_SOUND_S = 60.0
"""A process that lived this long was well: its death is a first one, not one of a row."""
_STOP_S = 10.0


class PulseKeeper:
    """Owns the sync process; its death never stops the screen, which needs no network."""

    def __init__(self, data_dir: Path, settings: Mapping[str, str]) -> None:
        """Keep what to start: `python -m kiosk pulse` on the same data, with these options on top."""
        self._command = [
            sys.executable,
            "-m",
            "kiosk",
            "pulse",
            "--data",
            str(data_dir),
            f"--parent={os.getpid()}",
        ]
        self._environment = {f"KIOSK_{name.upper()}": value for name, value in settings.items()}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="pulse-keeper", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """The process id of the sync process; None before it was ever started."""
        child = self._child
        return None if child is None else child.pid

    def stop(self) -> None:
        """End the child, firmly if it is stuck in a round; what a round left undone the next start does."""
        with self._lock:
            self._stopped.set()
            child = self._child
        if child is not None:
            child.terminate()
            try:
                child.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                child.kill()
        if self._thread.ident is not None:
            self._thread.join(_STOP_S)

    def _keep(self) -> None:
        failures = 0
        while (child := self._started()) is not None:
            began_s = time.monotonic()
            code = child.wait()
            if self._stopped.is_set():
                return
            log.warning("the sync process ended by itself: %s", code)
            failures = 0 if time.monotonic() - began_s > _SOUND_S else failures
            self._stopped.wait(_RESTART_S[min(failures, len(_RESTART_S) - 1)])
            failures += 1

    def _started(self) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._stopped.is_set():
                return None
            environment = os.environ | self._environment
            self._child = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, env=environment)
            return self._child
