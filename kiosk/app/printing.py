"""The print minder: one thread between the print journal and the printer.

    submit ──▶ queued ──begin──▶ sending ──▶ printed │ uncertain
                 ▲                  │
                 └──── refused ─────┘  no byte was sent: tried again for a while, then left queued

A slip that is left queued comes out when its holder lays the card down again, or by an attendant's hand.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable

from kiosk.actions.faults import WorldFault
from kiosk.actions.hall import Hall
from kiosk.actions.ports import SlipRecord
from kiosk.actions.print_slip import (
    begin_printing,
    record_not_sent,
    record_printed,
    record_uncertain,
    recover_slips,
)
from kiosk.actions.printing import PaperState, PrintNews, PrintStage
from kiosk.devices.escpos.jobs import build_job
from kiosk.devices.escpos.status import Health, PrinterStatus
from kiosk.devices.printer_progress import NO_REPLY, PrintState
from kiosk.devices.printers import PrintOutcome, PrintResult, SlipPrinter
from kiosk.domain.ids import SlipNumber
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipState
from kiosk.paper.raster import Sheet

log = logging.getLogger(__name__)

LOOK_S = 5.0
"""How often an idle printer is asked how it is."""
RETRY_S = 1.0
"""How often it is asked while a slip waits for it."""
_STOP_S = 10.0
_WAITING = {PrintState.WAITING_FOR_PAPER, PrintState.WAITING_FOR_ATTENDANT, PrintState.STALLED}


class PrintMinder:
    """Takes slips one by one, prints each once, and keeps in the journal what the printer said.

    `render` turns a slip's document into the picture for this printer. `patience_s` bounds both the wait for
    paper in the middle of a slip and the tries for a slip that the printer refused. News goes to every
    subscriber in this thread.
    """

    def __init__(
        self,
        hall: Hall,
        printer: SlipPrinter,
        render: Callable[[str], Sheet],
        patience_s: float,
        retry_s: float = RETRY_S,
    ) -> None:
        """Keep the printer; the thread starts with `start`."""
        self._hall = hall
        self._printer = printer
        self._render = render
        self._patience_s = patience_s
        self._retry_s = retry_s
        self._submitted: queue.Queue[SlipNumber | None] = queue.Queue()
        self._refused: dict[SlipNumber, float] = {}
        """Slips the printer refused, and the monotonic second until which they are tried again."""
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
                slip = self._submitted.get(timeout=self._retry_s if self._refused else LOOK_S)
            except queue.Empty:
                self._look()
                self._try_refused()
                continue
            if slip is not None and not self._is_stopping.is_set():
                self._print(slip)
                self._look()

    def _recover(self) -> None:
        """Settle torn slips, and bring their halves out, so that none hangs on the next slip."""
        try:
            torn = recover_slips(self._hall)
        except WorldFault as fault:
            log.warning("slips of the last run could not be settled: %s", fault.sentence.key)
            return
        if torn:
            log.warning("slips whose paper is uncertain after a restart: %d", len(torn))
            self._printer.bring_out_remains()

    def _look(self) -> None:
        before, self._status = self._status, self._printer.status()
        self._paper = paper_state(self._status)
        trouble = self._status.trouble
        if before is not None and before.trouble == trouble:
            return
        if trouble is not None:
            log.warning("the printer is in trouble: %s", trouble.key)
        elif before is not None:
            log.info("the printer is well again")

    def _try_refused(self) -> None:
        now_s = time.monotonic()
        for slip, until_s in list(self._refused.items()):
            if now_s >= until_s:
                del self._refused[slip]
                log.warning("slip %s stays queued, the paper is %s", slip, self._paper)
            elif self._paper in {PaperState.READY, PaperState.LOW}:
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
            self._refused.pop(number, None)
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
        job, token = self._job(waiting)
        if self._is_stopping.is_set() or begin_printing(self._hall, number) is None:
            return None

        def progress(fraction: float, state: PrintState) -> None:
            stage = PrintStage.WAITING_FOR_PAPER if state in _WAITING else PrintStage.SENDING
            if state is PrintState.WAITING_FOR_PAPER:
                self._paper = PaperState.OUT
            self._tell(PrintNews(number, stage, fraction))

        return self._printer.print(job, token, progress, self._patience_s)

    def _job(self, record: SlipRecord) -> tuple[bytes, bytes]:
        sheet = self._render(record.document)
        token = record.token[:4].encode("ascii")
        kept = [range(first, end) for first, end in sheet.keep_together]
        return build_job(sheet.image, kept, self._printer.profile, token), token

    def _keep(self, number: SlipNumber, outcome: PrintOutcome) -> None:
        if outcome.result is PrintResult.REFUSED:
            record_not_sent(self._hall, number)
            self._refused.setdefault(number, time.monotonic() + self._patience_s)
            self._tell(PrintNews(number, PrintStage.NOT_SENT, 0.0, outcome.reason))
            return
        self._refused.pop(number, None)
        if outcome.result is PrintResult.PRINTED and outcome.evidence is not None:
            record_printed(self._hall, number, outcome.evidence.value)
            self._tell(PrintNews(number, PrintStage.PRINTED, 1.0))
        else:
            reason: Sentence = outcome.reason or NO_REPLY
            record_uncertain(self._hall, number, reason.key)
            self._tell(PrintNews(number, PrintStage.UNCERTAIN, 1.0, reason))

    def _tell(self, news: PrintNews) -> None:
        for listener in self._listeners:
            listener(news)


def paper_state(status: PrinterStatus) -> PaperState:
    """Return in one word whether a slip could come out; what is unknown is not ready."""
    if not status.is_reached:
        return PaperState.UNKNOWN
    if status.has_paper is False:
        return PaperState.OUT
    if status.summary is Health.FAULT:
        return PaperState.FAULT
    if status.near_end is True:
        return PaperState.LOW
    return PaperState.READY if status.summary is Health.OK else PaperState.UNKNOWN
