"""What single pages say and show: of every job, of paper that is out, of what is held."""

from __future__ import annotations

import pytest
from PySide6.QtQuick import QQuickItem

from kiosk.actions.printing import PaperState, PrintStage
from kiosk.catalogue import load
from kiosk.ui.appearances import NORMAL, Appearance
from kiosk.ui.journeys import Step
from kiosk.ui.windows import usual_width_mm, visible_items
from tests.screens.conftest import SetStage
from tests.screens.measures import findings
from tests.screens.stretches.papers import without_paper
from tests.screens.stretches.visits import coming_back, first_visit, of_age, spared
from tests.screens.tour import Tour, check_in, settle

PORTRAIT, LANDSCAPE, SMALL = (1080, 1920), (1920, 1080), (1366, 768)


@pytest.mark.parametrize(
    ("size", "language", "appearance"),
    [
        (PORTRAIT, "zh_CN", NORMAL),
        (PORTRAIT, "en", NORMAL),
        (LANDSCAPE, "zh_CN", Appearance(is_large=True)),
    ],
    ids=["portrait-zh", "portrait-en", "landscape-zh-large"],
)
def test_every_job_of_the_sample_fits_its_page_and_the_last_look(
    stages: SetStage, size: tuple[int, int], language: str, appearance: Appearance
) -> None:
    """Pay by the month, a far day and much gear are long; digits of one size for all of them break it."""
    tour = stages(size, language, appearance=appearance)
    visit, last_looks = tour.screen.visit, 0
    wrong: list[str] = []

    def look(page: str) -> None:
        found = findings(tour.screen.window, usual_width_mm(*size), appearance)
        wrong.extend(f"{page} {finding}" for finding in found)

    check_in(tour)
    for job in tour.stage.kiosk.sample.jobs:
        tour.open_job(job.id)
        if visit.step is Step.DETAIL:
            look(job.id)
            visit.go()
            settle()
        if visit.step is Step.CONFIRM:
            look(f"confirm {job.id}")
            last_looks += 1
        visit.back()
    assert wrong == []
    assert last_looks > 30


@pytest.mark.parametrize(("state", "why"), [(PaperState.OUT, "paper"), (PaperState.FAULT, "printer")])
def test_paper_that_runs_out_while_nobody_stands_there_is_told_within_a_second(
    stages: SetStage, state: PaperState, why: str
) -> None:
    tour = stages(PORTRAIT, "zh_CN", is_large=False)
    problem = load("zh_CN")(f"ui.home.no_{why}")
    assert problem not in said_in(tour)
    tour.set_paper(state)
    assert problem in said_in(tour)
    tour.set_paper(PaperState.READY)
    assert problem not in said_in(tour)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
def test_whoever_chooses_while_paper_is_out_reads_on_every_page_where_the_slip_will_be(
    stages: SetStage, size: tuple[int, int], language: str
) -> None:
    tour, say = stages(size, language, is_large=False), load(language)
    notes = {"out": say("ui.no_slip.paper"), "fault": say("ui.no_slip.printer")}
    for page in without_paper(tour):
        state = page.split("_")[2]
        before_taking = not page.endswith(("taken", "goodbye"))
        assert (notes[state] in said_in(tour)) is before_taking, page
        assert say("ui.confirm.print") not in said_in(tour), "no slip is promised that cannot be printed"
        if page == "no_slip_fault_taken":
            assert tour.screen.visit.step is Step.PAPER_OUT, "the place is taken all the same"
            assert say("ui.slip.not_sent_note") in said_in(tour)
            assert say("ui.slip.paper_out_title") not in said_in(tour), "there is paper"
        if page == "no_slip_fault_goodbye":
            assert say("ui.goodbye.no_slip") in said_in(tour)
            assert say("ui.goodbye.title") not in said_in(tour), "what is not in hand is not called done"


def test_paper_that_runs_out_while_somebody_reads_is_told_on_the_same_page(stages: SetStage) -> None:
    tour = stages(PORTRAIT, "zh_CN", is_large=False)
    note = load("zh_CN")("ui.no_slip.paper")
    tour.screen.visit.show_all()
    settle()
    tour.wait(1)
    assert note not in said_in(tour)
    tour.set_paper(PaperState.OUT)
    assert tour.screen.visit.step is Step.BOARD
    assert note in said_in(tour)
    tour.set_paper(PaperState.READY)
    assert note not in said_in(tour)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_slip_held_out_is_asked_to_be_taken_and_one_drawn_back_in_is_told(
    stages: SetStage, language: str
) -> None:
    tour, say = stages(PORTRAIT, language, is_large=False), load(language)
    next(page for page in first_visit(tour) if page == "printing")
    tour.hear_printer(PrintStage.HELD_OUT, 1.0)
    assert say("ui.take_slip.words") in said_in(tour)
    assert "/pictograms/takeslip/" in "".join(drawn_in(tour))
    tour.tap("bar.help")
    assert tour.screen.visit.step is Step.TAKE_SLIP, "nobody walks away from paper that hangs out"
    tour.hear_printer(PrintStage.UNCERTAIN, why="devices.printer.retracted")
    told = said_in(tour)
    assert {say(f"ui.slip.retracted{end}") for end in ("_title", "", "_note")} <= told
    assert say("ui.slip.uncertain") not in told, "what became of it is known"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_an_agreement_that_is_due_is_told_before_the_promise_and_keeps_nobody_from_going(
    stages: SetStage, language: str
) -> None:
    tour, say = stages(PORTRAIT, language, is_large=True), load(language)
    assert next(of_age(tour)) == "confirm_AGE-04"
    told = said_in(tour)
    assert say("rules.age04.warn") in told
    assert say("rules.age04.detail") in told
    assert say("ui.confirm.promise") in told
    tour.tap("go")
    assert tour.screen.visit.step is Step.PRINTING


def test_what_spares_women_is_told_to_a_man_too_and_stepping_back_leaves_no_trace(stages: SetStage) -> None:
    tour, say = stages(PORTRAIT, "zh_CN", is_large=False), load("zh_CN")
    pages = spared(tour)
    assert next(pages) == "confirm_SEX-02"
    assert {say("rules.sex02.warn"), say("rules.sex02.detail")} <= said_in(tour)
    before = _entries(tour)
    tour.tap("secondary")
    assert (tour.screen.visit.step, _entries(tour)) == (Step.DETAIL, before)
    tour.tap("go")
    assert next(pages) == "confirm_AGE-04_SEX-02"
    assert {say("rules.age04.warn"), say("rules.sex02.warn")} <= said_in(tour)


def _entries(tour: Tour) -> int:
    return len(tour.stage.kiosk.opened.sync_book.outgoing(1_000).events)


def test_whoever_is_younger_reads_nothing_of_an_agreement(stages: SetStage) -> None:
    tour = stages(PORTRAIT, "zh_CN", is_large=False)
    next(page for page in first_visit(tour) if page == "confirm")
    assert load("zh_CN")("rules.age04.warn") not in said_in(tour)


def test_a_printer_that_cannot_print_is_told_before_anybody_lays_a_card_down(stages: SetStage) -> None:
    tour = stages(PORTRAIT, "zh_CN", is_large=False)
    problem = load("zh_CN")("ui.home.no_printer")
    tour.screen.set_printer_working(False)
    assert problem in said_in(tour)
    tour.screen.set_printer_working(True)
    assert problem not in said_in(tour)


def test_the_smallest_screen_with_the_largest_text_still_fits(stages: SetStage) -> None:
    tour = stages(SMALL, "zh_CN", is_large=True)
    walk = first_visit(tour)
    assert [f"{page} {line}" for page in walk for line in findings(tour.screen.window, 344.0)] == []


def test_a_held_coach_place_says_when_and_where_in_numerals_alone(stages: SetStage) -> None:
    tour = stages(PORTRAIT, "zh_CN", is_large=False)
    for _ in first_visit(tour):
        pass
    next(coming_back(tour))
    held = next(
        item
        for item in visible_items(tour.screen.window.contentItem())
        if _kind(item).startswith("HeldPlace")
    )
    said = {str(item.property("text")) for item in visible_items(held) if item.property("text")}
    assert {str(held.property("departs")), str(held.property("bay"))} <= said
    assert str(held.property("departs")).replace(":", "").isdigit()


def test_whoever_waits_for_paper_is_shown_the_figure_of_the_key_that_calls(stages: SetStage) -> None:
    tour = stages(PORTRAIT, "zh_CN", is_large=False)
    next(page for page in first_visit(tour) if page == "paper_out")
    figures = drawn_in(tour)
    assert len([path for path in figures if path.startswith("/pictograms/call/")]) == 2, figures


def said_in(tour: Tour) -> set[str]:
    """Return every text that can be read now."""
    items = visible_items(tour.screen.window.contentItem())
    return {str(item.property("text")) for item in items if item.property("text")}


def drawn_in(tour: Tour) -> list[str]:
    """Return the address of every picture that can be seen now."""
    items = visible_items(tour.screen.window.contentItem())
    return [item.property("source").path() for item in items if item.inherits("QQuickImage")]


def _kind(item: QQuickItem) -> str:
    return item.metaObject().className()
