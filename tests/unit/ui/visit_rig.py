"""A visit without a window: the sample hall, a printer that waits to be told, people who lay down cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.actions.hall import Hall
from kiosk.actions.practice import PracticeHall
from kiosk.actions.print_paper import begin_paper, end_paper
from kiosk.actions.print_slip import begin_printing, record_not_sent, record_printed, record_uncertain
from kiosk.actions.printing import PaperState, PrintNews, PrintStage
from kiosk.app.loose_papers import LoosePaper
from kiosk.app.practising import open_practice_hall
from kiosk.domain.ids import JobId, PaperNumber, SlipNumber
from kiosk.domain.slips import SlipState
from kiosk.ui.journeys import Step
from kiosk.ui.visit import Visit
from tests.halls import SampleKiosk, open_sample_kiosk
from tools.figures.people import person_card

ANSWERS = {
    Step.NOTICE: lambda visit: visit.go(),
    Step.ASK_PHONE: lambda visit: visit.answer_phone(None),
    Step.ASK_TRADES: lambda visit: visit.answer_trades(()),
    Step.ASK_SPAN: lambda visit: visit.answer_span(None),
    Step.ASK_PAY: lambda visit: visit.answer_pay(None),
}
"""What somebody touches who wants work and no questions."""


PAPER_ENDS = {
    PrintStage.PRINTED: SlipState.PRINTED,
    PrintStage.UNCERTAIN: SlipState.UNCERTAIN,
    PrintStage.NOT_SENT: SlipState.VOID,
}
"""What the journal keeps of a small paper when the printer has said its last word of it."""


@dataclass(slots=True)
class SilentPrinter:
    """Takes slips as the journal sees it, and says nothing by itself."""

    hall: Hall
    submitted: list[SlipNumber] = field(default_factory=list)
    papers: list[PaperNumber] = field(default_factory=list)

    def submit(self, slip: SlipNumber) -> None:
        """Take a slip."""
        begin_printing(self.hall, slip)
        self.submitted.append(slip)

    def print_paper(self, number: PaperNumber) -> None:
        """Take a ticket, receipt or pass."""
        begin_paper(self.hall, number)
        self.papers.append(number)

    def paper(self) -> PaperState:
        """Return that all is well."""
        return PaperState.READY

    def subscribe(self, listener: Callable[[PrintNews], None]) -> None:
        """Nobody is told: the rig tells the visit itself."""


@dataclass(slots=True)
class PracticeTray:
    """Takes papers of practice and says nothing by itself; `untold` is what the screen is still to hear."""

    state: PaperState = PaperState.READY
    papers: list[LoosePaper] = field(default_factory=list)
    untold: list[PrintNews] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def open_practice(self, kiosk: SampleKiosk) -> PracticeHall:
        """Open the hall of one practice, whose papers come here, numbered on from those before."""
        database = kiosk.opened.database
        return open_practice_hall(kiosk.hall, database, self, self.untold.append, self.numbers)

    def paper(self) -> PaperState:
        """Return what the test set."""
        return self.state

    def print_once(self, paper: LoosePaper) -> None:
        """Take a paper."""
        self.papers.append(paper)


@dataclass(slots=True)
class VisitRig:
    """One visit, with short words for what people do to it; `steps` is every step in its order."""

    kiosk: SampleKiosk
    printer: SilentPrinter
    visit: Visit
    steps: list[Step] = field(default_factory=list)
    tray: PracticeTray = field(default_factory=PracticeTray)

    def lay(self, key: str) -> None:
        """Lay the card of a sample person down."""
        self.visit.card_sensed()
        self.visit.card_presented(self.kiosk.people[key].card)

    def lift(self) -> None:
        """Take the card away."""
        self.visit.card_removed()

    def come(self, key: str) -> None:
        """Lay the card down, say yes, skip the questions."""
        self.lay(key)
        self.skip_questions()

    def come_as(self, number: int) -> None:
        """Do the same as an invented person, of whom there are as many as wanted."""
        self.visit.card_sensed()
        self.visit.card_presented(person_card(number))
        self.skip_questions()

    def skip_questions(self) -> None:
        """Say yes to the notice, and answer nothing else that is asked."""
        while self.visit.step in ANSWERS:
            ANSWERS[self.visit.step](self.visit)

    @property
    def talk(self) -> JobId:
        """Return a job that is talked over at a table."""
        return next(JobId(job.id) for job in self.kiosk.sample.jobs if job.is_talked_over)

    def open(self, key: str) -> None:
        """Open the job that the sample has for a person."""
        self.visit.open_job(JobId(str(self.kiosk.people[key].takes)))

    def take(self, key: str) -> SlipNumber:
        """Come, take that job, and let the slip be on its way."""
        self.come(key)
        self.open(key)
        self.visit.go()
        self.visit.go()
        assert self.visit.step is Step.PRINTING
        return self.printer.submitted[-1]

    def earn(self, key: str) -> SlipNumber:
        """Take that job, go, and be away until the money is due."""
        slip = self.take(key)
        self.tell(PrintStage.PRINTED)
        self.lift()
        self.visit.end()
        with self.kiosk.hall.store.reading() as records:
            taken = records.placements.by_slip(slip)
        assert taken is not None
        assert taken.pay_due_at is not None
        self.kiosk.clock.pass_time((taken.pay_due_at - self.kiosk.hall.now()).total_seconds())
        self.wait(1)
        return slip

    def tell(self, stage: PrintStage, fraction: float = 0.0, slip: SlipNumber | None = None) -> None:
        """Let the printer say something of a slip, of the last one unless another is named."""
        slip = slip or self.printer.submitted[-1]
        if stage is PrintStage.PRINTED:
            record_printed(self.kiosk.hall, slip, "by hand")
        elif stage is PrintStage.UNCERTAIN:
            record_uncertain(self.kiosk.hall, slip, "by hand")
        elif stage is PrintStage.NOT_SENT:
            record_not_sent(self.kiosk.hall, slip)
        self.visit.hear_printer(PrintNews(slip, stage, fraction))

    def tell_of_paper(self, stage: PrintStage, number: PaperNumber | None = None) -> None:
        """Let the printer say something of a ticket, receipt or pass."""
        number = number or self.printer.papers[-1]
        if stage in PAPER_ENDS:
            end_paper(self.kiosk.hall, number, PAPER_ENDS[stage], "by hand")
        self.visit.hear_printer(PrintNews(number, stage, 0.5))

    def tell_of_practice(self, stage: PrintStage, fraction: float = 0.5) -> None:
        """Let the printer say something of the last paper of practice, and of those it was spared."""
        said, self.tray.untold[:] = list(self.tray.untold), []
        if self.tray.papers and self.tray.papers[-1].number is not None:
            said.append(PrintNews(self.tray.papers[-1].number, stage, fraction))
        for news in said:
            self.visit.hear_printer(news)

    def wait(self, seconds: int) -> None:
        """Let seconds pass, one by one."""
        for _ in range(seconds):
            self.kiosk.clock.pass_time(1)
            self.visit.tick(self.kiosk.clock.monotonic())

    @property
    def holder(self) -> str | None:
        """Return the name of whoever the visit knows."""
        met = self.visit.session.recognition
        return met.card.name if met else None

    def close(self) -> None:
        """Close the store."""
        self.kiosk.opened.close()


def set_up(folder: Path) -> VisitRig:
    """Return a visit at home in the sample hall, with the first second counted."""
    return rig_of(open_sample_kiosk(folder))


def rig_of(kiosk: SampleKiosk) -> VisitRig:
    """Return a visit at home in this hall, with the first second counted."""
    printer = SilentPrinter(kiosk.hall)
    steps: list[Step] = []

    def note() -> None:
        if not steps or steps[-1] is not visit.step:
            steps.append(visit.step)

    tray = PracticeTray()
    visit = Visit(kiosk.hall, printer, note, lambda: None, lambda: tray.open_practice(kiosk))
    rig = VisitRig(kiosk, printer, visit, steps, tray)
    visit.tick(kiosk.clock.monotonic())
    return rig
