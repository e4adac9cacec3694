"""`kiosk export`: two people at a terminal hand a ledger on into a folder, beside a running kiosk, too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from kiosk.actions.export_ledger import Export, record_export, shift_export, write_export
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.keep_shift import last_sheet
from kiosk.actions.sign_in import owner_of
from kiosk.actions.two_persons import Present, second_by_pin
from kiosk.app.building import join_hall
from kiosk.app.settings import Settings
from kiosk.app.table_files import table_files
from kiosk.app.whole_files import OF_A_FOLDER, ExportFolder
from kiosk.catalogue import LANGUAGES, load
from kiosk.domain.duties import Act
from kiosk.domain.sentences import Sentence

AskPin = Callable[[str], str]
"""Ask somebody for a PIN with these words."""


def export(
    settings: Settings, name: str, folder: Path, language: str, reason: str, ask_pin: AskPin, out: TextIO
) -> None:
    """Write the newest of a ledger into a folder, and say where it is. Raises Refused and WorldFault."""
    opened = join_hall(settings)
    try:
        _export(opened.hall, name, folder, language, reason, ask_pin, out)
    finally:
        opened.close()


def _export(
    hall: Hall, name: str, folder: Path, language: str, reason: str, ask_pin: AskPin, out: TextIO
) -> None:
    ready = LEDGERS[name](hall, language)
    first = Present(owner_of(hall, ask_pin("cli.export.first")), is_by_pin=True)
    pair = second_by_pin(hall, first, ask_pin("cli.export.second"), Act.EXPORT_LEDGER)
    place = ExportFolder(folder, "", OF_A_FOLDER, str(folder))
    place.require()
    record_export(hall, ready, str(folder), reason, pair)
    for written in write_export(table_files(ready), place.put):
        for told in LANGUAGES:
            print(load(told)("ledger.written", path=folder / written), file=out)


def _last_shift(hall: Hall, language: str) -> Export:
    say = load(language)
    sheet = last_sheet(hall, say("desk.audit.former"))
    if sheet is None:
        raise Refused(Sentence("ledger.nothing_yet"))
    return shift_export(sheet, say)


LEDGERS: Mapping[str, Callable[[Hall, str], Export]] = {"shift": _last_shift}
"""What can be handed on, by the name it has on the command line."""
