"""Many journeys from card to slip in one process, telling how much memory it takes on the way.

    python -m tools.figures.journeys --data DIR --count 2000 --every 100 [--blind] [--leak BYTES]

Each line of output is JSON: journeys so far; `pss_kb`, the proportional set size as the journeys left it;
`own_kb`, what this process alone has written, with garbage collected and freed memory given back; seconds.
The sync process runs beside it, as in every hall: what both have loaded counts for half in each. Its words go
to standard error. `--blind` plays the same actions without a window, which is the baseline of the growth.
`--leak` keeps so many bytes of each journey on purpose, to see that the growth shows it.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from kiosk.actions.check_in import check_in
from kiosk.actions.find_jobs import fitting_jobs, look_at_job
from kiosk.actions.hall import Hall
from kiosk.actions.print_slip import begin_printing, record_printed
from kiosk.actions.printing import PaperState, PrintNews, PrintStage
from kiosk.actions.recognise import recognise
from kiosk.actions.take_place import take_place
from kiosk.app.building import open_hall, slip_renderer
from kiosk.app.pulse_keeper import PulseKeeper
from kiosk.app.settings import read_settings
from kiosk.domain.cards import IdentityCard
from kiosk.domain.ids import SlipNumber
from kiosk.ui.journeys import Step
from kiosk.ui.memory import give_back
from kiosk.ui.screen import Screen
from tools.figures.glass import Glass
from tools.figures.growing import own_kb, pss_kb
from tools.figures.people import person_card

PAPER_DOTS = 576
GLASS = (1080, 1920)
GREETING_JOBS = 3


@dataclass(slots=True)
class PromptPrinter:
    """A printer whose paper is out at once; its journal is kept as the real one's is."""

    hall: Hall
    listeners: list[Callable[[PrintNews], None]] = field(default_factory=list)
    waiting: list[SlipNumber] = field(default_factory=list)

    def submit(self, slip: SlipNumber) -> None:
        """Take a slip."""
        self.waiting.append(slip)

    def paper(self) -> PaperState:
        """Return that there is paper."""
        return PaperState.READY

    def subscribe(self, listener: Callable[[PrintNews], None]) -> None:
        """Tell this listener too."""
        self.listeners.append(listener)

    def bring_out(self) -> None:
        """Print what waits, and tell."""
        while self.waiting:
            slip = self.waiting.pop(0)
            begin_printing(self.hall, slip)
            record_printed(self.hall, slip, "prompt")
            for listener in self.listeners:
                listener(PrintNews(slip, PrintStage.PRINTED, 1.0))


class SeenJourneys:
    """Plays journeys on a real screen, painting each step."""

    def __init__(self, hall: Hall) -> None:
        """Show the home screen."""
        self._printer = PromptPrinter(hall)
        render = slip_renderer(PAPER_DOTS)
        self.screen = Screen(hall.clock, size=GLASS, full_screen=False, screen_width_mm=None)
        self.screen.move_in(hall, self._printer, render)
        self._printer.subscribe(self.screen.hear_printer)
        self.screen.show()
        self.glass = Glass(self.screen.window)
        self.glass.wait(lambda: bool(self.glass.frames), "the first frame")

    def play(self, card: IdentityCard) -> None:
        """Come with a card, take the place that fits best, leave with a slip."""
        self.glass.frames.clear()  # the measuring itself must not grow
        visit = self.screen.visit
        visit.card_sensed()
        self._see(Step.READING)
        visit.card_presented(card)
        self._see(Step.GREETING)
        for step in (Step.DETAIL, Step.CONFIRM, Step.PRINTING):
            self.glass.tap("go")
            self._see(step)
        self._printer.bring_out()
        self._see(Step.GOODBYE)
        visit.card_removed()
        self.glass.tap("go")
        self._see(Step.HOME)

    def close(self) -> None:
        """Take the screen apart."""
        self.glass.close()
        self.screen.close()

    def _see(self, step: Step) -> None:
        """Have the step painted; RuntimeError when another one is shown."""
        if self.screen.visit.step is not step:
            raise RuntimeError(f"{self.screen.visit.step} is shown, not {step}")
        painted = len(self.glass.frames)
        self.glass.wait(lambda: len(self.glass.frames) > painted, f"{step} to be painted")


class BlindJourneys:
    """Plays the same journeys without a screen."""

    def __init__(self, hall: Hall) -> None:
        """Use this hall."""
        self._hall = hall
        self._render = slip_renderer(PAPER_DOTS)
        self._printer = PromptPrinter(hall)

    def play(self, card: IdentityCard) -> None:
        """Do what a visit does."""
        hall = self._hall
        met = recognise(hall, card)
        check_in(hall, met)
        best = fitting_jobs(hall, met, GREETING_JOBS)[0].line.job
        look_at_job(hall, best.id, met)
        taken = take_place(hall, met, best.id, best.version)
        with hall.store.reading() as records:
            slip = records.slips.by_number(taken.slip)
        assert slip is not None, "a place that was taken has a slip"
        self._render(slip.document)
        self._printer.submit(taken.slip)
        self._printer.bring_out()

    def close(self) -> None:
        """Nothing is open."""


def _output_for_readings() -> TextIO:
    """Return standard output for the readings alone; what the sync process says goes to standard error."""
    readings = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return readings


def main() -> None:
    """Play as the arguments say."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--every", type=int, required=True)
    parser.add_argument("--blind", action="store_true")
    parser.add_argument("--leak", type=int, default=0, metavar="BYTES")
    options = parser.parse_args()
    readings = _output_for_readings()
    settings = read_settings(options.data)
    opened = open_hall(settings)
    pulse = PulseKeeper(settings.data_dir, {})
    pulse.start()
    journeys = BlindJourneys(opened.hall) if options.blind else SeenJourneys(opened.hall)
    gc.freeze()  # as the screen process does once all is loaded
    began = time.monotonic()
    leaked = bytearray()
    for number in range(options.count):
        journeys.play(person_card(number))
        leaked += b"x" * options.leak
        if (number + 1) % options.every == 0:
            weight = pss_kb()
            gc.collect()
            give_back()
            told = {"journeys": number + 1, "pss_kb": weight, "own_kb": own_kb()}
            print(json.dumps({**told, "seconds": time.monotonic() - began}), file=readings, flush=True)
    journeys.close()
    pulse.stop()
    opened.close()


if __name__ == "__main__":
    main()
