"""The port for a maker's photo decoder, which runs in a process of its own and may fail there as it likes.

A card's photo is 1,024 bytes that only makers' closed libraries can decode. The kiosk uses none: the bytes
are dropped unread where the card's frame is taken apart. Whoever must show a photo names such a library's
entry point, `package.module:function`, which gets the 1,024 bytes and returns a picture (PNG or BMP). It is
called in a process that knows nothing else, one photo at a time, within a time limit; what raises, hangs,
dies or returns nonsense costs the picture and nothing more. No photo and no picture is stored or logged.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Protocol

PHOTO_BYTES = 1024
MAGIC = b"WL"
MOST_PICTURE_BYTES = 1_000_000
LIMIT_S = 2.0
MOST_FAILURES = 3
"""After so many failures in a row the decoder is left alone until the next start."""
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"BM")


class PhotoDecoder(Protocol):
    """Turns a card's compressed photo into a picture."""

    def decode(self, photo: bytes) -> bytes | None:
        """Return a PNG or BMP, or None where there is none; never raises, and returns in bounded time."""
        ...


class GuardedDecoder:
    """Calls an entry point in a process of its own, with a limit on time, size and patience."""

    def __init__(self, entry_point: str, limit_s: float = LIMIT_S) -> None:
        """Use `package.module:function`; nothing of it is loaded into this process."""
        self._command = [sys.executable, "-m", "kiosk.devices.photo_process", entry_point]
        self._limit_s = limit_s
        self._failures = 0

    def decode(self, photo: bytes) -> bytes | None:
        """Return the picture, or None when the decoder failed now or too often before."""
        if self._failures >= MOST_FAILURES or len(photo) != PHOTO_BYTES or not photo.startswith(MAGIC):
            return None
        try:
            ran = subprocess.run(
                self._command,
                input=photo,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._limit_s,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            self._failures += 1
            return None
        picture = ran.stdout
        if len(picture) > MOST_PICTURE_BYTES or not picture.startswith(_PICTURES):
            self._failures += 1
            return None
        self._failures = 0
        return picture


class PhotoMinder:
    """Decodes photos beside the reader's thread, which never waits; the newest photo is the only one kept."""

    def __init__(self, decoder: PhotoDecoder, report: Callable[[bytes], None]) -> None:
        """Hand pictures to `report`, in a thread of this minder's own."""
        self._decoder = decoder
        self._report = report
        self._waiting: bytes | None = None
        self._changed = threading.Condition()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="photos", daemon=True)

    def start(self) -> None:
        """Begin to wait for photos."""
        self._thread.start()

    def stop(self, timeout_s: float = 2 * LIMIT_S) -> bool:
        """End; return whether the thread ended in time."""
        with self._changed:
            self._is_stopping, self._waiting = True, None
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def take(self, photo: bytes) -> None:
        """Decode this photo next, in place of one that still waits; returns at once."""
        with self._changed:
            self._waiting = photo
            self._changed.notify_all()

    def forget(self) -> None:
        """Drop the photo that waits: its card is gone."""
        with self._changed:
            self._waiting = None

    def _run(self) -> None:
        while (photo := self._next()) is not None:
            picture = self._decoder.decode(photo)
            if picture is not None and not self._is_stopping:
                self._report(picture)

    def _next(self) -> bytes | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping or self._waiting is not None)
            photo, self._waiting = self._waiting, None
            return photo
