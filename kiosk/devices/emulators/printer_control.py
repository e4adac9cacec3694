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

        With `after_rows`, to happen within a slip: `reload`, `paper_low`, `paper_out`, `cover_open`,
        `cover_close`, `offline`, `online`, `cutter_jam`, `cutter_clear`, `mute`, `unmute`, `take_ticket`,
        `leave_tickets`, `retract_ticket`. Bad habits and their ends: `near_end_reversed`, `near_end_right`;
        `silent_behind`, `answers_behind` (to GS r); `early`, `in_turn`; `chatty`, `quiet`;
        `reset_counters`; `late_reply` (with `s`). With `bytes` to come first: `stall` and `unstall`,
        `close_after`, `power_cut` (with `s` until it comes back, or until `power_on`). `small_buffer` (with
        `bytes`) is full sooner, and what is full hears no question. And `status`, `quit`.
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
