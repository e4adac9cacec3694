"""The control socket of an emulated reader: one line of JSON asks, one line of JSON answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kiosk.devices.emulators.cards import values_of
from kiosk.devices.emulators.control_sockets import ControlError, ask
from kiosk.domain.cards import IdentityCard

ReaderControlError = ControlError


class ReaderControl:
    """Lays and lifts cards on an emulated reader that runs in another process."""

    def __init__(self, socket_path: Path) -> None:
        """Use the emulator's control socket; each request opens it anew."""
        self._path = socket_path

    def lay(self, card: IdentityCard | Mapping[str, object], addresses: tuple[str, ...] = ()) -> None:
        """Lay a card, given as such or as plain values, in place of one that may lie there."""
        values = values_of(card) if isinstance(card, IdentityCard) else dict(card)
        self.ask({"do": "lay", "card": values, "addresses": list(addresses)})

    def lift(self) -> None:
        """Take the card away."""
        self.ask({"do": "lift"})

    def misbehave(
        self, how: str, *, times: int | None = None, on: str | None = None, at: int | None = None
    ) -> None:
        """Misbehave `times` times (None: until told otherwise), on one command such as `30 01` or on all."""
        self.ask({"do": "misbehave", "how": how, "times": times, "on": on, "at": at})

    def status(self) -> dict[str, object]:
        """Return whether a card lies there, the misbehaviour, and how often each command came."""
        return self.ask({"do": "status"})

    def quit(self) -> None:
        """End the emulator."""
        self.ask({"do": "quit"})

    def ask(self, request: Mapping[str, object]) -> dict[str, object]:
        """Send one request and return its answer; raises `ReaderControlError` when it was not done."""
        return ask(self._path, request)
