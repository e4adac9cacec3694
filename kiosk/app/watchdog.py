"""Tells systemd that people see a living screen: ready with the first frame, alive with every later one.

A process that runs but draws nothing is a dead kiosk to whoever stands before it, so nothing but a frame that
reached the glass counts as a sign of life (the protocol is sd_notify(3): one datagram, `KEY=value` lines).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping

SHARE = 4
"""systemd asks for a sign at half its patience; one at a quarter leaves room for a slow frame."""


class Watchdog:
    """Speaks to systemd when it started us, and to nobody otherwise."""

    def __init__(self, monotonic: Callable[[], float], environment: Mapping[str, str] | None = None) -> None:
        """Take the address and the patience from the environment; `monotonic` gives seconds."""
        found = os.environ if environment is None else environment
        self._address = found.get("NOTIFY_SOCKET", "").replace("@", "\0", 1)
        self._pause_s = int(found.get("WATCHDOG_USEC") or "0") / 1e6 / SHARE
        self._monotonic = monotonic
        self._told_s: float | None = None

    @property
    def is_watched(self) -> bool:
        """Return whether somebody listens."""
        return bool(self._address)

    def frame_shown(self) -> None:
        """A frame reached the glass: the first says ready, later ones alive, at most four in a patience."""
        now_s = self._monotonic()
        if self._told_s is None:
            self._tell("READY=1\nWATCHDOG=1")
        elif self._pause_s and now_s - self._told_s >= self._pause_s:
            self._tell("WATCHDOG=1")
        else:
            return
        self._told_s = now_s

    def stopping(self) -> None:
        """Say that we end on purpose."""
        self._tell("STOPPING=1")

    def _tell(self, words: str) -> None:
        if not self._address:
            return
        import socket  # not before the first frame

        # A full socket loses one sign of life; the next frame brings another.
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            out.settimeout(0)
            out.sendto(words.encode(), self._address)
