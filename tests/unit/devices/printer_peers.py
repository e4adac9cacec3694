"""A wire with a printer at its end that answers by a script: no process, no thread and no waiting."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk.devices.printer_links import LinkLostError
from kiosk.devices.printers import PrinterTimes

SOON = PrinterTimes(answer_s=0.2, settle_s=0.2, quiet_s=0.0, write_s=0.1, look_s=0.0)

Answer = bytes | Callable[[], bytes]


@dataclass(slots=True)
class Hours:
    """A clock that goes on by itself, a little at every look."""

    now_s: float = 0.0
    step_s: float = 0.01

    def __call__(self) -> float:
        self.now_s += self.step_s
        return self.now_s


@dataclass(slots=True)
class ScriptedPeer:
    """Answers each question of its script when its last byte has come."""

    script: Mapping[bytes, Answer]
    bytes_per_s: int = 500_000
    sent: bytearray = field(default_factory=bytearray)
    to_say: bytearray = field(default_factory=bytearray)
    is_lost: bool = False
    _read_to: int = 0

    def open(self) -> None:
        self._check()

    def send(self, chunk: bytes, timeout_s: float) -> int:
        self._check()
        self.sent += chunk
        questions = re.compile(b"|".join(re.escape(question) for question in self.script))
        while found := questions.search(self.sent, self._read_to):
            self._read_to = found.end()
            answer = self.script[found[0]]
            self.to_say += answer if isinstance(answer, bytes) else answer()
        return len(chunk)

    def receive(self, timeout_s: float) -> bytes:
        self._check()
        said, self.to_say = bytes(self.to_say), bytearray()
        return said

    def close(self) -> None:
        self.to_say.clear()

    def _check(self) -> None:
        if self.is_lost:
            raise LinkLostError("gone")
