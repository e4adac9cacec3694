"""Errands with a stick, each in a thread of its own: the screen looks in and never waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.actions.faults import WorldFault
from kiosk.actions.stick_errands import Errand, ErrandFace, ErrandStage, FoundStick
from kiosk.app.mounts import mounted_sticks
from kiosk.app.settings import Settings
from kiosk.domain.sentences import Sentence

if TYPE_CHECKING:
    from kiosk.actions.carry_bundles import Outcome

Do = Callable[[Errand, Path], "Sequence[Outcome]"]
"""Carry out an errand with the stick that is mounted there; raises WorldFault."""
_UNFINISHED = Sentence("courier.desk.unfinished")


class DeskErrands:
    """One errand at a time; a face is one value, never half of two."""

    def __init__(self, do: Do, look: Callable[[], tuple[FoundStick, ...]] = mounted_sticks) -> None:
        """`do` carries an errand out, `look` finds the sticks."""
        self._do = do
        self._look = look
        self._face = ErrandFace()
        self._thread: threading.Thread | None = None

    def sticks(self) -> tuple[FoundStick, ...]:
        """Return the sticks that are plugged in now."""
        return self._look()

    def face(self) -> ErrandFace:
        """Return how far the newest errand is."""
        return self._face

    def begin(self, errand: Errand, stick: FoundStick) -> None:
        """Begin an errand, unless one is under way."""
        if self._face.stage is ErrandStage.RUNNING:
            return
        self._face = ErrandFace(ErrandStage.RUNNING)
        self._thread = threading.Thread(
            target=self._run, args=(errand, Path(stick.place)), name="stick errand", daemon=True
        )
        self._thread.start()

    def ended(self, timeout_s: float) -> bool:
        """Return whether the errand's thread has ended within this time."""
        if self._thread is not None:
            self._thread.join(timeout_s)
        return self._thread is None or not self._thread.is_alive()

    def _run(self, errand: Errand, mounted_at: Path) -> None:
        # Whatever ends this thread, the page must not say for ever that it is at work.
        face = ErrandFace(ErrandStage.DONE, fault=_UNFINISHED)
        try:
            face = ErrandFace(ErrandStage.DONE, tuple(self._do(errand, mounted_at)))
        except WorldFault as fault:
            face = ErrandFace(ErrandStage.DONE, fault=fault.sentence)
        finally:
            self._face = face


def desk_errands(settings: Settings) -> DeskErrands:
    """Return the errands of this kiosk; what they need is loaded when one begins."""

    def do(errand: Errand, mounted_at: Path) -> Sequence[Outcome]:
        from kiosk.app.courier import ERRANDS
        from kiosk.app.sticks import UsbStick

        return ERRANDS[errand.value](settings, UsbStick(mounted_at))

    return DeskErrands(do)
