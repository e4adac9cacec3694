"""A walker before one screen, who touches, lays cards down and waits; `stretches` is where he goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication

from kiosk.actions.board_ports import BoardQuery, JobOnBoard
from kiosk.actions.printing import PaperState, PrintStage
from kiosk.domain.identity import age_on
from kiosk.domain.ids import JobId
from kiosk.domain.sentences import Sentence
from kiosk.sample.people import SamplePerson
from kiosk.ui.hands import Hands
from kiosk.ui.journeys import Step
from kiosk.ui.screen import Screen
from kiosk.ui.windows import visible_items
from tests.screens.staging import Stage
from tools.figures.people import person_card


def settle() -> None:
    """Let everything that was begun come to rest, and what was thrown away be gone."""
    QGuiApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QGuiApplication.processEvents()


class Tour:
    """One walker before one screen."""

    def __init__(self, stage: Stage) -> None:
        """Stand before the screen of this stage."""
        self.stage = stage
        self.screen = stage.screen
        self.hands = Hands(stage.screen)
        self.people = stage.kiosk.people

    def tap(self, name: str) -> None:
        """Touch what bears this name, which must be there."""
        assert self.hands.tap(name), f"{name} cannot be touched on {self.screen.visit.step}"
        settle()

    def lay_card(self, person: SamplePerson) -> None:
        """Lay a person's card on the reader."""
        self.screen.visit.card_sensed()
        self.screen.visit.card_presented(person.card)
        settle()

    def lift_card(self) -> None:
        """Take the card away and leave."""
        self.screen.visit.card_removed()
        self.screen.visit.end()

    def wait(self, seconds: int) -> None:
        """Let seconds pass, one by one, as the screen counts them."""
        for _ in range(seconds):
            self.stage.kiosk.clock.pass_time(1)
            self.screen.tick()
        settle()

    def answer_questions(self) -> None:
        """Say yes to the notice and skip every question, as far as they are asked."""
        for step, name in (
            (Step.NOTICE, "go"),
            (Step.ASK_PHONE, "secondary"),
            (Step.ASK_TRADES, "secondary"),
            (Step.ASK_SPAN, "secondary"),
        ):
            if self.screen.visit.step is step:
                self.tap(name)

    def open_job(self, job: str) -> None:
        """Open one job as if it had been touched on the board."""
        self.screen.visit.open_job(JobId(job))
        settle()

    def take(self, job: str) -> None:
        """Take a place of a job, and hear that its slip is out."""
        self.open_job(job)
        self.tap("go")
        self.tap("go")
        self.hear_printer(PrintStage.PRINTED, 1.0)

    def hear_printer(self, stage: PrintStage, fraction: float = 0.0, why: str = "") -> None:
        """Let the printer say something, for a reason of the catalogue if `why` names one."""
        self.stage.printer.tell(stage, fraction, Sentence(why) if why else None)
        settle()

    def grown_up(self) -> SamplePerson:
        """Return someone whom no rule refuses anything he tries."""
        return self._grown()[0]

    def another_grown_up(self) -> SamplePerson:
        """Return someone else of those, who comes to no other page."""
        return self._grown()[-1]

    def _grown(self) -> list[SamplePerson]:
        free = [person for person in self.people.values() if person.takes and person.tries is None]
        return [person for person in free if not person.certificates and _is_grown(person, self.stage)]

    def refused_by(self) -> Iterator[tuple[str, SamplePerson]]:
        """Yield one person for each rule that refuses somebody something."""
        seen = set()
        for person in self.people.values():
            if person.refused_by and person.tries and person.refused_by not in seen:
                seen.add(person.refused_by)
                yield person.refused_by, person

    def job(self, fits: Callable[[JobOnBoard], bool]) -> str:
        """Return a job of the board that fits and can be had here."""
        with self.stage.kiosk.hall.store.reading() as records:
            lines = records.board.page(BoardQuery(), self.stage.kiosk.hall.now(), 0, 200)
        return next(line.job.id for line in lines if line.open_here > 0 and fits(line))

    def hear_of_paper(self, stage: PrintStage, fraction: float = 0.0, why: str = "") -> None:
        """Let the printer say something of the last ticket, receipt or pass."""
        self.stage.printer.tell_of_paper(stage, fraction, Sentence(why) if why else None)
        settle()

    def set_paper(self, state: PaperState) -> None:
        """Change what the printer says of its paper; the screen sees it with the next second."""
        self.stage.printer.state = state
        self.wait(1)

    def lay(self, number: int) -> None:
        """Lay the card of an invented person down, and say yes to what is asked."""
        self.screen.visit.card_sensed()
        self.screen.visit.card_presented(person_card(number))
        settle()
        self.answer_questions()


def words_on(screen: Screen) -> str:
    """Return every word that is on the glass."""
    items = visible_items(screen.window.contentItem())
    return "\n".join(str(item.property("text")) for item in items if item.inherits("QQuickText"))


def shown(tour: Tour) -> Step:
    """Return the step that is shown now."""
    return tour.screen.visit.step


def check_in(tour: Tour) -> None:
    """Come for the first time and skip every question."""
    tour.lay_card(tour.grown_up())
    tour.answer_questions()
    assert shown(tour) is Step.GREETING


def is_plain(line: JobOnBoard) -> bool:
    """Return whether anybody may take the job at once."""
    job = line.job
    return job.is_instant and not (job.certificates or job.needs_classes or job.is_dangerous)


def _is_grown(person: SamplePerson, stage: Stage) -> bool:
    return 18 <= _age(person, stage) < 55


def is_sixteen(person: SamplePerson, stage: Stage) -> bool:
    """Return whether the law lets a person work at all."""
    return _age(person, stage) >= 16


def _age(person: SamplePerson, stage: Stage) -> int:
    birth = person.card.birth_date
    return age_on(birth, stage.kiosk.sample.day) if birth else 30
