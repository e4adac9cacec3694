"""Choosing work: the board and its filters, one job looked at, and whether it is wanted."""

from __future__ import annotations

from kiosk.actions.board_ports import BoardQuery
from kiosk.domain.ids import JobId
from kiosk.ui import reception
from kiosk.ui.courses import Course
from kiosk.ui.journeys import Step

ASKING_S = 10
"""So long whoever looks at a job waits for a place from the bureau before the screen says there is none."""


class Choosing:
    """The part of a visit that needs no card."""

    def __init__(self, course: Course) -> None:
        """Move this course."""
        self._course = course

    def browse(self, query: BoardQuery) -> None:
        """Show the board through these filters."""
        self._course.session.query = query
        if self._course.step is Step.BOARD:
            self._course.stay()
        else:
            self._course.forward(Step.BOARD)

    def look(self, job: JobId) -> None:
        """Show everything about one job, or that it is gone."""
        session = self._course.session
        if reception.look_at(self._course.hall, session, job):
            session.asking_s = ASKING_S if reception.is_elsewhere(session) else 0
            self._course.forward(Step.DETAIL)
        else:
            self._course.show(Step.BLOCKED if session.arrival else Step.BOARD)

    def look_again(self) -> None:
        """What is kept has changed: whoever looks at a job that had no place here is told when it has one."""
        course = self._course
        if course.step is Step.DETAIL and reception.has_come(course.hall, course.session):
            course.session.asking_s = 0
            course.on_change()

    def second(self) -> None:
        """A second passed: asking ends some time, as with no network nobody answers."""
        session = self._course.session
        if session.asking_s > 0:
            session.asking_s -= 1
            if session.asking_s == 0:
                self._course.on_change()

    def want(self) -> None:
        """Go on with the job that is looked at."""
        self._course.forward(reception.want(self._course.hall, self._course.session))
