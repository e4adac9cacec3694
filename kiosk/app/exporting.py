"""`kiosk export`: two people at a terminal hand a ledger on into a folder, beside a running kiosk, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from kiosk.actions.export_ledger import Export, record_export, shift_export
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.keep_shift import last_sheet
from kiosk.actions.read_ledger import ledger_export
from kiosk.actions.sign_in import owner_of
from kiosk.actions.stick_errands import ExportStep
from kiosk.actions.two_persons import Present, second_by_pin
from kiosk.app.building import join_hall
from kiosk.app.settings import Settings
from kiosk.app.table_files import table_files
from kiosk.app.whole_files import OF_A_FOLDER, ExportFolder
from kiosk.catalogue import LANGUAGES, load
from kiosk.codes import load_trades
from kiosk.domain.periods import Period, day_of
from kiosk.domain.sentences import Sentence
from kiosk.domain.service_ledgers import SERVICE_LEDGERS
from kiosk.domain.sights import MASKED, WHOLE, Sights, sights_of

AskPin = Callable[[str], str]
"""Ask somebody for a PIN with these words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to hand on: a ledger, in which language, of which days; None is today, and of no sheet.

    `is_whole` lets names and numbers out whole, which is an act of its own.
    """

    name: str
    language: str
    days: Period | None = None
    is_whole: bool = False


def export(
    settings: Settings, wanted: Wanted, folder: Path, reason: str, ask_pin: AskPin, out: TextIO
) -> None:
    """Write a ledger into a folder, and say where it is. Raises Refused and WorldFault."""
    opened = join_hall(settings)
    try:
        _export(opened.hall, wanted, folder, reason, ask_pin, out)
    finally:
        opened.close()


def _export(hall: Hall, wanted: Wanted, folder: Path, reason: str, ask_pin: AskPin, out: TextIO) -> None:
    ready_for = LEDGERS[wanted.name]
    act = ready_for(hall, wanted, WHOLE if wanted.is_whole else MASKED).act  # nobody keys a PIN for nothing
    first = Present(owner_of(hall, ask_pin("cli.export.first")), is_by_pin=True)
    pair = second_by_pin(hall, first, ask_pin("cli.export.second"), act)
    ready = ready_for(hall, wanted, WHOLE if wanted.is_whole else sights_of(first.staff.role))
    place = ExportFolder(folder, "", OF_A_FOLDER, str(folder))
    place.require()
    record_export(hall, ready, str(folder), reason, pair)
    files = table_files(ready, _Telling(out).hear)
    place.put(files)
    for written in files:
        for told in LANGUAGES:
            print(load(told)("ledger.written", path=folder / written), file=out)


class _Telling:
    """Says in both languages how far an export is, a line to each tenth of a step."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._said = ExportStep.READING, 0

    def hear(self, step: ExportStep, done: int, total: int) -> None:
        tenth = 10 * done // max(total, 1)
        if tenth == 0 or (step, tenth) == self._said:
            return
        self._said = step, tenth
        said = [load(told)(f"ledger.step.{step.value}", done=done, total=total) for told in LANGUAGES]
        print("  ".join(said), file=self._out, flush=True)


def _last_shift(hall: Hall, wanted: Wanted, sights: Sights) -> Export:
    say = load(wanted.language)
    sheet = last_sheet(hall, say("desk.audit.former"))
    if sheet is None:
        raise Refused(Sentence("ledger.nothing_yet"))
    return shift_export(sheet, say, sights)


def _ledger(hall: Hall, wanted: Wanted, sights: Sights) -> Export:
    days = wanted.days or day_of(hall.today())
    return ledger_export(hall, wanted.name, days, load(wanted.language), load_trades(), sights)


SHIFT = "shift"
LEDGERS: Mapping[str, Callable[[Hall, Wanted, Sights], Export]] = {
    SHIFT: _last_shift,
    **dict.fromkeys(SERVICE_LEDGERS, _ledger),
}
"""What can be handed on, by the name it has on the command line."""
