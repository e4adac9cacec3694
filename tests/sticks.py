"""A stick on which everything goes wrong at its n-th step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.actions.carry_bundles import Stick


@dataclass(slots=True)
class FailingStick:
    """A stick with whose n-th touch of a file, before it or right behind it, `fail` is called."""

    stick: Stick
    left: int
    fail: Callable[[], object]

    def names(self) -> list[str]:
        """Return what lies on it."""
        return self.stick.names()

    def read(self, name: str) -> bytes:
        """Read a file."""
        return self.stick.read(name)

    def put(self, name: str, content: bytes) -> None:
        """Write a file, unless it fails before."""
        self._step()
        self.stick.put(name, content)
        self._step()

    def remove(self, name: str) -> None:
        """Remove a file, unless it fails before."""
        self._step()
        self.stick.remove(name)

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            self.fail()
