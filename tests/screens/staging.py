"""The sample hall before a screen: a real store, a clock moved by hand, a printer that waits to be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.actions.compose_paper import blocks_of
from kiosk.actions.hall import Hall
from kiosk.actions.print_paper import begin_paper, end_paper
from kiosk.actions.print_slip import begin_printing, record_not_sent, record_printed, record_uncertain
from kiosk.actions.printing import PaperState, PrintNews, PrintStage
from kiosk.catalogue import load
from kiosk.domain.ids import PaperNumber, SlipNumber
from kiosk.domain.sentences import Sentence
from kiosk.paper.raster import Sheet, render
from kiosk.ui.appearances import Appearance
from kiosk.ui.screen import Screen
from tests.halls import SampleKiosk, open_sample_kiosk
from tests.unit.ui.visit_rig import PAPER_ENDS, PracticeTray

PAPER_DOTS = 576
PORTRAIT = (1080, 1920)


@dataclass(slots=True)
class PrinterByHand:
    """A printer that does nothing until the test says so; the journal is kept as for a real one."""

    hall: Hall
    state: PaperState = PaperState.READY
    submitted: list[SlipNumber] = field(default_factory=list)
    papers: list[PaperNumber] = field(default_factory=list)
    listeners: list[Callable[[PrintNews], None]] = field(default_factory=list)

    def submit(self, slip: SlipNumber) -> None:
        """Take a slip, as the journal sees it."""
        begin_printing(self.hall, slip)
        self.submitted.append(slip)

    def print_paper(self, number: PaperNumber) -> None:
        """Take a ticket, receipt or pass, as the journal sees it."""
        begin_paper(self.hall, number)
        self.papers.append(number)

    def paper(self) -> PaperState:
        """Return what the test set."""
        return self.state

    def subscribe(self, listener: Callable[[PrintNews], None]) -> None:
        """Keep the listener."""
        self.listeners.append(listener)

    def tell(
        self, stage: PrintStage, fraction: float = 0.0, why: Sentence | None = None, *, back: int = 1
    ) -> None:
        """Say something about the last slip, or about the one so many back."""
        slip = self.submitted[-back]
        if stage is PrintStage.PRINTED:
            record_printed(self.hall, slip, "by hand")
        elif stage is PrintStage.UNCERTAIN:
            record_uncertain(self.hall, slip, "by hand")
        elif stage is PrintStage.NOT_SENT:
            record_not_sent(self.hall, slip)
        for listener in self.listeners:
            listener(PrintNews(slip, stage, fraction, why))

    def tell_of_paper(self, stage: PrintStage, fraction: float = 0.0, why: Sentence | None = None) -> None:
        """Say something about the last ticket, receipt or pass."""
        number = self.papers[-1]
        if stage in PAPER_ENDS:
            end_paper(self.hall, number, PAPER_ENDS[stage], "by hand")
        for listener in self.listeners:
            listener(PrintNews(number, stage, fraction, why))


@dataclass(slots=True)
class Stage:
    """One kiosk, its printer and its screen."""

    kiosk: SampleKiosk
    printer: PrinterByHand
    screen: Screen
    tray: PracticeTray

    def close(self) -> None:
        """Close the screen, then the store."""
        self.screen.close()
        self.kiosk.opened.close()


def set_stage(
    folder: Path,
    size: tuple[int, int] = PORTRAIT,
    language: str = "zh_CN",
    *,
    is_large: bool = False,
    has_rights: bool = True,
    appearance: Appearance | None = None,
    is_locked: bool = False,
    profile: str = "worker",
) -> Stage:
    """Open the sample kiosk in `folder` and show its screen; with `has_rights` every place can be had.

    In an `appearance` every visit begins, as it would for somebody who chose it each time. `is_locked` takes
    the whole screen, as in a hall.
    """
    kiosk = open_sample_kiosk(folder, has_rights=has_rights, profile=profile)
    printer = PrinterByHand(kiosk.hall)
    screen = Screen(
        kiosk.hall.clock,
        size=size,
        full_screen=is_locked,
        screen_width_mm=None,
        language=language,
        first_look=appearance or Appearance(is_large=is_large),
    )
    tray = PracticeTray()
    screen.move_in(kiosk.hall, printer, slip_renderer(), lambda: tray.open_practice(kiosk))
    printer.subscribe(screen.hear_printer)
    screen.show()
    return Stage(kiosk, printer, screen, tray)


def slip_renderer() -> Callable[[str], Sheet]:
    """Return what draws a slip for an 80 mm printer."""
    chinese, english = load("zh_CN"), load("en")
    return lambda document: render(blocks_of(document, chinese, english), PAPER_DOTS)
