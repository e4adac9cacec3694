"""Two of the drill's attendants: a person at a terminal, and a file of answers for machines that test."""

from __future__ import annotations

import json
import select
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from kiosk.actions.commissioning import SKIP, DrillInterrupted, Finding, Instruction
from kiosk.actions.faults import WorldFault
from kiosk.app.commissioning_report import measured_words, reason_words
from kiosk.catalogue import Catalogue
from kiosk.domain.sentences import Sentence


class Terminal:
    """A person who reads numbered choices and types a number; the end of input is the end of the drill."""

    def __init__(self, tr: Catalogue, lines: TextIO, out: TextIO) -> None:
        """Read answers from `lines`, which must be a real file, and write to `out`."""
        self._tr = tr
        self._lines = lines
        self._out = out
        self._shown: Instruction | None = None

    def ask(self, instruction: Instruction) -> str:
        """Ask until something sensible is typed."""
        self.show(instruction)
        while True:
            if said := self._read():
                return said
            self._say(self._tr("commissioning.terminal.again"))

    def show(self, instruction: Instruction) -> None:
        """Write the instruction and its numbered answers."""
        self._shown = instruction
        self._say("")
        self._say(self._words(instruction.sentence))
        if instruction.code:
            self._say(self._tr("commissioning.terminal.code"))
            self._draw(instruction.code)
        for number, answer in enumerate(instruction.answers, 1):
            self._say(f"  {number}) {self._words(answer.word)}")

    def pressed(self) -> str:
        """Return what was typed meanwhile, if it makes sense."""
        return self._read() if select.select([self._lines], [], [], 0)[0] else ""

    def tell(self, finding: Finding) -> None:
        """Write how a step ended."""
        words = (
            self._tr(f"commissioning.outcome.{finding.outcome.value}"),
            self._tr(f"commissioning.step.{finding.step}"),
            measured_words(finding.measured, self._tr),
            reason_words(finding, self._tr),
        )
        self._say(" · ".join(word for word in words if word))

    def _read(self) -> str:
        line = self._lines.readline()
        if not line:
            raise DrillInterrupted
        typed, shown = line.strip(), self._shown
        if shown is None or not typed.isdecimal():
            return ""
        if 1 <= int(typed) <= len(shown.answers):
            return shown.answers[int(typed) - 1].key
        return str(int(typed)) if shown.takes_number else ""

    def _draw(self, text: str) -> None:
        from qrcode.main import QRCode

        code = QRCode(border=4)
        code.add_data(text)
        code.print_ascii(out=self._out, invert=True)

    def _words(self, sentence: Sentence) -> str:
        return self._tr(sentence.key, **sentence.args)

    def _say(self, words: str) -> None:
        self._out.write(words + "\n")
        self._out.flush()


class AnswerFile:
    """Answers by the name of the question; one that is not in the file is skipped.

    Each instruction and finding is written as a line of JSON, so that whoever moves the devices can follow.
    """

    def __init__(self, answers: Mapping[str, str], out: TextIO) -> None:
        """Answer out of a mapping."""
        self._answers = answers
        self._out = out
        self._meanwhile = ""

    @classmethod
    def read(cls, path: Path, out: TextIO) -> AnswerFile:
        """Read a JSON object of names and answers; raises WorldFault when the file is none."""
        try:
            answers = json.loads(path.read_text(encoding="utf-8"))
            return cls({str(name): str(said) for name, said in answers.items()}, out)
        except (OSError, ValueError, AttributeError) as error:
            raise WorldFault(Sentence("cli.bad_file", {"name": path.name, "cause": str(error)})) from error

    def ask(self, instruction: Instruction) -> str:
        """Return the file's answer; raises WorldFault for one that cannot be given here."""
        said = self._answers.get(instruction.name, SKIP)
        self._write({"ask": instruction.name, "answer": said})
        is_number = instruction.takes_number and said.isdecimal()
        if not is_number and said not in {answer.key for answer in instruction.answers}:
            raise WorldFault(Sentence("commissioning.bad_answer", {"name": instruction.name, "said": said}))
        return said

    def show(self, instruction: Instruction) -> None:
        """Write what is to be done; `do` in the file waits for the device, nothing there skips it."""
        self._write({"do": instruction.name})
        said = self._answers.get(instruction.name, SKIP)
        self._meanwhile = "" if said == "do" else said

    def pressed(self) -> str:
        """Return the file's answer."""
        return self._meanwhile

    def tell(self, finding: Finding) -> None:
        """Write how a step ended."""
        self._write({"step": finding.step, "outcome": finding.outcome.value} | dict(finding.measured))

    def _write(self, values: Mapping[str, object]) -> None:
        self._out.write(json.dumps(values, ensure_ascii=False) + "\n")
        self._out.flush()
