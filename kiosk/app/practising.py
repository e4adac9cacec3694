"""Practice at this kiosk: its throw-away hall, and its own small way to the one printer there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.hall import Hall
from kiosk.actions.practice import PracticeHall, practice_hall
from kiosk.actions.print_paper import begin_paper, end_paper
from kiosk.actions.print_slip import begin_printing, record_not_sent, record_printed, record_uncertain
from kiosk.actions.printing import PaperState, PrintNews, PrintStage
from kiosk.app.loose_papers import LoosePaper
from kiosk.app.signing import SlipKey
from kiosk.domain.ids import PaperNumber, SlipNumber
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipState
from kiosk.messages.practice_codes import PRACTICE_KEY_ID
from kiosk.storage.practice import open_practice
from kiosk.storage.store import Transactions

NO_PAPER = Sentence("printers.kept_from_practice")
_EVIDENCE = "practice"
_SLIP_ENDS: Mapping[PrintStage, Callable[[Hall, SlipNumber], object]] = {
    PrintStage.PRINTED: partial(record_printed, evidence=_EVIDENCE),
    PrintStage.UNCERTAIN: partial(record_uncertain, reason=_EVIDENCE),
    PrintStage.NOT_SENT: record_not_sent,
}
_PAPER_ENDS = {
    PrintStage.PRINTED: SlipState.PRINTED,
    PrintStage.UNCERTAIN: SlipState.UNCERTAIN,
    PrintStage.NOT_SENT: SlipState.VOID,
}
_SPARED = {PaperState.LOW, PaperState.OUT, PaperState.FAULT}
"""Practice prints nothing then: whoever goes to work needs the last of a roll."""


class OnePrinter(Protocol):
    """The printer of the kiosk, as far as practice may use it."""

    def paper(self) -> PaperState:
        """Return the last known state without asking the printer."""
        ...

    def print_once(self, paper: LoosePaper) -> None:
        """Print this next, or not at all."""
        ...


@dataclass(frozen=True, slots=True)
class PracticePrinting:
    """Prints what is practised once or not at all, and keeps of it nothing but the paper that was used.

    The document is read when the paper is asked for: the printer's thread never looks into the practice hall,
    which may be gone by then. `tell` hears, from any thread, of a paper that is not printed.
    """

    hall: Hall
    printer: OnePrinter
    tell: Callable[[PrintNews], None]

    def submit(self, slip: SlipNumber) -> None:
        """Print this queued slip next."""
        record = begin_printing(self.hall, slip)
        if record is not None:
            self._print(slip, record.document, record.token)

    def print_paper(self, number: PaperNumber) -> None:
        """Print this queued ticket, receipt or pass next."""
        record = begin_paper(self.hall, number)
        if record is not None:
            self._print(number, record.document, record.token)

    def keep(self, news: PrintNews) -> None:
        """Keep in the practice hall what the printer said of one of its papers."""
        with self.hall.store.reading() as records:
            slip = records.slips.by_number(SlipNumber(news.slip))
        if slip is None:
            self._end_paper(PaperNumber(news.slip), news.stage)
        elif slip.state is SlipState.SENDING and news.stage in _SLIP_ENDS:
            _SLIP_ENDS[news.stage](self.hall, slip.number)

    def _end_paper(self, number: PaperNumber, stage: PrintStage) -> None:
        if stage in _PAPER_ENDS:
            end_paper(self.hall, number, _PAPER_ENDS[stage], _EVIDENCE)

    def _print(self, number: SlipNumber | PaperNumber, document: str, token: str) -> None:
        if self.printer.paper() in _SPARED:
            self.tell(PrintNews(number, PrintStage.NOT_SENT, 0.0, NO_PAPER))
            return
        self.printer.print_once(
            LoosePaper(
                number,
                needs_room=True,
                job=lambda jobs: jobs.of_document(document, token),
                begin=lambda: True,
                end=lambda _state, _evidence: None,
            )
        )


def open_practice_hall(
    hall: Hall,
    real: Transactions,
    printer: OnePrinter,
    tell: Callable[[PrintNews], None],
    numbers: MutableMapping[str, int],
) -> PracticeHall:
    """Return a new practice hall over the board of this one. Raises StorageFault where it cannot be read.

    Its papers are numbered on from `numbers`, which all practices at one printer share.
    """
    store = open_practice(real, hall.clock, hall.now(), numbers)
    signer = SlipKey(Ed25519PrivateKey.generate(), PRACTICE_KEY_ID)
    practised = practice_hall(hall, store, signer)
    printing = PracticePrinting(practised, printer, tell)
    return PracticeHall(practised, printing, printing.keep, store.close)
