"""The door into a demo's screen process: one line of JSON asks, one line of JSON answers.

| request | answer |
| --- | --- |
| `{"do": "look"}` | step, whether it is practised, counts and slips of this kiosk |
| `{"do": "tap", "name": "go"}` | whether something of that name was there to touch |
| `{"do": "read", "name": "home.places"}` | the words that stand there |
| `{"do": "grab", "path": "…png"}` | a picture of the screen |
| `{"do": "sign", "name": "signature"}` | whether there was a field of that name to draw a cross into |
| `{"do": "quit"}` | the screen process ends |

Only the demo opens this door; a hall's kiosk has none.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

_TIMEOUT_S = 20.0
Answer = dict[str, Any]


class DoorError(Exception):
    """Nobody answers at the door, or the request could not be done."""


class DoorServer:
    """Answers requests, each on the screen's own thread."""

    def __init__(
        self,
        path: Path,
        answer: Callable[[Mapping[str, Any]], Answer],
        post: Callable[[Callable[[], None]], None],
    ) -> None:
        """Listen at the path; `post` runs a function on the screen's thread."""
        path.unlink(missing_ok=True)
        self._answer = answer
        self._post = post
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(str(path))
        self._socket.listen(4)
        self._thread = threading.Thread(target=self._serve, name="door", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """Close the door."""
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            with line, line.makefile("rwb") as wire:
                request = json.loads(wire.readline())
                wire.write(json.dumps(self._on_screen_thread(request)).encode() + b"\n")

    def _on_screen_thread(self, request: Mapping[str, Any]) -> Answer:
        result: Future[Answer] = Future()

        def run() -> None:
            try:
                result.set_result(self._answer(request))
            except (LookupError, ValueError, OSError) as error:
                result.set_result({"error": f"{type(error).__name__}: {error}"})

        self._post(run)
        return result.result(_TIMEOUT_S)


class Door:
    """The other side: asks a screen process what it shows and touches it."""

    def __init__(self, path: Path) -> None:
        """Use the socket at the path; each request opens it anew."""
        self._path = path

    def look(self) -> Answer:
        """Return what the screen shows and what the kiosk has counted."""
        return self.ask({"do": "look"})

    def tap(self, name: str) -> bool:
        """Touch the thing of that name; False when it is not there to be touched."""
        return bool(self.ask({"do": "tap", "name": name})["done"])

    def sign(self, name: str) -> bool:
        """Draw a cross into the field of that name; False when it is not there."""
        return bool(self.ask({"do": "sign", "name": name})["done"])

    def read(self, name: str) -> str:
        """Return the words of the thing of that name; empty when it is not in sight."""
        return str(self.ask({"do": "read", "name": name})["text"])

    def grab(self, path: Path) -> None:
        """Take a picture of the screen."""
        self.ask({"do": "grab", "path": str(path)})

    def quit(self) -> None:
        """End the screen process."""
        self.ask({"do": "quit"})

    def ask(self, request: Mapping[str, Any]) -> Answer:
        """Send one request and return its answer; raises DoorError."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(_TIMEOUT_S)
                line.connect(str(self._path))
                line.sendall(json.dumps(request).encode() + b"\n")
                with line.makefile() as answers:
                    answer: Answer = json.loads(answers.readline())
        except (OSError, ValueError) as error:
            raise DoorError(f"the screen does not answer: {error}") from error
        if "error" in answer:
            raise DoorError(str(answer["error"]))
        return answer
