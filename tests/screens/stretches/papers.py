"""Paper that is wanted beside the slip, and a printer that has none."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.actions.printing import PaperState, PrintStage
from tests.screens.tour import Tour, is_plain, settle


def small_papers(tour: Tour) -> Iterator[str]:
    """Come back with a slip on paper, and want a ticket, a receipt and a pass."""
    tour.lay_card(tour.grown_up())
    tour.tap("papers")
    yield "papers"
    tour.tap("answer.2")
    yield "papers_chosen"
    tour.tap("go")
    tour.hear_of_paper(PrintStage.SENDING, 0.6)
    yield "paper_coming"
    tour.hear_of_paper(PrintStage.PRINTED, 1.0)
    yield "paper_end"
    tour.tap("go")
    for stage, why in (
        (PrintStage.NOT_SENT, "devices.printer.paper_out"),
        (PrintStage.UNCERTAIN, ""),
    ):
        tour.tap("papers")
        tour.tap("go")
        yield f"paper_coming_{stage}"
        tour.hear_of_paper(stage, why=why)
        yield f"paper_end_{stage}"
        tour.tap("go")
    tour.tap("papers")
    yield "papers_again"
    tour.tap("bar.back")
    tour.lift_card()


def without_paper(tour: Tour) -> Iterator[str]:
    """Choose and take while no slip can come out, which every page says, and be told where to get it."""
    person = next(each for each in tour.people.values() if each.key == "tian")
    for state in (PaperState.OUT, PaperState.FAULT):
        name = f"no_slip_{state}"
        tour.set_paper(state)
        tour.lay_card(person)
        tour.answer_questions()
        yield f"{name}_greeting"
        tour.screen.visit.show_all()
        settle()
        yield f"{name}_board"
        tour.open_job(tour.job(lambda line: line.trip is not None and is_plain(line)))
        yield f"{name}_detail"
        tour.tap("go")
        yield f"{name}_confirm"
        if state is PaperState.OUT:
            tour.lift_card()
    tour.tap("go")
    tour.hear_printer(PrintStage.NOT_SENT, why="devices.printer.cover_open")
    yield "no_slip_fault_taken"
    tour.tap("go")
    yield "no_slip_fault_goodbye"
    tour.tap("go")
    tour.lift_card()
    tour.set_paper(PaperState.READY)
