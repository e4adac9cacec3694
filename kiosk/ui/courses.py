"""The course of a visit: who is there, which step is shown, and every move from one step to another."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions.hall import Hall
from kiosk.domain.cards import IdentityCard
from kiosk.domain.sentences import Sentence
from kiosk.paper.slips import SecondLanguage
from kiosk.ui.journeys import LESSON_STEPS, PERSONAL_STEPS, UNHURRIED, Step
from kiosk.ui.sessions import Session
from kiosk.ui.setbacks import setback_of
from kiosk.ui.trails import Trail

NEXT_PERSON_S = 10
"""The last steps of a visit stay so long while the next person's card lies on the reader already."""


class Course:
    """What the parts of a visit have in common; each of them moves it on."""

    def __init__(self, hall: Hall, on_change: Callable[[], None]) -> None:
        """Begin at home with nobody there; `on_change` is called after each change of step or content."""
        self.hall = hall
        self.session = Session()
        self.trail = Trail()
        self.reader_trouble: Sentence | None = None
        self.next_card: IdentityCard | None = None
        self.second_language: SecondLanguage | None = None
        self.on_change = on_change

    @property
    def step(self) -> Step:
        """Return the step that is shown."""
        return self.trail.step

    def show(self, step: Step) -> None:
        """Begin a new stretch of the way at this step: nothing lies behind it."""
        self.trail.show(self._allowed(step))
        if self.next_card is not None and step not in UNHURRIED:
            self.trail.countdown.shorten(NEXT_PERSON_S)
        self.on_change()

    def forward(self, step: Step) -> None:
        """Go on to this step; back leads to the one that is left."""
        self.trail.forward(self._allowed(step))
        self.on_change()

    def turn(self, step: Step) -> None:
        """Go on to a step that stands in the place of this one: back leads where it led before."""
        self.trail.turn(self._allowed(step))
        self.on_change()

    def stay(self) -> None:
        """Give the person the step's whole time again, and let every view look."""
        self.trail.countdown.begin_again()
        self.on_change()

    def clear(self) -> None:
        """Forget whoever was here and show the first screen."""
        self.session = Session()
        self.show(Step.HOME)

    def trouble(self, sentence: Sentence) -> None:
        """Say that something failed in which the person has no part."""
        self.session.sentence = sentence
        self.show(Step.TROUBLE)

    def guard(self, act: Callable[[], None]) -> None:
        """Run an act; a lawful refusal or a failing disk becomes a sentence on a screen, never a dead tap."""
        setback = setback_of(act)
        if setback is None:
            return
        if setback.is_lawful and self.session.arrival is not None:
            self.session.sentence = setback.sentence
            self.show(Step.BLOCKED)
        else:
            self.trouble(setback.sentence)

    def _allowed(self, step: Step) -> Step:
        """Return the step, or another where it has nobody to be about or no reader to lay a card on."""
        if step is Step.LAY_CARD and self.reader_trouble is not None:
            self.session.sentence = self.reader_trouble
            return Step.UNREADABLE
        is_group = self.session.lesson is not None and self.session.lesson.group is not None
        needs_person = step in PERSONAL_STEPS - {Step.GOODBYE} and not (is_group and step in LESSON_STEPS)
        return Step.HOME if needs_person and self.session.recognition is None else step
