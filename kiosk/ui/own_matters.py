"""What a person does about what is known of him: look, correct, restrict its use, have it erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.actions.check_in import give_first_answers
from kiosk.actions.own_data import ask_erasure, correct_phone, leave_out, look_at, withdraw
from kiosk.actions.recognise import recognise
from kiosk.actions.restrict_use import restrict_use
from kiosk.domain.sentences import Sentence
from kiosk.domain.workers import FirstAnswers, WorkSpan
from kiosk.ui import reception
from kiosk.ui.courses import Course
from kiosk.ui.journeys import Step
from kiosk.ui.sessions import MAX_WISHED_TRADES, Session


class OwnMatters:
    """The part of a visit that is about a person's own data; every act leads back to what is known now."""

    def __init__(self, course: Course) -> None:
        """Move this course."""
        self._course = course

    def look(self) -> None:
        """Show what is known of whoever is there."""
        if self._course.step is Step.GREETING:
            self._course.guard(self._show)

    def change_phone(self) -> None:
        """Ask for another telephone number."""
        self._forward(Step.OWN_DATA, Step.OWN_PHONE)

    def change_trades(self) -> None:
        """Ask anew what work is wanted."""
        self._forward(Step.OWN_DATA, Step.OWN_TRADES)

    def consider_restricting(self) -> None:
        """Tell what stops when the use of it is restricted, and what goes on; or allow its use again."""
        session = self._course.session
        if session.own is not None and session.own.is_restricted:
            self._restrict(Step.OWN_DATA, is_restricted=False)
        else:
            self._forward(Step.OWN_DATA, Step.OWN_RESTRICT)

    def restrict(self) -> None:
        """Keep what consent allowed, and use it no more until it is allowed again."""
        self._restrict(Step.OWN_RESTRICT, is_restricted=True)

    def consider_erasing(self) -> None:
        """Tell what can be erased, and what becomes of the rest."""
        self._forward(Step.OWN_DATA, Step.OWN_ERASE)

    def answer_phone(self, phone: str | None) -> None:
        """Keep another number; None takes consent back for the one that is known."""
        if self._course.step is Step.OWN_PHONE:
            self._course.guard(lambda: self._then_show(lambda: self._keep_phone(phone)))

    def answer_trades(self, trades: tuple[str, ...]) -> None:
        """Keep up to three trades for now, and ask for which kind of work."""
        session = self._course.session
        if self._course.step is Step.OWN_TRADES and session.own is not None:
            session.answers = replace(session.own.answers, trades=trades[:MAX_WISHED_TRADES])
            self._course.forward(Step.OWN_SPAN)

    def answer_span(self, span: WorkSpan | None) -> None:
        """Keep trades and kind of work; None leaves the kind as it was."""
        if self._course.step is Step.OWN_SPAN:
            self._course.guard(lambda: self._then_show(lambda: self._keep_wishes(span)))

    def take_consent_back(self) -> None:
        """Have everything erased that only consent allowed."""
        if self._course.step is Step.OWN_ERASE:
            self._course.guard(lambda: self._then_show(self._withdraw))

    def erase_all(self) -> None:
        """Have everything erased or, where law holds it, locked away; the visit is over with this."""
        if self._course.step is Step.OWN_ERASE:
            self._course.guard(self._erase_all)

    def _restrict(self, of: Step, *, is_restricted: bool) -> None:
        hall, session = self._course.hall, self._course.session
        if self._course.step is of:
            self._course.guard(
                lambda: self._then_show(
                    lambda: restrict_use(hall, reception.person_of(session), is_restricted=is_restricted)
                )
            )

    def _forward(self, of: Step, to: Step) -> None:
        if self._course.step is of:
            self._course.forward(to)

    def _then_show(self, act: Callable[[], object]) -> None:
        """Act, recognise the card anew as every act asks, and show what is known now."""
        act()
        session = self._course.session
        session.recognition = recognise(self._course.hall, reception.person_of(session).card)
        self._show()

    def _show(self) -> None:
        session = self._course.session
        session.own = look_at(self._course.hall, reception.person_of(session))
        reception.find_fitting(self._course.hall, session)
        self._course.trail.show(Step.GREETING)
        self._course.forward(Step.OWN_DATA)

    def _keep_phone(self, phone: str | None) -> None:
        session, hall = self._course.session, self._course.hall
        if phone is not None:
            correct_phone(hall, reception.person_of(session), phone)
        elif session.own is not None and session.own.answers.phone is not None:
            self._keep_without(replace(session.own.answers, phone=None))

    def _keep_wishes(self, span: WorkSpan | None) -> None:
        session = self._course.session
        wished = replace(session.answers, span=span or session.answers.span)
        if session.own is not None and session.own.answers.trades and not wished.trades:
            self._keep_without(wished)
        else:
            give_first_answers(self._course.hall, reception.person_of(session).worker, wished)

    def _keep_without(self, rest: FirstAnswers) -> None:
        leave_out(self._course.hall, reception.person_of(self._course.session), rest)

    def _withdraw(self) -> None:
        withdraw(self._course.hall, reception.person_of(self._course.session))

    def _erase_all(self) -> None:
        ask_erasure(self._course.hall, reception.person_of(self._course.session))
        self._course.session = Session(sentence=Sentence("own.erased.note"))
        self._course.show(Step.OWN_ERASED)
