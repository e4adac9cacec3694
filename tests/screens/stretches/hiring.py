"""Lines, calls, agreements, and places given back."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.actions.call_next import call_next
from kiosk.actions.printing import PrintStage
from kiosk.actions.talk_over import agree, begin_talk
from kiosk.domain.ids import JobId
from kiosk.ui.choosing import ASKING_S
from kiosk.ui.journeys import Step
from tests import answers
from tests.screens.tour import Tour, settle
from tests.unit.actions.lines import STAFF


def hiring(tour: Tour) -> Iterator[str]:
    """Sign up, be called, ask why, agree, take the place, give it back; and wait for a full job."""
    hall, screen = tour.stage.kiosk.hall, tour.screen
    talks = [JobId(job.id) for job in tour.stage.kiosk.sample.jobs if job.is_talked_over]
    talk, other = talks[0], talks[1]
    for number in (1, 2):
        tour.lay(number)
        tour.open_job(talk)
        if number == 1:
            yield "detail_sign_up"
        tour.tap("go")
        assert screen.visit.step is Step.IN_LINE
        if number == 1:
            yield "in_line"
            tour.open_job(other)
            tour.tap("go")
            tour.lift_card()
    called = call_next(hall, talk, "2", STAFF)
    screen.look_again()
    settle()
    yield "in_line_after_a_call"
    tour.tap("why")
    yield "why_not"
    tour.tap("secondary")
    tour.hear_of_paper(PrintStage.SENDING, 1.0)
    yield "why_not_on_paper"
    tour.hear_of_paper(PrintStage.PRINTED, 1.0)
    tour.tap("go")
    tour.lift_card()
    screen.look_again()
    settle()
    yield "home_called"
    tour.lay(1)
    yield "in_line_called"
    tour.tap("bar.back")
    yield "greeting_called"
    begin_talk(hall, called.id, STAFF)
    agree(hall, called.id, STAFF)
    tour.tap("held.0")
    yield "in_line_agreed"
    tour.tap("go")
    yield "confirm_agreed"
    tour.tap("go")
    tour.hear_printer(PrintStage.PRINTED, 1.0)
    tour.lift_card()
    tour.lay(1)
    yield "greeting_place_and_line"
    tour.tap("held.0")
    yield "give_back"
    tour.tap("reason.1")
    yield "give_back_chosen"
    tour.tap("go")
    yield "given_back"
    tour.tap("go")
    tour.lift_card()


def places_elsewhere(tour: Tour) -> Iterator[str]:
    """Look at a job at a kiosk that holds no number of any, as one does that begins a new journal."""
    opened = tour.stage.kiosk.opened
    opened.sync_book.begin_stream(answers.life(opened))
    tour.screen.visit.end()
    settle()
    tour.tap("family.0")
    tour.tap("go")
    yield "detail_asking"
    tour.wait(ASKING_S + 1)
    settle()
    yield "detail_to_wait_for"
