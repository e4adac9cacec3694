"""What an open connection weighs at a bureau, and when it is let go of: a province has thousands of them.

The standard library gives each TLS connection 256 kB to read into, and waits half a minute for the other
side to agree that it ends. A kiosk that has spoken looks at its connection again a minute later.
"""

from __future__ import annotations

from asyncio import sslproto

from uvicorn.protocols.http.h11_impl import H11Protocol

_READ_BYTES = 16 * 1024
"""As much as one record of TLS carries."""


def read_little_at_once() -> None:
    """Let every connection of this process that begins from now on read into a small buffer."""
    sslproto.SSLProtocol.max_size = _READ_BYTES


class Line(H11Protocol):
    """A connection that is gone as soon as nobody needs it."""

    def timeout_keep_alive_handler(self) -> None:
        """Say goodbye to whoever has said nothing for a while, and wait for no answer."""
        super().timeout_keep_alive_handler()
        self.transport.abort()
