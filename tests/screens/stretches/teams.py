"""People who go together: cards one after another, places side by side, a line, papers of each."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.printing import PrintStage
from kiosk.actions.recognise import recognise
from kiosk.domain.ids import JobId, places_of
from kiosk.domain.placements import SpentNumber
from kiosk.ui.journeys import Step
from tests import answers
from tests.screens.tour import Tour, is_plain, settle, shown
from tools.figures.people import person_card

LEADER, FRIENDS, STRANGER = 31, (32, 33, 34), 40


def teams(tour: Tour) -> Iterator[str]:
    """Lead a team to a coach, be refused, go with fewer, wait in a line, and hear of every paper."""
    for number in (*FRIENDS, *range(50, 57), STRANGER + 2, STRANGER + 3):
        register_and_check_in(tour.stage.kiosk.hall, recognise(tour.stage.kiosk.hall, person_card(number)))
    yield from _side_by_side(tour)
    yield from _too_few_together(tour)
    yield from _in_line(tour)


def _side_by_side(tour: Tour) -> Iterator[str]:
    tour.lay(LEADER)
    job = tour.job(lambda line: line.trip is not None and line.open_here > 4 and is_plain(line))
    tour.open_job(job)
    yield "detail_to_lead"
    tour.tap("picture")
    yield "team_begun"
    _card(tour, STRANGER)
    yield "team_first_visit"
    for number in FRIENDS:
        _card(tour, number)
    yield "team"
    tour.tap("secondary")
    yield "team_one_dropped"
    for number in range(50, 57):
        _card(tour, number)
    yield "team_of_ten"
    for _ in range(7):
        tour.screen.visit.teaming.drop_last()
    settle()
    tour.tap("go")
    yield "team_confirm"
    tour.tap("go")
    assert shown(tour) is Step.TEAM_PRINTING
    yield "team_printing"
    tour.stage.printer.tell(PrintStage.PRINTED, 1.0, back=3)
    settle()
    tour.stage.printer.tell(PrintStage.WAITING_FOR_PAPER, 0.4, back=2)
    settle()
    yield "team_end_without_paper"
    for back in (2, 1):
        tour.stage.printer.tell(PrintStage.PRINTED, 1.0, back=back)
    tour.hear_of_paper(PrintStage.PRINTED, 1.0)
    assert shown(tour) is Step.TEAM_END
    yield "team_end"
    tour.tap("go")
    tour.tap("go")
    tour.lift_card()


def _too_few_together(tour: Tour) -> Iterator[str]:
    tour.lay(LEADER + 10)
    job = _in_pieces(tour)
    tour.open_job(job)
    tour.tap("picture")
    _card(tour, FRIENDS[0])
    yield "team_refused"
    tour.screen.visit.card_removed()
    settle()
    yield "team_refused_lifted"
    for number in (STRANGER + 2, STRANGER + 3):
        _card(tour, number)
    tour.tap("go")
    yield "team_short"
    tour.tap("go")
    yield "team_short_confirm"
    tour.lift_card()
    tour.lay(LEADER + 10)
    tour.open_job(job)
    tour.tap("picture")
    for number in (STRANGER + 2, STRANGER + 3):
        _card(tour, number)
    tour.tap("go")
    answers.grant(tour.stage.kiosk.opened, {places_of(JobId(job)): [(901, 903)]})
    tour.screen.look_again()
    settle()
    yield "team_room_came"
    tour.lift_card()


def _in_line(tour: Tour) -> Iterator[str]:
    tour.lay(LEADER + 10)
    talk = [JobId(job.id) for job in tour.stage.kiosk.sample.jobs if job.is_talked_over][1]
    tour.open_job(talk)
    tour.tap("picture")
    _card(tour, STRANGER + 2)
    tour.tap("go")
    yield "team_confirm_line"
    tour.tap("go")
    yield "team_in_line"
    tour.tap("go")
    tour.lift_card()


def _card(tour: Tour, number: int) -> None:
    """Lay a card down at the page of a team, and lift it no sooner than the next comes."""
    tour.screen.visit.card_sensed()
    tour.screen.visit.card_presented(person_card(number))
    settle()


def _in_pieces(tour: Tour) -> str:
    """Return a job of which no three numbers that are left stand next to one another."""
    job = tour.job(lambda line: line.trip is None and 6 <= line.open_here <= 8 and is_plain(line))
    with tour.stage.kiosk.hall.store.writing() as records:
        some = records.placements.on_day(tour.stage.kiosk.hall.today())[0]
        for number in list(records.rights.free(places_of(JobId(job))))[2::3]:
            records.rights.spend(SpentNumber(places_of(JobId(job)), number), some.id)
    return job
