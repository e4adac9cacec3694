"""A printer behind a queue of the system (CUPS), the last resort: it can be handed a slip, and that is all.

The queue tells neither paper nor cover, and a job it calls complete has only left the computer. So no slip is
ever `printed` here; each one is `uncertain` until somebody has seen its paper.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Callable, Sequence

from kiosk.devices.escpos.status import NOT_REACHED, PrinterStatus
from kiosk.devices.printer_links import FAST_BYTES_PER_S
from kiosk.devices.printer_progress import PrintState, Progress
from kiosk.devices.printers import PrintOutcome, PrintResult
from kiosk.devices.profiles import PrinterProfile
from kiosk.domain.sentences import Sentence

COMMAND_TIMEOUT_S = 10.0
LOOK_S = 0.5
HANDED_OVER = Sentence("printers.handed_over")
_STUCK = Sentence("printers.queue_stuck")
_NAME = re.compile(r"cups://([A-Za-z0-9_.-]{1,127})/?")
_JOB = re.compile(r"request id is (\S+)")


def queue_of(url: str) -> str | None:
    """Return the queue a `cups://QUEUE` URL names, None for a URL of another kind."""
    if not url.startswith("cups:"):
        return None
    found = _NAME.fullmatch(url)
    if found is None or found[1].startswith("-"):
        raise ValueError(f"{url!r} is not cups://QUEUE")
    return found[1]


class QueuePrinter:
    """One queue; every call blocks for a few seconds at most, but for the wait until a job has left."""

    bytes_per_s = FAST_BYTES_PER_S

    def __init__(
        self, queue: str, profile: PrinterProfile, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Name the queue and the printer behind it."""
        self.profile = profile
        self._queue = queue
        self._monotonic = monotonic
        self._is_stopping = threading.Event()

    def status(self) -> PrinterStatus:
        """Return whether the queue takes jobs; of the printer behind it nothing is known."""
        said = _told(["lpstat", "-p", self._queue])
        if said is None:
            return NOT_REACHED
        return PrinterStatus(online=False) if "disabled" in said else PrinterStatus()

    def told(self) -> PrinterStatus | None:
        """Return None: a queue reports nothing unasked."""
        return None

    def print(
        self, job: bytes, token: bytes, on_progress: Progress, patience_s: float = 120.0
    ) -> PrintOutcome:
        """Hand a job over and watch it leave; it is refused only if the queue did not take it."""
        status = self.status()
        if not status.is_reached or status.online is False:
            return PrintOutcome(PrintResult.REFUSED, reason=status.trouble)
        on_progress(0.0, PrintState.SENDING)
        command = ["lp", "-d", self._queue, "-o", "raw", "-t", f"slip {token.decode('ascii')}", "-"]
        try:
            done = _run(command, job)
        except subprocess.TimeoutExpired:
            return PrintOutcome(PrintResult.UNCERTAIN, None, _STUCK, len(job))
        except OSError:
            return PrintOutcome(PrintResult.REFUSED, reason=NOT_REACHED.trouble)
        if done.returncode:
            return PrintOutcome(PrintResult.REFUSED, reason=Sentence("printers.queue_refused"))
        on_progress(1.0, PrintState.PRINTING)
        found = _JOB.search(done.stdout.decode("utf-8", "replace"))
        has_left = found is not None and self._has_left(found[1], patience_s)
        return PrintOutcome(PrintResult.UNCERTAIN, None, HANDED_OVER if has_left else _STUCK, len(job))

    def bring_out_remains(self) -> bool:
        """Return False: what is in a printer behind a queue cannot be reached."""
        return False

    def cut_count(self) -> int | None:
        """Return None: a queue carries no answers."""
        return None

    def close(self) -> None:
        """End a wait under way."""
        self._is_stopping.set()

    def _has_left(self, job: str, patience_s: float) -> bool:
        """Wait until the queue does not list a job any more; False when it still does in the end."""
        until = self._monotonic() + patience_s
        while True:
            waiting = _told(["lpstat", "-W", "not-completed", "-o", self._queue])
            if waiting is not None and job not in waiting.split():
                return True
            if self._monotonic() >= until or self._is_stopping.wait(LOOK_S):
                return False


def _told(command: Sequence[str]) -> str | None:
    """Return what a command said, None when it failed, hung or is not there."""
    try:
        done = _run(command, b"")
    except (OSError, subprocess.TimeoutExpired):
        return None
    return None if done.returncode else done.stdout.decode("utf-8", "replace")


def _run(command: Sequence[str], given: bytes) -> subprocess.CompletedProcess[bytes]:
    plain = os.environ | {"LC_ALL": "C"}
    return subprocess.run(
        command, input=given, capture_output=True, timeout=COMMAND_TIMEOUT_S, env=plain, check=False
    )
