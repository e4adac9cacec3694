"""Errands with a stick and exports, each in a thread of its own: the screen looks in and never waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.actions.faults import WorldFault
from kiosk.actions.stick_errands import (
    Errand,
    ErrandFace,
    ErrandStage,
    ExportFace,
    ExportStep,
    FoundStick,
    Stopped,
    Tally,
)
from kiosk.app.mounts import mounted_sticks
from kiosk.app.settings import Settings
from kiosk.domain.sentences import Sentence

if TYPE_CHECKING:
    from kiosk.actions.carry_bundles import Outcome
    from kiosk.actions.export_ledger import Export

Do = Callable[[Errand, Path], "Sequence[Outcome]"]
"""Carry out an errand with the stick that is mounted there; raises WorldFault."""
Make = Callable[["Export", Tally], Mapping[str, bytes]]
"""Make an export's files, by their names, and tell how far that is; raises WorldFault."""
_UNFINISHED = Sentence("courier.desk.unfinished")


def _made(export: Export, tally: Tally) -> Mapping[str, bytes]:
    from kiosk.app.table_files import table_files  # nothing of exports is loaded before the first one

    return table_files(export, tally)


class DeskErrands:
    """One errand and one export at a time, and of the two one; a face is one value, never half of two."""

    def __init__(
        self, do: Do, look: Callable[[], tuple[FoundStick, ...]] = mounted_sticks, make: Make = _made
    ) -> None:
        """`do` carries an errand out, `look` finds the sticks, `make` makes the files of an export."""
        self._do = do
        self._look = look
        self._make = make
        self._face = ErrandFace()
        self._export_face = ExportFace()
        self._threads: list[threading.Thread] = []
        self._is_at_stick = threading.Lock()
        self._is_stopped = threading.Event()

    def sticks(self) -> tuple[FoundStick, ...]:
        """Return the sticks that are plugged in now."""
        return self._look()

    def face(self) -> ErrandFace:
        """Return how far the newest errand is."""
        return self._face

    def export_face(self) -> ExportFace:
        """Return how far the newest export is."""
        return self._export_face

    def begin(self, errand: Errand, stick: FoundStick) -> None:
        """Begin an errand, unless one is under way."""
        if self._face.stage is ErrandStage.RUNNING:
            return
        self._face = ErrandFace(ErrandStage.RUNNING)
        self._start(lambda: self._run(errand, Path(stick.place)))

    def begin_export(self, export: Export, stick: FoundStick) -> None:
        """Begin to write a ledger's files, unless an export is under way."""
        if self._export_face.stage is ErrandStage.RUNNING:
            return
        self._export_face = ExportFace(ErrandStage.RUNNING, stick.name)
        self._is_stopped.clear()
        self._start(lambda: self._run_export(export, stick))

    def stop_export(self) -> None:
        """Let the export under way end as soon as it can, with nothing left of it."""
        self._is_stopped.set()

    def ended(self, timeout_s: float) -> bool:
        """Return whether the threads of errand and export have ended, each within this time."""
        for thread in self._threads:
            thread.join(timeout_s)
        return not any(thread.is_alive() for thread in self._threads)

    def _start(self, run: Callable[[], None]) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=run, name="stick errand", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self, errand: Errand, mounted_at: Path) -> None:
        # Whatever ends this thread, the page must not say for ever that it is at work.
        face = ErrandFace(ErrandStage.DONE, fault=_UNFINISHED)
        try:
            with self._is_at_stick:
                face = ErrandFace(ErrandStage.DONE, tuple(self._do(errand, mounted_at)))
        except WorldFault as fault:
            face = ErrandFace(ErrandStage.DONE, fault=fault.sentence)
        finally:
            self._face = face

    def _run_export(self, export: Export, stick: FoundStick) -> None:
        face = ExportFace(ErrandStage.DONE, stick.name, fault=_UNFINISHED)
        try:
            with self._is_at_stick:
                face = ExportFace(ErrandStage.DONE, stick.name, self._write(export, stick))
        except WorldFault as fault:
            face = ExportFace(ErrandStage.DONE, stick.name, fault=fault.sentence)
        finally:
            self._export_face = face

    def _write(self, export: Export, stick: FoundStick) -> tuple[str, ...]:
        from kiosk.actions.export_ledger import FOLDER
        from kiosk.app.whole_files import OF_AN_EXPORT, ExportFolder

        folder = ExportFolder(Path(stick.place), FOLDER, OF_AN_EXPORT, stick.name)

        def tally(step: ExportStep, done: int, total: int) -> None:
            if self._is_stopped.is_set():
                raise Stopped
            # Where a stick was mounted a folder of the kiosk's own disk may be left.
            if stick not in self._look():
                raise WorldFault(Sentence(OF_AN_EXPORT.gone, {"path": stick.name}))
            self._export_face = ExportFace(ErrandStage.RUNNING, stick.name, step=step, done=done, total=total)

        files = self._make(export, tally)
        total_kb = sum(map(len, files.values())) // 1000
        tally(ExportStep.BRINGING, 0, total_kb)
        folder.put(files, lambda done: tally(ExportStep.BRINGING, done // 1000, total_kb))
        return tuple(files)


def desk_errands(settings: Settings) -> DeskErrands:
    """Return the errands of this kiosk; what they need is loaded when one begins."""

    def do(errand: Errand, mounted_at: Path) -> Sequence[Outcome]:
        from kiosk.app.courier import ERRANDS
        from kiosk.app.sticks import UsbStick

        return ERRANDS[errand.value](settings, UsbStick(mounted_at))

    return DeskErrands(do)
