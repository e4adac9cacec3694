"""The demo with a display: the kiosk in a window, the tray beside it, and the bureau at the tray's word."""

from __future__ import annotations

import queue
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from os import environ
from pathlib import Path
from typing import Any

from kiosk.actions.sign_in import make_first_administrator
from kiosk.app.building import open_hall
from kiosk.app.settings import read_settings
from kiosk.catalogue import LANGUAGES, SOURCE_LANGUAGE, load
from kiosk.demo.bureau_side import DemoBureau
from kiosk.demo.children import Child
from kiosk.demo.devices import PRINTER_CONTROL, READER_CONTROL, SCANNER_CONTROL, Devices
from kiosk.demo.door import Answer, DoorServer
from kiosk.demo.sockets import socket_path
from kiosk.ui.tray.bench import BureauState

LOOK_S = 0.2
STOP_S = 15.0
LOG_TAIL_BYTES = 2000
DRAWING = {"QT_QUICK_BACKEND": "software"}
"""As in a hall, whatever the machine's graphics; the environment may name another renderer."""
UPRIGHT, LYING = (9, 16), (16, 9)


class BureauSwitch:
    """Stops and starts it: asked for on the door's thread, done on the demo's; the last wish wins."""

    def __init__(self, bureau: DemoBureau) -> None:
        """The bureau is here."""
        self._bureau = bureau
        self._wishes: queue.Queue[bool] = queue.Queue()
        self._state = BureauState.HERE

    def answer(self, request: Mapping[str, Any]) -> Answer:
        """Answer the tray at once."""
        match request["do"]:
            case "look":
                return {"bureau": self._state.value}
            case "bureau":
                self._state = BureauState.LEAVING if request["is_away"] else BureauState.COMING
                self._wishes.put(bool(request["is_away"]))
                return {}
        raise ValueError(f"unknown request {request['do']!r}")

    def serve(self, limit_s: float) -> None:
        """Fulfil the next wish, waiting for one at most that long."""
        with suppress(queue.Empty):
            is_away = self._wishes.get(timeout=limit_s)
            if is_away:
                self._bureau.stop()
            elif self._bureau.child is None:
                self._bureau.start()
            if self._wishes.empty():
                self._state = BureauState.AWAY if is_away else BureauState.HERE


def show_window(
    home: Path,
    devices: Devices,
    settings: Mapping[str, str],
    *,
    bureau: DemoBureau,
    full_screen: bool,
    landscape: bool,
) -> int:
    """Show kiosk and tray until the kiosk's window is closed; return the kiosk's exit code.

    `settings` are the kiosk's options as environment. Ctrl+C and SIGTERM end everything as closing the
    window does.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _tell_administrator(home / "kiosk")
    with ExitStack() as stack:
        switch = BureauSwitch(bureau)
        door = DoorServer(socket_path(home / "tray.sock"), switch.answer, lambda act: act())
        stack.callback(door.close)
        door.start()
        tray = _tray(home, devices, full_screen=full_screen)
        stack.callback(tray.stop)
        width, height = tray.announcement()["room"]
        size = fitting_size(width, height, LYING if landscape else UPRIGHT)
        options = {**settings, "KIOSK_SCREEN_SIZE": size}
        kiosk = stack.enter_context(_kiosk(home, options, full_screen=full_screen))
        with suppress(KeyboardInterrupt):
            while kiosk.poll() is None:
                switch.serve(LOOK_S)
            return _told(kiosk.returncode, home / "kiosk.log")
    return 0


def fitting_size(width_px: int, height_px: int, shape: tuple[int, int]) -> str:
    """Return the largest size of a shape that fits, as the option screen_size wants it.

    A kiosk's page scales as a whole, so it looks on a laptop as in a hall, only smaller.
    """
    across, down = shape
    steps = min(width_px // across, height_px // down)
    return f"{across * steps}x{down * steps}"


def _tell_administrator(data_dir: Path) -> None:
    """Make the first administrator, unless a kept demo has one, and print the PIN this once."""
    kiosk = open_hall(read_settings(data_dir))
    try:
        made = make_first_administrator(kiosk.hall, load(SOURCE_LANGUAGE)("tray.administrator"))
    finally:
        kiosk.close()
    if made is not None:
        _, pin = made
        print("\n".join(load(language)("tray.pin", pin=pin) for language in LANGUAGES), flush=True)


def _tray(home: Path, devices: Devices, *, full_screen: bool) -> Child:
    arguments = [f"--paper={devices.paper_dir}", f"--door={socket_path(home / 'tray.sock')}"]
    if devices.reader is not None:
        arguments.append(f"--reader={socket_path(devices.paper_dir.parent / READER_CONTROL)}")
    arguments.append(f"--scanner={socket_path(devices.paper_dir.parent / SCANNER_CONTROL)}")
    if devices.printer is not None:
        arguments.append(f"--printer={socket_path(devices.paper_dir.parent / PRINTER_CONTROL)}")
    if full_screen:
        arguments.append("--over-kiosk")
    return Child("tray", arguments, home, module="kiosk.demo.tray", environment={**DRAWING, **environ})


@contextmanager
def _kiosk(
    home: Path, settings: Mapping[str, str], *, full_screen: bool
) -> Iterator[subprocess.Popen[bytes]]:
    """Run the same kiosk as in a hall, in a session of its own, so that Ctrl+C reaches it through us."""
    command = [sys.executable, "-m", "kiosk", "run", "--data", str(home / "kiosk")]
    command += ["--full-screen"] if full_screen else []
    with (home / "kiosk.log").open("ab") as log:
        kiosk = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**DRAWING, **environ, **settings},
            start_new_session=True,
        )
    try:
        yield kiosk
    finally:
        kiosk.terminate()
        try:
            kiosk.wait(STOP_S)
        except subprocess.TimeoutExpired:
            kiosk.kill()
            kiosk.wait()


def _told(code: int, log: Path) -> int:
    """Return the code; a kiosk that did not end well shows the end of its log."""
    if code:
        print(log.read_text(encoding="utf-8", errors="replace")[-LOG_TAIL_BYTES:], file=sys.stderr)
    return code if code >= 0 else 1
