"""What the sync process weighs: `kiosk pulse` on a real kiosk, while it pushes and when all is said.

Its proportional set size is read while the process that measures it has the same libraries loaded, and they
share what they map. So the resident size is taken instead, in which all of that counts in full.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.figures.bureaus import BenchKiosk
from tools.figures.rows import Measured

ENTRIES = 3_000
_LOOKS, _LOOK_EVERY_S = 12, 0.25
_QUIET_S = 60.0
_BARE = "import ssl, sqlite3, sys; sys.stdin.read()"


def memory(kiosk: BenchKiosk) -> Measured:
    """Let a kiosk's own sync process push its entries, and look at it on the way and behind it."""
    kiosk.journal(ENTRIES)
    command = [sys.executable, "-m", "kiosk", "pulse", "--data", str(kiosk.folder)]
    with _running(command) as pid:
        until_s = time.monotonic() + _QUIET_S
        weights = []
        while kiosk.store.sync_book.outgoing(1).backlog and time.monotonic() < until_s:
            weights.append(resident_mb(pid))
            time.sleep(_LOOK_EVERY_S)
        for _ in range(_LOOKS):
            weights.append(resident_mb(pid))
            time.sleep(_LOOK_EVERY_S)
    return Measured("sync.memory", tuple(weights), bare_mb())


def bare_mb() -> tuple[float, ...]:
    """Return what the interpreter alone weighs in MB, looked at some times."""
    with _running([sys.executable, "-c", _BARE]) as pid:
        time.sleep(1.0)
        return tuple(resident_mb(pid) for _ in range(_LOOKS))


@contextmanager
def _running(command: list[str]) -> Iterator[int]:
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        try:
            yield child.pid
            if child.poll() is not None:
                raise RuntimeError(f"{command[1:4]} ended while it was weighed")
        finally:
            child.terminate()


def resident_mb(pid: int) -> float:
    """Return the resident size of a process in MB, shared libraries in full."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    [kilobytes] = [line.split()[1] for line in lines if line.startswith("VmRSS:")]
    return int(kilobytes) / 1024
