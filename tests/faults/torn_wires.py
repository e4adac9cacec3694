"""Wires below TLS that refuse a connection or tear it anywhere, by an end or by a reset."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field

from tests.faults.http_messages import end

_READ_BYTES = 65536
_LATEST_CUT_BYTES = 6000
"""A handshake is some 1.5 kB each way, so a cut falls into it, behind it, or never comes."""
_RESET = struct.pack("ii", 1, 0)


@dataclass(slots=True)
class TornWires:
    """Carries bytes both ways; `share` is the part of connections that do not live long."""

    dice: random.Random
    share: float
    is_mended: bool = False
    cuts: int = 0
    _server: asyncio.Server = field(init=False)

    async def listen(self, port: int) -> int:
        """Carry what comes to another port, and return the one to come to."""

        async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self._carry(reader, writer, port)

        self._server = await asyncio.start_server(carry, "127.0.0.1", 0)
        own: int = self._server.sockets[0].getsockname()[1]
        return own

    def close(self) -> None:
        """Take nobody in any more."""
        self._server.close()

    async def _carry(self, kiosk: asyncio.StreamReader, to_kiosk: asyncio.StreamWriter, port: int) -> None:
        is_torn = not self.is_mended and self.dice.random() < self.share
        left = [self.dice.randrange(_LATEST_CUT_BYTES) if is_torn else None for _ in range(2)]
        bureau, to_bureau = await asyncio.open_connection("127.0.0.1", port)
        ways = [
            asyncio.create_task(_pour(kiosk, to_bureau, left[0])),
            asyncio.create_task(_pour(bureau, to_kiosk, left[1])),
        ]
        with suppress(asyncio.CancelledError):
            done, _ = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            if any(way.result() for way in done):
                self.cuts += 1
                self._reset_perhaps(to_kiosk)
        for way in ways:
            way.cancel()
        await end(to_bureau)
        await end(to_kiosk)

    def _reset_perhaps(self, to_kiosk: asyncio.StreamWriter) -> None:
        """End half of the connections by a reset instead of an end."""
        wire: socket.socket | None = to_kiosk.get_extra_info("socket")
        if wire is not None and self.dice.random() < 0.5:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter, left: int | None) -> bool:
    """Carry bytes one way until one side ends; return whether it ended because no more were to pass."""
    with suppress(OSError):
        while content := await source.read(_READ_BYTES):
            if left is not None and len(content) >= left:
                target.write(content[:left])
                await target.drain()
                return True
            left = None if left is None else left - len(content)
            target.write(content)
            await target.drain()
    return False
