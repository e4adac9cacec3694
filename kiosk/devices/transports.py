"""Bytes to and from a device on a serial line, and the ways such a line is lost."""

from __future__ import annotations

import contextlib
import errno
import termios
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

import serial

_SLICE_S = 0.05
_WRITE_TIMEOUT_S = 1.0


class LossCause(StrEnum):
    """Why there is no line to the device."""

    MISSING = "missing"
    NOT_PERMITTED = "not_permitted"
    BUSY = "busy"
    UNPLUGGED = "unplugged"
    STOPPED = "stopped"


class TransportLost(Exception):
    """The line is gone or cannot be opened; only opening it again can help."""

    def __init__(self, cause: LossCause) -> None:
        super().__init__(cause.value)
        self.cause = cause


class Transport(Protocol):
    """A line to one device. Every method may raise `TransportLost`."""

    def write(self, message: bytes) -> None:
        """Send all bytes."""
        ...

    def read(self, deadline: float) -> bytes:
        """Return what has arrived, at least one byte, or nothing when the monotonic deadline has passed."""
        ...

    def flush_input(self) -> None:
        """Forget what has arrived and was not read."""
        ...

    def set_baud(self, baud: int) -> None:
        """Change the speed of the line, where the line has one."""
        ...

    def close(self) -> None:
        """Give the line back; never fails."""
        ...


class SerialTransport:
    """A serial port or any pyserial URL (`/dev/ttyUSB0`, `socket://host:port`), 8N1, no flow control."""

    def __init__(
        self,
        url: str,
        baud: int,
        *,
        is_stopping: Callable[[], bool] = lambda: False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open the line; a read ends within 50 ms with `TransportLost` once `is_stopping` says so."""
        self._is_stopping = is_stopping
        self._monotonic = monotonic
        try:
            self._port = serial.serial_for_url(
                url, baudrate=baud, timeout=_SLICE_S, write_timeout=_WRITE_TIMEOUT_S, exclusive=True
            )
        except (OSError, ValueError, termios.error) as error:
            raise TransportLost(_opening_cause(error)) from error

    def write(self, message: bytes) -> None:
        """Send all bytes, within a second."""
        try:
            self._port.write(message)
        except (OSError, termios.error) as error:
            raise TransportLost(LossCause.UNPLUGGED) from error

    def read(self, deadline: float) -> bytes:
        """Return what has arrived, at least one byte, or nothing when the monotonic deadline has passed."""
        while True:
            if self._is_stopping():
                raise TransportLost(LossCause.STOPPED)
            try:
                arrived: bytes = self._port.read(max(1, self._port.in_waiting))
            except (OSError, termios.error) as error:
                raise TransportLost(LossCause.UNPLUGGED) from error
            if arrived or self._monotonic() >= deadline:
                return arrived

    def flush_input(self) -> None:
        """Forget what has arrived and was not read."""
        try:
            self._port.reset_input_buffer()
        except (OSError, termios.error) as error:
            raise TransportLost(LossCause.UNPLUGGED) from error

    def set_baud(self, baud: int) -> None:
        """Change the speed of the line without opening it again, which would reset some readers."""
        try:
            self._port.baudrate = baud
        except (OSError, ValueError, termios.error) as error:
            raise TransportLost(LossCause.UNPLUGGED) from error

    def close(self) -> None:
        """Give the line back; a line that is already gone is no fault here."""
        # pyserial forgets to close a socket whose other end hung up first.
        line = getattr(self._port, "_socket", None)
        with contextlib.suppress(OSError, termios.error):
            self._port.close()
        if line is not None:
            line.close()


def _opening_cause(error: BaseException) -> LossCause:
    """Tell why a port did not open; pyserial's own errors carry the errno of the system call."""
    number = getattr(error, "errno", None)
    if number in {errno.EACCES, errno.EPERM}:
        return LossCause.NOT_PERMITTED
    if number in {errno.EBUSY, errno.EAGAIN}:
        return LossCause.BUSY
    return LossCause.MISSING
