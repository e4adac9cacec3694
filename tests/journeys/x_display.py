"""A display for one test: Xvfb, and just enough of the X11 protocol to see, touch and close windows.

Requests are little-endian, counted in units of four bytes: opcode, a byte of detail, length, body. Replies,
errors and events are 32 bytes, a reply longer by the units at its byte 4. Source: the X Window System
Protocol, X11R7.7, and the XTEST extension, version 2.2.
"""

from __future__ import annotations

import os
import socket
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtGui import QImage

WIDTH_PX, HEIGHT_PX = 1920, 1080
_STOP_S = 10.0
_QUERY_TREE, _INTERN_ATOM, _GET_PROPERTY, _SEND_EVENT = 15, 16, 20, 25
_GET_GEOMETRY, _TRANSLATE, _GET_IMAGE, _QUERY_EXTENSION = 14, 40, 73, 98
_PRESS, _RELEASE, _MOVE, _CLIENT_MESSAGE = 4, 5, 6, 33
_VIEWABLE_NAME = b"_NET_WM_NAME"


@contextmanager
def xvfb() -> Iterator[str]:
    """Serve a display without a screen on a number that the server finds free; yield its name."""
    reading, writing = os.pipe()
    size = f"{WIDTH_PX}x{HEIGHT_PX}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as announced:
            yield f":{announced.readline().strip()}"
    finally:
        server.terminate()
        server.wait(_STOP_S)


@dataclass(slots=True)
class Display:
    """One connection to a display; close it after use."""

    name: str
    root: int = 0
    _wire: socket.socket = field(default_factory=lambda: socket.socket(socket.AF_UNIX))

    def __post_init__(self) -> None:
        """Say hello: little-endian, protocol 11, no authority; the answer names the root window."""
        self._wire.connect(f"/tmp/.X11-unix/X{self.name[1:]}")  # noqa: S108 (where X servers listen)
        self._wire.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
        accepted, units = struct.unpack("<Bx4xH", self._read(8))
        content = self._read(4 * units)
        assert accepted == 1, content
        vendor_bytes, formats = struct.unpack_from("<16xH3xB", content)
        (self.root,) = struct.unpack_from("<I", content, 32 + (vendor_bytes + 3) // 4 * 4 + 8 * formats)

    def close(self) -> None:
        """Hang up."""
        self._wire.close()

    def window(self, title: str) -> int | None:
        """Return the window directly on the desktop that bears this title, None while there is none."""
        reply = self._ask(_QUERY_TREE, 0, struct.pack("<I", self.root))
        (count,) = struct.unpack_from("<16xH", reply)
        windows = struct.unpack_from(f"<{count}I", reply, 32)
        return next((window for window in windows if self.title(window) == title), None)

    def title(self, window: int) -> str:
        """Return a window's title, empty when it has none."""
        name, utf8 = self._atom(_VIEWABLE_NAME), self._atom(b"UTF8_STRING")
        reply = self._ask(_GET_PROPERTY, 0, struct.pack("<IIIII", window, name, utf8, 0, 256))
        (length,) = struct.unpack_from("<16xI", reply)
        return reply[32 : 32 + length].decode()

    def place(self, window: int) -> tuple[int, int, int, int]:
        """Return x, y, width and height on the desktop, in pixels."""
        width, height = struct.unpack_from("<16xHH", self._ask(_GET_GEOMETRY, 0, struct.pack("<I", window)))
        moved = self._ask(_TRANSLATE, 0, struct.pack("<IIhh", window, self.root, 0, 0))
        x, y = struct.unpack_from("<12xhh", moved)
        return x, y, width, height

    def picture(self, window: int) -> QImage:
        """Return what stands on the glass where the window is."""
        x, y, width, height = self.place(window)
        request = struct.pack("<IhhHHI", self.root, x, y, width, height, 0xFFFFFFFF)
        pixels = self._ask(_GET_IMAGE, 2, request)[32:]
        return QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGB32).copy()

    def touch(self, x: int, y: int) -> None:
        """Move the pointer to a place of the desktop, press its button and let go."""
        opcode = self._ask(_QUERY_EXTENSION, 0, struct.pack("<Hxx8s", 5, b"XTEST"))[9]
        for kind, detail in ((_MOVE, 0), (_PRESS, 1), (_RELEASE, 1)):
            self._send(opcode, 2, struct.pack("<BBxxII8xhh8x", kind, detail, 0, self.root, x, y))

    def close_window(self, window: int) -> None:
        """Ask a window to close, as a window manager does when its cross is touched."""
        protocols, delete = self._atom(b"WM_PROTOCOLS"), self._atom(b"WM_DELETE_WINDOW")
        event = struct.pack("<BBHIIII12x", _CLIENT_MESSAGE, 32, 0, window, protocols, delete, 0)
        self._send(_SEND_EVENT, 0, struct.pack("<II", window, 0) + event)

    def _atom(self, name: bytes) -> int:
        padded = name + bytes(-len(name) % 4)
        reply = self._ask(_INTERN_ATOM, 0, struct.pack("<Hxx", len(name)) + padded)
        (atom,) = struct.unpack_from("<8xI", reply)
        return int(atom)

    def _send(self, opcode: int, detail: int, body: bytes) -> None:
        self._wire.sendall(struct.pack("<BBH", opcode, detail, 1 + len(body) // 4) + body)

    def _ask(self, opcode: int, detail: int, body: bytes) -> bytes:
        """Send a request that has a reply, and return the reply; whatever is no reply was not asked for."""
        self._send(opcode, detail, body)
        while True:
            head = self._read(32)
            assert head[0] != 0, f"X error {head[1]} to request {opcode}"
            if head[0] == 1:
                (units,) = struct.unpack_from("<4xI", head)
                return head + self._read(4 * units)

    def _read(self, count: int) -> bytes:
        received = b""
        while len(received) < count:
            part = self._wire.recv(count - len(received))
            assert part, "the display is gone"
            received += part
        return received
