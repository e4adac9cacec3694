"""The bench on which devices are tried: the ports, the attendant, what was found so far, and the clocks."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from kiosk.actions.commissioning import (
    NOTHING,
    SKIP,
    Answer,
    Attendant,
    Finding,
    Instruction,
    Measured,
    Outcome,
)
from kiosk.devices.commissioning.ports import Port
from kiosk.devices.commissioning.probing import ANSWER_S, printer_at
from kiosk.devices.printers import PrinterTimes
from kiosk.devices.readers import Timing
from kiosk.domain.sentences import Sentence
from kiosk.paper.phrases import Sentences

Seen = TypeVar("Seen")
_SKIP = Answer(SKIP, Sentence("commissioning.answer.skip"))
_NOTHING = Answer(NOTHING, Sentence("commissioning.answer.nothing"))


@dataclass(frozen=True, slots=True)
class DrillTimes:
    """How long things are looked at, in seconds.

    A person may take all the time of the world: `patience_s` is for answers out of a file only. Without a
    `reader` timing the one of the reader's profile holds.
    """

    hold_s: float = 8.0
    look_s: float = 0.2
    answer_s: float = ANSWER_S
    patience_s: float | None = None
    reader: Timing | None = None
    printer: PrinterTimes = field(default_factory=PrinterTimes)
    slip_patience_s: float = 30.0


USUAL = DrillTimes()


class StepOver(Exception):
    """A step has ended before its end: how, why, and what was measured until then."""

    def __init__(self, outcome: Outcome, reason: Sentence, measured: Measured | None = None) -> None:
        super().__init__(reason.key)
        self.outcome = outcome
        self.reason = reason
        self.measured = measured or {}


def failed(reason: Sentence, **measured: str | float | bool) -> StepOver:
    """Return the end of a step that failed."""
    return StepOver(Outcome.FAILED, reason, measured)


def skipped(key: str) -> StepOver:
    """Return the end of a step that is not done."""
    return StepOver(Outcome.SKIPPED, Sentence(key))


@dataclass(slots=True)
class Bench:
    """What every step is handed; `tr` is the language of the paper."""

    look_for_ports: Callable[[], Sequence[Port]]
    attendant: Attendant
    tr: Sentences
    times: DrillTimes = USUAL
    monotonic: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    findings: dict[str, Finding] = field(default_factory=dict)
    _addresses: dict[Port, str | None] = field(default_factory=dict)

    def printer_at(self, port: Port) -> str | None:
        """Return the address at which a printer answers at a port; each port is asked once a drill."""
        if port not in self._addresses:
            self._addresses[port] = printer_at(port, self.times.answer_s, self.monotonic)
        return self._addresses[port]

    def measured(self, step: str, name: str) -> str | int | float | bool | None:
        """Return what an earlier step measured, None where it did not."""
        found = self.findings.get(step)
        return None if found is None else found.measured.get(name)

    def is_ok(self, step: str) -> bool:
        """Return whether an earlier step went well."""
        found = self.findings.get(step)
        return found is not None and found.outcome is Outcome.OK

    def ask(self, instruction: Instruction) -> str:
        """Return the attendant's answer; the step is over when it is to be skipped."""
        said = self.attendant.ask(_with(instruction, _SKIP))
        if said == SKIP:
            raise skipped("commissioning.skipped.by_hand")
        return said

    def wait_for(self, instruction: Instruction, look: Callable[[], Seen | None]) -> Seen:
        """Return what `look` sees once the attendant has done as told; giving it up ends the step."""
        self.attendant.show(_with(instruction, _NOTHING, _SKIP))
        began = self.monotonic()
        while (seen := look()) is None:
            said = self.attendant.pressed()
            if said == SKIP:
                raise skipped("commissioning.skipped.by_hand")
            is_late = self.times.patience_s is not None and self.monotonic() - began > self.times.patience_s
            if said == NOTHING or is_late:
                raise failed(Sentence("commissioning.failed.nothing_seen"))
            self.pause(self.times.look_s)
        return seen

    def watch(self, duration_s: float, look: Callable[[], Seen | None]) -> Seen | None:
        """Look for a while without anybody doing anything; return what was seen, None for nothing."""
        until = self.monotonic() + duration_s
        while self.monotonic() < until:
            if (seen := look()) is not None:
                return seen
            self.pause(min(self.times.look_s, duration_s))
        return look()


def instruction(name: str, picture: str, *answers: Answer, **args: str | float) -> Instruction:
    """Return the instruction of a step, or of a part of it, whose words stand under its own name."""
    return Instruction(name, Sentence(f"commissioning.do.{name}", args), picture, answers)


def answer(key: str, word: str | None = None, **args: str | float) -> Answer:
    """Return an answer whose word stands in the catalogue under its own key, or under another."""
    return Answer(key, Sentence(f"commissioning.answer.{word or key}", args))


def port_answer(port: Port, word: str = "port") -> Answer:
    """Return the answer that names a port: its address, and what the system calls it."""
    return answer(port.url, word, url=port.url, words=port.words)


def _with(instruction: Instruction, *more: Answer) -> Instruction:
    return replace(instruction, answers=(*instruction.answers, *more))
