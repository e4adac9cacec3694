"""Choosing work: the board and its filters, one job looked at, and whether it is wanted."""

from __future__ import annotations

from kiosk.actions.ports import BoardQuery
from kiosk.domain.ids import JobId
from kiosk.ui import reception
from kiosk.ui.courses import Course
from kiosk.ui.journeys import Step


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

    def narrow(self, query: BoardQuery) -> None:
        """Change the filters without leaving the step."""
        self._course.session.query = query
        self._course.stay()

    def look(self, job: JobId) -> None:
        """Show everything about one job, or that it is gone."""
        session = self._course.session
        if reception.look_at(self._course.hall, session, job):
            self._course.forward(Step.DETAIL)
        else:
            self._course.show(Step.BLOCKED if session.arrival else Step.BOARD)

    def want(self) -> None:
        """Go on with the job that is looked at."""
        self._course.forward(reception.want(self._course.session))
