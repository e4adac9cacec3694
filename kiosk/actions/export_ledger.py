"""Hand a ledger on as files: two people, a reason, and both in the log before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.stick_errands import FoundStick, StickErrands
from kiosk.actions.two_persons import Pair, record_pair_act
from kiosk.catalogue import SOURCE_LANGUAGE
from kiosk.domain.duties import Act
from kiosk.domain.ledgers import Ledger
from kiosk.domain.sentences import Sentence
from kiosk.domain.shift_sheets import SHIFT_SHEET, ShiftSheet
from kiosk.domain.sights import Sights
from kiosk.ledgers.tables import Sentences, Table, tabulate

FOLDER = "exports"
"""Where on a stick the files lie."""


@dataclass(frozen=True, slots=True)
class Export:
    """A ledger ready to leave: its number, what its files are called, and what they say.

    `make` reads what they say, which may take seconds and is for the thread that writes them. `act` is what
    two people do with it: they export it as the first of them sees it, or let it out whole.
    """

    ledger: Ledger
    number: str
    stem: str
    make: Callable[[], Table]
    act: Act = Act.EXPORT_LEDGER

    @property
    def table(self) -> Table:
        """Read what the files say."""
        return self.make()


def shift_export(sheet: ShiftSheet, tr: Sentences, sights: Sights) -> Export:
    """Return the sheet of a shift in the words of a language, for who is shown so much of a person.

    A file's name says which kiosk and which year, too, and which language when that is not the hall's own:
    files of many lie in one folder for long.
    """
    mark = "" if tr.language == SOURCE_LANGUAGE else f"-{tr.language}"
    about = f"{sheet.number}\u2002{sheet.station}\u2002{tr('paper.kiosk', letter=sheet.kiosk_letter)}"
    stem = f"JB-{sheet.hall}-{sheet.kiosk_letter}-{sheet.closed_at:%Y%m%d-%H%M}{mark}"
    return Export(SHIFT_SHEET, sheet.number, stem, lambda: tabulate(SHIFT_SHEET, [sheet], about, tr, sights))


def record_export(hall: Hall, export: Export, place: str, reason: str, pair: Pair) -> None:
    """Write down who takes a ledger away, who said yes, where to and why. Raises Refused.

    This comes before the first byte is written: what failed half-way may have been read all the same.
    """
    if not reason.strip():
        raise Refused(Sentence("actions.reason_missing"))
    with hall.store.writing() as records:
        told = f"{place}: {reason}"
        record_pair_act(hall, records, pair, export.act, "ledger", export.number, told)


def begin_export(
    hall: Hall, sticks: StickErrands, export: Export, stick: FoundStick, reason: str, pair: Pair
) -> None:
    """Write down who exports, and begin to write on the stick. Raises Refused."""
    record_export(hall, export, stick.name, reason, pair)
    sticks.begin_export(export, stick)


def write_export(files: Mapping[str, bytes], put: Callable[[str, bytes], None]) -> tuple[str, ...]:
    """Put files where they are wanted, one after the other, and return their names. Raises WorldFault."""
    for name, content in files.items():
        put(name, content)
    return tuple(files)
