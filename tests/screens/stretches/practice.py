"""Practice: the pages of a first visit once more, each under its band, and paper that is spared."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.actions.printing import PaperState, PrintNews, PrintStage
from kiosk.domain.ids import JobId
from kiosk.ui.journeys import Step
from tests.screens.tour import Tour, is_plain, settle, shown
from tests.unit.ui.pupils import PUPIL


def practice(tour: Tour) -> Iterator[str]:
    """Scan the training card, go the whole way twice, and fall asleep."""
    begin(tour)
    yield "practice_notice"
    tour.tap("go")
    yield "practice_ask_phone"
    tour.tap("secondary")
    yield "practice_ask_trades"
    tour.tap("answer.0")
    tour.tap("go")
    yield "practice_ask_span"
    tour.tap("answer.0")
    tour.tap("go")
    yield "practice_greeting"
    tour.wait(45)
    yield "practice_idle"
    tour.tap("stay")
    tour.tap("secondary")
    yield "practice_board"
    tour.screen.visit.open_job(JobId(str(tour.people[PUPIL].tries)))
    settle()
    yield "practice_detail_class"
    tour.tap("go")
    assert shown(tour) is Step.COURSE
    yield "practice_course"
    tour.tap("bar.back")
    tour.open_job(tour.job(lambda line: line.trip is not None and is_plain(line)))
    yield "practice_detail"
    tour.tap("go")
    yield "practice_confirm"
    tour.tap("go")
    hear(tour, PrintStage.SENDING, 0.7)
    yield "practice_printing"
    hear(tour, PrintStage.PRINTED, 1.0)
    yield "practice_goodbye"
    tour.tap("go")
    yield from without_paper(tour)


def without_paper(tour: Tour) -> Iterator[str]:
    """Practise while the roll is near its end: the paper stays for those who go to work."""
    tour.stage.tray.state = PaperState.LOW
    begin(tour)
    tour.answer_questions()
    tour.open_job(tour.job(lambda line: line.trip is not None and is_plain(line)))
    tour.tap("go")
    tour.tap("go")
    for news in tour.stage.tray.untold:
        tour.screen.hear_printer(news)
    settle()
    yield "practice_paper_out"
    tour.tap("go")
    yield "practice_goodbye_without_paper"
    tour.stage.tray.state = PaperState.READY
    tour.screen.visit.end()


def begin(tour: Tour) -> None:
    """Hold the training card before the scanner."""
    tour.screen.visit.practising.begin()
    settle()


def hear(tour: Tour, stage: PrintStage, fraction: float) -> None:
    """Let the printer say something of the last paper of practice."""
    number = tour.stage.tray.papers[-1].number
    assert number is not None
    tour.screen.hear_printer(PrintNews(number, stage, fraction))
    settle()
