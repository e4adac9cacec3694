"""A ticket on its way to paper: out once on the printer's word; refused, it is over and never comes later."""

from __future__ import annotations

import zxingcpp

from kiosk.actions.ask_paper import ask_paper, papers_for
from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.paper_ports import PaperRecord
from kiosk.actions.print_paper import begin_paper
from kiosk.actions.printing import PaperState, PrintStage
from kiosk.actions.recognise import recognise
from kiosk.app.building import slip_renderer
from kiosk.app.loose_papers import small_paper
from kiosk.app.print_jobs import PrintJobs
from kiosk.domain.ids import PaperNumber
from kiosk.domain.papers import PaperKind
from kiosk.domain.slips import SlipState
from kiosk.paper.raster import Sheet
from tests.halls import SampleKiosk
from tests.patience import wait_until
from tests.unit.app.test_printing import minded, take
from tests.unit.devices.printer_stand import PROFILE, Stand


def asked(kiosk: SampleKiosk, key: str = "miao", kind: PaperKind = PaperKind.NUMBER_TICKET) -> PaperRecord:
    met = recognise(kiosk.hall, kiosk.people[key].card)
    register_and_check_in(kiosk.hall, met)
    offer = next(offer for offer in papers_for(kiosk.hall, met.worker) if offer.kind is kind)
    return ask_paper(kiosk.hall, met.worker, offer.number, str)


def paper_of(kiosk: SampleKiosk, number: PaperNumber) -> PaperRecord:
    with kiosk.hall.store.reading() as records:
        paper = records.papers.by_number(number)
    assert paper is not None
    return paper


def test_a_ticket_is_printed_once_on_the_printers_own_word(kiosk: SampleKiosk, printer: Stand) -> None:
    paper = asked(kiosk)
    with minded(kiosk, printer.url) as (minder, news):
        minder.print_paper(paper.number)
        news.wait_for(paper.number, PrintStage.PRINTED)
        minder.print_paper(paper.number)
        slip = take(kiosk, "tian")
        minder.submit(slip)
        news.wait_for(slip, PrintStage.PRINTED)
    kept = paper_of(kiosk, paper.number)
    assert (kept.state, kept.evidence != "") == (SlipState.PRINTED, True)
    assert printer.control.status()["cuts"] == 2, "one ticket, one slip"


def test_what_comes_out_is_the_picture_of_the_preview(kiosk: SampleKiosk, printer: Stand) -> None:
    paper = asked(kiosk)
    preview = slip_renderer(PROFILE.width_dots)(paper.document).image
    drawn: list[Sheet] = []

    def noted(document: str) -> Sheet:
        drawn.append(slip_renderer(PROFILE.width_dots)(document))
        return drawn[-1]

    assert small_paper(kiosk.hall, paper.number).job(PrintJobs(PROFILE, noted)) is not None
    assert [sheet.image.tobytes() for sheet in drawn] == [preview.tobytes()]
    assert zxingcpp.read_barcodes(preview.convert("L")) == []


def test_a_roll_that_ends_within_a_ticket_is_known_before_the_ticket_is_over(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    """Whoever comes to the screen meanwhile is told before he starts."""
    paper = asked(kiosk)
    printer.control.do("paper_out", after_rows=300)
    with minded(kiosk, printer.url) as (minder, news):
        minder.print_paper(paper.number)
        news.wait_for(paper.number, PrintStage.WAITING_FOR_PAPER)
        assert minder.paper() is PaperState.OUT
        printer.control.do("reload")
        news.wait_for(paper.number, PrintStage.PRINTED)


def test_a_printer_without_paper_ends_a_ticket_at_once_and_none_comes_later(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    paper = asked(kiosk)
    printer.control.do("paper_out")
    with minded(kiosk, printer.url) as (minder, news):
        minder.print_paper(paper.number)
        told = news.wait_for(paper.number, PrintStage.NOT_SENT)
        assert told.sentence is not None
        assert paper_of(kiosk, paper.number).state is SlipState.VOID
        printer.control.do("reload")
        slip = take(kiosk, "tian")
        minder.submit(slip)
        news.wait_for(slip, PrintStage.PRINTED)
    assert printer.control.status()["cuts"] == 1


def test_a_ticket_torn_by_the_end_of_the_program_is_uncertain(kiosk: SampleKiosk, printer: Stand) -> None:
    paper = asked(kiosk)
    begin_paper(kiosk.hall, paper.number)
    with minded(kiosk, printer.url):
        wait_until(lambda: paper_of(kiosk, paper.number).state is SlipState.UNCERTAIN, "the first look", 60)
