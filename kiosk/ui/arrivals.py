"""Arriving: from a card that was read, by way of the notice and what is asked, to the greeting."""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions.check_in import count_anonymously
from kiosk.domain.cards import IdentityCard
from kiosk.domain.paydays import PayAnswer
from kiosk.domain.sentences import Sentence
from kiosk.domain.workers import WorkSpan
from kiosk.ui import reception
from kiosk.ui.choosing import Choosing
from kiosk.ui.courses import Course
from kiosk.ui.journeys import Step
from kiosk.ui.sessions import MAX_WISHED_TRADES, Session, own_lines


class Arrivals:
    """The part of a visit in which somebody becomes known and is checked in."""

    def __init__(self, course: Course, choosing: Choosing) -> None:
        """Move this course; a job that was wanted before is looked at through `choosing`."""
        self._course = course
        self._choosing = choosing

    def meet(self, card: IdentityCard) -> None:
        """Recognise a card's holder."""
        step = reception.receive(self._course.hall, self._course.session, card)
        if step is Step.GREETING:
            self._after_check_in()
        else:
            self._course.show(step)

    def accept_notice(self) -> None:
        """The person said yes: keep and check in, and ask what is asked once."""
        reception.register(self._course.hall, self._course.session)
        if self._course.session.is_first_visit:
            self._course.show(Step.ASK_PHONE)
        else:
            self._after_check_in()

    def refuse_notice(self) -> None:
        """The person said no: wipe everything, keep a count, and remind them of the card."""
        if self._course.step is Step.NOTICE:
            self._course.guard(lambda: count_anonymously(self._course.hall, "notice_refused"))
            self._course.session = Session(sentence=Sentence("ui.goodbye.refused"))
            self._course.show(Step.TURNED_AWAY)

    def answer_phone(self, phone: str | None) -> None:
        """Keep the phone number, or None when skipped, and ask the next question."""
        session = self._course.session
        if self._course.step is Step.ASK_PHONE:
            session.answers = replace(session.answers, phone=phone)
            self._course.forward(Step.ASK_TRADES)

    def answer_trades(self, trades: tuple[str, ...]) -> None:
        """Keep up to three trades and ask the last question."""
        session = self._course.session
        if self._course.step is Step.ASK_TRADES:
            session.answers = replace(session.answers, trades=trades[:MAX_WISHED_TRADES])
            self._course.forward(Step.ASK_SPAN)

    def answer_span(self, span: WorkSpan | None) -> None:
        """Keep the last answer, store all three, and show work."""
        session = self._course.session
        if self._course.step is Step.ASK_SPAN:
            session.answers = replace(session.answers, span=span)
            self._course.guard(self._keep_answers)

    def answer_pay(self, answer: PayAnswer | None) -> None:
        """Keep what came of the money of one place, or nothing when put off, and ask about the next."""
        if self._course.step is Step.ASK_PAY:
            self._course.guard(lambda: self._next_pay(answer))

    def greet(self) -> None:
        """Show the greeting with what fits."""
        reception.find_fitting(self._course.hall, self._course.session)
        self._course.show(Step.GREETING)

    def _keep_answers(self) -> None:
        reception.keep_answers(self._course.hall, self._course.session)
        self._after_check_in()

    def _next_pay(self, answer: PayAnswer | None) -> None:
        session = self._course.session
        if answer is not None:
            reception.say_pay(self._course.hall, session, answer)
        session.pay_due = session.pay_due[1:]
        self._ask_or_greet()

    def _after_check_in(self) -> None:
        """Ask what is due of this person, then let the way go on."""
        reception.look_for_pay(self._course.hall, self._course.session)
        self._ask_or_greet()

    def _ask_or_greet(self) -> None:
        """Ask about pay, else greet or go on with the job that was wanted; back leads to the greeting."""
        session = self._course.session
        if session.pay_due:
            self._course.show(Step.ASK_PAY)
            return
        wanted, session.wanted = session.wanted, None
        if wanted is None:
            self.greet()
            self._show_call()
            return
        reception.find_fitting(self._course.hall, session)
        self._course.trail.show(Step.GREETING)
        self._choosing.look(wanted)

    def _show_call(self) -> None:
        """Show whoever was called out of a line where to go; back leads to the greeting."""
        lines = own_lines(self._course.hall, self._course.session)
        if lines and not lines[0].sign_up.is_waiting:
            self._course.session.sign_up = lines[0].sign_up.id
            self._course.forward(Step.IN_LINE)
