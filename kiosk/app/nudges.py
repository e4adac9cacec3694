"""A cheap signal between the two processes: one datagram that says `look again`, and perhaps a few words."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from kiosk.actions.board_ports import JobOnBoard
from kiosk.domain.ids import QuotaId, places_of, seats_of

PULSE_SOCKET = "pulse.sock"
SCREEN_SOCKET = "screen.sock"
_STOP_S = 2.0
_MOST_BYTES = 512


def nudge(path: Path, words: str = "") -> None:
    """Tell whoever listens at the path to look again, and why; nobody listening is no error."""
    with (
        contextlib.suppress(OSError),
        _address(path) as address,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out,
    ):
        out.settimeout(0)
        out.sendto(b"!" + words.encode(), address)


def is_heard(path: Path) -> bool:
    """Return whether somebody listens at the path; a socket left by a killed process is nobody."""
    try:
        with _address(path) as address, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            out.connect(address)
    except OSError:
        return False
    return True


def looked_in_vain(line: JobOnBoard) -> str:
    """Return what the screen says to the sync process when a job has no number here for who looks at it."""
    return " ".join([places_of(line.job.id), *([seats_of(line.trip.id)] if line.trip else [])])


def lacked_here(numbers: Mapping[QuotaId, int]) -> str:
    """Return what the screen says to the sync process when so many numbers would have to lie here."""
    return " ".join(f"{count}*{quota}" for quota, count in numbers.items())


class NudgeMinder:
    """Listens at a path and calls back, in its own thread, for every nudge."""

    def __init__(
        self, path: Path, on_nudge: Callable[[], None], on_words: Callable[[str], bool] | None = None
    ) -> None:
        """Bind the path; a socket left by a killed process is replaced.

        `on_words` is told what a nudge said, before `on_nudge`; it returns whether that was news. Who hears
        nothing new does not look again.
        """
        path.unlink(missing_ok=True)
        self._path = path
        self._on_nudge = on_nudge
        self._on_words = on_words
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        with _address(path) as address:
            self._socket.bind(address)
        self._is_stopping = False
        self._thread = threading.Thread(target=self._listen, name="nudges", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Wake the thread, wait for it and remove the path."""
        self._is_stopping = True
        if self._thread.ident is not None:
            nudge(self._path)
            self._thread.join(_STOP_S)
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def _listen(self) -> None:
        while True:
            words = self._socket.recv(_MOST_BYTES)[1:].decode(errors="replace")
            if self._is_stopping:
                return
            if not words or self._on_words is None or self._on_words(words):
                self._on_nudge()


@contextlib.contextmanager
def _address(path: Path) -> Iterator[str]:
    """Give a name for the socket that always fits: the kernel takes 107 bytes, and folders may be deeper."""
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
