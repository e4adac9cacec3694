"""What a driver told, event by event; tests wait on what they expect, never on time."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

Told = TypeVar("Told")
Kind = TypeVar("Kind")

PATIENCE_S = 60.0


class EventBook(Generic[Told]):
    """Collects events from the minder's thread."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._all: list[Told] = []
        self._patience_s = patience_s
        self._arrived = threading.Condition()

    def __call__(self, event: Told) -> None:
        with self._arrived:
            self._all.append(event)
            self._arrived.notify_all()

    def all(self) -> list[Told]:
        with self._arrived:
            return list(self._all)

    def of(self, kind: type[Kind]) -> list[Kind]:
        return [event for event in self.all() if isinstance(event, kind)]

    def names(self) -> list[str]:
        return [type(event).__name__ for event in self.all()]

    def wait_for(self, kind: type[Kind], count: int = 1) -> Kind:
        """Wait until `count` events of a kind have come, and return the last of them."""

        def enough() -> bool:
            return sum(isinstance(event, kind) for event in self._all) >= count

        with self._arrived:
            assert self._arrived.wait_for(enough, self._patience_s), f"no {kind.__name__} among {self._all}"
        return self.of(kind)[count - 1]
