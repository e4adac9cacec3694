"""The drill that makes devices fit for a hall, as a person meets it: what to do, and what was found.

The steps themselves stand beside the drivers; a terminal, a page of the desk and a file of answers are three
attendants to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from kiosk.domain.sentences import Sentence

SKIP = "skip"
"""Not now, or not at hand: the step is skipped."""
NOTHING = "nothing"
"""I did it, and nothing happened: the step has failed."""
GO = "go"
YES = "yes"
NO = "no"

Measured = Mapping[str, str | int | float | bool]
"""What was found out, by name; quantities end in their unit. Never a word of anybody's card."""


class DrillInterrupted(Exception):
    """The attendant has left; what is finished is kept, and the step that was open begins again next time."""


class Outcome(StrEnum):
    """How a step ended."""

    OK = "ok"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finished step: its name, how it ended, what was measured, and why it failed or was skipped."""

    step: str
    outcome: Outcome
    measured: Measured = field(default_factory=dict)
    reason: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing the attendant may say."""

    key: str
    word: Sentence


@dataclass(frozen=True, slots=True)
class Instruction:
    """What the attendant shall do or say now.

    `name` is the step's name, or the step's and that of its part. `picture` is an icon. With `takes_number` a
    whole number may be said instead of a choice. `code` is a text to be shown as a QR code, if any.
    """

    name: str
    sentence: Sentence
    picture: str
    answers: Sequence[Answer]
    takes_number: bool = False
    code: str = ""


class Attendant(Protocol):
    """Whoever goes through the drill; every method may raise DrillInterrupted."""

    def ask(self, instruction: Instruction) -> str:
        """Return one of the answers' keys, or a whole number where one is taken; waits for it."""
        ...

    def show(self, instruction: Instruction) -> None:
        """Show what to do while a device is watched; `pressed` tells what is said meanwhile."""
        ...

    def pressed(self) -> str:
        """Return the answer given since `show`, an empty text for none; never waits."""
        ...

    def tell(self, finding: Finding) -> None:
        """Take note of a step that has ended."""
        ...


class CheckStage(StrEnum):
    """How far the drill of this kiosk is."""

    RESTING = "resting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    """It was left, or could not go on; what is finished is kept."""


@dataclass(frozen=True, slots=True)
class CheckFace:
    """One look at the drill; `fault` says why it could not go on, `report` is where it lies once done."""

    stage: CheckStage
    findings: tuple[Finding, ...] = ()
    instruction: Instruction | None = None
    report: str = ""
    fault: Sentence | None = None


class DeviceCheck(Protocol):
    """The drill as a screen goes through it; no call waits for a device.

    While it runs the kiosk has lent its devices, and it gets them back by starting anew.
    """

    def face(self) -> CheckFace:
        """Return how far it is."""
        ...

    def begin(self, by: str, language: str) -> None:
        """Take the devices and begin, or go on where it stopped.

        `by` stands in the report; test page and report are in `language`, one of the catalogue's.
        """
        ...

    def say(self, said: str) -> None:
        """Answer the instruction that is shown."""
        ...

    def leave(self) -> None:
        """Stop; what is finished is kept."""
        ...
