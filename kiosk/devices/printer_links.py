"""The link to a slip printer as the driver sees it, and how a URL names one.

A link accepts as many bytes as the wire takes now and says how many, so a stalled printer is seen at once
and nothing is ever sent twice. The library behind the wires takes a quarter of a second to load, so it is
loaded by whoever opens the link first, never by the start of the screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

FAST_BYTES_PER_S = 500_000
"""What a network or USB printer takes, near enough to foretell how long a slip is on its way."""
_USB_NAME = re.compile(r"([0-9a-fA-F]{1,4}):([0-9a-fA-F]{1,4})")
FLOW_CONTROLS = ("rtscts", "xonxoff", "none")


class LinkLostError(OSError):
    """The wire is gone: not found, refused, closed or pulled."""


class PrinterLink(Protocol):
    """A wire to one printer; every method but `close` raises LinkLostError when the wire is gone."""

    bytes_per_s: int

    def open(self) -> None:
        """Open the wire within a few seconds."""
        ...

    def send(self, chunk: bytes, timeout_s: float) -> int:
        """Return how many bytes the wire took, 0 when it took none within the time-out."""
        ...

    def receive(self, timeout_s: float) -> bytes:
        """Return what has arrived, waiting for the first byte at most this long; b"" is silence."""
        ...

    def close(self) -> None:
        """Close the wire without waiting for unsent bytes; closing twice is harmless."""
        ...


class LateLink:
    """A link whose wire is made when it is opened first; before that there is nothing to send to or close."""

    def __init__(self, make_wire: Callable[[], PrinterLink], bytes_per_s: int) -> None:
        """Keep how the wire is made, and how many bytes it takes in a second."""
        self.bytes_per_s = bytes_per_s
        self._make_wire = make_wire
        self._wire: PrinterLink | None = None

    def wire(self) -> PrinterLink:
        """Return the wire, made now if it was not before."""
        if self._wire is None:
            self._wire = self._make_wire()
        return self._wire

    def open(self) -> None:
        """Open the wire."""
        self.wire().open()

    def send(self, chunk: bytes, timeout_s: float) -> int:
        """Return how many bytes the wire took."""
        return self.wire().send(chunk, timeout_s)

    def receive(self, timeout_s: float) -> bytes:
        """Return what has arrived."""
        return self.wire().receive(timeout_s)

    def close(self) -> None:
        """Close the wire if there is one."""
        if self._wire is not None:
            self._wire.close()


def link_to(url: str) -> LateLink:
    """Return the closed link a URL names; ValueError when it names none.

    `tcp://HOST:PORT`, `serial:///dev/ttyS0?baud=115200&flow=rtscts`, `usb://VVVV:PPPP` (hexadecimal).
    """
    try:
        link = _named(url)
    except ValueError as error:
        raise ValueError(f"{url!r}: {error}") from error
    if link is None:
        raise ValueError(f"{url!r} is not tcp://HOST:PORT, serial:///dev/… or usb://VENDOR:PRODUCT")
    return link


def _named(url: str) -> LateLink | None:
    parts = urlsplit(url)
    if parts.scheme == "tcp" and parts.hostname:
        return LateLink(partial(_tcp, parts.hostname, parts.port or 9100), FAST_BYTES_PER_S)
    if parts.scheme == "serial" and parts.path:
        options = parse_qs(parts.query)
        speed, flow = options.get("baud", ["115200"])[0], options.get("flow", ["rtscts"])[0]
        if not speed.isdecimal() or int(speed) == 0:
            raise ValueError(f"baud is a speed such as 115200, not {speed!r}")
        baud = int(speed)
        if flow not in FLOW_CONTROLS:
            raise ValueError(f"flow control is one of {', '.join(FLOW_CONTROLS)}, not {flow!r}")
        return LateLink(partial(_serial, parts.path, baud, flow), baud // 10)
    if parts.scheme == "usb" and ":" in parts.netloc:
        found = _USB_NAME.fullmatch(parts.netloc)
        if found is None:
            raise ValueError("vendor and product are four hexadecimal digits each")
        return LateLink(partial(_usb, *(int(number, 16) for number in found.groups())), FAST_BYTES_PER_S)
    return None


def _tcp(host: str, port: int) -> PrinterLink:
    from kiosk.devices.printer_wires import TcpLink

    return TcpLink(host, port)


def _serial(path: str, baud: int, flow: str) -> PrinterLink:
    from kiosk.devices.printer_wires import SerialLink

    return SerialLink(path, baud, flow)


def _usb(vendor: int, product: int) -> PrinterLink:
    from kiosk.devices.printer_wires import UsbLink

    return UsbLink(vendor, product)
