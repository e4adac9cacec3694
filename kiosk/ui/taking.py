"""Taking a place: it is taken, its slip goes to the printer, and the steps follow what the printer says."""

from __future__ import annotations

from kiosk.actions.printing import PrintNews
from kiosk.domain.ids import SlipNumber
from kiosk.ui import reception
from kiosk.ui.arrivals import Arrivals
from kiosk.ui.courses import Course
from kiosk.ui.journeys import Step


class Taking:
    """The part of a visit that ends with a slip in somebody's hand."""

    def __init__(self, course: Course, arrivals: Arrivals) -> None:
        """Move this course; `arrivals` greets whoever's slip was settled meanwhile."""
        self._course = course
        self._arrivals = arrivals

    def take(self) -> None:
        """Take a place of the job that is looked at."""
        slip = reception.take(self._course.hall, self._course.session, self._course.second_language)
        if slip is None:
            self._course.clear()
        else:
            self._print(slip)

    def resume(self, slip: SlipNumber) -> None:
        """Print the slip of a place that never reached paper."""
        if reception.take_up(self._course.hall, self._course.session, slip):
            self._print(slip)
        else:  # printed or settled at the window since the greeting was drawn
            self._arrivals.greet()

    def hear_printer(self, news: PrintNews) -> None:
        """Follow the slip of this visit; news of other slips is not this person's."""
        session = self._course.session
        if session.placement is None or session.placement.slip != news.slip:
            return
        session.print_news = news
        self._course.follow(news.stage)

    def _print(self, slip: SlipNumber) -> None:
        # Paper before picture: the slip is on its way while the screen still draws.
        self._course.printing.submit(slip)
        self._course.show(Step.PRINTING)
