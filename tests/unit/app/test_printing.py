"""Between journal and printer: every slip's state claims no more than is known, and none is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.ports import SlipRecord
from kiosk.actions.print_slip import begin_printing
from kiosk.actions.printing import PaperState, PrintStage
from kiosk.actions.recognise import recognise
from kiosk.actions.settle_slip import reprint_slip
from kiosk.actions.take_place import take_place
from kiosk.app.building import slip_renderer
from kiosk.app.printing import PrintMinder
from kiosk.devices.escpos.commands import RASTER_HEAD
from kiosk.devices.escpos.jobs import build_job
from kiosk.devices.printer_links import link_to
from kiosk.devices.printers import PrinterTimes
from kiosk.devices.profiles import PrinterProfile
from kiosk.domain.ids import JobId, SlipNumber
from kiosk.domain.slips import SlipState
from tests.halls import CLERK, SampleKiosk
from tests.patience import wait_until
from tests.unit.app.news import NewsBook
from tests.unit.devices.printer_stand import HASTY, PATIENT, PROFILE, Stand, driven, shows

RENDER = slip_renderer(PROFILE.width_dots)


def take(kiosk: SampleKiosk, key: str = "miao") -> SlipNumber:
    """Take a sample person's place and return its slip, which waits to be printed."""
    person = kiosk.people[key]
    met = recognise(kiosk.hall, person.card)
    register_and_check_in(kiosk.hall, met)
    job = next(job for job in kiosk.sample.jobs if job.id == person.takes)
    return take_place(kiosk.hall, met, JobId(job.id), job.version).slip


def slip_of(kiosk: SampleKiosk, number: SlipNumber) -> SlipRecord:
    with kiosk.hall.store.reading() as records:
        slip = records.slips.by_number(number)
    assert slip is not None
    return slip


@contextmanager
def minded(
    kiosk: SampleKiosk,
    url: str,
    *,
    patience_s: float = 20,
    times: PrinterTimes = PATIENT,
    profile: PrinterProfile = PROFILE,
) -> Iterator[tuple[PrintMinder, NewsBook]]:
    news = NewsBook()
    with driven(url, profile, times) as driver:
        minder = PrintMinder(kiosk.hall, driver, RENDER, patience_s, retry_s=0.02)
        minder.subscribe(news)
        minder.start()
        try:
            yield minder, news
        finally:
            minder.stop()


def test_a_slip_is_printed_on_the_printers_own_word(kiosk: SampleKiosk, printer: Stand) -> None:
    number = take(kiosk)
    with minded(kiosk, printer.url) as (minder, news):
        minder.submit(number)
        news.wait_for(number, PrintStage.PRINTED)
        slip = slip_of(kiosk, number)
        assert (slip.state, slip.evidence) == (SlipState.PRINTED, "token")
        assert news.stages(number) == [PrintStage.SENDING, PrintStage.PRINTED]
        wait_until(lambda: minder.paper() is PaperState.READY, "the printer to be ready")
    [paper] = printer.pictures()
    assert shows(paper, RENDER(slip.document).image)


def test_a_slip_handed_in_twice_comes_out_once(kiosk: SampleKiosk, printer: Stand) -> None:
    first, second = take(kiosk), take(kiosk, "tian")
    with minded(kiosk, printer.url) as (minder, news):
        for number in (first, first, second):
            minder.submit(number)
        news.wait_for(second, PrintStage.PRINTED)
    assert len(printer.pictures()) == 2


def test_a_refused_slip_stays_queued_and_comes_out_when_the_printer_is_ready(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    number = take(kiosk)
    printer.control.do("paper_out")
    with minded(kiosk, printer.url) as (minder, news):
        minder.submit(number)
        refused = news.wait_for(number, PrintStage.NOT_SENT)
        assert refused.sentence is not None
        assert refused.sentence.key == "devices.printer.paper_out"
        assert slip_of(kiosk, number).state is SlipState.QUEUED
        wait_until(lambda: minder.paper() is PaperState.OUT, "the empty roll to be seen")
        printer.control.do("reload")
        news.wait_for(number, PrintStage.PRINTED)
    assert slip_of(kiosk, number).state is SlipState.PRINTED
    assert len(printer.pictures()) == 1


def test_a_refused_slip_is_left_queued_when_the_patience_ends(kiosk: SampleKiosk, printer: Stand) -> None:
    number = take(kiosk)
    printer.control.do("cover_open")
    with minded(kiosk, printer.url, patience_s=0.1) as (minder, news):
        minder.submit(number)
        news.wait_for(number, PrintStage.NOT_SENT)
        wait_until(lambda: not minder._waiting.has_refused, "the minder to give up")
        printer.control.do("cover_close")
        assert slip_of(kiosk, number).state is SlipState.QUEUED
        assert printer.pictures() == []
        minder.submit(number)
        news.wait_for(number, PrintStage.PRINTED)
    assert len(printer.pictures()) == 1


def test_without_a_printer_a_slip_waits_and_nothing_is_claimed(kiosk: SampleKiosk, tmp_path: Path) -> None:
    number = take(kiosk)
    with minded(kiosk, f"serial://{tmp_path}/nothing") as (minder, news):
        minder.submit(number)
        refused = news.wait_for(number, PrintStage.NOT_SENT)
        assert refused.sentence is not None
        assert refused.sentence.key == "devices.printer.not_reached"
        assert minder.paper() is PaperState.UNKNOWN
    slip = slip_of(kiosk, number)
    assert (slip.state, slip.copy_no, slip.evidence) == (SlipState.QUEUED, 0, "")


def test_a_printer_that_cannot_be_reached_stands_in_the_log_once(
    kiosk: SampleKiosk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with minded(kiosk, f"serial://{tmp_path}/none") as (minder, news):
        number = take(kiosk)
        minder.submit(number)
        news.wait_for(number, PrintStage.NOT_SENT)
    lines = [line for line in caplog.messages if "devices.printer" in line]
    assert lines == ["the printer is in trouble: devices.printer.not_reached"]


def test_a_slip_that_the_last_run_was_still_trying_comes_out_without_anybody_asking(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    """Broken by a minder that begins with no slip waiting."""
    number = take(kiosk)
    printer.control.do("cover_open")
    with minded(kiosk, printer.url) as (minder, news):
        minder.submit(number)
        news.wait_for(number, PrintStage.NOT_SENT)
    assert slip_of(kiosk, number).state is SlipState.QUEUED
    printer.control.do("cover_close")
    with minded(kiosk, printer.url) as (_minder, news):
        news.wait_for(number, PrintStage.PRINTED)
    assert len(printer.pictures()) == 1


def test_a_slip_whose_patience_ended_with_the_last_run_waits_for_its_holder(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    forgotten, fresh = take(kiosk), take(kiosk, "tian")
    with kiosk.hall.store.writing() as records:
        slip = records.slips.by_number(forgotten)
        assert slip is not None
        records.slips.update(replace(slip, changed_at=slip.changed_at - timedelta(hours=5)))
    with minded(kiosk, printer.url) as (_minder, news):
        news.wait_for(fresh, PrintStage.PRINTED)
    assert slip_of(kiosk, forgotten).state is SlipState.QUEUED
    assert len(printer.pictures()) == 1


def test_silence_behind_the_cut_is_uncertain_and_is_not_sent_again(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    """Broken by returning `Evidence.REPLY_BEHIND_CUT` where the driver has waited in vain."""
    number = take(kiosk)
    printer.control.do("mute", after_rows=200)
    with minded(kiosk, printer.url, times=HASTY, profile=replace(PROFILE, reply_margin_s=0.2)) as (
        minder,
        news,
    ):
        minder.submit(number)
        news.wait_for(number, PrintStage.UNCERTAIN)
        printer.control.do("unmute")
        minder.submit(number)
        other = take(kiosk, "tian")
        minder.submit(other)
        news.wait_for(other, PrintStage.PRINTED, PrintStage.UNCERTAIN)
    slip = slip_of(kiosk, number)
    assert (slip.state, slip.evidence) == (SlipState.UNCERTAIN, "devices.printer.no_reply")
    assert sum(shows(paper, RENDER(slip.document).image) for paper in printer.pictures()) == 1


def test_paper_that_ends_in_the_middle_is_waited_for_and_the_slip_finished(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    number = take(kiosk)
    printer.control.do("paper_out", after_rows=300)
    with minded(kiosk, printer.url) as (minder, news):
        minder.submit(number)
        news.wait_for(number, PrintStage.WAITING_FOR_PAPER)
        assert minder.paper() is PaperState.OUT
        assert slip_of(kiosk, number).state is SlipState.SENDING
        printer.control.do("reload")
        news.wait_for(number, PrintStage.PRINTED)
    assert slip_of(kiosk, number).state is SlipState.PRINTED
    assert len(printer.jobs()) == 1


def test_a_stop_in_the_middle_of_a_slip_leaves_it_uncertain(kiosk: SampleKiosk, printer: Stand) -> None:
    first, second = take(kiosk), take(kiosk, "tian")
    printer.control.do("paper_out", after_rows=300)
    with minded(kiosk, printer.url) as (minder, news):
        minder.submit(first)
        minder.submit(second)
        news.wait_for(first, PrintStage.WAITING_FOR_PAPER)
    slip = slip_of(kiosk, first)
    assert (slip.state, slip.evidence) == (SlipState.UNCERTAIN, "devices.printer.stopped")
    assert slip_of(kiosk, second).state is SlipState.QUEUED


@pytest.mark.parametrize("is_between_bands", [False, True])
def test_a_half_slip_of_the_last_run_is_uncertain_and_hangs_on_no_other_slip(
    kiosk: SampleKiosk, printer: Stand, is_between_bands: bool
) -> None:
    """Whether the last run was killed inside a band, which the printer still waits for, or between two."""
    torn, whole = take(kiosk), take(kiosk, "tian")
    record = begin_printing(kiosk.hall, torn)
    assert record is not None
    sheet = RENDER(record.document)
    kept = [range(first, end) for first, end in sheet.keep_together]
    job = build_job(sheet.image, kept, PROFILE, b"half")
    link = link_to(printer.url)
    link.open()
    second_band = job.index(RASTER_HEAD, job.index(RASTER_HEAD) + 1)
    assert link.send(job[: second_band + (0 if is_between_bands else 100)], 1) > second_band - 1
    link.close()
    with minded(kiosk, printer.url) as (minder, news):
        minder.submit(whole)
        news.wait_for(whole, PrintStage.PRINTED)
    slip = slip_of(kiosk, torn)
    assert (slip.state, slip.evidence) == (SlipState.UNCERTAIN, "restart")
    assert shows(printer.pictures()[-1], RENDER(slip_of(kiosk, whole).document).image)
    assert len(printer.pictures()) == 2, "the half slip was cut off by itself"


def test_a_second_paper_of_a_slip_says_that_it_is_one(kiosk: SampleKiosk, printer: Stand) -> None:
    number = take(kiosk)
    with minded(kiosk, printer.url) as (minder, news):
        minder.submit(number)
        news.wait_for(number, PrintStage.PRINTED)
        first = slip_of(kiosk, number)
        reprint_slip(kiosk.hall, number, "纸皱了", CLERK)
        minder.submit(number)
        news.wait_for(number, PrintStage.PRINTED, count=2)
    copy = slip_of(kiosk, number)
    assert (copy.state, copy.copy_no) == (SlipState.PRINTED, 1)
    assert copy.document != first.document
    assert "纸皱了" in copy.document
    shown = [RENDER(slip.document).image for slip in (first, copy)]
    papers = printer.pictures()
    assert [shows(paper, picture) for paper, picture in zip(papers, shown, strict=True)] == [True, True]


def test_a_minder_that_never_started_stops(kiosk: SampleKiosk, printer: Stand) -> None:
    before = threading.active_count()
    with driven(printer.url) as driver:
        PrintMinder(kiosk.hall, driver, RENDER, 1).stop()
    assert threading.active_count() == before
