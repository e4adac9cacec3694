"""Waiting: the lines somebody stands in, the calls out of them, and places that are given back."""

from __future__ import annotations

from kiosk.actions.give_back import Reason, give_back
from kiosk.actions.leave_line import leave_line
from kiosk.domain.ids import PlacementId, SignUpId
from kiosk.ui import reception
from kiosk.ui.arrivals import Arrivals
from kiosk.ui.courses import Course
from kiosk.ui.journeys import Step
from kiosk.ui.sessions import line_looked_at


class Waiting:
    """The part of a visit between wanting a job and having it, and of giving it back."""

    def __init__(self, course: Course, arrivals: Arrivals) -> None:
        """Move this course; `arrivals` greets whoever left a line."""
        self._course = course
        self._arrivals = arrivals

    def open(self, sign_up: SignUpId) -> None:
        """Show how this person stands in one line."""
        if self._course.step is Step.GREETING:
            self._course.session.sign_up = sign_up
            self._course.forward(Step.IN_LINE)

    def look_again(self) -> None:
        """What is kept has changed: whoever waits sees it, and is greeted where the desk ended his line."""
        step, course = self._course.step, self._course
        if step is Step.GREETING:
            course.on_change()
        elif step in {Step.IN_LINE, Step.WHY_NOT}:
            if line_looked_at(course.hall, course.session) is None:
                self._arrivals.greet()
            else:
                course.on_change()

    def confirm(self) -> bool:
        """Go to the last look before the place that was offered or agreed on; return whether there is one."""
        session = self._course.session
        line = line_looked_at(self._course.hall, session)
        if line is None or not line.sign_up.may_take:
            return False
        if reception.look_at(self._course.hall, session, line.sign_up.job):
            self._course.forward(Step.CONFIRM)
        else:
            self._course.show(Step.BLOCKED)
        return True

    def leave(self) -> None:
        """Leave the line that is looked at, and greet again."""
        if self._course.step is Step.IN_LINE:
            self._course.guard(self._leave)

    def ask_why(self) -> None:
        """Show what the calls of this line were decided from."""
        if self._course.step is Step.IN_LINE:
            self._course.forward(Step.WHY_NOT)

    def open_place(self, placement: PlacementId) -> None:
        """Show a place that can be given back."""
        if self._course.step is Step.GREETING:
            self._course.session.giving = placement
            self._course.forward(Step.GIVE_BACK)

    def give_back(self, reason: Reason) -> None:
        """Give the place back that is looked at."""
        if self._course.step is Step.GIVE_BACK:
            self._course.guard(lambda: self._give_back(reason))

    def _leave(self) -> None:
        session = self._course.session
        if session.sign_up is not None:
            leave_line(self._course.hall, reception.person_of(session), session.sign_up)
            session.sign_up = None
        self._arrivals.greet()

    def _give_back(self, reason: Reason) -> None:
        session = self._course.session
        if session.giving is not None:
            give_back(self._course.hall, reception.person_of(session), session.giving, reason)
            self._course.show(Step.GIVEN_BACK)
