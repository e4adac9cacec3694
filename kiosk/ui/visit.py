"""One visit at the screen, free of Qt: which step is shown, who is there, and what each touch does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from kiosk.actions.check_in import count_anonymously
from kiosk.actions.hall import Hall
from kiosk.actions.ports import BoardQuery
from kiosk.actions.printing import PrintNews, SlipPrinting
from kiosk.actions.read_scan import Reading
from kiosk.domain.cards import IdentityCard
from kiosk.domain.ids import JobId, SlipNumber
from kiosk.domain.jobs import Family
from kiosk.domain.sentences import Sentence
from kiosk.domain.workers import WorkSpan
from kiosk.ui import reception
from kiosk.ui.journeys import AFTER_NEWS, PERSONAL_STEPS, RULES, Step
from kiosk.ui.sessions import Session, session_after_looking
from kiosk.ui.setbacks import setback_of
from kiosk.ui.trails import Trail

MAX_WISHED_TRADES = 3
LIFTED_S = 8
"""Good-bye stays so long once the card is lifted: long enough to read the bay again."""
NEXT_PERSON_S = 10
"""The last steps of a visit stay so long while the next person's card lies on the reader already."""
CALL_AGAIN = timedelta(minutes=5)
"""After so long without anybody coming, an attendant can be called again from the first screen."""


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
    ) -> None:
        """Start at home with nobody there."""
        self._hall = hall
        self._printing = printing
        self._on_change = on_change
        self._on_second = on_second
        self.session = Session()
        self.is_card_on_reader = False
        self._reader_trouble: Sentence | None = None
        self._trail = Trail()
        self._next_card: IdentityCard | None = None

    @property
    def step(self) -> Step:
        """Return the step that is shown."""
        return self._trail.step

    @property
    def seconds_left(self) -> int | None:
        """Return how long the step may still wait; None where it does not end by itself."""
        return self._trail.countdown.seconds_left

    @property
    def is_warning(self) -> bool:
        """Return whether the idle overlay covers the step."""
        return self._trail.countdown.is_warning

    # --- the card -------------------------------------------------------------------------------

    def card_sensed(self) -> None:
        """A card was found and is being read."""
        self.is_card_on_reader = True
        if self.step in {Step.HOME, Step.LAY_CARD, Step.UNREADABLE, Step.SCANNED}:
            self._show(Step.READING)

    def card_presented(self, card: IdentityCard) -> None:
        """A card was read: recognise its holder, and end whatever visit of somebody else was open.

        The card of whoever is here already, lifted and laid down again, changes nothing. While a slip is
        printed, the next card waits: nobody's paper comes out in front of somebody else.
        """
        self.is_card_on_reader = True
        if self._is_here(card):
            self._next_card = None
            self.stay()
        elif self.step is Step.PRINTING:
            self._next_card = card
        else:
            self._welcome(card)

    def card_unreadable(self, sentence: Sentence) -> None:
        """The reader gave up on a card; say why and what to do."""
        if self.session.recognition is None:
            self.session.sentence = sentence
            self._show(Step.UNREADABLE)

    def card_removed(self) -> None:
        """The card was lifted: to go, or to be laid down again, so that what helps stays on the screen."""
        self.is_card_on_reader = False
        self._next_card = None
        if self.step is Step.READING:
            self._try_again()
        elif self.step is Step.TURNED_AWAY:
            self.end()
        elif self.step is Step.GOODBYE:
            self._trail.countdown.shorten(LIFTED_S)
            self._on_change()

    def reader_changed(self, trouble: Sentence | None) -> None:
        """The reader is out, or well again (None): nobody is asked for a card where none can be read."""
        had_none, self._reader_trouble = self._reader_trouble is None, trouble
        if trouble is not None and self.step in {Step.READING, Step.LAY_CARD}:
            self._show(Step.LAY_CARD)
        elif trouble is None and not had_none and self.step is Step.UNREADABLE:
            self._try_again()

    # --- the scanner ----------------------------------------------------------------------------

    def show_scan(self, reading: Reading) -> None:
        """A code was read: show what it is, unless somebody's visit is on the screen."""
        self._show_scanned(reading, None)

    def scan_failed(self, sentence: Sentence) -> None:
        """Something was held before the scanner and could not be read; say what helps."""
        self._show_scanned(None, sentence)

    def _show_scanned(self, reading: Reading | None, sentence: Sentence | None) -> None:
        if self.session.recognition is not None or self.step in {Step.READING, Step.GOODBYE, Step.TROUBLE}:
            return
        self.session.scanned, self.session.sentence = reading, sentence
        self._show(Step.SCANNED)

    # --- touches --------------------------------------------------------------------------------

    def go(self) -> None:
        """The yellow plate of the current step was touched."""
        action = {
            Step.HOME: lambda: self._forward(Step.LAY_CARD),
            Step.NOTICE: self._accept_notice,
            Step.DETAIL: self._want_job,
            Step.BLOCKED: self._show_greeting,
            Step.CONFIRM: self._take,
            Step.TRADES: lambda: self._forward(Step.BOARD),
            Step.PINYIN: lambda: self._forward(Step.BOARD),
            Step.PAPER_OUT: lambda: self._show(Step.GOODBYE),
            Step.UNCERTAIN: lambda: self._show(Step.GOODBYE),
            Step.GOODBYE: self.end,
            Step.SCANNED: self.end,
            Step.TURNED_AWAY: self.end,
            Step.UNREADABLE: self._try_again,
            Step.TROUBLE: self.end,
        }.get(self.step)
        if action is not None:
            self._guard(action)

    def refuse_notice(self) -> None:
        """The person said no: wipe everything, keep a count, and remind them of the card."""
        if self.step is Step.NOTICE:
            self._guard(lambda: count_anonymously(self._hall, "notice_refused"))
            self.session = Session(sentence=Sentence("ui.goodbye.refused"))
            self._show(Step.TURNED_AWAY)

    def answer_phone(self, phone: str | None) -> None:
        """Keep the phone number, or None when skipped, and ask the next question."""
        if self.step is Step.ASK_PHONE:
            self.session.answers = replace(self.session.answers, phone=phone)
            self._forward(Step.ASK_TRADES)

    def answer_trades(self, trades: tuple[str, ...]) -> None:
        """Keep up to three trades and ask the last question."""
        if self.step is Step.ASK_TRADES:
            self.session.answers = replace(self.session.answers, trades=trades[:MAX_WISHED_TRADES])
            self._forward(Step.ASK_SPAN)

    def answer_span(self, span: WorkSpan | None) -> None:
        """Keep the last answer, store all three, and show work."""
        if self.step is Step.ASK_SPAN:
            self.session.answers = replace(self.session.answers, span=span)
            self._guard(self._keep_answers)

    def browse(self, query: BoardQuery) -> None:
        """Show the board through these filters."""
        self.session.query = query
        if self.step is Step.BOARD:
            self.stay()
        else:
            self._forward(Step.BOARD)

    def browse_family(self, family: Family) -> None:
        """Show all work of one family."""
        self.browse(BoardQuery(family=family))

    def open_trades(self) -> None:
        """Choose trades by picture."""
        self._forward(Step.TRADES)

    def open_pinyin(self) -> None:
        """Choose by initials."""
        self._forward(Step.PINYIN)

    def narrow(self, query: BoardQuery) -> None:
        """Change the filters while choosing trades or initials, without leaving the step."""
        self.session.query = query
        self.stay()

    def open_job(self, job: JobId) -> None:
        """Show everything about one job."""
        self._guard(lambda: self._look(job))

    def show_all(self) -> None:
        """Show the whole, unranked board: always one tap away."""
        self.browse(BoardQuery())

    def collect_slip(self, slip: SlipNumber) -> None:
        """Print the slip of a place that is already this person's and never reached paper."""
        if self.step is Step.GREETING:
            self._guard(lambda: self._resume(slip))

    def back(self) -> None:
        """Go one step back; the first step of a visit leads home."""
        if RULES[self.step].has_back:
            if self.step in {Step.LAY_CARD, Step.UNREADABLE}:
                self.session.wanted = None
            self._trail.back(Step.GREETING if self.session.arrival is not None else Step.HOME)
            self._on_change()

    def home(self) -> None:
        """Leave: a visit with a card says good-bye first, so that nobody forgets the card."""
        if RULES[self.step].has_home:
            self.leave()

    def leave(self) -> None:
        """End the visit, by way of the reminder when a card still lies on the reader."""
        if self.session.recognition is not None and self.is_card_on_reader:
            self.session = Session()
            self._show(Step.GOODBYE)
        else:
            self.end()

    def stay(self) -> None:
        """Give the person the step's whole time again, and let every view look."""
        self._trail.countdown.begin_again()
        self._on_change()

    def call_help(self) -> None:
        """Call an attendant; a second touch changes nothing."""
        if self.session.help_called_at is None:
            self._guard(lambda: reception.call_attendant(self._hall, self.session, self.step))
            self._on_change()

    def end(self) -> None:
        """Forget everybody and show the first screen; a card that waited is welcomed now."""
        card, self._next_card = self._next_card, None
        self.session = Session()
        self._show(Step.HOME)
        if card is not None:
            self._welcome(card)

    # --- what the printer says ------------------------------------------------------------------

    def hear_printer(self, news: PrintNews) -> None:
        """Follow the slip of this visit; news of other slips is not this person's."""
        placement = self.session.placement
        if placement is None or placement.slip != news.slip:
            return
        self.session.print_news = news
        step = AFTER_NEWS.get((self.step, news.stage), self.step)
        if step is self.step:
            self._on_change()
        else:
            self._show(step)

    # --- time -----------------------------------------------------------------------------------

    def tick(self, monotonic_s: float) -> None:
        """Count the seconds of the current step down; call it about once a second."""
        called_at = self.session.help_called_at
        if self.step is Step.HOME and called_at and self._hall.now() - called_at > CALL_AGAIN:
            self.session.help_called_at = None
            self._on_change()
        if not self._trail.countdown.tick(monotonic_s):
            return
        if self._trail.countdown.is_over:
            self._time_out()
        else:
            self._on_second()

    def touched(self) -> None:
        """Any touch anywhere is a sign of life and gives the step's time again."""
        if self.seconds_left is not None and not self.is_warning:
            self._trail.countdown.begin_again()
            self._on_second()

    # --- inside ---------------------------------------------------------------------------------

    def _is_here(self, card: IdentityCard) -> bool:
        met = self.session.recognition
        return (
            met is not None
            and met.card.number == card.number
            and self.step not in {Step.GOODBYE, Step.TROUBLE}
        )

    def _welcome(self, card: IdentityCard) -> None:
        """Begin a visit; it knows what was looked at without a card, and nothing of another person."""
        if self.session.recognition is not None:
            self.end()  # past the first screen, where language and text size begin anew
        self.session = session_after_looking(self.session, self.step)
        self._guard(lambda: self._meet(card))

    def _try_again(self) -> None:
        """Lift a card that could not be read: whoever wants a job is asked for it again."""
        if self.session.wanted is None or self._reader_trouble is not None:
            self.end()
        else:
            self._show(Step.LAY_CARD)

    def _meet(self, card: IdentityCard) -> None:
        step = reception.receive(self._hall, self.session, card)
        if step is Step.GREETING:
            self._after_check_in()
        else:
            self._show(step)

    def _accept_notice(self) -> None:
        reception.register(self._hall, self.session)
        if self.session.is_first_visit:
            self._show(Step.ASK_PHONE)
        else:
            self._after_check_in()

    def _keep_answers(self) -> None:
        reception.keep_answers(self._hall, self.session)
        self._after_check_in()

    def _after_check_in(self) -> None:
        """Greet, or go on with the job that was wanted; back leads from it to the greeting."""
        wanted, self.session.wanted = self.session.wanted, None
        if wanted is None:
            self._show_greeting()
            return
        reception.find_fitting(self._hall, self.session)
        self._trail.show(Step.GREETING)
        self._look(wanted)

    def _show_greeting(self) -> None:
        reception.find_fitting(self._hall, self.session)
        self._show(Step.GREETING)

    def _look(self, job: JobId) -> None:
        if reception.look_at(self._hall, self.session, job):
            self._forward(Step.DETAIL)
        else:
            self._show(Step.BLOCKED if self.session.arrival else Step.BOARD)

    def _want_job(self) -> None:
        self._forward(reception.want(self.session))

    def _take(self) -> None:
        slip = reception.take(self._hall, self.session)
        if slip is None:
            self.end()
        else:
            self._print(slip)

    def _resume(self, slip: SlipNumber) -> None:
        if reception.take_up(self._hall, self.session, slip):
            self._print(slip)
        else:  # printed or settled at the window since the greeting was drawn
            self._show_greeting()

    def _print(self, slip: SlipNumber) -> None:
        # Paper before picture: the slip is on its way while the screen still draws.
        self._printing.submit(slip)
        self._show(Step.PRINTING)

    def trouble(self, sentence: Sentence) -> None:
        """Something failed outside any touch, such as reading what a screen wants to show."""
        self.session.sentence = sentence
        self._show(Step.TROUBLE)

    def _guard(self, act: Callable[[], None]) -> None:
        """Run an act; a lawful refusal or a failing disk becomes a sentence on a screen, never a dead tap."""
        setback = setback_of(act)
        if setback is not None:
            self.session.sentence = setback.sentence
            is_refused = setback.is_lawful and self.session.arrival is not None
            self._show(Step.BLOCKED if is_refused else Step.TROUBLE)

    def _time_out(self) -> None:
        after = RULES[self.step].after
        if after is Step.HOME:
            self.leave() if self.step is not Step.GOODBYE else self.end()
        else:
            self._show(after)

    def _forward(self, step: Step) -> None:
        self._trail.forward(self._allowed(step))
        self._on_change()

    def _show(self, step: Step) -> None:
        self._trail.show(self._allowed(step))
        if self._next_card is not None and step is not Step.PRINTING:
            self._trail.countdown.shorten(NEXT_PERSON_S)
        self._on_change()

    def _allowed(self, step: Step) -> Step:
        """Return the step, or another where it has nobody to be about or no reader to lay a card on."""
        if step is Step.LAY_CARD and self._reader_trouble is not None:
            self.session.sentence = self._reader_trouble
            return Step.UNREADABLE
        needs_person = step in PERSONAL_STEPS - {Step.GOODBYE}
        return Step.HOME if needs_person and self.session.recognition is None else step
