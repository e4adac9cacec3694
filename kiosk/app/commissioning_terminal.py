"""`kiosk devices check`: the drill at a terminal, or out of a file of answers."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from kiosk import catalogue
from kiosk.actions.commissioning import DrillInterrupted
from kiosk.actions.faults import WorldFault
from kiosk.app.commissioning import Commissioning
from kiosk.app.commissioning_faces import AnswerFile, Terminal
from kiosk.app.nudges import SCREEN_SOCKET, is_heard
from kiosk.app.settings import read_settings
from kiosk.devices.commissioning.bench import DrillTimes
from kiosk.devices.commissioning.drill import step_names
from kiosk.domain.clock import hall_time
from kiosk.domain.sentences import Sentence
from kiosk.system_clock import SystemClock

EXIT_FAILED = 1
EXIT_INTERRUPTED = 130
PATIENCE_S = 60.0
"""So long a device may take to do what the file says that somebody does."""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What the command line said; without a language, the kiosk's own is spoken."""

    data_dir: Path
    ports: tuple[str, ...]
    steps: tuple[str, ...]
    is_again: bool
    answers: Path | None
    language: str | None


def check(options: CheckOptions, lines: TextIO, out: TextIO) -> int:
    """Run the drill and return the exit code; raises WorldFault with a sentence."""
    language = options.language or read_settings(options.data_dir).language
    if language not in catalogue.LANGUAGES:
        raise WorldFault(Sentence("cli.bad_option", {"name": "language"}))
    if unknown := [step for step in options.steps if step not in step_names()]:
        known = " ".join(step_names())
        raise WorldFault(Sentence("commissioning.bad_step", {"name": unknown[0], "known": known}))
    if is_heard(options.data_dir / SCREEN_SOCKET):
        raise WorldFault(Sentence("commissioning.running"))
    tr = catalogue.load(language)
    clock = SystemClock()
    times = DrillTimes(patience_s=PATIENCE_S if options.answers else None)
    drill = Commissioning(options.data_dir, tr, lambda: hall_time(clock.now()), options.ports, times)
    attendant = AnswerFile.read(options.answers, out) if options.answers else Terminal(tr, lines, out)
    if options.is_again:
        drill.begin_again()
    elif options.steps:
        drill.begin_again(options.steps)
    if drill.findings:
        out.write(tr("commissioning.terminal.resumed", count=len(drill.findings)) + "\n")
    try:
        conclusion = drill.run(attendant, _user())
    except (DrillInterrupted, KeyboardInterrupt):
        out.write("\n" + tr("commissioning.terminal.interrupted") + "\n")
        return EXIT_INTERRUPTED
    out.writelines(
        tr("commissioning.terminal.setting", name=name, value=value) + "\n"
        for name, value in conclusion.settings.items()
    )
    out.write(tr("commissioning.terminal.done", path=conclusion.report) + "\n")
    return EXIT_FAILED if conclusion.has_failed else 0


def _user() -> str:
    """Return who is at the terminal, as the system knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
