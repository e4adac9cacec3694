"""The lines of an emulated reader: a pseudo terminal that looks like a serial port, and a TCP port."""

from __future__ import annotations

import os
import select
import socket
import termios
import tty
from pathlib import Path
from typing import Protocol

_SLICE_S = 0.02
_SPEEDS = {getattr(termios, f"B{baud}"): baud for baud in (9600, 19200, 38400, 57600, 115200)}


class Line(Protocol):
    """A line that can be plugged in and pulled out."""

    def plug_in(self) -> None:
        """Appear to the other side."""
        ...

    def pull_out(self) -> None:
        """Disappear from the other side."""
        ...

    def receive(self) -> bytes:
        """Return what arrived within 20 ms, or nothing."""
        ...

    def send(self, content: bytes) -> None:
        """Send bytes; what nobody takes is lost, as on a wire."""
        ...


class PtyLine:
    """A pseudo terminal in raw mode behind a symbolic link, which stands for `/dev/ttyUSB0`."""

    def __init__(self, link: Path, baud: int | None = None) -> None:
        """Appear as `link`; with a `baud`, hear only a host that speaks at this speed."""
        self._link = link
        self._baud = baud
        self._ours = -1
        self._theirs = -1

    def plug_in(self) -> None:
        """Open a new terminal and point the link at it in one step."""
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        fresh = self._link.with_name(self._link.name + ".new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(self._theirs))
        fresh.replace(self._link)

    def pull_out(self) -> None:
        """Close both ends, so that a host that holds the terminal gets an error."""
        self._link.unlink(missing_ok=True)
        for end in (self._ours, self._theirs):
            if end >= 0:
                os.close(end)
        self._ours = self._theirs = -1

    def receive(self) -> bytes:
        """Return what arrived within 20 ms, or nothing."""
        ready, _, _ = select.select([self._ours], [], [], _SLICE_S)
        arrived = os.read(self._ours, 4096) if ready else b""
        return arrived if self._hears() else b""

    def send(self, content: bytes) -> None:
        """Send bytes; what the terminal cannot hold is lost."""
        try:
            os.write(self._ours, content)
        except BlockingIOError:
            return

    def _hears(self) -> bool:
        """Return whether the host's speed is ours: it sets the speed of the terminal's other end."""
        return self._baud is None or _SPEEDS.get(termios.tcgetattr(self._theirs)[5]) == self._baud


class TcpLine:
    """A TCP port with one host at a time, for `socket://host:port`."""

    def __init__(self, host: str, port: int) -> None:
        """Listen there once plugged in; port 0 takes a free one and keeps it over a pulled plug."""
        self._host = host
        self.port = port
        self._listener: socket.socket | None = None
        self._peer: socket.socket | None = None

    def plug_in(self) -> None:
        """Listen."""
        self._listener = socket.create_server((self._host, self.port))
        self.port = self._listener.getsockname()[1]

    def pull_out(self) -> None:
        """Listen no more, then hang up: a host that tries again at once must find nobody."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        self._hang_up()

    def receive(self) -> bytes:
        """Return what arrived within 20 ms, or nothing; a new host is taken when the last one has gone."""
        source = self._peer or self._listener
        if source is None or not select.select([source], [], [], _SLICE_S)[0]:
            return b""
        if self._peer is None:
            self._peer, _ = source.accept()
            self._peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return b""
        try:
            arrived = source.recv(4096)
        except OSError:
            arrived = b""
        if not arrived:
            self._hang_up()
        return arrived

    def send(self, content: bytes) -> None:
        """Send bytes, if a host is there."""
        if self._peer is None:
            return
        try:
            self._peer.sendall(content)
        except OSError:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._peer is not None:
            self._peer.close()
            self._peer = None
