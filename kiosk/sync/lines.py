"""One kept-alive HTTPS connection over the standard library: a request goes out, a bounded answer comes back.

A library that speaks HTTP brings a command line, its colours and an event loop along, eight megabytes that a
kiosk would never use. Proxies of the environment are not asked: nothing comes between a kiosk and its bureau.
"""

from __future__ import annotations

import http.client
import select
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

FAULTS = (OSError, http.client.HTTPException, ValueError)
"""What goes wrong on a line: it is down, somebody else is there, or it leads nowhere."""
_CONNECT_S = 5.0
_KEPT_S = 5.0
"""As long as the bureau's server keeps a connection on which nobody speaks."""
_HTTPS_PORT = 443
_LONGEST_S = 24 * 60 * 60


class TooLongError(http.client.HTTPException):
    """Somebody sent more than was asked for."""


class HungUpError(ConnectionError):
    """The connection was kept, and the other side let go of it before it answered: asking again is due."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: HTTP status, media type as it was told, the body, and when to come again if told."""

    status: int
    media_type: str
    content: bytes
    retry_after_s: float | None = None

    @property
    def is_success(self) -> bool:
        """Whether the other side says that all went well."""
        return http.client.OK <= self.status < http.client.MULTIPLE_CHOICES


class HttpsLine:
    """A connection to one server. It opens with the first request, and anew when it has ended."""

    def __init__(
        self, url: str, context: ssl.SSLContext, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep where to, and whom to trust; `url` is not looked at before the first request."""
        self._url = url
        self._context = context
        self._monotonic = monotonic
        self._wire: ssl.SSLSocket | None = None
        self._spoken_s = 0.0

    @property
    def is_https(self) -> bool:
        """Whether the address is one that anything may be said to."""
        try:
            return urlsplit(self._url).scheme == "https"
        except ValueError:
            return False

    def close(self) -> None:
        """Hang up."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def ask(
        self,
        method: str,
        path: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        read_s: float,
        most_bytes: int,
    ) -> Answer:
        """Send a request and return the answer; wait `read_s` for each part of it.

        Raises one of `FAULTS`, HungUpError among them.
        """
        kept = self._kept()
        wire = kept or self._connected()
        try:
            wire.settimeout(read_s)
            wire.sendall(head(method, self._url, path, len(body), headers) + body)
            with http.client.HTTPResponse(wire, method=method) as response:
                response.begin()
                told = response.headers
                answer = Answer(
                    response.status,
                    told.get("Content-Type", ""),
                    _body(response, most_bytes),
                    _seconds(told.get("Retry-After", "")),
                )
                is_over = response.will_close
        except (ConnectionError, ssl.SSLEOFError) as fault:
            self.close()
            if kept is not None:
                raise HungUpError(type(fault).__name__) from fault
            raise
        except BaseException:
            self.close()
            raise
        if is_over:
            self.close()
        self._spoken_s = self._monotonic()
        return answer

    def _kept(self) -> ssl.SSLSocket | None:
        """Return the connection if it still stands; whoever has something to say unasked has hung up."""
        wire = self._wire
        if wire is None:
            return None
        waiting = select.poll()
        waiting.register(wire, select.POLLIN)
        if self._monotonic() - self._spoken_s >= _KEPT_S or waiting.poll(0):
            self.close()
            return None
        return wire

    def _connected(self) -> ssl.SSLSocket:
        to = urlsplit(self._url)
        plain = socket.create_connection((to.hostname or "", to.port or _HTTPS_PORT), timeout=_CONNECT_S)
        try:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._wire = self._context.wrap_socket(plain, server_hostname=to.hostname)
        except BaseException:
            plain.close()
            raise
        return self._wire


def head(method: str, url: str, path: str, length: int, headers: Mapping[str, str]) -> bytes:
    """Return the head of a request to a path below an address: what is needed, and nothing else."""
    to = urlsplit(url)
    told = {"Host": to.netloc.rpartition("@")[2], **headers}
    if length or method != "GET":
        told["Content-Length"] = str(length)
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"{method} {to.path.rstrip('/')}{path} HTTP/1.1\r\n{lines}\r\n".encode("ascii")


def _seconds(told: str) -> float | None:
    """Return whole seconds, at most a day; a bureau says no dates."""
    return float(min(int(told), _LONGEST_S)) if told.isascii() and told.isdecimal() else None


def _body(response: http.client.HTTPResponse, most_bytes: int) -> bytes:
    """Return a whole body.

    Raises TooLongError, and IncompleteRead where it breaks off. An answer that does not tell where it ends is
    none: it may have broken off anywhere, even in its head.
    """
    if response.length is not None:
        if response.length > most_bytes:
            raise TooLongError(f"{response.length} bytes")
        return response.read()
    if not response.chunked:
        raise http.client.HTTPException("an answer without an end")
    content = response.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise TooLongError(f"more than {most_bytes} bytes")
    return content
