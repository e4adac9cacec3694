"""One visit at the screen, free of Qt: which step is shown, who is there, and what each touch does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.actions.call_help import call_help
from kiosk.actions.check_in import (
    check_in,
    count_anonymously,
    give_first_answers,
    register_and_check_in,
)
from kiosk.actions.faults import Refused, WorldFault
from kiosk.actions.find_jobs import fitting_jobs, look_at_job
from kiosk.actions.hall import Hall
from kiosk.actions.ports import BoardQuery
from kiosk.actions.printing import PrintNews, PrintStage, SlipPrinting
from kiosk.actions.recognise import Acquaintance, Recognition, recognise
from kiosk.actions.take_place import take_place
from kiosk.domain.cards import IdentityCard
from kiosk.domain.ids import JobId, SlipNumber
from kiosk.domain.jobs import Family
from kiosk.domain.parameters import MissingParameter
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipState
from kiosk.domain.workers import WorkSpan
from kiosk.ui.journeys import PERSONAL_STEPS, RULES, WARN_BEFORE_S, Step
from kiosk.ui.sessions import Session

GREETING_JOBS = 3
MAX_WISHED_TRADES = 3


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
        self.step = Step.HOME
        self.seconds_left: int | None = None
        self.is_card_on_reader = False
        self._trail: list[Step] = []
        self._last_tick_s: float | None = None

    # --- the card -------------------------------------------------------------------------------

    def card_sensed(self) -> None:
        """A card was found and is being read."""
        self.is_card_on_reader = True
        if self.step in {Step.HOME, Step.LAY_CARD, Step.UNREADABLE}:
            self._show(Step.READING)

    def card_presented(self, card: IdentityCard) -> None:
        """A card was read: recognise its holder, and end whatever visit of somebody else was open."""
        self.is_card_on_reader = True
        wanted = self.session.wanted if self.session.recognition is None else None
        query = self.session.query if self.session.recognition is None else BoardQuery()
        self._guard(lambda: self._meet(card, wanted, query))

    def card_unreadable(self, sentence: Sentence) -> None:
        """The reader gave up on a card; say why and what to do."""
        if self.session.recognition is None:
            self.session.sentence = sentence
            self._show(Step.UNREADABLE)

    def card_removed(self) -> None:
        """The card was lifted: at the end of a visit that is all there was to wait for."""
        self.is_card_on_reader = False
        if self.step in {Step.READING, Step.UNREADABLE, Step.TURNED_AWAY}:
            self.end()
        elif self.step is Step.GOODBYE:
            self.seconds_left = min(self.seconds_left or 0, 8)
            self._on_change()

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
            Step.TURNED_AWAY: self.end,
            Step.UNREADABLE: self.end,
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
        self.session.answers = replace(self.session.answers, phone=phone)
        self._forward(Step.ASK_TRADES)

    def answer_trades(self, trades: tuple[str, ...]) -> None:
        """Keep up to three trades and ask the last question."""
        self.session.answers = replace(self.session.answers, trades=trades[:MAX_WISHED_TRADES])
        self._forward(Step.ASK_SPAN)

    def answer_span(self, span: WorkSpan | None) -> None:
        """Keep the last answer, store all three, and show work."""
        self.session.answers = replace(self.session.answers, span=span)
        self._guard(self._keep_answers)

    def browse(self, query: BoardQuery) -> None:
        """Show the board through these filters."""
        self.session.query = query
        if self.step is Step.BOARD:
            self._touch()
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
        self._touch()

    def open_job(self, job: JobId) -> None:
        """Show everything about one job."""
        self._guard(lambda: self._look(job))

    def show_all(self) -> None:
        """Show the whole, unranked board: always one tap away."""
        self.browse(BoardQuery())

    def collect_slip(self, slip: SlipNumber) -> None:
        """Print the slip of a place that is already this person's and never reached paper."""
        self._guard(lambda: self._resume(slip))

    def back(self) -> None:
        """Go one step back; the first step of a visit leads home."""
        if RULES[self.step].has_back:
            self._show(self._trail.pop() if self._trail else self._start_step(), keeps_trail=True)

    def home(self) -> None:
        """Leave: a visit with a card says good-bye first, so that nobody forgets the card."""
        if RULES[self.step].has_home:
            self.leave()

    def leave(self) -> None:
        """End the visit, by way of the reminder when a card still lies on the reader."""
        if self.session.recognition is not None and self.is_card_on_reader:
            self._wipe()
            self._show(Step.GOODBYE)
        else:
            self.end()

    def stay(self) -> None:
        """Give the person the step's whole time again."""
        self.seconds_left = RULES[self.step].timeout_s
        self._on_change()

    def call_help(self) -> None:
        """Call an attendant; a second touch changes nothing."""
        if self.session.help_called_at is None:
            self._guard(self._call_help)

    def end(self) -> None:
        """Forget everybody and show the first screen."""
        self._wipe()
        self._show(Step.HOME)

    # --- what the printer says ------------------------------------------------------------------

    def hear_printer(self, news: PrintNews) -> None:
        """Follow the slip of this visit; news of other slips is not this person's."""
        placement = self.session.placement
        if placement is None or placement.slip != news.slip:
            return
        self.session.print_news = news
        if news.stage is PrintStage.PRINTED and self.step in {Step.PRINTING, Step.PAPER_OUT}:
            self._show(Step.GOODBYE)
        elif news.stage is PrintStage.UNCERTAIN and self.step in {Step.PRINTING, Step.PAPER_OUT}:
            self._show(Step.UNCERTAIN)
        elif news.stage in {PrintStage.WAITING_FOR_PAPER, PrintStage.NOT_SENT} and self.step is Step.PRINTING:
            self._show(Step.PAPER_OUT)
        else:
            self._on_change()

    # --- time -----------------------------------------------------------------------------------

    def tick(self, monotonic_s: float) -> None:
        """Count the seconds of the current step down; call it about once a second."""
        last, self._last_tick_s = self._last_tick_s, monotonic_s
        if last is None or self.seconds_left is None:
            return
        whole_seconds = int(monotonic_s) - int(last)
        if whole_seconds <= 0:
            return
        self.seconds_left = max(0, self.seconds_left - whole_seconds)
        if self.seconds_left == 0:
            self._time_out()
        else:
            self._on_second()

    def touched(self) -> None:
        """Any touch anywhere is a sign of life and gives the step's time again."""
        if self.seconds_left is not None and not self.is_warning:
            self.seconds_left = RULES[self.step].timeout_s
            self._on_second()

    @property
    def is_warning(self) -> bool:
        """Return whether the idle overlay covers the step."""
        left = self.seconds_left
        return RULES[self.step].warns and left is not None and left <= WARN_BEFORE_S

    # --- inside ---------------------------------------------------------------------------------

    def _call_help(self) -> None:
        met = self.session.recognition if self.session.arrival else None
        call_help(self._hall, self.step.value, met.worker if met else None)
        self.session.help_called_at = self._hall.now()
        self._touch()

    def _meet(self, card: IdentityCard, wanted: JobId | None, query: BoardQuery) -> None:
        self._wipe()
        met = recognise(self._hall, card)
        self.session = Session(wanted=wanted, query=query)
        if met.acquaintance is Acquaintance.TOO_YOUNG:
            count_anonymously(self._hall, "too_young")
            self.session.sentence = Sentence("ui.turned_away.too_young")
            self._show(Step.TURNED_AWAY)
        elif met.acquaintance is Acquaintance.BAD_NUMBER:
            self.session.sentence = Sentence("ui.unreadable.bad_number")
            self._show(Step.UNREADABLE)
        elif met.acquaintance is Acquaintance.KNOWN:
            self.session.recognition = met
            self.session.arrival = check_in(self._hall, met)
            self._after_check_in()
        else:
            self.session.recognition = met
            self._show(Step.NOTICE)

    def _accept_notice(self) -> None:
        met = self._person()
        self.session.is_first_visit = met.acquaintance is Acquaintance.UNKNOWN
        self.session.arrival = register_and_check_in(self._hall, met)
        if self.session.is_first_visit:
            self._forward(Step.ASK_PHONE)
        else:
            self._after_check_in()

    def _keep_answers(self) -> None:
        give_first_answers(self._hall, self._person().worker, self.session.answers)
        self._trail.clear()
        self._after_check_in()

    def _after_check_in(self) -> None:
        if self.session.wanted is not None:
            self._look(self.session.wanted)
        else:
            self._show_greeting()

    def _show_greeting(self) -> None:
        self.session.fitting = fitting_jobs(self._hall, self._person(), GREETING_JOBS)
        self._trail.clear()
        self._show(Step.GREETING)

    def _look(self, job: JobId) -> None:
        looked = look_at_job(self._hall, job, self.session.recognition if self.session.arrival else None)
        if looked is None:
            self.session.sentence = Sentence("actions.take.gone")
            self._show(Step.BLOCKED if self.session.arrival else Step.BOARD)
            return
        self.session.job = looked
        self._forward(Step.DETAIL)

    def _want_job(self) -> None:
        looked = self.session.job
        if looked is None:
            self.end()
        elif looked.judgement is None:
            self.session.wanted = looked.line.job.id
            self._forward(Step.LAY_CARD)
        elif looked.judgement.is_allowed and looked.line.open_here > 0:
            self._forward(Step.CONFIRM)
        else:
            self.session.sentence = None if not looked.judgement.is_allowed else Sentence("actions.take.full")
            self._forward(Step.BLOCKED)

    def _take(self) -> None:
        looked = self.session.job
        if looked is None:
            self.end()
            return
        job = looked.line.job
        taken = take_place(self._hall, self._person(), job.id, job.version)
        self.session.placement = taken.placement
        self._print(taken.slip)

    def _resume(self, slip: SlipNumber) -> None:
        with self._hall.store.reading() as records:
            placement = records.placements.by_slip(slip)
            record = records.slips.by_number(slip)
        if placement and record and record.state is SlipState.QUEUED:
            self.session.placement = placement
            self.session.job = look_at_job(self._hall, placement.job, self.session.recognition)
            self._print(slip)

    def _print(self, slip: SlipNumber) -> None:
        self.session.print_news = PrintNews(slip, PrintStage.SENDING, 0.0)
        # Paper before picture: the slip is on its way while the screen still draws.
        self._printing.submit(slip)
        self._show(Step.PRINTING)

    def trouble(self, sentence: Sentence) -> None:
        """Something failed outside any touch, such as reading what a screen wants to show."""
        self.session.sentence = sentence
        self._show(Step.TROUBLE)

    def _person(self) -> Recognition:
        if self.session.recognition is None:
            raise Refused(Sentence("ui.trouble.nobody"))
        return self.session.recognition

    def _guard(self, act: Callable[[], None]) -> None:
        """Run an act; a lawful refusal or a failing disk becomes a sentence on a screen, never a dead tap."""
        try:
            act()
        except Refused as refusal:
            self.session.sentence = refusal.sentence
            self._show(Step.BLOCKED if self.session.arrival else Step.TROUBLE)
        except WorldFault as fault:
            self.session.sentence = fault.sentence
            self._show(Step.TROUBLE)
        except MissingParameter:
            # A kiosk that never heard its bureau has no rules to judge by, so it must not judge.
            self.session.sentence = Sentence("actions.not_ready")
            self._show(Step.TROUBLE)

    def _time_out(self) -> None:
        after = RULES[self.step].after
        if after is Step.HOME:
            self.leave() if self.step is not Step.GOODBYE else self.end()
        else:
            self._show(after)

    def _start_step(self) -> Step:
        return Step.GREETING if self.session.arrival is not None else Step.HOME

    def _forward(self, step: Step) -> None:
        if step is not self.step:
            self._trail.append(self.step)
        self._show(step, keeps_trail=True)

    def _show(self, step: Step, *, keeps_trail: bool = False) -> None:
        if not keeps_trail:
            self._trail.clear()
        if step in PERSONAL_STEPS - {Step.GOODBYE} and self.session.recognition is None:
            step = Step.HOME
        self.step = step
        self.seconds_left = RULES[step].timeout_s
        self._on_change()

    def _touch(self) -> None:
        self.seconds_left = RULES[self.step].timeout_s
        self._on_change()

    def _wipe(self) -> None:
        self.session = Session()
        self._trail.clear()
