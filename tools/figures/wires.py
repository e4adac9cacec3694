"""The wire to a printer under measurement: everything passes, and a slip's first byte is noted."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

from kiosk.devices.escpos.commands import INITIALIZE

_READ_BYTES = 65_536


class SlipWire:
    """Stands before a printer on TCP; status questions pass unnoted, because no slip begins without ESC @."""

    def __init__(self, printer_url: str) -> None:
        """Listen on a free port of this machine, before the printer at `tcp://HOST:PORT`."""
        host, _, port = printer_url.removeprefix("tcp://").rpartition(":")
        self._printer = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"
        self.first_byte_s: float | None = None
        threading.Thread(target=self._answer_calls, name="slip wire", daemon=True).start()

    def expect(self) -> None:
        """Wait for the next slip: `first_byte_s` (monotonic seconds) is None until its first byte comes."""
        self.first_byte_s = None

    def close(self) -> None:
        """Listen no more."""
        # Closing alone does not wake a thread that accepts.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _answer_calls(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            printer = socket.create_connection(self._printer)
            for end in (caller, printer):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._carry, args=(caller, printer, True), daemon=True).start()
            threading.Thread(target=self._carry, args=(printer, caller, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, is_to_printer: bool) -> None:
        with suppress(OSError), source, target:
            while content := source.recv(_READ_BYTES):
                if is_to_printer and self.first_byte_s is None and INITIALIZE in content:
                    self.first_byte_s = time.monotonic()
                target.sendall(content)
