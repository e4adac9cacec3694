"""A line with a plug that can be pulled, the thread that serves it, and the command that runs both."""

from __future__ import annotations

import argparse
import json
import signal
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from kiosk.devices.emulators.control_sockets import ControlSocket, Deed
from kiosk.devices.emulators.reader_lines import Line, PtyLine, TcpLine

_LOOK_S = 0.02


class PluggedLine:
    """Serves a line in a thread of its own whenever it is plugged in; the plug is pulled from any thread."""

    def __init__(self, name: str, line: Line, serve: Callable[[], None]) -> None:
        """`serve` begins anew each time the line is plugged in, and returns once it `is_out`."""
        self._line = line
        self._serve = serve
        self._stop = threading.Event()
        self._unplugged = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def is_out(self) -> bool:
        """Return whether the plug is pulled, or all is to end."""
        return self._unplugged.is_set() or self._stop.is_set()

    def start(self) -> None:
        """Plug the line in and serve it."""
        self._line.plug_in()
        self._thread.start()

    def stop(self) -> None:
        """Pull the line out and end the thread."""
        self._stop.set()
        self._thread.join()

    def pull(self) -> None:
        """Pull the plug."""
        self._unplugged.set()

    def put_back(self) -> None:
        """Put the plug back."""
        self._unplugged.clear()

    def wait(self, duration_s: float) -> None:
        """Let time pass, but not beyond the end."""
        self._stop.wait(duration_s)

    def receive(self) -> bytes:
        """Return what arrived within 20 ms, or nothing."""
        return self._line.receive()

    def send(self, content: bytes) -> None:
        """Send bytes, unless the plug is pulled."""
        if not self._unplugged.is_set():
            self._line.send(content)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._serve()
            self._line.pull_out()
            while self._unplugged.is_set() and not self._stop.wait(_LOOK_S):
                continue
            if not self._stop.is_set():
                self._line.plug_in()


class Emulator(Protocol):
    """An emulated device on a line."""

    def start(self) -> None:
        """Plug in and answer."""
        ...

    def stop(self) -> None:
        """Pull out and end."""
        ...


def add_line_options(parser: argparse.ArgumentParser) -> None:
    """Add what every device on a serial line is told: where it appears, and where it listens for orders."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--link", type=Path, help="appear as a serial port at this path")
    where.add_argument(
        "--tcp", metavar="HOST:PORT", help="appear as a TCP port instead; port 0 takes a free one"
    )
    parser.add_argument("--control", type=Path, required=True, help="listen for orders on this unix socket")
    parser.add_argument("--baud", type=int, help="hear only a host that speaks at this speed (serial port)")


def line_of(options: argparse.Namespace) -> PtyLine | TcpLine:
    """Return the line that the options name."""
    if not options.tcp:
        return PtyLine(options.link, options.baud)
    host, _, port = options.tcp.rpartition(":")
    return TcpLine(host, int(port))


def serve_orders(
    device: str,
    emulator: Emulator,
    deeds: Mapping[str, Deed],
    line: PtyLine | TcpLine,
    options: argparse.Namespace,
) -> int:
    """Say where an emulator is and run it until it is told to quit or gets SIGTERM; return the exit code."""
    emulator.start()
    control = ControlSocket(options.control, deeds)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: control.quit())
    url = str(options.link)
    if isinstance(line, TcpLine):
        url = f"socket://{options.tcp.rpartition(':')[0]}:{line.port}"
    print(json.dumps({device: url, "control": str(options.control)}), flush=True)
    control.serve()
    emulator.stop()
    return 0
