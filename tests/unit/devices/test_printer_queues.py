"""A system queue is handed a slip and believed no further; the commands are real programs of this test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.devices.escpos.status import Health
from kiosk.devices.printer_queues import HANDED_OVER, QueuePrinter, queue_of
from kiosk.devices.printers import PrintOutcome, PrintResult
from kiosk.devices.profiles import load_profile
from tests.unit.devices.printer_peers import Hours
from tests.unit.devices.printer_stand import TOKEN, Walk

Spool = Callable[[str, str], None]
JOB = b"\x1b@" + bytes(range(256)) * 40
IDLE = 'echo "printer hall is idle. enabled since Thu"'
EMPTY = f'if [ "$1" = -p ]; then {IDLE}; fi'
TAKEN = 'cat > "$SPOOL/job"; echo "$@" > "$SPOOL/said"; echo "request id is hall-7 (1 file(s))"'


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spool:
    """Return what writes the two commands of a system with queues."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("SPOOL", str(tmp_path))

    def commands(lp: str, lpstat: str) -> None:
        for name, script in (("lp", lp), ("lpstat", lpstat)):
            program = tmp_path / name
            program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            program.chmod(0o755)

    return commands


def handed(patience_s: float = 1.0) -> PrintOutcome:
    printer = QueuePrinter("hall", load_profile("generic-80"), Hours())
    return printer.print(JOB, TOKEN, Walk(), patience_s)


def test_a_slip_handed_over_is_uncertain_and_its_bytes_are_untouched(spool: Spool, tmp_path: Path) -> None:
    """Broken by calling a job that left the queue `printed`."""
    spool(TAKEN, EMPTY)
    outcome = handed()
    assert (outcome.result, outcome.reason) == (PrintResult.UNCERTAIN, HANDED_OVER)
    assert (tmp_path / "job").read_bytes() == JOB
    assert (tmp_path / "said").read_text().split()[:4] == ["-d", "hall", "-o", "raw"]


def test_a_job_that_stays_in_the_queue_is_uncertain_too(spool: Spool) -> None:
    spool(TAKEN, f'if [ "$1" = -p ]; then {IDLE}; else echo "hall-7 root 10240 Thu"; fi')
    outcome = handed(patience_s=0.0)
    assert outcome.result is PrintResult.UNCERTAIN
    assert outcome.reason is not None
    assert outcome.reason.key == "printers.queue_stuck"


@pytest.mark.parametrize(
    ("lp", "lpstat", "reason"),
    [
        ("exit 1", EMPTY, "printers.queue_refused"),
        (TAKEN, "exit 1", "devices.printer.not_reached"),
        (TAKEN, 'echo "printer hall disabled since Thu"', "devices.printer.offline"),
    ],
)
def test_a_slip_the_queue_does_not_take_was_not_sent(spool: Spool, lp: str, lpstat: str, reason: str) -> None:
    spool(lp, lpstat)
    outcome = handed()
    assert (outcome.result, outcome.sent_bytes) == (PrintResult.REFUSED, 0)
    assert outcome.reason is not None
    assert outcome.reason.key == reason


def test_a_machine_without_queues_has_no_such_printer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not QueuePrinter("hall", load_profile("generic-80")).status().is_reached
    assert handed().result is PrintResult.REFUSED


def test_of_the_printer_behind_a_queue_nothing_is_known(spool: Spool) -> None:
    spool(TAKEN, EMPTY)
    printer = QueuePrinter("hall", load_profile("generic-80"))
    assert printer.status().summary is Health.UNKNOWN
    assert (printer.told(), printer.cut_count(), printer.bring_out_remains()) == (None, None, False)


def test_closing_ends_the_watch_over_a_job(spool: Spool) -> None:
    spool(TAKEN, f'if [ "$1" = -p ]; then {IDLE}; else echo "hall-7 root 10240 Thu"; fi')
    printer = QueuePrinter("hall", load_profile("generic-80"))
    printer.close()
    assert printer.print(JOB, TOKEN, Walk(), 3600).result is PrintResult.UNCERTAIN


@pytest.mark.parametrize("url", ["cups://", "cups://hall/x y", "cups://a;b", "cups://-h", "cups:hall"])
def test_a_queue_that_cannot_be_named_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="cups://QUEUE"):
        queue_of(url)


def test_only_the_urls_of_queues_name_queues() -> None:
    assert queue_of("cups://Hall_80.raw") == "Hall_80.raw"
    assert queue_of("tcp://192.0.2.7:9100") is None
