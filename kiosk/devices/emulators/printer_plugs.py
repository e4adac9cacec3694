"""The printer's sockets: one TCP port, and one pty that stands for a serial line."""

from __future__ import annotations

import asyncio
import os
import socket
import tty
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

READ_BYTES = 1024
RECEIVE_BUFFER_BYTES = 4096
"""Small, so that a printer which stops reading is felt by the sender as soon as by a real one."""


class Plug:
    """One connection, by its file descriptor."""

    def __init__(self, descriptor: int, on_close: Callable[[], None]) -> None:
        os.set_blocking(descriptor, False)
        self._descriptor = descriptor
        self._on_close = on_close
        self.is_open = True

    async def read(self, size: int) -> bytes:
        """Return at most so many bytes; b"" when the other side has gone."""
        await self._readable()
        try:
            return os.read(self._descriptor, size)
        except BlockingIOError:
            return await self.read(size)
        except OSError:
            return b""

    def write(self, reply: bytes) -> None:
        """Send a reply; one that nobody takes is lost, as on a real wire."""
        if self.is_open:
            with suppress(OSError):
                os.write(self._descriptor, reply)

    def close(self) -> None:
        """Pull the plug."""
        if self.is_open:
            self.is_open = False
            self._on_close()

    async def _readable(self) -> None:
        loop = asyncio.get_running_loop()
        arrived: asyncio.Future[None] = loop.create_future()
        loop.add_reader(self._descriptor, _note, arrived)
        try:
            await arrived
        finally:
            loop.remove_reader(self._descriptor)


def _note(arrived: asyncio.Future[None]) -> None:
    if not arrived.done():
        arrived.set_result(None)


def tcp_listener(address: str) -> socket.socket:
    """Return a listening socket at `HOST:PORT`; port 0 takes a free one."""
    host, _, port = address.rpartition(":")
    listener = socket.create_server((host, int(port)))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
    listener.settimeout(0)
    return listener


async def next_tcp_plug(listener: socket.socket) -> Plug:
    """Wait for a caller."""
    connection, _ = await asyncio.get_running_loop().sock_accept(listener)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return Plug(connection.fileno(), connection.close)


def pty_plug(link: Path) -> Plug:
    """Return a new raw pty whose far end is found at `link`; closing it hangs the line up."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    fresh = link.with_name(link.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.ttyname(theirs))
    fresh.replace(link)

    def hang_up() -> None:
        os.close(ours)
        os.close(theirs)

    return Plug(ours, hang_up)
