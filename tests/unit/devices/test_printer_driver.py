"""The driver and a printer that misbehaves: every outcome is honest, and nothing is sent twice."""

from __future__ import annotations

import dataclasses
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.devices.escpos.jobs import build_job
from kiosk.devices.escpos.status import Health
from kiosk.devices.printer_progress import PrintState
from kiosk.devices.printers import Evidence, PrintOutcome, PrintResult, SlipPrinter
from kiosk.devices.profiles import PrinterProfile
from tests.unit.devices.printer_stand import (
    CODE,
    HASTY,
    PATIENT,
    PROFILE,
    TOKEN,
    Stand,
    Walk,
    driven,
    printed,
    sample_slip,
    shows,
    standing_printer,
)

PLAIN = dataclasses.replace(PROFILE, has_token_reply=False)
"""A printer whose only proof is the paper reply."""

SHORT = dataclasses.replace(PROFILE, reply_margin_s=0.2)
PLAIN_SHORT = dataclasses.replace(PLAIN, reply_margin_s=0.2)
"""The same, given up soon: for slips whose proof does not come."""


TROUBLES = {"paper_out": "reload", "cover_open": "cover_close", "offline": "online"}
"""What stops a printer, and what helps it."""


@pytest.fixture(params=["tcp", "pty"])
def stand(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stand]:
    with standing_printer(tmp_path, request.param) as stand:
        yield stand


@pytest.fixture
def tcp(tmp_path: Path) -> Iterator[Stand]:
    with standing_printer(tmp_path) as stand:
        yield stand


def reason(outcome: PrintOutcome) -> str:
    assert outcome.reason is not None
    return outcome.reason.key.removeprefix("devices.printer.")


@pytest.mark.parametrize(
    ("profile", "evidence"), [(PROFILE, Evidence.TOKEN), (PLAIN, Evidence.REPLY_BEHIND_CUT)]
)
def test_a_slip_is_printed_on_the_printers_own_word(
    stand: Stand, profile: PrinterProfile, evidence: Evidence
) -> None:
    walk = Walk()
    with driven(stand.url, profile) as printer:
        outcome = printed(printer, walk)
    assert (outcome.result, outcome.evidence) == (PrintResult.PRINTED, evidence)
    assert walk.states == [PrintState.SENDING, PrintState.PRINTING]
    assert walk.fractions == sorted(walk.fractions)
    assert walk.fractions[-1] == 1.0
    (paper,) = stand.pictures()
    assert shows(paper, sample_slip())
    assert [code.text for code in zxingcpp.read_barcodes(paper.convert("L"))] == [CODE]


def test_the_paper_folder_keeps_the_very_bytes_that_were_sent(tcp: Stand) -> None:
    with driven(tcp.url) as printer:
        outcome = printed(printer)
        printer.status()
    (job,) = tcp.jobs()
    assert len(job) == outcome.sent_bytes
    assert job.startswith(b"\x1b@")
    assert job.endswith(b"\x1d(H\x06\x0000" + TOKEN + b"\x1dr\x01")


def test_paper_that_runs_out_half_way_is_waited_for_and_the_slip_finished_once(stand: Stand) -> None:
    stand.control.do("paper_out", after_rows=300)
    walk = Walk({PrintState.WAITING_FOR_PAPER: lambda: stand.control.do("reload")})
    with driven(stand.url) as printer:
        outcome = printed(printer, walk)
    assert outcome.result is PrintResult.PRINTED
    assert PrintState.WAITING_FOR_PAPER in walk.states
    (paper,) = stand.pictures()
    assert shows(paper, sample_slip())


def test_a_stopped_printer_that_nobody_helps_leaves_the_slip_uncertain_and_may_finish_it_later(
    tcp: Stand,
) -> None:
    with driven(tcp.url, PLAIN) as printer:
        for trouble, help_ in TROUBLES.items():
            tcp.control.do(trouble, after_rows=300)
            outcome = printed(printer, patience_s=0.1)
            assert (outcome.result, reason(outcome)) == (PrintResult.UNCERTAIN, trouble)
            tcp.control.do(help_)
            assert printer.status().summary is Health.OK
            assert printed(printer).result is PrintResult.PRINTED
    assert [shows(paper, sample_slip()) for paper in tcp.pictures()] == [True] * 6


def test_a_jammed_cutter_is_waited_for_and_the_slip_is_printed_once_it_is_free(tcp: Stand) -> None:
    tcp.control.do("cutter_jam")
    walk = Walk({PrintState.WAITING_FOR_ATTENDANT: lambda: tcp.control.do("cutter_clear")})
    with driven(tcp.url) as printer:
        assert printed(printer, walk).result is PrintResult.PRINTED
    assert len(tcp.pictures()) == 1


def test_a_cutter_that_stays_jammed_leaves_the_slip_uncertain(tcp: Stand) -> None:
    tcp.control.do("cutter_jam")
    with driven(tcp.url, PLAIN) as printer:
        outcome = printed(printer, patience_s=0.1)
        assert (outcome.result, reason(outcome)) == (PrintResult.UNCERTAIN, "cutter_jammed")
        assert printer.status().cutter_fault is True
    assert tcp.pictures() == []


def test_a_printer_that_never_answers_prints_but_leaves_the_slip_uncertain(tcp: Stand) -> None:
    tcp.control.do("mute")
    with driven(tcp.url, SHORT, HASTY) as printer:
        assert printer.status().summary is Health.UNKNOWN
        outcome = printed(printer)
    assert (outcome.result, reason(outcome)) == (PrintResult.UNCERTAIN, "no_reply")
    assert outcome.sent_bytes > 0
    assert len(tcp.pictures()) == 1


def test_a_reply_that_comes_late_but_in_time_is_proof(tcp: Stand) -> None:
    tcp.control.do("late_reply", s=0.2)
    with driven(tcp.url) as printer:
        assert printed(printer).result is PrintResult.PRINTED


def test_a_reply_that_comes_too_late_never_vouches_for_the_next_slip(tcp: Stand) -> None:
    hasty = dataclasses.replace(HASTY, answer_s=3.0)
    with driven(tcp.url, PLAIN_SHORT, hasty) as printer:
        assert printer.status().summary is Health.OK
        tcp.control.do("late_reply", s=0.8)
        first = printed(printer)
        second = printed(printer)
    assert (first.result, reason(first)) == (PrintResult.UNCERTAIN, "no_reply")
    assert second.result is PrintResult.UNCERTAIN


def test_a_token_of_an_earlier_slip_is_no_proof(tcp: Stand) -> None:
    """Broken by `isinstance(reply, TokenReply)` in place of the comparison."""
    tcp.control.do("late_reply", s=1.5)
    with driven(tcp.url, SHORT, dataclasses.replace(HASTY, answer_s=3.0)) as printer:
        assert printed(printer, token=b"T001").result is PrintResult.UNCERTAIN
        tcp.control.do("paper_out", after_rows=1)
        outcome = printed(printer, patience_s=3.0, token=b"T002")
    assert (outcome.result, reason(outcome)) == (PrintResult.UNCERTAIN, "paper_out")


def test_a_stalled_printer_is_reported_and_then_given_up(tcp: Stand) -> None:
    walk = Walk()
    with driven(tcp.url) as printer:
        assert printer.status().summary is Health.OK
        tcp.control.do("stall", bytes=100)
        outcome = _print_much(printer, walk, patience_s=0.2)
    assert (outcome.result, reason(outcome)) == (PrintResult.UNCERTAIN, "stalled")
    assert PrintState.STALLED in walk.states
    assert outcome.sent_bytes < 144_000


def test_a_stall_that_ends_in_time_loses_nothing(tcp: Stand) -> None:
    walk = Walk({PrintState.STALLED: lambda: tcp.control.do("unstall")})
    with driven(tcp.url) as printer:
        assert printer.status().summary is Health.OK
        tcp.control.do("stall", bytes=100)
        assert _print_much(printer, walk, patience_s=5.0).result is PrintResult.PRINTED
    assert PrintState.STALLED in walk.states


@pytest.mark.parametrize("is_helped", [True, False])
def test_a_full_printer_on_the_network_that_runs_out_of_paper_is_not_called_mute(
    tcp: Stand, is_helped: bool
) -> None:
    """It reads no question while its buffer is full; only what it tells unasked comes through."""
    told = dataclasses.replace(PROFILE, has_automatic_status=True, reply_margin_s=0.5)
    at = {PrintState.WAITING_FOR_PAPER: lambda: tcp.control.do("reload")} if is_helped else {}
    walk = Walk(dict(at))
    tcp.control.do("small_buffer", bytes=4000)
    tcp.control.do("paper_out", after_rows=100)
    with driven(tcp.url, told, dataclasses.replace(PATIENT, answer_s=0.1)) as printer:
        outcome = _print_much(printer, walk, patience_s=20.0 if is_helped else 1.0)
    assert PrintState.WAITING_FOR_PAPER in walk.states
    if is_helped:
        assert outcome.result is PrintResult.PRINTED
    else:
        assert (outcome.result, reason(outcome)) == (PrintResult.UNCERTAIN, "paper_out")


def test_a_line_cut_half_way_leaves_the_slip_uncertain_and_its_remains_on_a_paper_of_their_own(
    stand: Stand,
) -> None:
    with driven(stand.url, PLAIN, dataclasses.replace(PATIENT, write_s=3.0)) as printer:
        assert printer.status().summary is Health.OK
        stand.control.do("close_after", bytes=9000)
        outcome = printed(printer)
        assert (outcome.result, reason(outcome)) == (PrintResult.UNCERTAIN, "link_lost")
        assert printed(printer).result is PrintResult.PRINTED
    remains, whole = stand.pictures()
    assert not shows(remains, sample_slip())
    assert shows(whole, sample_slip())


@pytest.mark.parametrize("profile", [PROFILE, PLAIN])
def test_a_picture_that_a_killed_process_left_half_sent_does_not_swallow_the_next_slip(
    tcp: Stand, profile: PrinterProfile
) -> None:
    _killed_process(tcp.url, b"\x1b@\x1dv0\0\x48\0\x80\0" + b"\xff" * 2000)
    times = dataclasses.replace(PATIENT, settle_s=0.3, write_s=3.0)
    with driven(tcp.url, profile, times) as printer:
        assert printed(printer).result is PrintResult.PRINTED
    remains, whole = tcp.pictures()
    assert remains.getpixel((0, 0)) == 0
    assert shows(whole, sample_slip())


def test_whole_bands_that_a_killed_process_left_uncut_are_brought_out_on_request(tcp: Stand) -> None:
    _killed_process(tcp.url, b"\x1b@\x1dv0\0\x48\0\x10\0" + b"\xff" * 72 * 16)
    with driven(tcp.url, PLAIN, dataclasses.replace(PATIENT, write_s=3.0)) as printer:
        assert printer.bring_out_remains()
        assert printed(printer).result is PrintResult.PRINTED
    assert shows(tcp.pictures()[1], sample_slip())


def test_a_printer_in_trouble_is_sent_no_byte_of_a_slip(tcp: Stand) -> None:
    with driven(tcp.url) as printer:
        for trouble, help_ in TROUBLES.items():
            tcp.control.do(trouble)
            outcome = printed(printer)
            assert (outcome.result, reason(outcome), outcome.sent_bytes) == (PrintResult.REFUSED, trouble, 0)
            tcp.control.do(help_)
    assert tcp.control.status()["rows_printed"] == 0


def test_a_printer_that_is_not_there_refuses_every_time(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for url in (f"tcp://127.0.0.1:{port}", f"serial://{tmp_path / 'nothing'}"):
        with driven(url) as printer:
            assert [reason(printed(printer)) for _ in range(2)] == ["not_reached", "not_reached"]
            assert printer.status().summary is Health.UNKNOWN
            assert printer.cut_count() is None


def test_a_printer_that_was_switched_off_and_on_is_found_again(tcp: Stand) -> None:
    with driven(tcp.url) as printer:
        assert printed(printer).result is PrintResult.PRINTED
        tcp.control.do("close_after", bytes=3)
        assert printer.status().summary is Health.OK
        assert printed(printer).result is PrintResult.PRINTED
    assert len(tcp.pictures()) == 2


def test_paper_near_its_end_is_told_and_does_not_stop_a_slip(tcp: Stand) -> None:
    tcp.control.do("paper_low")
    with driven(tcp.url) as printer:
        assert printer.status().near_end is True
        assert printed(printer).result is PrintResult.PRINTED


def test_the_cut_count_goes_up_by_one_a_slip(tcp: Stand) -> None:
    with driven(tcp.url) as printer:
        before = printer.cut_count()
        printed(printer)
        assert (before, printer.cut_count()) == (0, 1)
    with driven(tcp.url, dataclasses.replace(PROFILE, has_cut_count=False)) as printer:
        assert printer.cut_count() is None


def test_closing_ends_a_print_that_waits_and_leaves_it_uncertain(tcp: Stand) -> None:
    tcp.control.do("paper_out", after_rows=300)
    waits = threading.Event()
    outcomes: list[PrintOutcome] = []
    with driven(tcp.url) as printer:
        walk = Walk({PrintState.WAITING_FOR_PAPER: waits.set})
        thread = threading.Thread(target=lambda: outcomes.append(printed(printer, walk, patience_s=60)))
        thread.start()
        assert waits.wait(5)
        printer.close()
        thread.join(5)
    assert [reason(outcome) for outcome in outcomes] == ["stopped"]


def _killed_process(url: str, sent: bytes) -> None:
    host, _, port = url.removeprefix("tcp://").partition(":")
    with socket.create_connection((host, int(port))) as killed:
        killed.sendall(sent)


def _print_much(printer: SlipPrinter, walk: Walk, patience_s: float) -> PrintOutcome:
    """Print more than the buffers between us and the printer hold."""
    tall = Image.frombytes("1", (576, 2000), b"\x55" * 72 * 2000)
    return printer.print(build_job(tall, [], printer.profile, TOKEN), TOKEN, walk, patience_s)
