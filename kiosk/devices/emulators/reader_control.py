"""The control socket of an emulated reader: one line of JSON asks, one line of JSON answers."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from pathlib import Path

from kiosk.devices.emulators.cards import values_of
from kiosk.domain.cards import IdentityCard

_TIMEOUT_S = 5.0


class ReaderControlError(Exception):
    """The emulator refused, or nobody listens; the text says what."""


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

    def misbehave(self, how: str, *, times: int | None = None, on: str | None = None) -> None:
        """Misbehave `times` times (None: until told otherwise), on one command such as `30 01` or on all."""
        self.ask({"do": "misbehave", "how": how, "times": times, "on": on})

    def status(self) -> dict[str, object]:
        """Return whether a card lies there, the misbehaviour, and how often each command came."""
        return self.ask({"do": "status"})

    def quit(self) -> None:
        """End the emulator."""
        self.ask({"do": "quit"})

    def ask(self, request: Mapping[str, object]) -> dict[str, object]:
        """Send one request and return its answer; raises `ReaderControlError` when it was not done."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(_TIMEOUT_S)
                line.connect(str(self._path))
                line.sendall(json.dumps(request).encode() + b"\n")
                with line.makefile() as answers:
                    answer: dict[str, object] = json.loads(answers.readline())
        except (OSError, ValueError) as error:
            raise ReaderControlError(f"no emulated reader answers at {self._path}") from error
        if not answer.get("ok"):
            raise ReaderControlError(str(answer.get("why")))
        return answer
