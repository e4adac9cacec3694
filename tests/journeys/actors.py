"""What runs in processes of its own in journeys: a kiosk that takes places and prints, and its sync.

They are forked from a server that has everything imported, so that a process to be killed is cheap; what they
run is the kiosk's own code on the kiosk's own files.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path

from kiosk.actions.faults import Refused
from kiosk.actions.take_place import take_place
from kiosk.app.building import open_hall, slip_printer, slip_renderer
from kiosk.app.printing import PrintMinder
from kiosk.app.pulse import run_pulse
from kiosk.app.settings import read_settings
from kiosk.domain.ids import JobId
from tests.journeys.town import come_in, worker_card
from tests.unit.app.news import NewsBook

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["__main__", "tests.journeys.actors"])
Told = tuple[str, str]
"""(what, which): `came worker`, `took slip`, `refused key`, `printed slip`."""


class Actor:
    """One such process and what it tells."""

    def __init__(self, process: ForkServerProcess, told: Connection) -> None:
        self._process = process
        self._told = told
        process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.join()

    def stop(self) -> None:
        """Ask it to end, as SIGTERM does, and see that it does."""
        self._process.terminate()
        self._process.join(20)
        assert self._process.exitcode is not None

    def hear(self) -> Told:
        """Wait for the next thing it tells."""
        assert self._told.poll(30), "the process says nothing"
        told: Told = self._told.recv()
        return told

    def hear_some(self, count: int) -> list[Told]:
        """Wait for so many things that it tells, or for its end, and return them."""
        told: list[Told] = []
        with suppress(EOFError):
            while len(told) < count:
                told.append(self.hear())
        return told

    def heard(self) -> list[Told]:
        """Return everything it told until it ended."""
        told: list[Told] = []
        try:
            while True:
                told.append(self._told.recv())
        except (EOFError, OSError):
            return told


def kiosk_actor(
    data_dir: Path, job: JobId, workers: Sequence[int], *, prints: bool, together: Barrier | None = None
) -> Actor:
    """Start a kiosk at which these workers take a place each, one after another."""
    return started(_take_places, data_dir, job, list(workers), prints, together)


def pulse_actor(data_dir: Path) -> Actor:
    """Start the sync process of a kiosk."""
    return started(_pulse, data_dir)


def started(act: Callable[..., None], *arguments: object) -> Actor:
    """Start a process that does something; its last argument is the pipe into which it tells."""
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    actor = Actor(_CONTEXT.Process(target=act, args=(*arguments, theirs), daemon=True), ours)
    theirs.close()
    return actor


def beat(data_dir: Path) -> None:
    """Do one beat of a kiosk's sync in a process of its own, whatever the bureau says to it."""
    process = _CONTEXT.Process(target=_beat, args=(data_dir,))
    process.start()
    process.join(60)
    assert process.exitcode == 0


def barrier(parties: int) -> Barrier:
    """Return a barrier that actors can wait at."""
    return _CONTEXT.Barrier(parties)


def _take_places(
    data_dir: Path, job: JobId, workers: list[int], prints: bool, together: Barrier | None, told: Connection
) -> None:
    settings = read_settings(data_dir)
    kiosk, news = open_hall(settings), NewsBook()
    hall = kiosk.hall
    with closing(kiosk):
        minder: PrintMinder | None = None
        if prints:
            minder = PrintMinder(
                hall, slip_printer(settings), slip_renderer(576), settings.printer_patience_s
            )
            minder.subscribe(news)
            minder.start()
        with hall.store.reading() as records:
            line = records.board.line(job, hall.now())
        assert line is not None
        told.send(("ready", ""))
        if together is not None:
            together.wait(30)
        for worker in workers:
            met = come_in(hall, worker_card(worker))
            told.send(("came", met.worker))
            try:
                taken = take_place(hall, met, job, line.job.version)
            except Refused as refused:
                told.send(("refused", refused.sentence.key))
                continue
            told.send(("took", taken.slip))
            if minder is not None:
                minder.submit(taken.slip)
                told.send((news.ending(taken.slip).value, taken.slip))
        if minder is not None:
            minder.stop()


def _beat(data_dir: Path) -> None:
    run_pulse(read_settings(data_dir), is_once=True)


def _pulse(data_dir: Path, told: Connection) -> None:
    told.send(("ready", ""))
    run_pulse(read_settings(data_dir))
