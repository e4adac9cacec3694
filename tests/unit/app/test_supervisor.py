"""One place knows how every device is: what is out of order is not used, and only staff bring it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.actions.device_ports import DeviceProfile, PaperLow
from kiosk.actions.faults import Refused
from kiosk.actions.print_slip import begin_printing, record_cuts
from kiosk.actions.print_test_page import ask_test_page, begin_test_page
from kiosk.actions.printing import PaperState, PrintStage
from kiosk.app.crew import Seat, fitted_devices, latch_rules
from kiosk.app.desk_sheets import DeskSheets
from kiosk.app.health import HeardHealth
from kiosk.app.printing import PrintMinder
from kiosk.app.settings import read_settings
from kiosk.app.signs import outcome_signs, printer_sign, reader_sign, scanner_sign
from kiosk.app.supervisor import RULES, PrinterGuard, Supervisor
from kiosk.devices.escpos.status import PrinterStatus
from kiosk.devices.printers import PrintOutcome, PrintResult
from kiosk.devices.readers import (
    CardPresented,
    CardRemoved,
    CardUnreadable,
    ReaderFault,
    ReaderLost,
    ReaderReady,
)
from kiosk.devices.scanners import LossCause, ScannerLost, ScannerReady, SetUp
from kiosk.domain.devices import (
    Answers,
    Device,
    DidItsWork,
    Faulty,
    Jammed,
    LatchRules,
    Phase,
    Silent,
    SlipUncertain,
    Tally,
    Waits,
)
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipState
from tests.halls import CLERK, SampleKiosk, open_sample_kiosk
from tests.patience import wait_until
from tests.unit.app.news import PATIENCE_S, NewsBook
from tests.unit.app.test_printing import RENDER, slip_of, take
from tests.unit.devices.printer_stand import PATIENT, PROFILE, Stand, driven
from tests.unit.devices.reader_cards import CITIZEN

SHEETS = DeskSheets(PROFILE, "测试零工驿站")
WELL = PrinterStatus(
    online=True, has_paper=True, near_end=False, cover_open=False, cutter_fault=False, error=False
)
UNCERTAIN = PrintOutcome(PrintResult.UNCERTAIN, reason=Sentence("devices.printer.no_reply"))
JAMMED = replace(WELL, online=False, cutter_fault=True)
READ = CardPresented(CITIZEN, presented_at=0.0, read_s=0.9)
FAULT = Faulty("P31", Sentence("devices.latch.beyond_recovery", {"code": "P31"}))


@contextmanager
def supervised(
    kiosk: SampleKiosk, url: str, supervisor: Supervisor
) -> Iterator[tuple[PrintMinder, HeardHealth, NewsBook]]:
    news = NewsBook()
    with driven(url, PROFILE, PATIENT) as driver:
        guard = PrinterGuard(supervisor)
        minder = PrintMinder(kiosk.hall, driver, RENDER, 20, retry_s=0.02, guard=guard)
        minder.subscribe(news)
        minder.start()
        try:
            yield (
                minder,
                HeardHealth(supervisor, minder, kiosk.opened, SHEETS, lambda: None),
                news,
            )
        finally:
            minder.stop()


def test_nothing_is_sent_to_a_printer_out_of_order_until_staff_say_that_it_is_mended(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    supervisor = Supervisor(kiosk.hall, {Device.PRINTER})
    supervisor.hear(Device.PRINTER, FAULT)
    number = take(kiosk)
    with supervised(kiosk, printer.url, supervisor) as (minder, health, news):
        minder.submit(number)
        refused = news.wait_for(number, PrintStage.NOT_SENT)
        assert refused.sentence == Sentence("devices.latch.printer")
        assert slip_of(kiosk, number).state is SlipState.QUEUED
        wait_until(
            lambda: minder.paper() is PaperState.FAULT, "people to be told before they start", PATIENCE_S
        )
        page = health.print_test_page(CLERK)
        wait_until(
            lambda: state_of(kiosk, page) is SlipState.VOID, "the test page to be refused too", PATIENCE_S
        )
        assert printer.jobs() == []
        health.mend(Device.PRINTER, "换了一台", CLERK)
        minder.submit(number)
        news.wait_for(number, PrintStage.PRINTED)
        wait_until(
            lambda: supervisor.state(Device.PRINTER).is_working is True, "the printer to be well", PATIENCE_S
        )
    assert len(printer.jobs()) == 1


def state_of(kiosk: SampleKiosk, page: str) -> SlipState | None:
    with kiosk.hall.store.reading() as records:
        kept = records.devices.test_page(page)
    return kept.state if kept else None


def test_a_test_page_goes_the_way_of_every_slip_and_is_none(kiosk: SampleKiosk, printer: Stand) -> None:
    supervisor = Supervisor(kiosk.hall, {Device.PRINTER})
    with supervised(kiosk, printer.url, supervisor) as (_, health, _news):
        page = health.print_test_page(CLERK)
        wait_until(lambda: state_of(kiosk, page) is SlipState.PRINTED, "the test page", PATIENCE_S)
    with kiosk.hall.store.reading() as records:
        kept = records.devices.last_test_page()
        assert kept is not None
        assert (kept.evidence, kept.asked_by) == ("token", CLERK.id)
        assert records.slips.all() == []
        assert [line.act for line in records.desk.audit_lines(5)] == ["print_test_page"]
    assert len(printer.pictures()) == 1


def test_a_test_page_asked_for_before_the_first_look_is_none_the_last_run_left(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    """Red when pages are settled by the minder's thread alone: it would find this one waiting."""
    torn, waiting = ask_test_page(kiosk.hall, CLERK).id, ask_test_page(kiosk.hall, CLERK).id
    assert begin_test_page(kiosk.hall, torn) is not None
    with driven(printer.url, PROFILE, PATIENT) as driver:
        minder = PrintMinder(kiosk.hall, driver, RENDER, 20)
        page = minder.print_test_page(CLERK, SHEETS.test_page)
        assert (state_of(kiosk, torn), state_of(kiosk, waiting)) == (SlipState.UNCERTAIN, SlipState.VOID)
        minder.start()
        try:
            wait_until(lambda: state_of(kiosk, page) is SlipState.PRINTED, "the test page", PATIENCE_S)
        finally:
            minder.stop()
    assert printer.control.status()["cuts"] == 2, "what the torn page left was brought out before it"


def test_a_test_page_torn_by_the_end_of_the_program_is_uncertain_and_a_waiting_one_is_not_printed(
    kiosk: SampleKiosk, printer: Stand
) -> None:
    torn, waiting = ask_test_page(kiosk.hall, CLERK).id, ask_test_page(kiosk.hall, CLERK).id
    assert begin_test_page(kiosk.hall, torn) is not None
    supervisor = Supervisor(kiosk.hall, {Device.PRINTER})
    with supervised(kiosk, printer.url, supervisor):
        wait_until(lambda: supervisor.state(Device.PRINTER).is_working is True, "the first look", PATIENCE_S)
    assert (state_of(kiosk, torn), state_of(kiosk, waiting)) == (SlipState.UNCERTAIN, SlipState.VOID)


def test_what_is_out_of_order_is_told_again_after_a_restart_with_cause_and_code(kiosk: SampleKiosk) -> None:
    first = Supervisor(kiosk.hall, Device)
    first.hear(Device.READER, reader_sign(ReaderLost(ReaderFault.SELF_TEST, 0x60)))
    state = Supervisor(kiosk.hall, Device).state(Device.READER)
    assert (state.phase, state.code) == (Phase.OUT_OF_ORDER, "R60")
    assert state.why is not None
    assert state.why.key == "devices.reader.self_test"
    assert Supervisor(kiosk.hall, Device).may_use(Device.PRINTER)


def test_whoever_clears_a_device_says_why_and_is_written_down(kiosk: SampleKiosk) -> None:
    supervisor = Supervisor(kiosk.hall, Device)
    supervisor.hear(Device.PRINTER, FAULT)
    with pytest.raises(Refused, match=r"actions\.reason_missing"):
        supervisor.mend(Device.PRINTER, " ", CLERK)
    assert not supervisor.may_use(Device.PRINTER)
    supervisor.mend(Device.PRINTER, "换了一台", CLERK)
    assert supervisor.may_use(Device.PRINTER)
    with kiosk.hall.store.reading() as records:
        [line] = records.desk.audit_lines(5)
    assert (line.act, line.entity_id, line.reason) == ("mend_device", "printer", "P31: 换了一台")


def test_three_uncertain_slips_in_a_row_give_the_printer_up_and_a_printed_one_in_between_does_not(
    kiosk: SampleKiosk,
) -> None:
    guard = PrinterGuard(supervisor := Supervisor(kiosk.hall, Device))
    stopped = PrintOutcome(PrintResult.UNCERTAIN, reason=Sentence("devices.printer.stopped"))
    for outcome in (UNCERTAIN, UNCERTAIN, PrintOutcome(PrintResult.PRINTED), UNCERTAIN, UNCERTAIN, stopped):
        guard.ended(outcome)
    assert guard.barred() is None
    guard.ended(UNCERTAIN)
    assert guard.barred() is not None
    assert supervisor.state(Device.PRINTER).code == "P90"


def test_a_cutter_that_jams_again_and_again_is_given_up_and_one_long_jam_is_one(kiosk: SampleKiosk) -> None:
    guard = PrinterGuard(supervisor := Supervisor(kiosk.hall, Device))
    for status in (JAMMED, JAMMED, JAMMED, WELL, JAMMED, JAMMED, WELL):
        guard.saw(status)
    assert guard.barred() is None
    guard.saw(JAMMED)
    assert supervisor.state(Device.PRINTER).code == "P91"


@contextmanager
def started(folder: Path, rules: LatchRules = RULES) -> Iterator[Supervisor]:
    """Open the hall's own database and supervise, as each start of the program does."""
    kiosk = open_sample_kiosk(folder, is_new=not folder.exists())
    try:
        yield Supervisor(kiosk.hall, Device, rules)
    finally:
        kiosk.opened.close()


def test_slips_in_doubt_are_counted_on_across_restarts_until_one_comes(tmp_path: Path) -> None:
    """Broken by the tallies of the last run not being read."""
    folder = tmp_path / "counted"
    for outcome in (UNCERTAIN, PrintOutcome(PrintResult.PRINTED), UNCERTAIN, UNCERTAIN):
        with started(folder) as supervisor:
            PrinterGuard(supervisor).ended(outcome)
            assert supervisor.may_use(Device.PRINTER)
    with started(folder) as supervisor:
        assert supervisor.state(Device.PRINTER).tally == Tally(uncertain=2)
        PrinterGuard(supervisor).ended(UNCERTAIN)
        assert supervisor.state(Device.PRINTER).code == "P90"
    with started(folder) as supervisor:
        assert not supervisor.may_use(Device.PRINTER)
        supervisor.mend(Device.PRINTER, "cleaned", CLERK)
        PrinterGuard(supervisor).ended(UNCERTAIN)
    with started(folder) as supervisor:
        assert supervisor.state(Device.PRINTER).tally == Tally(uncertain=1)


def test_a_jam_that_outlasts_a_restart_is_the_same_jam(tmp_path: Path) -> None:
    folder = tmp_path / "jammed"
    for _ in range(5):
        with started(folder) as supervisor:
            PrinterGuard(supervisor).saw(JAMMED)
            assert supervisor.state(Device.PRINTER).tally == Tally(jams=1)
    with started(folder) as supervisor:
        for status in (JAMMED, WELL, JAMMED):
            PrinterGuard(supervisor).saw(status)
        assert supervisor.state(Device.PRINTER).tally == Tally(jams=2)


def test_faults_of_a_reader_are_counted_until_it_reads_a_card_not_until_it_answers(tmp_path: Path) -> None:
    folder, rules = tmp_path / "faulty", LatchRules(faults_in_a_row=3)
    locked = CardUnreadable(ReaderFault.UNAUTHORISED, 0x66)
    for event in (locked, locked, READ, locked, ReaderReady(""), locked):
        with started(folder, rules) as supervisor:
            supervisor.hear(Device.READER, reader_sign(event))
            assert supervisor.may_use(Device.READER)
    with started(folder, rules) as supervisor:
        supervisor.hear(Device.READER, reader_sign(ReaderLost(ReaderFault.SELF_TEST, 0x60)))
        assert supervisor.state(Device.READER).code == "R60"


def test_the_settings_say_how_often_in_a_row_is_too_often(tmp_path: Path) -> None:
    assert latch_rules(read_settings(tmp_path)) == RULES
    given = {"latch_uncertain_slips": 1, "latch_jams": "7", "latch_faults": 2}
    rules = latch_rules(read_settings(tmp_path, **given))
    assert (rules.uncertain_in_a_row, rules.jams_in_a_row, rules.faults_in_a_row) == (1, 7, 2)
    with started(tmp_path / "strict", rules) as supervisor:
        PrinterGuard(supervisor).ended(UNCERTAIN)
        assert not supervisor.may_use(Device.PRINTER)


def test_what_devices_say_means_what_a_person_would_do() -> None:
    assert printer_sign(WELL) == Answers()
    assert isinstance(printer_sign(PrinterStatus(is_reached=False)), Silent)
    assert isinstance(printer_sign(replace(WELL, has_paper=False)), Waits)
    assert isinstance(printer_sign(replace(WELL, cutter_fault=True)), Jammed)
    assert isinstance(printer_sign(replace(WELL, cutter_fault=True, cover_open=True)), Waits)
    assert isinstance(printer_sign(replace(WELL, error=True, is_beyond_recovery=True)), Faulty)
    assert printer_sign(replace(WELL, near_end=True)) == Answers(Sentence("desk.device.near_end"))
    assert reader_sign(ReaderReady("")) == Answers()
    assert isinstance(reader_sign(ReaderLost(ReaderFault.UNPLUGGED)), Silent)
    assert isinstance(reader_sign(CardUnreadable(ReaderFault.UNAUTHORISED, 0x66)), Faulty)
    assert reader_sign(CardUnreadable(ReaderFault.WRONG_CARD, 0x40)) is None
    assert reader_sign(CardRemoved()) is None
    assert reader_sign(READ) == DidItsWork()
    assert isinstance(scanner_sign(ScannerLost(LossCause.UNPLUGGED)), Silent)
    assert scanner_sign(ScannerReady()) == Answers()
    assert isinstance(scanner_sign(ScannerReady(SetUp.REFUSED)), Answers)
    assert list(outcome_signs(PrintOutcome(PrintResult.UNCERTAIN))) == [SlipUncertain()]
    assert list(outcome_signs(PrintOutcome(PrintResult.REFUSED))) == []


def test_only_what_the_settings_name_is_fitted(kiosk: SampleKiosk, tmp_path: Path) -> None:
    settings = read_settings(tmp_path, reader_url="/dev/null", scanner_url="")
    assert fitted_devices(settings) == {Device.READER, Device.PRINTER}
    state = Supervisor(kiosk.hall, fitted_devices(settings)).state(Device.SCANNER)
    assert (state.phase, state.is_working) == (Phase.NOT_FITTED, False)


class Sitting:
    """A minder that only remembers whether it was told to begin and end."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def start(self) -> None:
        self.said.append("start")

    def stop(self, timeout_s: float = 2.0) -> bool:
        self.said.append("stop")
        return True


def test_a_seat_has_one_minder_at_a_time_and_none_once_it_is_closed() -> None:
    made: list[Sitting] = []

    def make() -> Sitting:
        made.append(Sitting())
        return made[-1]

    seat = Seat(make)
    seat.fill()
    seat.fill()
    seat.empty()
    seat.fill()
    seat.close()
    seat.fill()
    assert [minder.said for minder in made] == [["start", "stop"], ["start", "stop"]]


def test_cuts_paper_and_set_up_are_kept(kiosk: SampleKiosk) -> None:
    number = take(kiosk)
    assert begin_printing(kiosk.hall, number, cuts_before=1203) is not None
    record_cuts(kiosk.hall, number, 1204)
    assert (slip_of(kiosk, number).cuts_before, slip_of(kiosk, number).cuts_after) == (1203, 1204)
    now = kiosk.hall.now()
    low = PaperLow(now, 120)
    profile = DeviceProfile("p1", "printer", "{}", "report.json", now, CLERK.id)
    with kiosk.hall.store.writing() as records:
        records.devices.keep_paper_low(low)
        records.devices.add_profile(profile)
    with kiosk.hall.store.reading() as records:
        assert records.devices.paper_low() == low
        assert records.devices.profile("printer") == profile
        assert records.devices.profile("reader") is None
    with kiosk.hall.store.writing() as records:
        records.devices.keep_paper_low(None)
    with kiosk.hall.store.reading() as records:
        assert records.devices.paper_low() is None
