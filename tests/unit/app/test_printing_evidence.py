"""What speaks for a slip's paper, who gets the last of a roll, and slips that go as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.actions.compose_slip import read_document
from kiosk.actions.print_slip import begin_printing
from kiosk.actions.printing import PaperState, PrintStage
from kiosk.app import printing
from kiosk.app.building import slip_words
from kiosk.app.paper_roll import KEPT_SLIPS, PaperRoll, length_mm
from kiosk.app.print_jobs import kept_of
from kiosk.app.printing import PrintMinder
from kiosk.app.settings import read_settings
from kiosk.devices.escpos.jobs import build_job
from kiosk.devices.printer_links import link_to
from kiosk.devices.printers import SlipPrinter
from kiosk.devices.profiles import Charset, load_profile
from kiosk.domain.slips import SlipState
from tests.halls import SampleKiosk
from tests.patience import wait_until
from tests.unit.app.news import NewsBook
from tests.unit.app.test_printing import RENDER, minded, slip_of, take
from tests.unit.devices.printer_peers import SOON, Hours, ScriptedPeer
from tests.unit.devices.printer_stand import HASTY, PROFILE, Stand, driven


def test_the_cutters_count_around_an_uncertain_slip_is_kept_before_anything_else_is_cut(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    first, second = take(kiosk), take(kiosk, "tian")
    printer.control.do("mute", after_rows=200)
    hasty = replace(PROFILE, reply_margin_s=0.2)
    with minded(kiosk, printer.url, times=HASTY, profile=hasty) as (minder, news):
        minder.submit(first)
        news.wait_for(first, PrintStage.UNCERTAIN)
        assert slip_of(kiosk, first).cuts_before == 0
        printer.control.do("unmute")
        minder.submit(second)
        news.wait_for(second, PrintStage.PRINTED, PrintStage.UNCERTAIN)
    slip = slip_of(kiosk, first)
    assert (slip.state, slip.cuts_before, slip.cuts_after) == (SlipState.UNCERTAIN, 0, 1)
    assert slip_of(kiosk, second).cuts_before == 1


@pytest.mark.parametrize("is_whole", [True, False])
def test_after_a_restart_the_count_speaks_for_a_whole_slip_and_says_nothing_of_a_torn_one(
    kiosk: SampleKiosk, printer: Stand, is_whole: bool
) -> None:
    number = take(kiosk)
    record = begin_printing(kiosk.hall, number, 0)
    assert record is not None
    sheet = RENDER(record.document)
    job = build_job(sheet.image, kept_of(sheet), PROFILE, b"half")
    sent = job if is_whole else job[: len(job) // 2]
    link = link_to(printer.url)
    link.open()
    while sent:
        sent = sent[link.send(sent, 1) :]
    if is_whole:  # a line closed over answers nobody read takes with it what is still on its way
        wait_until(lambda: printer.control.status()["cuts"] == 1, "the slip to be cut")
    link.close()
    with minded(kiosk, printer.url) as (minder, _news):
        wait_until(lambda: minder.paper() is PaperState.READY, "the printer to be looked at")
    slip = slip_of(kiosk, number)
    assert (slip.state, slip.cuts_after) == (SlipState.UNCERTAIN, 1 if is_whole else None)


def test_the_last_paper_is_kept_for_those_with_a_coach_and_the_others_follow_on_a_new_roll(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    """Broken by letting `has_room_for` answer yes to everybody."""
    walker, rider = take(kiosk, "pei"), take(kiosk, "miao")
    rides = [read_document(slip_of(kiosk, number).document).ride for number in (walker, rider)]
    assert [ride is not None for ride in rides] == [False, True]
    printer.control.do("paper_low")
    with minded(kiosk, printer.url, profile=replace(PROFILE, near_end_mm=500)) as (minder, news):
        wait_until(lambda: minder.paper() is PaperState.LOW, "the low roll to be seen")
        minder.submit(walker)
        told = news.wait_for(walker, PrintStage.NOT_SENT).sentence
        assert told is not None
        assert (told.key, told.args["number"]) == ("printers.kept_for_coaches", walker)
        assert slip_of(kiosk, walker).state is SlipState.QUEUED
        printer.control.do("reload")
        minder.submit(rider)
        news.wait_for(rider, PrintStage.PRINTED)
        news.wait_for(walker, PrintStage.PRINTED)
    with kiosk.hall.store.reading() as records:
        assert records.devices.paper_low() is None


def test_what_is_kept_back_for_a_new_roll_follows_it_after_a_restart_too(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    """Long after its patience has ended: what it waits for is the roll, not its holder."""
    walker = take(kiosk, "pei")
    printer.control.do("paper_low")
    low = replace(PROFILE, near_end_mm=500)
    with minded(kiosk, printer.url, profile=low) as (minder, news):
        wait_until(lambda: minder.paper() is PaperState.LOW, "the low roll to be seen")
        minder.submit(walker)
        news.wait_for(walker, PrintStage.NOT_SENT)
    with kiosk.hall.store.writing() as records:
        slip = slip_of(kiosk, walker)
        records.slips.update(replace(slip, changed_at=slip.changed_at - timedelta(hours=5)))
    printer.control.do("reload")
    with minded(kiosk, printer.url, profile=low) as (minder, news):
        news.wait_for(walker, PrintStage.PRINTED)
    slip = slip_of(kiosk, walker)
    assert (slip.state, slip.evidence) == (SlipState.PRINTED, "token")


def test_a_slip_held_out_is_told_and_then_what_became_of_it(kiosk: SampleKiosk) -> None:
    """A presenter of Custom's dialect: once it is taken, then it is left and drawn back in."""
    at_rest, held_out = b"\x10\x0f\0\0\0\0", b"\x10\x0f\x20\0\0\0"
    taken, left = take(kiosk), take(kiosk, "tian")
    cuts: list[int] = []
    after_first = iter([held_out, held_out, at_rest])

    def status() -> bytes:
        return (at_rest if not cuts else next(after_first, at_rest)) if len(cuts) < 2 else held_out

    def behind() -> bytes:
        if any(news.of(number) for number in (taken, left)):
            cuts.append(1)
        return b"\0"

    news = NewsBook()
    peer = ScriptedPeer({b"\x10\x04\x14": status, b"\x1dr\x01": behind})
    profile = replace(load_profile("custom-kpm"), has_cut_count=False, retract_after_s=0.5)
    minder = PrintMinder(kiosk.hall, SlipPrinter(peer, profile, SOON, Hours()), RENDER, 20)
    minder.subscribe(news)
    minder.start()
    try:
        minder.submit(taken)
        news.wait_for(taken, PrintStage.PRINTED)
        minder.submit(left)
        told = news.wait_for(left, PrintStage.UNCERTAIN)
    finally:
        minder.stop()
    assert news.stages(taken) == [PrintStage.SENDING, PrintStage.HELD_OUT, PrintStage.PRINTED]
    assert news.stages(left) == [PrintStage.SENDING, PrintStage.HELD_OUT, PrintStage.UNCERTAIN]
    assert [news.stage for news in news.of(left)].count(PrintStage.HELD_OUT) == 1
    assert told.sentence is not None
    assert told.sentence.key == "devices.printer.retracted"


def test_what_a_low_roll_has_given_is_remembered_over_a_restart(kiosk: SampleKiosk) -> None:
    roll = PaperRoll(kiosk.hall, near_end_mm=2000)
    assert not roll.see(is_near_end=True)
    assert roll.has_room_for(200, has_coach=False)
    roll.use(2000 - (KEPT_SLIPS + 1) * 200)
    assert roll.has_room_for(200, has_coach=False)
    roll.use(1)
    for known in (roll, PaperRoll(kiosk.hall, near_end_mm=2000)):
        assert not known.has_room_for(200, has_coach=False)
        assert known.has_room_for(200, has_coach=True)
    assert not roll.see(is_near_end=None), "silence is no new roll"
    assert roll.see(is_near_end=False)
    assert roll.has_room_for(200, has_coach=False)


def test_a_printer_without_the_sensor_keeps_nothing_back(kiosk: SampleKiosk) -> None:
    roll = PaperRoll(kiosk.hall, near_end_mm=0)
    assert not roll.see(is_near_end=True)
    assert roll.has_room_for(200, has_coach=False)


def test_a_fault_that_an_idle_printer_reports_is_known_without_being_asked_for(
    kiosk: SampleKiosk, printer: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "PRINTER_LOOK_S", 3600.0)
    monkeypatch.setattr(printing, "LISTEN_S", 0.02)
    with minded(kiosk, printer.url, profile=replace(PROFILE, has_automatic_status=True)) as (minder, _news):
        wait_until(lambda: minder.paper() is PaperState.READY, "the printer to be ready")
        printer.control.do("cover_open")
        wait_until(lambda: minder.paper() is PaperState.FAULT, "the open cover to be told")
        printer.control.do("cover_close")
        wait_until(lambda: minder.paper() is PaperState.READY, "the closed cover to be told")


def test_on_a_slow_line_a_slip_goes_as_text_and_uses_a_fraction_of_the_bytes(
    kiosk: SampleKiosk, printer: Stand, tmp_path: Path
) -> None:
    number = take(kiosk)
    profile = replace(PROFILE, charset=Charset.GB18030)
    settings = read_settings(tmp_path, printer_form="text")
    news = NewsBook()
    with driven(printer.url, profile) as driver:
        words = slip_words(settings, driver)
        assert words is not None
        minder = PrintMinder(kiosk.hall, driver, RENDER, 20, words=words)
        minder.subscribe(news)
        minder.start()
        minder.submit(number)
        news.wait_for(number, PrintStage.PRINTED)
        minder.stop()
    [job] = printer.jobs()
    slip = slip_of(kiosk, number)
    assert number.encode() in job
    assert read_document(slip.document).employer_name.encode("gb18030") in job
    sheet = RENDER(slip.document)
    assert len(job) < len(build_job(sheet.image, kept_of(sheet), profile, b"0000")) / 2
    assert 100 < length_mm(job) < 1000


@pytest.mark.parametrize(
    ("form", "bytes_per_s", "is_text"),
    [("auto", 3840, True), ("auto", 5760, False), ("picture", 960, False), ("text", 500_000, True)],
)
def test_the_speed_of_the_line_chooses_the_form_unless_the_settings_do(
    tmp_path: Path, form: str, bytes_per_s: int, is_text: bool
) -> None:
    printer = SlipPrinter(ScriptedPeer({b"?": b""}, bytes_per_s), PROFILE)
    words = slip_words(read_settings(tmp_path, printer_form=form), printer)
    assert (words is not None) is is_text


def test_a_roll_of_which_nothing_can_be_kept_stays_as_it_was_known(kiosk: SampleKiosk) -> None:
    """Broken by letting the fault out: the printer's thread would end with it."""
    roll = PaperRoll(kiosk.hall, near_end_mm=2000)
    roll.see(is_near_end=True)
    with kiosk.opened.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA query_only = 1")
    roll.use(2000)
    assert roll.has_room_for(300, has_coach=False)
    assert not roll.see(is_near_end=False)
    assert not roll.has_room_for(400, has_coach=False)
