"""Talks to a running printer emulator: makes it misbehave, and asks what came out."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

TIMEOUT_S = 10.0


class PrinterControl:
    """The control socket of one emulator; each call is one line there and one line back."""

    def __init__(self, socket_path: Path) -> None:
        self._path = str(socket_path)

    def do(self, name: str, **details: float) -> dict[str, Any]:
        """Do one thing and return the status after it; ValueError when the emulator does not know it.

        `reload`, `paper_low`, `paper_out`, `cover_open`, `cover_close`, `offline`, `online`, `cutter_jam`,
        `cutter_clear`, `mute`, `unmute` (each with `after_rows`, to happen in the middle of a slip),
        `stall` (with `bytes`), `unstall`, `close_after` (with `bytes`), `late_reply` (with `s`), `status`,
        `quit`.
        """
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
            wire.settimeout(TIMEOUT_S)
            wire.connect(self._path)
            wire.sendall(json.dumps({"do": name, **details}).encode() + b"\n")
            with wire.makefile("rb") as lines:
                answer: dict[str, Any] = json.loads(lines.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer

    def status(self) -> dict[str, Any]:
        """Return slips, cuts, received bytes, what is wrong, and the last events."""
        return self.do("status")
