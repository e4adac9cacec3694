"""A ticket, a receipt, a pass: asked for at the greeting, followed to paper, and no way ends there."""

from __future__ import annotations

import pytest

from kiosk.actions.printing import PrintNews, PrintStage
from kiosk.domain.ids import PaperNumber
from kiosk.domain.papers import MOST_COPIES, PaperKind
from kiosk.domain.slips import SlipState
from kiosk.ui.courses import NEXT_PERSON_S
from kiosk.ui.journeys import Step
from tests.unit.ui.visit_rig import VisitRig

FIRST, SECOND = "miao", "tian"


def at(rig: VisitRig) -> Step:
    """Return the step that is shown now."""
    return rig.visit.step


def want(rig: VisitRig, kind: PaperKind = PaperKind.NUMBER_TICKET) -> PaperNumber:
    """Ask for a paper from the greeting, and return its number."""
    rig.visit.open_papers()
    number = next(offer.number for offer in rig.visit.session.offers if offer.kind is kind)
    rig.visit.ask_paper(number, str)
    return number


def test_a_ticket_comes_and_the_way_goes_on_to_the_greeting(rig: VisitRig) -> None:
    rig.come(FIRST)
    number = want(rig)
    assert rig.printer.papers == [number]
    assert at(rig) is Step.PAPER_COMING
    rig.tell_of_paper(PrintStage.SENDING)
    assert at(rig) is Step.PAPER_COMING
    rig.tell_of_paper(PrintStage.PRINTED)
    assert at(rig) is Step.PAPER_END
    rig.visit.go()
    assert at(rig) is Step.GREETING
    assert rig.holder == rig.kiosk.people[FIRST].card.name


def test_back_from_the_papers_leads_to_the_greeting(rig: VisitRig) -> None:
    rig.come(FIRST)
    rig.visit.open_papers()
    assert at(rig) is Step.PAPERS
    rig.visit.back()
    assert at(rig) is Step.GREETING


def test_nobody_asks_for_papers_without_a_card_or_from_another_page(rig: VisitRig) -> None:
    rig.visit.open_papers()
    assert at(rig) is Step.HOME
    rig.come(FIRST)
    number = rig.visit.session.offers[0].number
    rig.visit.ask_paper(number, str)
    assert at(rig) is Step.GREETING, "only what is offered on its page is printed"
    rig.visit.show_all()
    rig.visit.open_papers()
    assert at(rig) is Step.BOARD
    assert rig.printer.papers == []


@pytest.mark.parametrize("stage", [PrintStage.NOT_SENT, PrintStage.UNCERTAIN])
def test_a_ticket_that_did_not_come_is_told_and_may_be_asked_for_again(
    rig: VisitRig, stage: PrintStage
) -> None:
    rig.come(FIRST)
    first = want(rig)
    rig.tell_of_paper(stage)
    assert at(rig) is Step.PAPER_END
    rig.visit.go()
    assert want(rig) == first
    assert rig.printer.papers == [first, first]


def test_a_printer_that_says_nothing_is_no_success(rig: VisitRig) -> None:
    rig.come(FIRST)
    want(rig)
    rig.wait(300)
    assert at(rig) is Step.PAPER_END
    assert rig.visit.session.paper_news is None
    rig.tell_of_paper(PrintStage.PRINTED)
    assert rig.visit.session.paper_news is not None, "a late word is a word"


def test_the_next_card_waits_until_the_ticket_is_out(rig: VisitRig) -> None:
    rig.come(FIRST)
    want(rig)
    rig.lift()
    rig.lay(SECOND)
    assert at(rig) is Step.PAPER_COMING
    assert rig.holder == rig.kiosk.people[FIRST].card.name
    rig.tell_of_paper(PrintStage.PRINTED)
    assert at(rig) is Step.PAPER_END
    assert rig.visit.seconds_left == NEXT_PERSON_S
    rig.visit.end()
    assert rig.holder == rig.kiosk.people[SECOND].card.name
    assert (rig.visit.session.paper, rig.visit.session.paper_news) == (None, None)


def test_news_of_another_paper_or_of_a_slip_moves_nobodys_ticket(rig: VisitRig) -> None:
    rig.come(FIRST)
    number = want(rig)
    for other in (PaperNumber("PD-NZ-0918-Z9"), PaperNumber(f"{number}0")):
        rig.visit.hear_printer(PrintNews(other, PrintStage.PRINTED, 1.0))
    assert at(rig) is Step.PAPER_COMING


def test_after_a_few_copies_the_key_is_gone_when_nothing_else_is_offered(rig: VisitRig) -> None:
    rig.come(FIRST)
    for kind in (PaperKind.NUMBER_TICKET, PaperKind.REGISTRATION):
        for _ in range(MOST_COPIES + 1):
            want(rig, kind)
            rig.tell_of_paper(PrintStage.PRINTED)
            rig.visit.go()
    assert rig.visit.session.offers == []
    rig.visit.open_papers()
    assert at(rig) is Step.GREETING


def test_a_pass_is_offered_once_the_slip_is_out(rig: VisitRig) -> None:
    rig.take(FIRST)
    rig.tell(PrintStage.PRINTED)
    rig.visit.end()
    rig.come(FIRST)
    number = want(rig, PaperKind.BOARDING)
    with rig.kiosk.hall.store.reading() as records:
        paper = records.papers.by_number(number)
    assert paper is not None
    assert paper.state is SlipState.SENDING
    assert '"second_language":null' in paper.document


def test_a_paper_speaks_the_language_of_the_screen_too(rig: VisitRig) -> None:
    rig.visit.speak("en")
    rig.come(FIRST)
    want(rig)
    assert rig.visit.session.paper is not None
    assert '"second_language":"en"' in rig.visit.session.paper.document
