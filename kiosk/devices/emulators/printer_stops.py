"""Points in the stream of received bytes where a printer is to stop reading, hang up or lose its power."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Stop(StrEnum):
    """What happens at a point."""

    STALL = "stall"
    CLOSE = "close"
    POWER = "power"


@dataclass(slots=True)
class Stops:
    """Counts received bytes and says what happens where; each point happens once."""

    received_bytes: int = 0
    _points: dict[Stop, int] = field(default_factory=dict)

    def set(self, stop: Stop, after_bytes: int) -> None:
        """Let something happen once so many more bytes have come."""
        self._points[stop] = self.received_bytes + after_bytes

    def room(self, size: int) -> int:
        """Return how many of so many bytes come before the next point."""
        return min([size, *(at - self.received_bytes for at in self._points.values())])

    def receive(self, size: int) -> None:
        """Count bytes that came."""
        self.received_bytes += size

    def due(self) -> list[Stop]:
        """Return what happens here, and forget it."""
        here = [stop for stop, at in self._points.items() if at <= self.received_bytes]
        for stop in here:
            del self._points[stop]
        return here
