"""Small papers at the screen: what may be had, one that is asked for, and what the printer says of it."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions.ask_paper import ask_paper, papers_for
from kiosk.actions.printing import PrintNews
from kiosk.domain.ids import PaperNumber
from kiosk.ui import reception
from kiosk.ui.courses import Course
from kiosk.ui.journeys import Step


class Paperwork:
    """The part of a visit in which somebody wants a ticket, a receipt or a pass."""

    def __init__(self, course: Course) -> None:
        """Move this course."""
        self._course = course

    def open(self) -> None:
        """Show what may be had; where there is nothing, stay."""
        session = self._course.session
        session.offers = papers_for(self._course.hall, reception.person_of(session).worker)
        if session.offers:
            self._course.forward(Step.PAPERS)

    def ask(self, number: PaperNumber, trade_name: Callable[[str], str]) -> None:
        """Print one of the papers that are offered."""
        session = self._course.session
        worker = reception.person_of(session).worker
        session.paper_news = None
        language = self._course.second_language
        session.paper = ask_paper(self._course.hall, worker, number, trade_name, language)
        self._course.printing.print_paper(session.paper.number)
        self._course.show(Step.PAPER_COMING)

    def hear_printer(self, news: PrintNews) -> None:
        """Follow the paper of this visit; news of others is not this person's."""
        session = self._course.session
        if session.paper is None or session.paper.number != news.slip:
            return
        session.paper_news = news
        self._course.follow(news.stage)
