"""The wires themselves: python-escpos finds and opens the device, our time-outs keep it from hanging.

python-escpos alone would wait for ever on serial and USB, a minute on TCP, and would reset a USB printer at
every opening.
"""

from __future__ import annotations

import os
import select
import socket
import termios
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import usb.core
import usb.util
from escpos.exceptions import Error as EscposError
from escpos.printer import Network, Serial, Usb

from kiosk.devices.printer_links import FAST_BYTES_PER_S, LinkLostError

CONNECT_TIMEOUT_S = 3.0
TCP_SEND_BUFFER_BYTES = 8192
"""Small, so that what the kernel has taken is close to what the printer has taken."""

_READ_BYTES = 4096
_USB_PRINTER_CLASS = 7


class TcpLink(Network):  # type: ignore[misc] # python-escpos carries no types
    """A printer on the network, usually at port 9100."""

    bytes_per_s = FAST_BYTES_PER_S

    def __init__(self, host: str, port: int) -> None:
        """Name the printer's address."""
        super().__init__(host, port, timeout=CONNECT_TIMEOUT_S)

    def open(self) -> None:
        """Connect, and let the kernel notice a dead peer; python-escpos' own way leaks refused sockets."""
        try:
            self.device = socket.create_connection((self.host, self.port), self.timeout)
        except OSError as fault:
            raise LinkLostError(str(fault)) from fault
        self.device.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, TCP_SEND_BUFFER_BYTES)
        self.device.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self.device.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.device.settimeout(0)

    def send(self, chunk: bytes, timeout_s: float) -> int:
        """Return how many bytes the kernel took."""
        return _sent(self.device, timeout_s, lambda: int(self.device.send(chunk)))

    def receive(self, timeout_s: float) -> bytes:
        """Return what has arrived; an orderly end by the peer is a lost link too."""
        return _received(self.device, timeout_s, lambda: self.device.recv(_READ_BYTES))


class SerialLink(Serial):  # type: ignore[misc] # python-escpos carries no types
    """A printer on a serial port, with RTS/CTS unless told otherwise: without it a full buffer loses rows."""

    def __init__(self, path: str, baud: int, flow: str) -> None:
        """Name the port, its speed and its flow control: `rtscts`, `xonxoff` or `none`."""
        super().__init__(path, baud, timeout=0, xonxoff=flow == "xonxoff", dsrdtr=False)
        self._device: Any = False
        self.has_rtscts = flow == "rtscts"
        self.bytes_per_s = baud // 10

    def open(self) -> None:
        """Open the port."""
        _opened(super().open)
        self.device.rtscts = self.has_rtscts

    def send(self, chunk: bytes, timeout_s: float) -> int:
        """Return how many bytes the port's buffer took."""
        return _sent(self.device, timeout_s, lambda: os.write(self.device.fileno(), chunk))

    def receive(self, timeout_s: float) -> bytes:
        """Return what has arrived; a hung-up port is a lost link."""
        return _received(self.device, timeout_s, lambda: os.read(self.device.fileno(), _READ_BYTES))

    def close(self) -> None:
        """Close the port; bytes a stalled printer did not take are dropped, or closing would wait for it."""
        port, self._device = self._device, False
        if port and port.is_open:
            with suppress(OSError, termios.error):  # the port is gone, and with it what was waiting
                port.reset_output_buffer()
            port.close()


class UsbLink(Usb):  # type: ignore[misc] # python-escpos carries no types
    """A printer on USB, spoken to without the kernel's printer driver."""

    bytes_per_s = FAST_BYTES_PER_S

    def __init__(self, vendor: int, product: int, **usb_args: object) -> None:
        """Name the device by its two identifiers; more arguments go to the search for it."""
        super().__init__(vendor, product, usb_args=usb_args)

    def open(self) -> None:
        """Find and claim the printer."""
        _opened(super().open)

    def _configure_usb(self) -> None:
        """Claim the printer interface as it stands: setting a configuration or a reset drops its buffer."""
        interface = next(
            (i for i in self.device.get_active_configuration() if i.bInterfaceClass == _USB_PRINTER_CLASS),
            None,
        )
        if interface is None:
            raise usb.core.USBError("the device is not a printer")
        usb.util.claim_interface(self.device, interface.bInterfaceNumber)
        directions = {usb.util.endpoint_direction(e.bEndpointAddress): e.bEndpointAddress for e in interface}
        self.out_ep = directions[usb.util.ENDPOINT_OUT]
        self.in_ep = directions[usb.util.ENDPOINT_IN]

    def send(self, chunk: bytes, timeout_s: float) -> int:
        """Return how many bytes the printer took; the backend reports a partial transfer as its count."""
        try:
            return int(self.device.write(self.out_ep, chunk, _milliseconds(timeout_s)))
        except usb.core.USBTimeoutError:
            return 0
        except usb.core.USBError as fault:
            raise LinkLostError(str(fault)) from fault

    def receive(self, timeout_s: float) -> bytes:
        """Return what has arrived."""
        try:
            return bytes(self.device.read(self.in_ep, _READ_BYTES, _milliseconds(timeout_s)))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as fault:
            raise LinkLostError(str(fault)) from fault


def _opened(opening: Callable[[], None]) -> None:
    try:
        opening()
    except (EscposError, OSError, usb.core.NoBackendError) as fault:  # the last: there is no libusb here
        raise LinkLostError(str(fault)) from fault


class _Selectable(Protocol):
    def fileno(self) -> int: ...


def _milliseconds(seconds: float) -> int:
    """Return a USB time-out; 0 would mean for ever."""
    return max(1, round(seconds * 1000))


def _sent(device: _Selectable, timeout_s: float, send: Callable[[], int]) -> int:
    """Return how many bytes a wire took, 0 when it had no room in time."""
    try:
        return send() if select.select([], [device], [], timeout_s)[1] else 0
    except BlockingIOError:
        return 0
    except OSError as fault:
        raise LinkLostError(str(fault)) from fault


def _received(device: _Selectable, timeout_s: float, receive: Callable[[], bytes]) -> bytes:
    """Return what came over a wire in time; its end, told by a read of nothing, is a lost link."""
    try:
        if not select.select([device], [], [], timeout_s)[0]:
            return b""
        received = receive()
    except OSError as fault:
        raise LinkLostError(str(fault)) from fault
    if not received:
        raise LinkLostError("the other end of the wire is gone")
    return received
