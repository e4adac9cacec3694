"""Which questions a printer still owes an answer: the answer is one byte and does not name its question.

What goes through the printer's buffer is answered in the order it was asked. So an answer belongs to the
oldest open question of its kind, and a question of another kind that is older still was lost.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from kiosk.devices.escpos.replies import Reply


class OpenQuestions:
    """The questions that were sent and have not been answered, oldest first."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Begin with nothing asked."""
        self._monotonic = monotonic
        self._open: deque[tuple[type[Reply], float]] = deque()

    def __len__(self) -> int:
        return len(self._open)

    def has(self, kind: type[Reply]) -> bool:
        """Return whether a question that is answered so is open."""
        return any(kind is one for one, _ in self._open)

    def ask(self, kind: type[Reply]) -> None:
        """Count a question, from its first byte on."""
        self._open.append((kind, self._monotonic()))

    def take(self, reply: Reply) -> None:
        """Close the oldest question that this answers, and those before it; any other reply closes none."""
        if not self.has(type(reply)):
            return
        while self._open.popleft()[0] is not type(reply):
            pass

    def hold(self) -> None:
        """Note that the printer cannot answer now: the time of an open question begins anew."""
        now_s = self._monotonic()
        self._open = deque((kind, now_s) for kind, _ in self._open)

    def give_up(self, after_s: float) -> bool:
        """Close the questions that a printer able to answer left open for so long; return whether any was."""
        before = len(self)
        while self._open and self._monotonic() - self._open[0][1] >= after_s:
            self._open.popleft()
        return len(self) < before
