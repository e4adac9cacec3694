"""What the desk may do with a stick: write what this kiosk says, read what is answered, carry for others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from kiosk.actions.faults import WorldFault
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.domain.duties import Act
from kiosk.domain.sentences import Sentence

if TYPE_CHECKING:  # bundles bring their packing along, which nobody needs before the first errand
    from kiosk.actions.carry_bundles import Outcome
    from kiosk.actions.export_ledger import Export


class Errand(StrEnum):
    """What is to be done with a stick; `READ` ends with writing what there is to say by then."""

    WRITE = "write"
    READ = "read"
    CARRY = "carry"


@dataclass(frozen=True, slots=True)
class FoundStick:
    """A stick that is plugged in; `place` is where it is mounted, `name` what a person calls it."""

    place: str
    name: str


class ErrandStage(StrEnum):
    """How far the errand is."""

    RESTING = "resting"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ErrandFace:
    """One look at the newest errand; `fault` says why it could not go on."""

    stage: ErrandStage = ErrandStage.RESTING
    outcomes: tuple[Outcome, ...] = ()
    fault: Sentence | None = None

    @property
    def is_well(self) -> bool:
        """Return whether everything was taken."""
        return self.fault is None and all(item.is_well for item in self.outcomes)


class ExportStep(StrEnum):
    """What of an export is being done: its lines are read, then written, then its files brought away."""

    READING = "reading"
    WRITING = "writing"
    BRINGING = "bringing"


Tally = Callable[[ExportStep, int, int], None]
"""Hear how much of about how much is done, in lines, and of `BRINGING` in kB; may raise Stopped."""


STOPPED = Sentence("ledger.stopped")


class Stopped(WorldFault):
    """Somebody stopped an export; nothing of it is left anywhere."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(STOPPED)


@dataclass(frozen=True, slots=True)
class ExportFace:
    """One look at the newest export: on which stick, which files are there now, or why it could not go on.

    While it runs, `done` of about `total` of a step is done.
    """

    stage: ErrandStage = ErrandStage.RESTING
    stick: str = ""
    files: tuple[str, ...] = ()
    fault: Sentence | None = None
    step: ExportStep = ExportStep.READING
    done: int = 0
    total: int = 0


class StickErrands(Protocol):
    """Sticks as the desk uses them; no call waits for a stick, a disk or a network."""

    def sticks(self) -> tuple[FoundStick, ...]:
        """Return the sticks that are plugged in now."""
        ...

    def face(self) -> ErrandFace:
        """Return how far the newest errand is."""
        ...

    def begin(self, errand: Errand, stick: FoundStick) -> None:
        """Begin an errand, unless one is under way."""
        ...

    def export_face(self) -> ExportFace:
        """Return how far the newest export is."""
        ...

    def begin_export(self, export: Export, stick: FoundStick) -> None:
        """Begin to write a ledger's files, unless an export is under way."""
        ...

    def stop_export(self) -> None:
        """Let the export under way end as soon as it can, with nothing left of it."""
        ...


def begin_errand(hall: Hall, errands: StickErrands, errand: Errand, stick: FoundStick, staff: Staff) -> None:
    """Write down who sends this kiosk's words away or takes others' in, and begin."""
    with hall.store.writing() as records:
        record_act(hall, records, staff, Act(f"{errand.value}_stick"), "stick", stick.name)
    errands.begin(errand, stick)
