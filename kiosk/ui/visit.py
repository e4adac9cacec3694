"""One visit at the screen, free of Qt: what screens and devices tell it, handed on to its parts."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import timedelta

from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.hall import Hall
from kiosk.actions.ports import Staff
from kiosk.actions.practice import OpenPractice
from kiosk.actions.printing import PrintNews, SlipPrinting
from kiosk.actions.scan_readings import ShownReading
from kiosk.domain.cards import IdentityCard
from kiosk.domain.families import Family
from kiosk.domain.ids import JobId, PaperNumber, SlipNumber
from kiosk.domain.paydays import PayAnswer
from kiosk.domain.sentences import Sentence
from kiosk.domain.workers import WorkSpan
from kiosk.paper.slips import second_language_of
from kiosk.ui.arrivals import Arrivals
from kiosk.ui.choosing import Choosing
from kiosk.ui.courses import Course
from kiosk.ui.gathering import Gathering
from kiosk.ui.journeys import LESSON_STEPS, NARROWING, OVER, RULES, TEAM_STEPS, Step
from kiosk.ui.laid_cards import LaidCards
from kiosk.ui.learning import Learning
from kiosk.ui.own_matters import OwnMatters
from kiosk.ui.paperwork import Paperwork
from kiosk.ui.practising import Practising
from kiosk.ui.sessions import Session
from kiosk.ui.taking import Taking
from kiosk.ui.teaming import Teaming
from kiosk.ui.waiting import Waiting

CALL_AGAIN = timedelta(minutes=5)
"""After so long an attendant can be called again, by whoever waits still or is stuck once more."""


class Visit:
    """The worker's way through the kiosk.

    Every method is called from the screen's own thread. `on_change` is called after each change of step or
    content, `on_second` when nothing but the remaining seconds changed. Time comes in through `tick`; nothing
    here reads a clock of its own.
    """

    def __init__(
        self,
        hall: Hall,
        printing: SlipPrinting,
        on_change: Callable[[], None],
        on_second: Callable[[], None],
        open_practice: OpenPractice | None = None,
    ) -> None:
        """Start at home with nobody there; without `open_practice` nobody can practise here."""
        self._on_second = on_second
        self._course = Course(hall, printing, on_change)
        self._choosing = Choosing(self._course)
        self._arrivals = Arrivals(self._course, self._choosing)
        self._waiting = Waiting(self._course, self._arrivals)
        self._cards = LaidCards(self._course, self._arrivals)
        self._learning = Learning(self._course, self._choosing)
        self._gathering = Gathering(self._course)
        self._own = OwnMatters(self._course)
        self._practising = Practising(self._course, self._arrivals, open_practice)
        self._taking = Taking(self._course, self._arrivals)
        self._paperwork = Paperwork(self._course)
        self._teaming = Teaming(self._course)

    @property
    def step(self) -> Step:
        """Return the step that is shown."""
        return self._course.step

    @property
    def session(self) -> Session:
        """Return what this visit holds; another one for the next person."""
        return self._course.session

    @property
    def practising(self) -> Practising:
        """Return what turns this visit into practice, and knows in which hall it is made."""
        return self._practising

    @property
    def is_practice(self) -> bool:
        """Return whether nothing of this visit counts."""
        return self._course.is_practice

    @property
    def leaf(self) -> Hashable:
        """Return what tells the page that is shown from the next one, within one step too."""
        lesson = self.session.lesson
        return (self.step, lesson.leaf) if lesson is not None and self.step in LESSON_STEPS else self.step

    @property
    def learning(self) -> Learning:
        """Return what is touched at the pages of a class."""
        return self._learning

    @property
    def seconds_left(self) -> int | None:
        """Return how long the step may still wait; None where it does not end by itself."""
        return self._course.trail.countdown.seconds_left

    @property
    def seconds_given(self) -> int:
        """Return how long the step waits in all; 0 where nobody is shown that."""
        return self._course.trail.countdown.seconds_given

    @property
    def is_warning(self) -> bool:
        """Return whether the idle overlay covers the step."""
        return self._course.trail.countdown.is_warning

    @property
    def is_card_on_reader(self) -> bool:
        """Return whether a card lies on the reader."""
        return self._cards.is_card_on_reader

    # --- what the devices say -------------------------------------------------------------------

    def card_sensed(self) -> None:
        """A card was found and is being read."""
        self._cards.sensed()

    def card_presented(self, card: IdentityCard) -> None:
        """A card was read."""
        if self._gathering.is_open:
            self._cards.is_card_on_reader = True
            self._course.guard(lambda: self._gathering.presented(card))
        elif self._teaming.presented(card):
            self._cards.is_card_on_reader = True
        else:
            self._cards.presented(card)

    def card_unreadable(self, sentence: Sentence) -> None:
        """The reader gave up on a card."""
        if self._gathering.is_open:
            self._gathering.unreadable(sentence)
        else:
            self._teaming.unreadable(sentence)
            self._cards.unreadable(sentence)

    def card_removed(self) -> None:
        """The card was lifted."""
        self._cards.removed()
        self._teaming.removed()

    def reader_changed(self, trouble: Sentence | None) -> None:
        """The reader is out, or well again (None)."""
        self._cards.reader_changed(trouble)

    def hear_printer(self, news: PrintNews) -> None:
        """The printer said something about a slip or another paper."""
        self._course.hear_printer(news)
        self._taking.hear_printer(news)
        self._paperwork.hear_printer(news)
        self._teaming.hear_printer(news)

    def show_scan(self, reading: ShownReading) -> None:
        """A code was read: show what it is, unless somebody's visit is on the screen."""
        self._show_scanned(reading, None)

    def scan_failed(self, sentence: Sentence) -> None:
        """Something was held before the scanner and could not be read; say what helps."""
        self._show_scanned(None, sentence)

    def _show_scanned(self, reading: ShownReading | None, sentence: Sentence | None) -> None:
        if not self._course.is_taken:
            self.session.scanned, self.session.sentence = reading, sentence
            self._course.show(Step.SCANNED)

    def look_again(self) -> None:
        """What is kept has changed behind the screen, as after a sync."""
        self._course.guard(self._choosing.look_again)
        self._course.guard(self._waiting.look_again)
        self._course.guard(self._teaming.look_again)

    def speak(self, language: str) -> None:
        """The screen speaks this language now: papers double their key lines in it if it is not Chinese."""
        self._course.second_language = second_language_of(language)

    # --- touches --------------------------------------------------------------------------------

    def go(self) -> None:
        """The yellow plate of the current step was touched."""
        course = self._course
        action = {
            Step.HOME: lambda: course.forward(Step.LAY_CARD),
            Step.NOTICE: self._arrivals.accept_notice,
            Step.DETAIL: self._learning.want,
            **dict.fromkeys(LESSON_STEPS, self._learning.go),
            **dict.fromkeys(TEAM_STEPS, self._teaming.go),
            **dict.fromkeys((Step.BLOCKED, Step.PAPER_END, Step.OWN_DATA), self._arrivals.greet),
            Step.GROUP_JOIN: self._gathering.begin,
            Step.CONFIRM: self._taking.take,
            Step.IN_LINE: self._go_in_line,
            Step.WHY_NOT: self.back,
            **dict.fromkeys((Step.GIVEN_BACK, Step.TEAM_IN_LINE), self.leave),
            **dict.fromkeys(NARROWING, lambda: course.forward(Step.BOARD)),
            **dict.fromkeys((Step.PAPER_OUT, Step.UNCERTAIN), lambda: course.show(Step.GOODBYE)),
            Step.UNREADABLE: self._cards.try_again,
            **dict.fromkeys(OVER, self.end),
        }.get(self.step)
        if action is not None:
            course.guard(action)

    def refuse_notice(self) -> None:
        """The person said no to the notice."""
        self._arrivals.refuse_notice()

    def answer_phone(self, phone: str | None) -> None:
        """The first question was answered, or skipped with None; or another number is to be kept, or none."""
        self._arrivals.answer_phone(phone)
        self._own.answer_phone(phone)

    def answer_trades(self, trades: tuple[str, ...]) -> None:
        """The second question was answered."""
        self._arrivals.answer_trades(trades)
        self._own.answer_trades(trades)

    def answer_span(self, span: WorkSpan | None) -> None:
        """The last question was answered, or skipped with None."""
        self._arrivals.answer_span(span)
        self._own.answer_span(span)

    @property
    def own(self) -> OwnMatters:
        """Return what a person may do about what is known of him."""
        return self._own

    def answer_pay(self, answer: PayAnswer | None) -> None:
        """The question about the money of one place was answered, or put off with None."""
        self._arrivals.answer_pay(answer)

    def browse(self, query: BoardQuery) -> None:
        """Show the board through these filters."""
        self._choosing.browse(query)

    def browse_family(self, family: Family) -> None:
        """Show all work of one family."""
        self.browse(BoardQuery(family=family))

    def show_all(self) -> None:
        """Show the whole, unranked board, what begins soonest first: always one tap away."""
        self.browse(BoardQuery(order="start"))

    def open_trades(self) -> None:
        """Choose trades by picture."""
        self._course.forward(Step.TRADES)

    def open_pinyin(self) -> None:
        """Choose by initials."""
        self._course.forward(Step.PINYIN)

    def open_line(self) -> None:
        """Choose where to work."""
        self._course.forward(Step.LINE)

    def open_days(self) -> None:
        """Choose a day."""
        self._course.forward(Step.DAYS)

    @property
    def teaming(self) -> Teaming:
        """Return what is touched at the pages of a team."""
        return self._teaming

    def open_job(self, job: JobId) -> None:
        """Show everything about one job."""
        self._teaming.forget()
        self._course.guard(lambda: self._choosing.look(job))

    def open_class(self, hazard_class: str, staff: Staff) -> None:
        """An attendant gives a class here: whoever takes part lays the card down."""
        self._course.guard(lambda: self._gathering.open(hazard_class, staff))

    @property
    def waiting(self) -> Waiting:
        """Return what is touched about a line, and about a place that is given back."""
        return self._waiting

    def _go_in_line(self) -> None:
        if not self._waiting.confirm():
            self.leave()

    def collect_slip(self, slip: SlipNumber) -> None:
        """Print the slip of a place that is already this person's and never reached paper."""
        if self.step is Step.GREETING:
            self._course.guard(lambda: self._taking.resume(slip))

    def open_papers(self) -> None:
        """Show which small papers this person may have."""
        if self.step is Step.GREETING:
            self._course.guard(self._paperwork.open)

    def ask_paper(self, number: PaperNumber, trade_name: Callable[[str], str]) -> None:
        """Print a paper that this page offers; `trade_name` gives the Chinese name of a trade."""
        if self.step in {Step.PAPERS, Step.WHY_NOT}:
            self._course.guard(lambda: self._paperwork.ask(number, trade_name))

    def back(self) -> None:
        """Go one step back; the first step of a visit leads home."""
        if RULES[self.step].has_back:
            self._course.guard(self._go_back)

    def _go_back(self) -> None:
        if not self._learning.back():
            if self.step in {Step.LAY_CARD, Step.UNREADABLE}:
                self.session.wanted = None
            start = Step.GREETING if self.session.arrival is not None else Step.HOME
            self._course.trail.back(start)
            while self._course.is_left_behind:
                self._course.trail.back(start)
            if self.step not in TEAM_STEPS:
                self._teaming.forget()
            if self.step is Step.HOME and self.session.recognition is not None:
                self._course.clear()  # known, and never checked in
            else:
                self._course.on_change()

    def home(self) -> None:
        """Leave: a visit with a card says good-bye first, so that nobody forgets the card."""
        if RULES[self.step].has_home:
            self.leave()

    def leave(self) -> None:
        """End the visit, by way of the reminder when a card still lies on the reader."""
        if self.session.recognition is not None and self.is_card_on_reader:
            self._course.session = Session()
            self._course.show(Step.GOODBYE)
        else:
            self.end()

    def stay(self) -> None:
        """Give the person the step's whole time again, and let every view look."""
        self._course.stay()

    def call_help(self) -> None:
        """Call an attendant; a second touch changes nothing."""
        if self.session.help_called_at is None:
            self._course.guard(self._course.call_attendant)
            self._course.on_change()

    def end(self) -> None:
        """Forget everybody and show the first screen; a card that waited is welcomed now."""
        card, self._course.next_card = self._course.next_card, None
        self._course.clear()
        if card is not None:
            self._cards.welcome(card)

    def trouble(self, sentence: Sentence) -> None:
        """Something failed outside any touch, such as reading what a screen wants to show."""
        self._course.trouble(sentence)

    # --- time -----------------------------------------------------------------------------------

    def tick(self, monotonic_s: float) -> None:
        """Count the seconds of the current step down; call it about once a second."""
        countdown, called_at = self._course.trail.countdown, self.session.help_called_at
        if called_at and self._course.hall.now() - called_at > CALL_AGAIN:
            self.session.help_called_at = None
            self._course.on_change()
        if not countdown.tick(monotonic_s):
            return
        if countdown.is_over:
            self._time_out()
        else:
            self._choosing.second()
            self._learning.second()
            self._on_second()

    def touched(self) -> None:
        """Any touch anywhere is a sign of life and gives the step's time again."""
        if self.seconds_left is not None and not self.is_warning:
            self._course.trail.countdown.begin_again()
            self._on_second()

    def _time_out(self) -> None:
        after = RULES[self.step].after
        if after is not Step.HOME:
            self._course.show(after)
        elif self.step is Step.GOODBYE:
            self.end()
        else:
            self.leave()
