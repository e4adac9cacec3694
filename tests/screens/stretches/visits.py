"""One visit after another: taken, come back, refused, without paper, and all the ways a visit ends."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.actions.printing import PaperState, PrintStage
from kiosk.domain.ids import JobId
from kiosk.domain.jobs import Hazard
from kiosk.domain.sentences import Sentence
from kiosk.ui.journeys import Step
from tests.screens.tour import Tour, is_plain, is_sixteen, settle


def first_visit(tour: Tour) -> Iterator[str]:
    """Come for the first time, answer everything, take a job, and leave with a slip."""
    tour.lay_card(tour.grown_up())
    yield "notice"
    tour.tap("whole")
    yield "notice_whole"
    tour.tap("whole")
    tour.tap("go")
    yield "ask_phone"
    for digit in "13900001":
        tour.tap(f"key.{digit}")
    yield "ask_phone_part"
    for digit in "234":
        tour.tap(f"key.{digit}")
    yield "ask_phone_whole"
    tour.tap("go")
    yield "ask_trades"
    tour.tap("answer.0")
    tour.tap("go")
    yield "ask_span"
    tour.tap("answer.0")
    yield "ask_span_chosen"
    tour.tap("go")
    yield "greeting"
    if tour.screen.find("card.1"):  # large text in the low position has room for one
        tour.tap("card.1")
        yield "greeting_second"
    tour.tap("secondary")
    yield "board_unranked"
    tour.tap("chip.order")
    yield "board_ranked"
    tour.tap("chip.order")
    yield "board_best_paid"
    tour.tap("bar.back")
    tour.open_job(tour.job(lambda line: line.trip is not None and is_plain(line)))
    yield "detail"
    tour.tap("go")
    yield "confirm"
    tour.tap("go")
    yield "printing_begins"
    tour.hear_printer(PrintStage.SENDING, 0.7)
    yield "printing"
    tour.set_paper(PaperState.OUT)
    tour.hear_printer(PrintStage.WAITING_FOR_PAPER, 0.7)
    yield "paper_out"
    tour.tap("bar.help")
    yield "paper_out_help_called"
    tour.set_paper(PaperState.READY)
    tour.hear_printer(PrintStage.HELD_OUT, 1.0)
    yield "take_slip"
    tour.hear_printer(PrintStage.PRINTED, 1.0)
    yield "goodbye"
    tour.tap("go")


def coming_back(tour: Tour) -> Iterator[str]:
    """Come again while a place is open, and fall asleep."""
    tour.lay_card(tour.grown_up())
    yield "greeting_holding"
    tour.wait(45)
    yield "idle"
    tour.tap("leave")
    yield "goodbye_leaving"
    tour.lift_card()


def refusals(tour: Tour) -> Iterator[str]:
    """Be refused by each rule, and be too young."""
    for rule, person in tour.refused_by():
        tour.lay_card(person)
        tour.answer_questions()
        if person.takes:  # what is held already stands in the way of the next
            tour.take(person.takes)
            tour.screen.visit.end()
            tour.lay_card(person)
        if tour.screen.visit.step is Step.TURNED_AWAY:
            yield f"turned_away_{rule}"
        elif tour.screen.visit.step is Step.GREETING and person.tries:
            tour.open_job(person.tries)
            tour.tap("go")
            yield f"{tour.screen.visit.step}_{rule}"
        tour.lift_card()
    young = next(person for person in tour.people.values() if not is_sixteen(person, tour.stage))
    tour.lay_card(young)
    yield "turned_away"
    tour.lift_card()


def spared(tour: Tour) -> Iterator[str]:
    """Be told what the law spares women, alone and beside the agreement that is due, and step back."""
    old = next(each for each in tour.people.values() if each.refused_by == "AGE-03")
    for person, page in ((tour.another_grown_up(), "confirm_SEX-02"), (old, "confirm_AGE-04_SEX-02")):
        tour.lay_card(person)
        tour.answer_questions()
        tour.open_job(tour.job(lambda line: Hazard.HEAT in line.job.hazards and is_plain(line)))
        tour.tap("go")
        yield page
        tour.tap("secondary")
        tour.lift_card()


def of_age(tour: Tour) -> Iterator[str]:
    """Be reminded of the agreement that is due from a certain age on, and take the job all the same."""
    person = next(each for each in tour.people.values() if each.refused_by == "AGE-03")
    tour.lay_card(person)
    tour.answer_questions()
    tour.open_job(tour.job(lambda line: line.trip is not None and is_plain(line)))
    tour.tap("go")
    yield "confirm_AGE-04"
    tour.tap("go")
    tour.hear_printer(PrintStage.UNCERTAIN, why="devices.printer.retracted")
    yield "retracted"
    tour.tap("go")
    tour.tap("go")
    tour.lift_card()


def endings(tour: Tour) -> Iterator[str]:
    """Take a job without a coach, never learn whether the slip came out, and meet a failing machine."""
    person = list(tour.people.values())[5]
    tour.lay_card(person)
    tour.answer_questions()
    tour.open_job(tour.job(lambda line: line.trip is None and is_plain(line)))
    yield "detail_own_way"
    tour.tap("go")
    yield "confirm_own_way"
    tour.tap("go")
    tour.hear_printer(PrintStage.UNCERTAIN)
    yield "uncertain"
    tour.tap("go")
    yield "goodbye_own_way"
    tour.tap("go")
    tour.screen.visit.trouble(Sentence("ui.trouble.unknown"))
    settle()
    yield "trouble"
    tour.tap("go")


def nothing_else(tour: Tour) -> Iterator[str]:
    """Find a job gone, come back with a place while nothing else fits, and find nothing at all."""
    visit = tour.screen.visit
    person = list(tour.people.values())[5]
    tour.lay_card(person)
    visit.open_job(JobId("withdrawn"))
    settle()
    yield "blocked_plainly"
    tour.tap("go")
    # What no sample morning has: not one job that fits whoever stands here.
    visit.session.fitting = ()
    visit.stay()
    settle()
    yield "greeting_ticket"
    tour.lift_card()
    tour.lay_card(next(person for person in tour.people.values() if person.key == "tian"))
    tour.answer_questions()
    visit.session.fitting = ()
    visit.stay()
    settle()
    yield "greeting_nothing_fits"
    tour.lift_card()
