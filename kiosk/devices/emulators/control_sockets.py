"""A control socket: lines of JSON on a unix socket, each one order, each answered by one line with `ok`."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

Deed = Callable[[Mapping[str, object]], dict[str, object]]

_TIMEOUT_S = 5.0


class ControlError(Exception):
    """The emulator refused, or nobody listens; the text says what."""


class ControlSocket:
    """Listens on a unix socket and does what the lines on it say; `quit` is known to every one."""

    def __init__(self, path: Path, deeds: Mapping[str, Deed]) -> None:
        """Listen at `path`, in place of a socket a killed emulator may have left."""
        self._deeds = {**deeds, "quit": self._leave}
        self._path = path
        self._quit = threading.Event()
        path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen()
        self._listener.settimeout(0.1)

    def serve(self) -> None:
        """Answer until someone says quit."""
        while not self._quit.is_set():
            try:
                client, _ = self._listener.accept()
            except TimeoutError:
                continue
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()
        self._listener.close()
        self._path.unlink(missing_ok=True)

    def quit(self) -> None:
        """End `serve`."""
        self._quit.set()

    def _talk(self, client: socket.socket) -> None:
        with client, client.makefile("rw") as lines:
            for line in lines:
                lines.write(json.dumps(self._obey(line), ensure_ascii=False) + "\n")
                lines.flush()

    def _obey(self, line: str) -> dict[str, object]:
        try:
            request = json.loads(line)
            deed = self._deeds.get(request["do"])
            if deed is None:
                return {"ok": False, "why": f"nobody knows how to {request['do']}"}
            return {"ok": True, **deed(request)}
        except (ValueError, LookupError, TypeError) as error:
            return {"ok": False, "why": f"{type(error).__name__}: {error}"}

    def _leave(self, _: Mapping[str, object]) -> dict[str, object]:
        self._quit.set()
        return {}


def ask(path: Path, request: Mapping[str, object]) -> dict[str, object]:
    """Send one order and return its answer; raises `ControlError` when it was not done."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(_TIMEOUT_S)
            line.connect(str(path))
            line.sendall(json.dumps(request).encode() + b"\n")
            with line.makefile() as answers:
                answer: dict[str, object] = json.loads(answers.readline())
    except (OSError, ValueError) as error:
        raise ControlError(f"no emulated device answers at {path}") from error
    if not answer.get("ok"):
        raise ControlError(str(answer.get("why")))
    return answer
