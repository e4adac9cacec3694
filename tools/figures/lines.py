"""One kept-alive TLS connection that costs its caller next to nothing, so that the other end is measured."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path

from kiosk.messages.packing import Packing
from kiosk.sync.http_bureau import HttpBureau, pinned_context
from kiosk.sync.lines import Answer

_READ_BYTES = 65_536
_HEAD_ENDS = b"\r\n\r\n"


class Line:
    """A client of one server: a request goes out in one piece, the answer is read by its length."""

    def __init__(self, port: int, ca: Path) -> None:
        """Connect and agree on keys."""
        plain = socket.create_connection(("127.0.0.1", port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wire = pinned_context(ca).wrap_socket(plain, server_hostname="127.0.0.1")
        self._kept = b""

    def close(self) -> None:
        """Hang up."""
        self._wire.close()

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Send a request; return the status, the headers with lower-case names, and the body."""
        told = {"Host": "127.0.0.1", "Content-Length": str(len(body)), **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        self._wire.sendall(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        return self._answer()

    def _answer(self) -> tuple[int, dict[str, str], bytes]:
        while _HEAD_ENDS not in self._kept:
            self._read()
        head, _, self._kept = self._kept.partition(_HEAD_ENDS)
        first, *lines = head.decode("ascii").split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        length = int(headers["content-length"])
        while len(self._kept) < length:
            self._read()
        body, self._kept = self._kept[:length], self._kept[length:]
        return int(first.split(" ")[1]), headers, body

    def _read(self) -> None:
        read = self._wire.recv(_READ_BYTES)
        if not read:
            raise RuntimeError("the server hung up")
        self._kept += read


class LeanBureau(HttpBureau):
    """Words and signs a kiosk's rounds as it does, and sends them over a `Line`."""

    def __init__(self, port: int, ca: Path, packing: Packing) -> None:
        """Connect."""
        super().__init__(f"https://127.0.0.1:{port}", ca, packing)
        self._lean = Line(port, ca)

    def close(self) -> None:
        """Hang up."""
        self._lean.close()
        super().close()

    def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str], read_s: float = 0.0
    ) -> Answer:
        status, told, content = self._lean.post(path, body, headers)
        return Answer(status, told["content-type"], content)
