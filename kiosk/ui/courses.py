"""The course of a visit: who is there, which step is shown, and every move from one step to another."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.actions.call_help import call_help
from kiosk.actions.hall import Hall
from kiosk.actions.practice import PracticeHall
from kiosk.actions.printing import PaperWay, PrintNews, PrintStage
from kiosk.domain.cards import IdentityCard
from kiosk.domain.sentences import Sentence
from kiosk.paper.slips import SecondLanguage
from kiosk.ui.journeys import (
    AFTER_NEWS,
    LESSON_STEPS,
    PERSONAL_STEPS,
    TEAM_STEPS,
    UNHURRIED,
    Rule,
    Step,
    rule_of,
)
from kiosk.ui.sessions import Session
from kiosk.ui.setbacks import setback_of
from kiosk.ui.trails import Trail

NEXT_PERSON_S = 10
"""The last steps of a visit stay so long while the next person's card lies on the reader already."""


class Course:
    """What the parts of a visit have in common; each of them moves it on.

    Everything of a visit is done through `hall` and `printing`. While somebody practises they are those of
    a practice hall, which is gone as soon as the first screen is shown or another person comes.
    """

    def __init__(self, hall: Hall, printing: PaperWay, on_change: Callable[[], None]) -> None:
        """Begin at home with nobody there; `on_change` is called after each change of step or content."""
        self.real_hall = hall
        self._printing = printing
        self._practice: PracticeHall | None = None
        self.session = Session()
        self.trail = Trail(self._rule_of)
        self.reader_trouble: Sentence | None = None
        self.next_card: IdentityCard | None = None
        self.second_language: SecondLanguage | None = None
        self._told = on_change

    @property
    def hall(self) -> Hall:
        """Return the hall in which this visit is made."""
        return self._practice.hall if self._practice else self.real_hall

    @property
    def printing(self) -> PaperWay:
        """Return the way to paper that belongs to it."""
        return self._practice.printing if self._practice else self._printing

    @property
    def is_practice(self) -> bool:
        """Return whether nothing of this visit counts."""
        return self._practice is not None

    @property
    def is_taken(self) -> bool:
        """Return whether the screen is somebody's, so that no code shown to the scanner changes it."""
        is_anybodys = self.session.recognition is not None or self._is_group
        return is_anybodys or self.step in {Step.READING, Step.GOODBYE, Step.TROUBLE}

    def practise(self, practice: PracticeHall) -> None:
        """Make this visit in a practice hall, as somebody of whom nothing is known."""
        self.end_practice()
        self._practice, self.session = practice, Session()

    def end_practice(self) -> None:
        """Come back to the real hall, and let nothing be left of the other."""
        practice, self._practice = self._practice, None
        if practice is not None:
            practice.close()

    def hear_printer(self, news: PrintNews) -> None:
        """Let the practice hall keep what the printer said; what is real stands in the journal already."""
        if self._practice is not None:
            self._practice.keep(news)

    def on_change(self) -> None:
        """Step or content has changed; on the first screen nobody practises any more."""
        if self.step is Step.HOME:
            self.end_practice()
        self._told()

    @property
    def step(self) -> Step:
        """Return the step that is shown."""
        return self.trail.step

    @property
    def is_left_behind(self) -> bool:
        """Return whether the page is about something that is over: a class, or people who were sent on."""
        is_learnt = self.step in LESSON_STEPS and self.session.lesson is None
        return is_learnt or (self.step in TEAM_STEPS and self.session.team is None)

    def show(self, step: Step) -> None:
        """Begin a new stretch of the way at this step: nothing lies behind it."""
        self.trail.show(self._allowed(step))
        if self.next_card is not None and step not in UNHURRIED:
            self.trail.countdown.shorten(NEXT_PERSON_S)
        self.on_change()

    def forward(self, step: Step) -> None:
        """Go on to this step; back leads to the one that is left.

        Not to one that waits for paper: it misses the printer's last word, and would wait for ever.
        """
        if self.step in UNHURRIED:
            self.trail.turn(self._allowed(step))
        else:
            self.trail.forward(self._allowed(step))
        self.on_change()

    def turn(self, step: Step) -> None:
        """Go on to a step that stands in the place of this one: back leads where it led before."""
        self.trail.turn(self._allowed(step))
        self.on_change()

    def follow(self, stage: PrintStage) -> None:
        """Go where the printer's word of this visit's paper leads, or let every view look at it."""
        step = AFTER_NEWS.get((self.step, stage), self.step)
        if step is self.step:
            self.on_change()
        else:
            self.show(step)

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

    def call_attendant(self) -> None:
        """Call an attendant, really so: whoever practises may need help, and is nobody in the real hall."""
        met = self.session.recognition if self.session.arrival and not self.is_practice else None
        call_help(self.real_hall, self.step.value, met.worker if met else None)
        self.session.help_called_at = self.real_hall.now()

    @property
    def _is_group(self) -> bool:
        return self.session.lesson is not None and self.session.lesson.group is not None

    def _rule_of(self, step: Step) -> Rule:
        return rule_of(step, is_group=self._is_group)

    def _allowed(self, step: Step) -> Step:
        """Return the step, or another where it has nobody to be about or no reader to lay a card on."""
        if step is Step.LAY_CARD and self.reader_trouble is not None:
            self.session.sentence = self.reader_trouble
            return Step.UNREADABLE
        needs_person = step in PERSONAL_STEPS - {Step.GOODBYE} and not (
            self._is_group and step in LESSON_STEPS
        )
        return Step.HOME if needs_person and self.session.recognition is None else step
