"""A kiosk's life without a window: whoever comes takes the place that fits best and waits for the slip.

What it tells into its pipe is what a screen would have shown; it may be killed at any moment.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

from kiosk.actions.faults import Refused
from kiosk.actions.find_jobs import fitting_jobs
from kiosk.actions.hall import Hall
from kiosk.actions.printing import PrintNews, PrintStage
from kiosk.actions.take_place import TakenPlace, take_place
from kiosk.app.building import open_hall, slip_printer, slip_renderer
from kiosk.app.nudges import PULSE_SOCKET, nudge
from kiosk.app.printing import PrintMinder
from kiosk.app.settings import read_settings
from tests.journeys.actors import Actor, started
from tests.journeys.town import come_in, worker_card
from tests.unit.app.news import NewsBook


def kiosk_life(data_dir: Path, workers: Sequence[int]) -> Actor:
    """Start a kiosk to which these workers come, one after another."""
    return started(live, data_dir, list(workers))


class _Teller:
    """Tells into the pipe from two threads: what people do, and when the printer begins with a slip."""

    def __init__(self, told: Connection) -> None:
        self._told = told
        self._turn = threading.Lock()
        self._begun: set[str] = set()

    def __call__(self, what: str, which: str) -> None:
        with self._turn:
            self._told.send((what, which))

    def hear(self, news: PrintNews) -> None:
        if news.stage is PrintStage.SENDING and news.slip not in self._begun:
            self._begun.add(news.slip)
            self("sending", news.slip)


def live(data_dir: Path, workers: list[int], told: Connection) -> None:
    """Serve these workers in this process, and tell into the pipe what happens."""
    settings = read_settings(data_dir)
    kiosk, news, tell = open_hall(settings), NewsBook(), _Teller(told)
    with closing(kiosk):
        printer, patience_s = slip_printer(settings), settings.printer_patience_s
        minder = PrintMinder(kiosk.hall, printer, slip_renderer(printer.profile.width_dots), patience_s)
        minder.subscribe(tell.hear)
        minder.subscribe(news)
        minder.start()
        tell("ready", kiosk.opened.new_stream.value if kiosk.opened.new_stream else "")
        for worker in workers:
            taken = _take(kiosk.hall, worker, tell)
            if taken is None:
                continue
            tell("took", taken.slip)
            nudge(data_dir / PULSE_SOCKET)
            minder.submit(taken.slip)
            tell(news.ending(taken.slip).value, taken.slip)
        minder.stop()


def _take(hall: Hall, worker: int, tell: _Teller) -> TakenPlace | None:
    met = come_in(hall, worker_card(worker))
    tell("came", met.worker)
    fitting = fitting_jobs(hall, met, 1)
    if not fitting:
        tell("refused", "nothing fits")
        return None
    try:
        return take_place(hall, met, fitting[0].line.job.id, fitting[0].line.job.version)
    except Refused as refused:
        tell("refused", refused.sentence.key)
        return None
