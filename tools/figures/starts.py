"""How long programs take to their first painted frame, and what an idle one weighs."""

from __future__ import annotations

import compileall
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.figures.folders import NOWHERE
from tools.figures.growing import pss_kb
from tools.figures.rows import Measured

STARTS = 7
_ROOT = Path(__file__).resolve().parent.parent.parent
_PAINTED = "Frame rendered"
_TELLING = {"QT_LOGGING_RULES": "qt.scenegraph.time.renderloop=true"}
"""Has Qt's renderer say on standard error when a frame is painted, so that no program needs a hook for it."""
EMPTY = ("-m", "tools.figures.windows")


def cold_start(kiosk: Path) -> Measured:
    """Start the kiosk and an empty window in turn, each until its first frame."""
    run = ("-m", "kiosk", "run", "--data", str(kiosk), "--printer", NOWHERE)
    ours, theirs = [], []
    # The first pair reads the programs from the disk, which says more about the disk than about them.
    for _ in range(STARTS + 1):
        ours.append(_first_frame_ms(run))
        theirs.append(_first_frame_ms(EMPTY))
    return Measured("screens.cold_start", tuple(ours[1:]), tuple(theirs[1:]))


def empty_window_mb() -> tuple[float, ...]:
    """Return what the process of an empty window weighs, once for each start."""
    weights = []
    for _ in range(STARTS):
        with _painted(EMPTY) as (pid, _):
            weights.append(pss_kb(pid) / 1024)
    return tuple(weights)


def _first_frame_ms(arguments: Sequence[str]) -> float:
    with _painted(arguments) as (_, seconds):
        return seconds * 1000


def write_byte_code() -> None:
    """Compile our own modules, as installing does: a process that had to would stay 2 MB heavier."""
    for package in ("kiosk", "tools"):
        compileall.compile_dir(_ROOT / package, quiet=1)


def as_installed() -> dict[str, str]:
    """Return an environment whose programs keep byte code, as those of a hall do.

    A variable of the one who measures may forbid it, as it may be usual where programs are written.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@contextmanager
def _painted(
    arguments: Sequence[str], environment: Mapping[str, str] = _TELLING
) -> Iterator[tuple[int, float]]:
    """Give a started program's process id and the seconds to its first frame, then end all it started."""
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**as_installed(), **environment},
        start_new_session=True,
    ) as child:
        try:
            assert child.stderr is not None
            said = ""
            for line in child.stderr:
                said += line
                if _PAINTED in line:
                    yield child.pid, time.monotonic() - began
                    return
            raise RuntimeError(f"{' '.join(arguments)} ended without a frame: {said[-2000:]}")
        finally:
            os.killpg(child.pid, signal.SIGKILL)
