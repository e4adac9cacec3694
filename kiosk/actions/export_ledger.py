"""Hand a ledger on as files: two people, a reason, and both in the log before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.actions.stick_errands import ErrandStage, FoundStick, StickErrands
from kiosk.actions.two_persons import Pair, record_pair_act
from kiosk.catalogue import SOURCE_LANGUAGE
from kiosk.domain.duties import Act
from kiosk.domain.ledgers import Ledger
from kiosk.domain.sentences import Sentence
from kiosk.domain.shift_sheets import SHIFT_SHEET, ShiftSheet
from kiosk.domain.sights import Sights
from kiosk.ledgers.tables import Flow, Sentences, Table, flowing

FOLDER = "exports"
"""Where on a stick the files lie."""


@dataclass(frozen=True, slots=True)
class Export:
    """A ledger ready to leave: its number, what its files are called, and what they say.

    `make` begins to read what they say, which may take seconds and is for the thread that writes them, of
    about so many `lines`. `act` is what two people do with it: they export it as the first of them sees it,
    or let it out whole.
    """

    ledger: Ledger
    number: str
    stem: str
    make: Callable[[], Flow]
    lines: int
    act: Act = Act.EXPORT_LEDGER

    @property
    def table(self) -> Table:
        """Read all that the files say."""
        return self.make().whole()


def shift_export(sheet: ShiftSheet, tr: Sentences, sights: Sights) -> Export:
    """Return the sheet of a shift in the words of a language, for who is shown so much of a person.

    A file's name says which kiosk and which year, too, and which language when that is not the hall's own:
    files of many lie in one folder for long.
    """
    mark = "" if tr.language == SOURCE_LANGUAGE else f"-{tr.language}"
    about = f"{sheet.number}\u2002{sheet.station}\u2002{tr('paper.kiosk', letter=sheet.kiosk_letter)}"
    stem = f"JB-{sheet.hall}-{sheet.kiosk_letter}-{sheet.closed_at:%Y%m%d-%H%M}{mark}"
    lines = len(SHIFT_SHEET.columns)
    return Export(
        SHIFT_SHEET, sheet.number, stem, lambda: flowing(SHIFT_SHEET, [sheet], about, tr, sights), lines
    )


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


def stop_export(hall: Hall, sticks: StickErrands, staff: Staff) -> None:
    """Write down who stops the export under way, and stop it; one that ended by itself is left alone."""
    face = sticks.export_face()
    if face.stage is not ErrandStage.RUNNING:
        return
    with hall.store.writing() as records:
        record_act(hall, records, staff, Act.STOP_EXPORT, "stick", face.stick)
    sticks.stop_export()
