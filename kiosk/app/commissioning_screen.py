"""The drill with the desk as its attendant: it runs in a thread of its own, and the screen looks in."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.actions.commissioning import (
    CheckFace,
    CheckStage,
    DrillInterrupted,
    Finding,
    Instruction,
)
from kiosk.actions.device_ports import DeviceProfile
from kiosk.actions.faults import WorldFault
from kiosk.actions.hall import Hall
from kiosk.app.settings import Settings
from kiosk.domain.clock import hall_time
from kiosk.domain.devices import Device

if TYPE_CHECKING:
    from kiosk.app.commissioning import Commissioning, Conclusion

_LEAVE = ""
"""No answer's key is empty, so this word is free to end the drill."""


class DeskCheck:
    """A DeviceCheck for the screen and an Attendant for the drill; a face is one value, never half of two."""

    def __init__(
        self,
        make: Callable[[str], Commissioning],
        lend: Callable[[], None],
        keep: Callable[[Conclusion, str], None],
    ) -> None:
        """`make` gives the drill in a language; `lend` stops everybody else who uses the devices.

        `keep` gets the conclusion and who made it.
        """
        self._make = make
        self._lend = lend
        self._keep = keep
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._face = CheckFace(CheckStage.RESTING)

    def face(self) -> CheckFace:
        """Return how far the drill is."""
        return self._face

    def begin(self, by: str, language: str) -> None:
        """Take the devices and begin; a drill that runs goes on."""
        if self._thread is None:
            self._face = CheckFace(CheckStage.RUNNING)
            self._thread = threading.Thread(
                target=self._run, args=(by, language), name="device check", daemon=True
            )
            self._thread.start()

    def say(self, said: str) -> None:
        """Answer the instruction that is shown."""
        if self._face.instruction is not None and said:
            self._said.put(said)

    def leave(self) -> None:
        """Stop at the next look."""
        self._said.put(_LEAVE)

    def ended(self, timeout_s: float) -> bool:
        """Return whether the drill's thread has ended within this time."""
        if self._thread is not None:
            self._thread.join(timeout_s)
        return self._thread is None or not self._thread.is_alive()

    # --- what the drill asks, in its own thread ---------------------------------------------------

    def ask(self, instruction: Instruction) -> str:
        """Show a question and wait for its answer."""
        self.show(instruction)
        return self._fitting(self._said.get())

    def show(self, instruction: Instruction) -> None:
        """Show what to do; answers to what was shown before do not count any more."""
        while not self._said.empty():
            self._fitting(self._said.get())
        self._face = replace(self._face, instruction=instruction)

    def pressed(self) -> str:
        """Return what was said meanwhile."""
        return "" if self._said.empty() else self._fitting(self._said.get())

    def tell(self, finding: Finding) -> None:
        """Show a finished step."""
        self._face = replace(self._face, findings=(*self._face.findings, finding), instruction=None)

    def _fitting(self, said: str) -> str:
        if said == _LEAVE:
            raise DrillInterrupted
        return said

    def _run(self, by: str, language: str) -> None:
        try:
            self._lend()
            drill = self._make(language)
            self._face = replace(self._face, findings=drill.findings)
            conclusion = drill.run(self, by)
            self._keep(conclusion, by)
        except DrillInterrupted:
            self._face = replace(self._face, stage=CheckStage.STOPPED, instruction=None)
        except WorldFault as fault:
            stopped = replace(self._face, stage=CheckStage.STOPPED, instruction=None)
            self._face = replace(stopped, fault=fault.sentence)
        else:
            done = CheckFace(CheckStage.DONE, conclusion.findings, report=conclusion.report.name)
            self._face = done


def desk_check(settings: Settings, hall: Hall, lend: Callable[[], None]) -> DeskCheck:
    """Return the drill of this kiosk; the settings' own ports are among those it looks at."""

    def make(language: str) -> Commissioning:
        from kiosk import catalogue
        from kiosk.app.commissioning import Commissioning

        given = [
            url for url in (settings.reader_url, settings.scanner_url, _plain(settings.printer_url)) if url
        ]
        return Commissioning(
            settings.data_dir, catalogue.load(language), lambda: hall_time(hall.now()), given
        )

    return DeskCheck(make, lend, lambda conclusion, by: keep_profiles(hall, conclusion, by))


def keep_profiles(hall: Hall, conclusion: Conclusion, by: str) -> None:
    """Keep in the hall's records how each device was set up."""
    with hall.store.writing() as records:
        for device in Device:
            settings = {
                name: value for name, value in conclusion.settings.items() if name.startswith(device.value)
            }
            if settings:
                records.devices.add_profile(
                    DeviceProfile(
                        hall.fresh_id(),
                        device.value,
                        json.dumps(settings),
                        str(conclusion.report),
                        hall.now(),
                        by,
                    )
                )


def _plain(printer_url: str) -> str:
    """Return the port of a printer's address: a path for a serial line."""
    if printer_url.startswith("serial://"):
        return printer_url.removeprefix("serial://").partition("?")[0]
    return printer_url if printer_url.startswith(("tcp://", "usb://")) else ""
