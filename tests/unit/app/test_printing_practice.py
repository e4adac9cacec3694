"""A paper of practice goes to the one printer there is, once or not at all, and no journal hears of it."""

from __future__ import annotations

from collections.abc import MutableMapping

import zxingcpp

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.compose_slip import read_document
from kiosk.actions.practice import PRACTICE_CARD, PracticeHall
from kiosk.actions.printing import PaperState, PrintNews, PrintStage
from kiosk.actions.recognise import recognise
from kiosk.actions.take_place import take_place
from kiosk.app.practising import NO_PAPER, open_practice_hall
from kiosk.app.printing import PrintMinder
from kiosk.domain.ids import JobId, SlipNumber
from kiosk.domain.slips import SlipState
from tests.halls import SampleKiosk
from tests.patience import wait_until
from tests.unit.app.test_printing import minded, take
from tests.unit.devices.printer_stand import Stand


def practised(
    kiosk: SampleKiosk,
    minder: PrintMinder,
    told: list[PrintNews],
    numbers: MutableMapping[str, int] | None = None,
) -> PracticeHall:
    counted = {} if numbers is None else numbers
    return open_practice_hall(kiosk.hall, kiosk.opened.database, minder, told.append, counted)


def take_in(practice: PracticeHall, job_id: str) -> SlipNumber:
    """Take a place as whoever practises does."""
    met = recognise(practice.hall, PRACTICE_CARD)
    register_and_check_in(practice.hall, met)
    with practice.hall.store.reading() as records:
        job = records.board.job(JobId(job_id))
    assert job is not None
    return take_place(practice.hall, met, job.id, job.version).slip


def test_a_slip_of_practice_comes_out_marked_and_real_slips_go_on(kiosk: SampleKiosk, printer: Stand) -> None:
    job = str(kiosk.people["tian"].takes)
    with minded(kiosk, printer.url) as (minder, news):
        wait_until(lambda: minder.paper() is PaperState.READY, "the printer is ready")
        practice = practised(kiosk, minder, [])
        number = take_in(practice, job)
        practice.printing.submit(number)
        practice.keep(news.wait_for(number, PrintStage.PRINTED))
        with practice.hall.store.reading() as records:
            slip = records.slips.by_number(number)
        assert slip is not None
        assert slip.state is SlipState.PRINTED
        practice.close()
        real = take(kiosk)
        minder.submit(real)
        news.wait_for(real, PrintStage.PRINTED)
    document = read_document(slip.document)
    first, _ = printer.pictures()
    assert {
        code.text
        for code in zxingcpp.read_barcodes(
            first.convert("L"), zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        )
    } == {
        document.code,
        document.return_code,
    }
    with kiosk.hall.store.reading() as records:
        assert [slip.number for slip in records.slips.all()] == [real]


def test_a_practice_that_is_over_may_still_be_on_paper(kiosk: SampleKiosk, printer: Stand) -> None:
    """Whoever practises leaves before the printer has answered: its thread needs nothing of his hall."""
    with minded(kiosk, printer.url) as (minder, news):
        wait_until(lambda: minder.paper() is PaperState.READY, "the printer is ready")
        practice = practised(kiosk, minder, [])
        number = take_in(practice, str(kiosk.people["tian"].takes))
        practice.printing.submit(number)
        practice.close()
        news.wait_for(number, PrintStage.PRINTED)


def test_the_next_who_practises_hears_nothing_of_the_paper_before_his(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    """Broken by a practice that counts its papers from one again."""
    job, numbers = str(kiosk.people["tian"].takes), dict[str, int]()
    with minded(kiosk, printer.url) as (minder, news):
        wait_until(lambda: minder.paper() is PaperState.READY, "the printer is ready")
        first = practised(kiosk, minder, [], numbers)
        left_behind = take_in(first, job)
        first.printing.submit(left_behind)
        first.close()
        practice = practised(kiosk, minder, [], numbers)
        number = take_in(practice, job)
        practice.printing.submit(number)
        practice.keep(news.wait_for(left_behind, PrintStage.PRINTED))
        with practice.hall.store.reading() as records:
            slip = records.slips.by_number(number)
        practice.close()
    assert slip is not None
    assert slip.state is SlipState.SENDING, "nobody has told him of his own"


def test_a_roll_near_its_end_is_not_used_for_practice(kiosk: SampleKiosk, printer: Stand) -> None:
    told: list[PrintNews] = []
    printer.control.do("paper_low")
    with minded(kiosk, printer.url) as (minder, _):
        wait_until(lambda: minder.paper() is PaperState.LOW, "the roll is near its end")
        practice = practised(kiosk, minder, told)
        number = take_in(practice, str(kiosk.people["tian"].takes))
        practice.printing.submit(number)
        practice.close()
    assert told == [PrintNews(number, PrintStage.NOT_SENT, 0.0, NO_PAPER)]
    assert printer.control.status()["cuts"] == 0
