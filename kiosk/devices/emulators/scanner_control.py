"""The control socket of an emulated scanner, from the other side."""

from __future__ import annotations

from pathlib import Path

from kiosk.devices.emulators.control_sockets import ask
from kiosk.devices.emulators.scanner_showings import Showing, values_of


class ScannerControl:
    """Holds codes before an emulated scanner that runs in another process.

    Every call may raise ControlError.
    """

    def __init__(self, socket_path: Path) -> None:
        """Use the emulator's control socket; each request opens it anew."""
        self._path = socket_path

    def show(self, showing: Showing | str) -> None:
        """Hold a code before the scanner, given as such or as its text alone."""
        shown = Showing(showing) if isinstance(showing, str) else showing
        ask(self._path, {"do": "show", **values_of(shown)})

    def show_nothing(self) -> None:
        """Let the scanner say that it saw something it could not read."""
        ask(self._path, {"do": "show_nothing"})

    def unplug(self) -> None:
        """Pull the plug."""
        ask(self._path, {"do": "unplug"})

    def plug_in(self) -> None:
        """Put the plug back."""
        ask(self._path, {"do": "plug_in"})

    def status(self) -> dict[str, object]:
        """Return what was heard (hex, in order), the codes and bytes that went out, the codes that wait."""
        return ask(self._path, {"do": "status"})

    def quit(self) -> None:
        """End the emulator."""
        ask(self._path, {"do": "quit"})
