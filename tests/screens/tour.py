"""A walk past every page of the worker's way, by touches and cards, that stops at each page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication

from kiosk.actions.board_ports import BoardQuery, JobOnBoard
from kiosk.actions.call_next import call_next
from kiosk.actions.printing import PaperState, PrintStage
from kiosk.actions.recognise import recognise
from kiosk.actions.talk_over import agree, begin_talk
from kiosk.domain.identity import age_on
from kiosk.domain.ids import JobId
from kiosk.domain.sentences import Sentence
from kiosk.sample.people import SamplePerson
from kiosk.ui.choosing import ASKING_S
from kiosk.ui.hands import Hands
from kiosk.ui.journeys import Step
from kiosk.ui.views.card_troubles import TROUBLES
from tests import answers
from tests.notices import tell_notice
from tests.screens import lessons
from tests.screens.scanned_codes import scanned_codes
from tests.screens.staging import Stage
from tests.unit.actions.lines import STAFF
from tools.figures.people import person_card


def settle() -> None:
    """Let everything that was begun come to rest, and what was thrown away be gone."""
    QGuiApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QGuiApplication.processEvents()


class Tour:
    """One walker before one screen."""

    def __init__(self, stage: Stage) -> None:
        """Stand before the screen of this stage."""
        self.stage = stage
        self.screen = stage.screen
        self.hands = Hands(stage.screen)
        self.people = stage.kiosk.people

    def tap(self, name: str) -> None:
        """Touch what bears this name, which must be there."""
        assert self.hands.tap(name), f"{name} cannot be touched on {self.screen.visit.step}"
        settle()

    def lay_card(self, person: SamplePerson) -> None:
        """Lay a person's card on the reader."""
        self.screen.visit.card_sensed()
        self.screen.visit.card_presented(person.card)
        settle()

    def lift_card(self) -> None:
        """Take the card away and leave."""
        self.screen.visit.card_removed()
        self.screen.visit.end()

    def wait(self, seconds: int) -> None:
        """Let seconds pass, one by one, as the screen counts them."""
        for _ in range(seconds):
            self.stage.kiosk.clock.pass_time(1)
            self.screen.tick()
        settle()

    def answer_questions(self) -> None:
        """Say yes to the notice and skip every question, as far as they are asked."""
        for step, name in (
            (Step.NOTICE, "go"),
            (Step.ASK_PHONE, "secondary"),
            (Step.ASK_TRADES, "secondary"),
            (Step.ASK_SPAN, "secondary"),
        ):
            if self.screen.visit.step is step:
                self.tap(name)

    def open_job(self, job: str) -> None:
        """Open one job as if it had been touched on the board."""
        self.screen.visit.open_job(JobId(job))
        settle()

    def take(self, job: str) -> None:
        """Take a place of a job, and hear that its slip is out."""
        self.open_job(job)
        self.tap("go")
        self.tap("go")
        self.hear_printer(PrintStage.PRINTED, 1.0)

    def hear_printer(self, stage: PrintStage, fraction: float = 0.0, why: str = "") -> None:
        """Let the printer say something, for a reason of the catalogue if `why` names one."""
        self.stage.printer.tell(stage, fraction, Sentence(why) if why else None)
        settle()

    def grown_up(self) -> SamplePerson:
        """Return someone whom no rule refuses anything he tries."""
        free = [person for person in self.people.values() if person.takes and person.tries is None]
        return next(person for person in free if not person.certificates and _is_grown(person, self.stage))

    def refused_by(self) -> Iterator[tuple[str, SamplePerson]]:
        """Yield one person for each rule that refuses somebody something."""
        seen = set()
        for person in self.people.values():
            if person.refused_by and person.tries and person.refused_by not in seen:
                seen.add(person.refused_by)
                yield person.refused_by, person

    def job(self, fits: Callable[[JobOnBoard], bool]) -> str:
        """Return a job of the board that fits and can be had here."""
        with self.stage.kiosk.hall.store.reading() as records:
            lines = records.board.page(BoardQuery(), self.stage.kiosk.hall.now(), 0, 200)
        return next(line.job.id for line in lines if line.open_here > 0 and fits(line))

    def pages(self) -> Iterator[str]:
        """Walk past every page; at each name the page stands still."""
        yield from self.browsing()
        yield from self.scans()
        yield from self.first_visit()
        yield from self.small_papers()
        yield from self.coming_back()
        yield from lessons.pages(self)
        yield from lessons.group_pages(self)
        yield from self.refusals()
        yield from self.without_paper()
        yield from self.of_age()
        yield from self.endings()
        yield from self.nothing_else()
        yield from self.hiring()
        yield from self.places_elsewhere()
        yield from self.payday()
        yield from self.own_data()
        yield from self.newer_notice()

    def browsing(self) -> Iterator[str]:
        """Look at work without a card."""
        settle()
        yield "home"
        self.stage.printer.state = PaperState.OUT
        self.screen.look_again()
        settle()
        yield "home_no_paper"
        self.stage.printer.state = PaperState.READY
        self.tap("go")
        yield "lay_card"
        self.screen.visit.card_sensed()
        settle()
        yield "reading"
        for key in TROUBLES:
            self.screen.visit.card_unreadable(Sentence(key))
            settle()
            yield f"unreadable_{key.rsplit('.', 1)[1]}"
        self.tap("go")
        self.tap("family.0")
        yield "board_family"
        self.tap("page.down")
        yield "board_second_page"
        self.tap("chip.same_day")
        self.tap("chip.coach")
        self.tap("chip.day")
        yield "days"
        self.tap("day.0")
        yield "days_chosen"
        self.tap("go")
        yield "board_filtered"
        self.tap("chip.line")
        yield "line_filtered"
        self.tap("secondary")
        self.tap("bar.home")
        self.screen.visit.show_all()
        settle()
        yield "board_all"
        self.tap("chip.line")
        yield "line"
        self.tap("stop.1")
        yield "line_chosen"
        self.tap("station.1")
        yield "line_of_another_station"
        self.tap("stop.0")
        self.tap("go")
        yield "board_stop"
        self.tap("bar.home")
        self.tap("family.0")
        self.tap("chip.trades")
        self.tap("answer.0")
        self.tap("answer.2")
        yield "trades"
        for family in range(1, 6):
            self.tap(f"family.{family}")
            yield f"trades_{family}"
        self.tap("picture")
        yield "pinyin"
        self.tap("letter.Z")
        self.tap("hit.1")
        yield "pinyin_found"
        self.tap("go")
        yield "board_trade"
        self.tap("bar.home")

    def scans(self) -> Iterator[str]:
        """Hold codes before the scanner: ours of every kind, and other people's."""
        for name, reading in scanned_codes(self.stage.kiosk.hall.today()).items():
            self.screen.visit.show_scan(reading)
            settle()
            yield f"scanned_{name}"
        self.screen.visit.scan_failed(Sentence("devices.scanner.nearer"))
        settle()
        yield "scanned_nothing"
        self.tap("go")

    def first_visit(self) -> Iterator[str]:
        """Come for the first time, answer everything, take a job, and leave with a slip."""
        self.lay_card(self.grown_up())
        yield "notice"
        self.tap("whole")
        yield "notice_whole"
        self.tap("whole")
        self.tap("go")
        yield "ask_phone"
        for digit in "13900001":
            self.tap(f"key.{digit}")
        yield "ask_phone_part"
        for digit in "234":
            self.tap(f"key.{digit}")
        yield "ask_phone_whole"
        self.tap("go")
        yield "ask_trades"
        self.tap("answer.0")
        self.tap("go")
        yield "ask_span"
        self.tap("answer.0")
        yield "ask_span_chosen"
        self.tap("go")
        yield "greeting"
        self.tap("card.1")
        yield "greeting_second"
        self.tap("secondary")
        yield "board_unranked"
        self.tap("chip.order")
        yield "board_ranked"
        self.tap("chip.order")
        yield "board_best_paid"
        self.tap("bar.back")
        self.open_job(self.job(lambda line: line.trip is not None and _is_plain(line)))
        yield "detail"
        self.tap("go")
        yield "confirm"
        self.tap("go")
        yield "printing_begins"
        self.hear_printer(PrintStage.SENDING, 0.7)
        yield "printing"
        self.set_paper(PaperState.OUT)
        self.hear_printer(PrintStage.WAITING_FOR_PAPER, 0.7)
        yield "paper_out"
        self.tap("bar.help")
        yield "paper_out_help_called"
        self.set_paper(PaperState.READY)
        self.hear_printer(PrintStage.HELD_OUT, 1.0)
        yield "take_slip"
        self.hear_printer(PrintStage.PRINTED, 1.0)
        yield "goodbye"
        self.tap("go")

    def small_papers(self) -> Iterator[str]:
        """Come back with a slip on paper, and want a ticket, a receipt and a pass."""
        self.lay_card(self.grown_up())
        self.tap("papers")
        yield "papers"
        self.tap("answer.2")
        yield "papers_chosen"
        self.tap("go")
        self.hear_of_paper(PrintStage.SENDING, 0.6)
        yield "paper_coming"
        self.hear_of_paper(PrintStage.PRINTED, 1.0)
        yield "paper_end"
        self.tap("go")
        for stage, why in (
            (PrintStage.NOT_SENT, "devices.printer.paper_out"),
            (PrintStage.UNCERTAIN, ""),
        ):
            self.tap("papers")
            self.tap("go")
            yield f"paper_coming_{stage}"
            self.hear_of_paper(stage, why=why)
            yield f"paper_end_{stage}"
            self.tap("go")
        self.tap("papers")
        yield "papers_again"
        self.tap("bar.back")
        self.lift_card()

    def hear_of_paper(self, stage: PrintStage, fraction: float = 0.0, why: str = "") -> None:
        """Let the printer say something of the last ticket, receipt or pass."""
        self.stage.printer.tell_of_paper(stage, fraction, Sentence(why) if why else None)
        settle()

    def set_paper(self, state: PaperState) -> None:
        """Change what the printer says of its paper; the screen sees it with the next second."""
        self.stage.printer.state = state
        self.wait(1)

    def without_paper(self) -> Iterator[str]:
        """Choose and take while no slip can come out, which every page says, and be told where to get it."""
        person = next(each for each in self.people.values() if each.key == "tian")
        for state in (PaperState.OUT, PaperState.FAULT):
            name = f"no_slip_{state}"
            self.set_paper(state)
            self.lay_card(person)
            self.answer_questions()
            yield f"{name}_greeting"
            self.screen.visit.show_all()
            settle()
            yield f"{name}_board"
            self.open_job(self.job(lambda line: line.trip is not None and _is_plain(line)))
            yield f"{name}_detail"
            self.tap("go")
            yield f"{name}_confirm"
            if state is PaperState.OUT:
                self.lift_card()
        self.tap("go")
        self.hear_printer(PrintStage.NOT_SENT, why="devices.printer.cover_open")
        yield "no_slip_fault_taken"
        self.tap("go")
        yield "no_slip_fault_goodbye"
        self.tap("go")
        self.lift_card()
        self.set_paper(PaperState.READY)

    def of_age(self) -> Iterator[str]:
        """Be reminded of the agreement that is due from a certain age on, and take the job all the same."""
        person = next(each for each in self.people.values() if each.refused_by == "AGE-03")
        self.lay_card(person)
        self.answer_questions()
        self.open_job(self.job(lambda line: line.trip is not None and _is_plain(line)))
        self.tap("go")
        yield "confirm_AGE-04"
        self.tap("go")
        self.hear_printer(PrintStage.UNCERTAIN, why="devices.printer.retracted")
        yield "retracted"
        self.tap("go")
        self.tap("go")
        self.lift_card()

    def coming_back(self) -> Iterator[str]:
        """Come again while a place is open, and fall asleep."""
        self.lay_card(self.grown_up())
        yield "greeting_holding"
        self.wait(45)
        yield "idle"
        self.tap("leave")
        yield "goodbye_leaving"
        self.lift_card()

    def refusals(self) -> Iterator[str]:
        """Be refused by each rule, and be too young."""
        for rule, person in self.refused_by():
            self.lay_card(person)
            self.answer_questions()
            if person.takes:  # what is held already stands in the way of the next
                self.take(person.takes)
                self.screen.visit.end()
                self.lay_card(person)
            if self.screen.visit.step is Step.TURNED_AWAY:
                yield f"turned_away_{rule}"
            elif self.screen.visit.step is Step.GREETING and person.tries:
                self.open_job(person.tries)
                self.tap("go")
                yield f"{self.screen.visit.step}_{rule}"
            self.lift_card()
        young = next(person for person in self.people.values() if not _is_sixteen(person, self.stage))
        self.lay_card(young)
        yield "turned_away"
        self.lift_card()

    def endings(self) -> Iterator[str]:
        """Take a job without a coach, never learn whether the slip came out, and meet a failing machine."""
        person = list(self.people.values())[5]
        self.lay_card(person)
        self.answer_questions()
        self.open_job(self.job(lambda line: line.trip is None and _is_plain(line)))
        yield "detail_own_way"
        self.tap("go")
        yield "confirm_own_way"
        self.tap("go")
        self.hear_printer(PrintStage.UNCERTAIN)
        yield "uncertain"
        self.tap("go")
        yield "goodbye_own_way"
        self.tap("go")
        self.screen.visit.trouble(Sentence("ui.trouble.unknown"))
        settle()
        yield "trouble"
        self.tap("go")

    def nothing_else(self) -> Iterator[str]:
        """Find a job gone, come back with a place while nothing else fits, and find nothing at all."""
        visit = self.screen.visit
        person = list(self.people.values())[5]
        self.lay_card(person)
        visit.open_job(JobId("withdrawn"))
        settle()
        yield "blocked_plainly"
        self.tap("go")
        # What no sample morning has: not one job that fits whoever stands here.
        visit.session.fitting = ()
        visit.stay()
        settle()
        yield "greeting_ticket"
        self.lift_card()
        self.lay_card(next(person for person in self.people.values() if person.key == "tian"))
        self.answer_questions()
        visit.session.fitting = ()
        visit.stay()
        settle()
        yield "greeting_nothing_fits"
        self.lift_card()

    def hiring(self) -> Iterator[str]:
        """Sign up, be called, ask why, agree, take the place, give it back; and wait for a full job."""
        hall, screen = self.stage.kiosk.hall, self.screen
        talks = [JobId(job.id) for job in self.stage.kiosk.sample.jobs if job.is_talked_over]
        talk, other = talks[0], talks[1]
        for number in (1, 2):
            self.lay(number)
            self.open_job(talk)
            if number == 1:
                yield "detail_sign_up"
            self.tap("go")
            assert screen.visit.step is Step.IN_LINE
            if number == 1:
                yield "in_line"
                self.open_job(other)
                self.tap("go")
                self.lift_card()
        called = call_next(hall, talk, "2", STAFF)
        screen.look_again()
        settle()
        yield "in_line_after_a_call"
        self.tap("why")
        yield "why_not"
        self.tap("go")
        self.lift_card()
        screen.look_again()
        settle()
        yield "home_called"
        self.lay(1)
        yield "in_line_called"
        self.tap("bar.back")
        yield "greeting_called"
        begin_talk(hall, called.id, STAFF)
        agree(hall, called.id, STAFF)
        self.tap("held.0")
        yield "in_line_agreed"
        self.tap("go")
        yield "confirm_agreed"
        self.tap("go")
        self.hear_printer(PrintStage.PRINTED, 1.0)
        self.lift_card()
        self.lay(1)
        yield "greeting_place_and_line"
        self.tap("held.0")
        yield "give_back"
        self.tap("reason.1")
        yield "give_back_chosen"
        self.tap("go")
        yield "given_back"
        self.tap("go")
        self.lift_card()

    def lay(self, number: int) -> None:
        """Lay the card of an invented person down, and say yes to what is asked."""
        self.screen.visit.card_sensed()
        self.screen.visit.card_presented(person_card(number))
        settle()
        self.answer_questions()

    def places_elsewhere(self) -> Iterator[str]:
        """Look at a job at a kiosk that holds no number of any, as one does that begins a new journal."""
        opened = self.stage.kiosk.opened
        opened.sync_book.begin_stream(answers.life(opened))
        self.screen.visit.end()
        settle()
        self.tap("family.0")
        self.tap("go")
        yield "detail_asking"
        self.wait(ASKING_S + 1)
        settle()
        yield "detail_to_wait_for"

    def payday(self) -> Iterator[str]:
        """Come back when the money of the first visit's job is due, and say that nothing came."""
        self.screen.visit.end()
        met = recognise(self.stage.kiosk.hall, self.grown_up().card)
        with self.stage.kiosk.hall.store.reading() as records:
            [taken] = records.placements.open_of(met.worker)
        assert taken.pay_due_at is not None
        self.stage.kiosk.clock.pass_time((taken.pay_due_at - self.stage.kiosk.hall.now()).total_seconds())
        self.wait(1)  # at the first screen, which waits for ever
        self.lay_card(self.grown_up())
        yield "ask_pay"
        self.tap("answer.2")
        yield "ask_pay_chosen"
        self.tap("go")
        yield "greeting_after_payday"
        self.lift_card()

    def own_data(self) -> Iterator[str]:
        """Look at what is known of oneself, change it, take consent back, and have all of it erased."""
        self.lay_card(self.grown_up())
        self.answer_questions()
        self.tap("own")
        yield "own_data"
        self.tap("mine.phone")
        yield "own_phone"
        for digit in "13900001235":
            self.tap(f"key.{digit}")
        self.tap("go")
        self.tap("mine.trades")
        self.tap("answer.1")
        yield "own_trades"
        self.tap("go")
        yield "own_span"
        self.tap("secondary")
        yield "own_data_changed"
        self.tap("mine.erase")
        yield "own_erase"
        self.tap("answer.0")
        self.tap("go")
        yield "own_data_without_consent"
        self.tap("mine.erase")
        self.tap("answer.1")
        yield "own_erase_all"
        self.tap("go")
        yield "own_erased"
        self.tap("go")
        self.lift_card()

    def newer_notice(self) -> Iterator[str]:
        """Come back when the bureau has changed the notice and says what is new in it."""
        person = list(self.people.values())[5]
        tell_notice(self.stage.kiosk, 2, "新添：发钱日过了，问一句到手没")
        self.lay_card(person)
        yield "notice_newer"
        self.tap("secondary")
        yield "notice_newer_refused"
        self.lift_card()


def _is_plain(line: JobOnBoard) -> bool:
    job = line.job
    return job.is_instant and not (job.certificates or job.needs_education or job.is_dangerous)


def _is_grown(person: SamplePerson, stage: Stage) -> bool:
    return 18 <= _age(person, stage) < 55


def _is_sixteen(person: SamplePerson, stage: Stage) -> bool:
    return _age(person, stage) >= 16


def _age(person: SamplePerson, stage: Stage) -> int:
    birth = person.card.birth_date
    return age_on(birth, stage.kiosk.sample.day) if birth else 30
