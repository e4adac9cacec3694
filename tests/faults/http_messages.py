"""HTTP as far as a line must know it: one message is a head and as many bytes as the head says."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress

_LENGTH = re.compile(rb"^content-length:\s*(\d+)\s*$", re.IGNORECASE | re.MULTILINE)


async def read_message(stream: asyncio.StreamReader) -> bytes | None:
    """Return the next request or answer, None when nobody says anything more.

    Raises IncompleteReadError for one that ends in its middle.
    """
    try:
        head = await stream.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as end:
        if not end.partial:
            return None
        raise
    length = _LENGTH.search(head)
    return head + await stream.readexactly(int(length[1]) if length else 0)


async def end(line: asyncio.StreamWriter) -> None:
    """Hang up, and wait until the line is down."""
    line.close()
    with suppress(OSError):
        await line.wait_closed()
