"""What an emulated printer says: at once, behind what it prints, and unasked; and its habits in saying it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from kiosk.devices.emulators.printer_dialects import Dialect
from kiosk.devices.emulators.printer_status import (
    Condition,
    automatic_block,
    full_status,
    paper_byte,
    presenter_real_time,
    real_time,
)

ALL_PARTS = 0x0F


@dataclass(slots=True)
class Voice:
    """`urgent` is said at once; `behind` stood in the buffer, and whoever carries it may be late with it.

    `automatic` is what it was asked to report unasked, 0 for nothing.
    """

    dialect: Dialect
    condition: Condition
    urgent: deque[bytes] = field(default_factory=deque)
    behind: deque[bytes] = field(default_factory=deque)
    automatic: int = 0

    def fall_silent(self) -> None:
        """Lose what was not said yet, and what was asked for."""
        self.urgent.clear()
        self.behind.clear()
        self.automatic = 0

    def answer_real_time(self, number: int, *, moves: bool) -> None:
        """Answer DLE EOT; `moves` is whether paper does."""
        answer = real_time(number, self.condition, has_near_end_sensor=self.dialect.has_near_end_sensor)
        if not answer and self.dialect.has_presenter:
            answer = presenter_real_time(number, self.condition, moves=moves)
        if answer:
            self._reply(self.urgent, answer, moves=moves)

    def answer_behind(self, answer: bytes, *, moves: bool = False) -> None:
        """Answer a question that stood in the buffer."""
        self._reply(self.behind, answer, moves=moves)

    def report(self, *, moves: bool) -> None:
        """Tell a change to whoever asked for it."""
        if self.automatic:
            self._say(self.urgent, self._unasked(moves=moves))

    def paper_byte(self) -> bytes:
        """Return the answer to GS r 1."""
        return paper_byte(self.condition, has_near_end_sensor=self.dialect.has_near_end_sensor)

    def _reply(self, queue: deque[bytes], reply: bytes, *, moves: bool) -> None:
        """Answer; a chatty printer puts its state before every byte of it, and behind the last.

        Custom's replies stay whole: a byte of one on its own would be the answer to GS r.
        """
        if self.condition.is_chatty:
            block = self._unasked(moves=moves)
            pieces = [reply] if self._is_custom else [bytes((byte,)) for byte in reply]
            reply = block + b"".join(piece + block for piece in pieces)
        self._say(queue, reply)

    @property
    def _is_custom(self) -> bool:
        return self.dialect.has_presenter and not self.dialect.has_automatic_status

    def _unasked(self, *, moves: bool) -> bytes:
        if not self._is_custom:
            return automatic_block(self.condition)
        return full_status(self.automatic or ALL_PARTS, self.condition, moves=moves)

    def _say(self, queue: deque[bytes], said: bytes) -> None:
        if not self.condition.is_mute:
            queue.append(said)
