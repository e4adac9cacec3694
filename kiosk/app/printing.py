"""The print minder: one thread between the print journal and the printer.

    submit ──▶ queued ──begin──▶ sending ──▶ printed │ uncertain
                 ▲                  │
                 └──── refused ─────┘  no byte was sent: tried again for a while, then left queued

A slip that is left queued comes out when its holder lays the card down again, or by an attendant's hand; one
that waits because the last paper is kept for those with a coach comes out when a new roll is in.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence

from kiosk.actions.compose_slip import read_document
from kiosk.actions.faults import WorldFault
from kiosk.actions.hall import Hall
from kiosk.actions.ports import SlipRecord, Staff
from kiosk.actions.print_paper import recover_papers
from kiosk.actions.print_slip import (
    begin_printing,
    record_cuts,
    record_not_sent,
    record_printed,
    record_uncertain,
    recover_slips,
)
from kiosk.actions.print_test_page import ask_test_page, recover_test_pages
from kiosk.actions.printing import PaperState, PrintNews, PrintStage
from kiosk.app.loose_papers import SLIP_MM, LoosePaper, ending, small_paper, test_page
from kiosk.app.paper_roll import PaperRoll, length_mm, paper_state
from kiosk.app.print_guards import Guard, NoGuard
from kiosk.app.print_jobs import PrintJobs
from kiosk.app.signs import PRINTER_LOOK_S
from kiosk.app.waiting_slips import WaitingSlips
from kiosk.devices.escpos.status import Health, PrinterStatus
from kiosk.devices.printer_progress import NO_REPLY, PrintState
from kiosk.devices.printer_queues import HANDED_OVER
from kiosk.devices.printers import Printer, PrintOutcome, PrintResult
from kiosk.domain.duties import Act
from kiosk.domain.ids import PaperNumber, SlipNumber
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipState
from kiosk.paper.raster import Sheet
from kiosk.paper.text_form import TextItem

log = logging.getLogger(__name__)

RETRY_S = 1.0
"""How often it is asked while a slip waits for it."""
LISTEN_S = 0.5
"""How often an idle printer that reports unasked is listened to."""
_STOP_S = 10.0
_STAGES = {
    PrintState.SENDING: PrintStage.SENDING,
    PrintState.PRINTING: PrintStage.SENDING,
    PrintState.STALLED: PrintStage.WAITING_FOR_PAPER,
    PrintState.WAITING_FOR_PAPER: PrintStage.WAITING_FOR_PAPER,
    PrintState.WAITING_FOR_ATTENDANT: PrintStage.WAITING_FOR_PAPER,
    PrintState.HELD_OUT: PrintStage.HELD_OUT,
}
"""What a worker is told of what the printer does."""
_ENDS = {
    PrintResult.PRINTED: PrintStage.PRINTED,
    PrintResult.UNCERTAIN: PrintStage.UNCERTAIN,
    PrintResult.REFUSED: PrintStage.NOT_SENT,
}
KEPT_FOR_SLIPS = "printers.kept_for_slips"
OUT_OF_ORDER = PrinterStatus(error=True)
"""What is said of a printer that is not asked any more."""


class PrintMinder:
    """Takes slips one by one, prints each once, and keeps in the journal what the printer said.

    `render` turns a slip's document into the picture for this printer. `patience_s` bounds both the wait for
    paper in the middle of a slip and the tries for a slip that the printer refused. News goes to every
    subscriber in this thread.
    """

    def __init__(
        self,
        hall: Hall,
        printer: Printer,
        render: Callable[[str], Sheet],
        patience_s: float,
        retry_s: float = RETRY_S,
        guard: Guard | None = None,
        words: Callable[[str], Sequence[TextItem]] | None = None,
    ) -> None:
        """Keep the printer; the thread starts with `start`. What the guard bars is never asked of it.

        `words` turns a slip's document into lines of text, for a printer on a line too slow for pictures.
        """
        self._guard = guard or NoGuard()
        self._hall = hall
        self._printer = printer
        self._jobs = PrintJobs(printer.profile, render, words)
        self._roll = PaperRoll(hall, printer.profile.near_end_mm)
        self._uncounted: list[SlipNumber] = []
        """Slips of unknown fate, nothing cut behind them yet: the cutter's count still tells of them."""
        self._waiting = WaitingSlips(hall, patience_s)
        self._patience_s = patience_s
        self._retry_s = retry_s
        self._torn_pages: int | None = None
        """How many test pages the last run left torn, None before anybody has settled them."""
        self._settling_pages = threading.Lock()
        self._submitted: queue.Queue[SlipNumber | LoosePaper | None] = queue.Queue()
        self._listeners: list[Callable[[PrintNews], None]] = []
        self._paper = PaperState.UNKNOWN
        self._status: PrinterStatus | None = None
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)

    def start(self) -> None:
        """Begin: settle what an earlier process left half-printed, look at the printer, wait for slips."""
        self._thread.start()

    def stop(self) -> None:
        """End; a slip on its way becomes uncertain, because nobody will hear the printer's word."""
        self._is_stopping.set()
        self._submitted.put(None)
        self._printer.close()
        if self._thread.ident is not None:
            self._thread.join(_STOP_S)

    def submit(self, slip: SlipNumber) -> None:
        """Print this queued slip next."""
        self._submitted.put(slip)

    def print_paper(self, number: PaperNumber) -> None:
        """Print this queued ticket, receipt or pass next."""
        self.print_once(small_paper(self._hall, number))

    def print_once(self, paper: LoosePaper) -> None:
        """Print this next, or not at all."""
        self._submitted.put(paper)

    def print_test_page(
        self,
        staff: Staff,
        draw: Callable[[], Sheet],
        record: str = "",
        act: Act = Act.PRINT_TEST_PAGE,
    ) -> str:
        """Keep that staff want a page that is no slip and goes the way of every slip; return its id.

        `record` is the number of the record it is, empty for a test page; `act` is how the log calls it.

        What the last run left is settled before it, because later this page would be taken for one of it.
        """
        self._recover_test_pages()
        page = ask_test_page(self._hall, staff, record, act)
        self.print_once(test_page(self._hall, page.id, draw))
        return page.id

    def paper(self) -> PaperState:
        """Return the last known state without asking the printer."""
        return self._paper

    def status(self) -> PrinterStatus | None:
        """Return the last full status, None before the first look."""
        return self._status

    def subscribe(self, listener: Callable[[PrintNews], None]) -> None:
        """Call the listener, from this thread, with every piece of news."""
        self._listeners.append(listener)

    def _run(self) -> None:
        self._recover()
        self._look()
        while not self._is_stopping.is_set():
            try:
                slip = self._next(self._retry_s if self._waiting.has_refused else PRINTER_LOOK_S)
            except queue.Empty:
                self._look()
                self._try_refused()
                continue
            if slip is not None and not self._is_stopping.is_set():
                self._print_loose(slip) if isinstance(slip, LoosePaper) else self._print(slip)
                self._look()

    def _next(self, wait_s: float) -> SlipNumber | LoosePaper | None:
        """Return what is submitted next, hearing the printer meanwhile; raises queue.Empty."""
        if not self._printer.profile.has_automatic_status:
            return self._submitted.get(timeout=wait_s)
        until = time.monotonic() + wait_s
        while (left_s := until - time.monotonic()) > LISTEN_S:
            try:
                return self._submitted.get(timeout=LISTEN_S)
            except queue.Empty:
                if self._guard.barred() is None and (told := self._printer.told()) is not None:
                    self._see(told)
        return self._submitted.get(timeout=max(left_s, 0.0))

    def _recover(self) -> None:
        """Settle torn slips, bring their halves out, so that none hangs on the next slip, find who waits."""
        try:
            self._waiting.recover()
            self._uncounted = recover_slips(self._hall)
            torn = len(self._uncounted) + self._recover_test_pages() + recover_papers(self._hall)
        except WorldFault as fault:
            log.warning("slips of the last run could not be settled: %s", fault.sentence.key)
            return
        if torn:
            log.warning("slips whose paper is uncertain after a restart: %d", torn)
        if torn and self._guard.barred() is None:
            self._count_cuts()
            self._printer.bring_out_remains()
        self._uncounted.clear()

    def _recover_test_pages(self) -> int:
        """Settle once what the last run left of test pages; return how many were torn."""
        with self._settling_pages:
            if self._torn_pages is None:
                self._torn_pages = recover_test_pages(self._hall)
            return self._torn_pages

    def _look(self) -> None:
        if self._guard.barred() is not None:
            self._see(OUT_OF_ORDER)
            return
        self._see(self._printer.status())
        if self._uncounted and self._status is not None and self._status.summary is Health.OK:
            self._count_cuts()

    def _see(self, status: PrinterStatus) -> None:
        """Take in how the printer is, asked or unasked."""
        before, self._status = self._status, status
        if status is not OUT_OF_ORDER:
            self._guard.saw(status)
        if self._roll.see(status.near_end):
            for slip in self._waiting.for_new_roll():
                self.submit(slip)
        self._paper = paper_state(self._status)
        trouble = self._status.trouble
        if before is not None and before.trouble == trouble:
            return
        if trouble is not None:
            log.warning("the printer is in trouble: %s", trouble.key)
        elif before is not None:
            log.info("the printer is well again")

    def _count_cuts(self) -> int | None:
        """Return the cutter's count, and keep it with every slip whose fate it tells of."""
        count = self._printer.cut_count()
        if count is None:
            return None
        waiting, self._uncounted = self._uncounted, []
        try:
            for number in waiting:
                record_cuts(self._hall, number, count)
        except WorldFault as fault:
            log.warning("the cutter's count could not be kept: %s", fault.sentence.key)
        return count

    def _try_refused(self) -> None:
        for slip in self._waiting.to_try():
            if self._paper in {PaperState.READY, PaperState.LOW}:
                self._print(slip)
                self._look()

    def _print(self, number: SlipNumber) -> None:
        try:
            outcome = self._send(number)
        except WorldFault as fault:
            log.warning("a slip could not be journalled, so it was not sent: %s", fault.sentence.key)
            self._tell(PrintNews(number, PrintStage.NOT_SENT, 0.0, fault.sentence))
            return
        if outcome is None:
            self._waiting.end(number)
            return
        try:
            self._keep(number, outcome)
        except WorldFault as fault:
            # The journal still says `sending`, which the next start reads as uncertain: nothing is claimed.
            log.warning("what became of a slip could not be journalled: %s", fault.sentence.key)
            self._tell(PrintNews(number, PrintStage.UNCERTAIN, 1.0, fault.sentence))

    def _send(self, number: SlipNumber) -> PrintOutcome | None:
        """Send a slip that waits, None when it does not; nothing can fail between `sending` and its bytes."""
        with self._hall.store.reading() as records:
            waiting = records.slips.by_number(number)
        if waiting is None or waiting.state is not SlipState.QUEUED:
            return None
        if (why := self._guard.barred()) is not None:
            return PrintOutcome(PrintResult.REFUSED, reason=why)
        job, token = self._jobs.of_document(waiting.document, waiting.token)
        if (why := self._kept_for_coaches(waiting, job)) is not None:
            return PrintOutcome(PrintResult.REFUSED, reason=why)
        count = self._count_cuts()
        self._uncounted.clear()  # behind the next cut the count would tell of more than one slip
        if self._is_stopping.is_set() or begin_printing(self._hall, number, count) is None:
            return None
        return self._bring_out(number, job, token)

    def _kept_for_coaches(self, record: SlipRecord, job: bytes) -> Sentence | None:
        """Return why a slip has to wait for a new roll, None when it may have its paper."""
        has_coach = read_document(record.document).ride is not None
        if self._roll.has_room_for(length_mm(job), has_coach=has_coach):
            return None
        return self._waiting.keep_back(record.number)

    def _bring_out(self, number: SlipNumber | PaperNumber | None, job: bytes, token: bytes) -> PrintOutcome:
        """Send what the journal calls sending, and tell how it goes on."""

        def progress(fraction: float, state: PrintState) -> None:
            if state is PrintState.WAITING_FOR_PAPER:
                self._paper = PaperState.OUT
            if number is not None:
                self._tell(PrintNews(number, _STAGES[state], fraction))

        outcome = self._printer.print(job, token, progress, self._patience_s)
        if outcome.reason != HANDED_OVER:  # all that a queue can ever say, and so no sign of trouble
            self._guard.ended(outcome)
        if outcome.sent_bytes:
            self._roll.use(length_mm(job))
        return outcome

    def _keep(self, number: SlipNumber, outcome: PrintOutcome) -> None:
        if outcome.result is PrintResult.REFUSED:
            record_not_sent(self._hall, number)
            self._waiting.refuse(number)
            self._tell(PrintNews(number, PrintStage.NOT_SENT, 0.0, outcome.reason))
            return
        self._waiting.end(number)
        if outcome.result is PrintResult.PRINTED and outcome.evidence is not None:
            record_printed(self._hall, number, outcome.evidence.value)
            self._tell(PrintNews(number, PrintStage.PRINTED, 1.0))
        else:
            reason: Sentence = outcome.reason or NO_REPLY
            record_uncertain(self._hall, number, reason.key)
            self._uncounted = [number]
            self._tell(PrintNews(number, PrintStage.UNCERTAIN, 1.0, reason))

    def _print_loose(self, paper: LoosePaper) -> None:
        """Print a paper that nobody needs; a printer that refuses it is not asked again."""
        try:
            self._hear_of(paper, self._send_loose(paper))
        except WorldFault as fault:
            log.warning("a paper beside the slips could not be journalled: %s", fault.sentence.key)
            self._hear_of(paper, PrintOutcome(PrintResult.REFUSED, reason=fault.sentence))

    def _send_loose(self, paper: LoosePaper) -> PrintOutcome | None:
        """Send a paper that waits, and keep what became of it; None when it does not wait."""
        if (why := self._guard.barred()) is not None:
            return self._keep_loose(paper, PrintOutcome(PrintResult.REFUSED, reason=why))
        made = paper.job(self._jobs)
        if made is None:
            return None
        job, token = made
        if paper.needs_room and not self._roll.has_room_for(max(length_mm(job), SLIP_MM), has_coach=False):
            return self._keep_loose(paper, PrintOutcome(PrintResult.REFUSED, reason=Sentence(KEPT_FOR_SLIPS)))
        self._count_cuts()
        self._uncounted.clear()
        if not paper.begin():
            return None
        return self._keep_loose(paper, self._bring_out(paper.number, job, token))

    def _keep_loose(self, paper: LoosePaper, outcome: PrintOutcome) -> PrintOutcome:
        paper.end(*ending(outcome))
        return outcome

    def _hear_of(self, paper: LoosePaper, outcome: PrintOutcome | None) -> None:
        if paper.number is None or outcome is None:
            return
        stage = _ENDS[outcome.result]
        self._tell(PrintNews(paper.number, stage, float(stage is not PrintStage.NOT_SENT), outcome.reason))

    def _tell(self, news: PrintNews) -> None:
        for listener in self._listeners:
            listener(news)
