"""What the card reader tells a visit: cards laid down, lifted, not to be read, and a reader that is out."""

from __future__ import annotations

from kiosk.domain.cards import IdentityCard
from kiosk.domain.sentences import Sentence
from kiosk.ui.arrivals import Arrivals
from kiosk.ui.courses import Course
from kiosk.ui.journeys import UNHURRIED, Step
from kiosk.ui.sessions import session_after_looking

LIFTED_S = 8
"""Good-bye stays so long once the card is lifted: long enough to read the bay again."""


class LaidCards:
    """The part of a visit that a card begins and ends."""

    def __init__(self, course: Course, arrivals: Arrivals) -> None:
        """Move this course; whoever's card was read comes in through `arrivals`."""
        self._course = course
        self._arrivals = arrivals
        self.is_card_on_reader = False

    def sensed(self) -> None:
        """A card was found and is being read."""
        self.is_card_on_reader = True
        if self._course.step in {Step.HOME, Step.LAY_CARD, Step.UNREADABLE, Step.SCANNED}:
            self._course.show(Step.READING)

    def presented(self, card: IdentityCard) -> None:
        """A card was read: recognise its holder, and end whatever visit of somebody else was open.

        The card of whoever is here already, lifted and laid down again, changes nothing. While a slip is
        printed or held out, the next card waits: nobody's paper comes out in front of somebody else.
        """
        self.is_card_on_reader = True
        if self._is_here(card):
            self._course.next_card = None
            self._course.stay()
        elif self._course.step in UNHURRIED:
            self._course.next_card = card
        else:
            self.welcome(card)

    def unreadable(self, sentence: Sentence) -> None:
        """The reader gave up on a card; say why and what to do."""
        if self._course.session.recognition is None:
            self._course.session.sentence = sentence
            self._course.show(Step.UNREADABLE)

    def removed(self) -> None:
        """The card was lifted: to go, or to be laid down again, so that what helps stays on the screen."""
        self.is_card_on_reader = False
        self._course.next_card = None
        if self._course.step is Step.READING:
            self.try_again()
        elif self._course.step is Step.TURNED_AWAY:
            self._course.clear()
        elif self._course.step is Step.GOODBYE:
            self._course.trail.countdown.shorten(LIFTED_S)
            self._course.on_change()

    def reader_changed(self, trouble: Sentence | None) -> None:
        """The reader is out, or well again (None): nobody is asked for a card where none can be read."""
        course = self._course
        had_none, course.reader_trouble = course.reader_trouble is None, trouble
        if trouble is not None and course.step in {Step.READING, Step.LAY_CARD}:
            course.show(Step.LAY_CARD)
        elif trouble is None and not had_none and course.step is Step.UNREADABLE:
            self.try_again()

    def welcome(self, card: IdentityCard) -> None:
        """Begin a visit; it knows what was looked at without a card, and nothing of another person."""
        course = self._course
        course.next_card = None
        if course.is_practice:  # on its last page nobody is known any more, and the hall is still another
            course.clear()
        if course.session.recognition is not None:
            course.clear()  # past the first screen, where language and text size begin anew
        course.session = session_after_looking(course.session, course.step)
        course.guard(lambda: self._arrivals.meet(card))

    def try_again(self) -> None:
        """Lift a card that could not be read: whoever wants a job is asked for it again."""
        if self._course.session.wanted is None or self._course.reader_trouble is not None:
            self._course.clear()
        else:
            self._course.show(Step.LAY_CARD)

    def _is_here(self, card: IdentityCard) -> bool:
        met = self._course.session.recognition
        return (
            met is not None
            and met.card.number == card.number
            and self._course.step not in {Step.GOODBYE, Step.TROUBLE}
        )
