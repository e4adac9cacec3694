"""One journey after another from card to slip, on a real screen or without any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.actions.check_in import check_in
from kiosk.actions.find_jobs import fitting_jobs, look_at_job
from kiosk.actions.hall import Hall
from kiosk.actions.print_slip import begin_printing, record_printed
from kiosk.actions.printing import PaperState, PrintNews, PrintStage
from kiosk.actions.recognise import recognise
from kiosk.actions.take_place import take_place
from kiosk.app.building import slip_renderer
from kiosk.domain.cards import IdentityCard
from kiosk.domain.ids import PaperNumber, SlipNumber
from kiosk.ui.journeys import Step
from kiosk.ui.screen import Screen
from tools.figures.glass import Glass

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

    def print_paper(self, number: PaperNumber) -> None:
        """Take a paper that nobody in these journeys asks for."""
        raise AssertionError(f"nobody asked for {number}")

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
