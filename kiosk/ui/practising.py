"""Practising: a visit that is made in another hall, by nobody, and leaves nothing."""

from __future__ import annotations

from kiosk.actions.hall import Hall
from kiosk.actions.practice import PRACTICE_CARD, OpenPractice
from kiosk.ui.arrivals import Arrivals
from kiosk.ui.courses import Course


class Practising:
    """The part of a visit that turns it into practice; from there on it is a visit like any other."""

    def __init__(self, course: Course, arrivals: Arrivals, open_practice: OpenPractice | None) -> None:
        """Move this course; where there is no `open_practice`, nobody can practise."""
        self._course = course
        self._arrivals = arrivals
        self._open = open_practice

    @property
    def hall(self) -> Hall:
        """Return the hall in which the visit is made, real or not."""
        return self._course.hall

    def begin(self) -> None:
        """The training card was scanned, or an attendant wants it: begin, unless somebody's visit is here."""
        if self._open is not None and not self._course.is_taken:
            self._course.guard(self._begin)

    def _begin(self) -> None:
        assert self._open is not None, "there is a hall to practise in"
        self._course.practise(self._open())
        self._arrivals.meet(PRACTICE_CARD)
