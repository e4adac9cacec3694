"""An emulated code scanner: `python -m kiosk.devices.emulators.scanner --link … --control …`.

It appears as a serial port (a symbolic link to a pseudo terminal) or a TCP port, and is moved by lines of
JSON on a unix socket, each answered by one line with `ok`:

    {"do": "show", "text": "LG1:…", "ending": "cr", "encoding": "utf-8", "times": 1, "byte_s": 0.0,
     "cuts": [3, 70], "before": "00 FF", "after": ""}
    {"do": "show_nothing"}
    {"do": "unplug"}
    {"do": "plug_in"}
    {"do": "status"}
    {"do": "quit"}
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping

from kiosk.devices.emulators.control_sockets import Deed
from kiosk.devices.emulators.plugged_lines import PluggedLine, add_line_options, line_of, serve_orders
from kiosk.devices.emulators.reader_lines import Line
from kiosk.devices.emulators.scanner_dialects import DIALECTS, Dialect, Order, OrderBook, OrderKind
from kiosk.devices.emulators.scanner_showings import Showing, showing_from_values

REAL_BYTE_S = 10 / 9600
READ_FOR_S = 5.0
_HEARD_KEPT = 200
_NO_READ = Showing("%%NoRead")


class ScannerEmulator:
    """One scanner on one line, run by a thread of its own; safe to move from any other thread."""

    def __init__(
        self, line: Line, dialect: Dialect, *, is_real_pace: bool = False, read_for_s: float = READ_FOR_S
    ) -> None:
        """Speak `dialect` on `line`; at real pace bytes flow at 9,600 baud.

        One that waits to be told reads for `read_for_s` and then says that it saw nothing, if it has a word
        for that.
        """
        self._line = PluggedLine("scanner emulator", line, self._serve)
        self._dialect = dialect
        self._byte_s = REAL_BYTE_S if is_real_pace else 0.0
        self._read_for_s = read_for_s
        self._waits_to_be_told = dialect.waits_to_be_told
        self._reads_until = 0.0
        self._shown: deque[Showing] = deque()
        self._heard: deque[str] = deque(maxlen=_HEARD_KEPT)
        self._codes = 0
        self._bytes = 0
        self._lock = threading.Lock()

    def start(self) -> None:
        """Plug the line in and listen."""
        self._line.start()

    def stop(self) -> None:
        """Pull the line out and end the thread."""
        self._line.stop()

    def show(self, showing: Showing) -> None:
        """Hold a code before the scanner, behind those that wait there."""
        with self._lock:
            self._shown.append(showing)

    def show_nothing(self) -> None:
        """Let it say that it saw something it could not read."""
        self.show(_NO_READ)

    def unplug(self) -> None:
        """Pull the plug."""
        self._line.pull()

    def plug_in(self) -> None:
        """Put the plug back; all settings that were not kept are forgotten."""
        self._line.put_back()

    def status(self) -> dict[str, object]:
        """Return what was heard (hex, in order), the codes and bytes that went out, the codes that wait."""
        with self._lock:
            return {
                "heard": list(self._heard),
                "codes": self._codes,
                "bytes": self._bytes,
                "waiting": len(self._shown),
            }

    def _serve(self) -> None:
        """Read codes and obey until the plug is pulled."""
        orders = OrderBook(self._dialect)
        self._waits_to_be_told = self._dialect.waits_to_be_told
        self._reads_until = 0.0
        while not self._line.is_out:
            for order in orders.hear(self._line.receive()):
                self._obey(order)
            self._read()

    def _obey(self, order: Order) -> None:
        with self._lock:
            self._heard.append(order.content.hex(" "))
        match order.kind:
            case OrderKind.READ:
                self._reads_until = time.monotonic() + self._read_for_s
            case OrderKind.STOP:
                self._reads_until = 0.0
            case OrderKind.SET_UP if b"TRGMOD0" in order.content:
                self._waits_to_be_told = True
            case OrderKind.SET_UP:
                pass
        self._send(order.reply)

    def _read(self) -> None:
        """Send the code that is held before the scanner, if it reads now."""
        is_over = time.monotonic() >= self._reads_until
        if self._waits_to_be_told and is_over:
            if self._reads_until:
                self._reads_until = 0.0
                self._send(self._dialect.no_read)
            return
        with self._lock:
            showing = self._shown.popleft() if self._shown else None
        if showing is None:
            return
        self._reads_until = 0.0
        pieces = list(showing.pieces())
        for left, piece in zip(reversed(range(len(pieces))), pieces, strict=True):
            self._line.wait(piece.wait_s)
            if self._line.is_out:
                return
            # Whoever has read a code finds it counted.
            with self._lock:
                self._codes += not left
            self._send(piece.content)

    def _send(self, content: bytes) -> None:
        """Send at the pace of the line, unless the plug is pulled meanwhile."""
        if not content or self._line.is_out:
            return
        self._line.wait(len(content) * self._byte_s)
        with self._lock:
            self._bytes += len(content)
        self._line.send(content)


def deeds_of(emulator: ScannerEmulator) -> dict[str, Deed]:
    """Return what the control socket of an emulator can be asked to do."""

    def show(request: Mapping[str, object]) -> dict[str, object]:
        emulator.show(showing_from_values(request))
        return {}

    def show_nothing(_: Mapping[str, object]) -> dict[str, object]:
        emulator.show_nothing()
        return {}

    def unplug(_: Mapping[str, object]) -> dict[str, object]:
        emulator.unplug()
        return {}

    def plug_in(_: Mapping[str, object]) -> dict[str, object]:
        emulator.plug_in()
        return {}

    return {
        "show": show,
        "show_nothing": show_nothing,
        "unplug": unplug,
        "plug_in": plug_in,
        "status": lambda _: emulator.status(),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run an emulated scanner until it is told to quit or gets SIGTERM; return the exit code."""
    options = _options(arguments)
    line = line_of(options)
    emulator = ScannerEmulator(line, DIALECTS[options.dialect], is_real_pace=options.pace == "real")
    return serve_orders("scanner", emulator, deeds_of(emulator), line, options)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="An emulated scanner of bar and QR codes.")
    add_line_options(parser)
    parser.add_argument("--dialect", choices=sorted(DIALECTS), default="plain", help="whose orders it obeys")
    parser.add_argument("--pace", choices=("real", "free"), default="real", help="9,600 baud, or at once")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
