"""What readers do wrong, and what becomes of the card."""

from __future__ import annotations

import logging
import socket
import time
from pathlib import Path

import pytest

from kiosk.devices.emulators.reader_faults import READ, Misbehaviour
from kiosk.devices.readers import (
    CardPresented,
    CardRemoved,
    CardUnreadable,
    ReaderFault,
    ReaderLost,
    ReaderMinder,
    ReaderReady,
    attendant_sentence,
    worker_sentence,
)
from kiosk.devices.transports import SerialTransport, TransportLost
from tests.unit.devices.reader_cards import CITIZEN, FOREIGN_2023
from tests.unit.devices.reader_rig import HASTY, QUICK, Events, emulated, minded

HARMLESS = [Misbehaviour.GARBAGE, Misbehaviour.SPLIT, Misbehaviour.SLOW]
ONCE = [
    Misbehaviour.WRONG_CHECKSUM,
    Misbehaviour.TRUNCATED,
    Misbehaviour.MALFORMED,
    Misbehaviour.SILENCE,
    Misbehaviour.COMPLAINS_CHECKSUM,
    Misbehaviour.COMPLAINS_LENGTH,
    Misbehaviour.CONFUSED,
    Misbehaviour.READ_FAILS,
    Misbehaviour.NO_RANDOM,
]
REFUSALS = [
    (Misbehaviour.WRONG_CARD, ReaderFault.WRONG_CARD, 0x40),
    (Misbehaviour.CARD_REFUSES, ReaderFault.UNREADABLE, 0x31),
    (Misbehaviour.MODULE_REFUSES, ReaderFault.COUNTERFEIT, 0x32),
    (Misbehaviour.UNVERIFIED, ReaderFault.COUNTERFEIT, 0x33),
    (Misbehaviour.READ_FAILS, ReaderFault.UNREADABLE, 0x41),
    (Misbehaviour.NO_RANDOM, ReaderFault.UNREADABLE, 0x47),
]


@pytest.mark.parametrize("how", HARMLESS)
def test_split_slow_or_noisy_replies_are_read_all_the_same(tmp_path: Path, how: Misbehaviour) -> None:
    with minded(tmp_path) as rig:
        rig.misbehave(how)
        rig.emulator.lay(FOREIGN_2023)
        assert rig.events.wait_for(CardPresented).card == FOREIGN_2023
        rig.emulator.lift()
        rig.events.wait_for(CardRemoved)

        assert rig.events.names() == ["ReaderReady", "CardSensed", "CardPresented", "CardRemoved"]


@pytest.mark.parametrize("how", ONCE)
def test_one_bad_reply_does_not_lose_the_card(tmp_path: Path, how: Misbehaviour) -> None:
    with minded(tmp_path, is_lenient=True, timing=HASTY) as rig:
        rig.misbehave(how, times=1, on=READ)
        rig.emulator.lay(CITIZEN)
        rig.events.wait_for(CardPresented)

        assert rig.events.names() == ["ReaderReady", "CardSensed", "CardPresented"]


@pytest.mark.parametrize(("how", "cause", "status"), REFUSALS)
def test_a_card_that_is_refused_says_why(
    tmp_path: Path, how: Misbehaviour, cause: ReaderFault, status: int
) -> None:
    with minded(tmp_path) as rig:
        rig.misbehave(how)
        rig.emulator.lay(CITIZEN)
        assert rig.events.wait_for(CardUnreadable) == CardUnreadable(cause, status)
        rig.emulator.lift()
        rig.events.wait_for(CardRemoved)


@pytest.mark.parametrize(
    ("how", "cause"),
    [
        (Misbehaviour.SELF_TEST, ReaderLost(ReaderFault.SELF_TEST, 0x60)),
        (Misbehaviour.UNAUTHORISED, ReaderLost(ReaderFault.UNAUTHORISED, 0x66)),
        (Misbehaviour.SILENCE, ReaderLost(ReaderFault.SILENT)),
        (Misbehaviour.MALFORMED, ReaderLost(ReaderFault.GARBLED)),
    ],
)
def test_a_reader_out_of_service_says_so_once_and_comes_back(
    tmp_path: Path, how: Misbehaviour, cause: ReaderLost
) -> None:
    with minded(tmp_path, timing=HASTY) as rig:
        rig.misbehave(how)
        assert rig.events.wait_for(ReaderLost) == cause
        rig.misbehave(Misbehaviour.NONE)
        rig.events.wait_for(ReaderReady, 2)
        rig.emulator.lay(CITIZEN)
        rig.events.wait_for(CardPresented)


def test_a_late_answer_is_not_taken_for_the_next_one(tmp_path: Path) -> None:
    with minded(tmp_path, timing=HASTY) as rig:
        rig.emulator.lay(CITIZEN)
        rig.events.wait_for(CardPresented)
        rig.misbehave(Misbehaviour.LATE, times=1, late_s=0.26)
        rig.wait_for_polls("30 03", 3)
        rig.emulator.lift()
        rig.events.wait_for(CardRemoved)

        assert rig.events.names() == ["ReaderReady", "CardSensed", "CardPresented", "CardRemoved"]


def test_the_speed_of_the_reader_is_found(tmp_path: Path) -> None:
    with minded(tmp_path, baud=19200, timing=HASTY) as rig:
        rig.emulator.lay(CITIZEN)
        assert rig.events.wait_for(CardPresented).card == CITIZEN


@pytest.mark.parametrize("over_tcp", [False, True], ids=["pty", "tcp"])
def test_a_reader_plugged_in_again_is_ready_within_three_seconds(tmp_path: Path, over_tcp: bool) -> None:
    with minded(tmp_path, over_tcp=over_tcp) as rig:
        rig.misbehave(Misbehaviour.UNPLUG)
        assert rig.events.wait_for(ReaderLost) == ReaderLost(ReaderFault.UNPLUGGED)
        rig.misbehave(Misbehaviour.NONE)
        since = time.monotonic()
        rig.events.wait_for(ReaderReady, 2)
        assert time.monotonic() - since < 3
        rig.emulator.lay(CITIZEN)
        assert rig.events.wait_for(CardPresented).card == CITIZEN


def test_a_reader_plugged_in_after_the_start_is_found(tmp_path: Path) -> None:
    events = Events()
    minder = ReaderMinder(str(tmp_path / "reader"), events, timing=QUICK)
    minder.start()
    assert events.wait_for(ReaderLost) == ReaderLost(ReaderFault.MISSING)
    with emulated(tmp_path):
        events.wait_for(ReaderReady)
        assert minder.stop()

    assert events.names() == ["ReaderLost", "ReaderReady"]


def test_a_reader_in_use_by_another_program_is_busy(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        events = Events()
        second = ReaderMinder(str(tmp_path / "reader"), events)
        second.start()
        assert events.wait_for(ReaderLost) == ReaderLost(ReaderFault.BUSY)
        assert second.stop()
        rig.emulator.lay(CITIZEN)
        rig.events.wait_for(CardPresented)


def test_a_port_that_never_answers_does_not_hold_up_the_stop(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        minder = ReaderMinder(f"socket://127.0.0.1:{deaf.getsockname()[1]}", Events())
        minder.start()
        peer, _ = deaf.accept()
        with peer:
            peer.recv(1)
            assert minder.stop(timeout_s=1.0)


def test_a_minder_that_never_started_stops(tmp_path: Path) -> None:
    assert ReaderMinder(str(tmp_path / "nothing"), Events()).stop()


def test_a_line_that_is_gone_says_so_on_every_use(tmp_path: Path) -> None:
    with emulated(tmp_path) as (_, address):
        line = SerialTransport(address, 115200)
    for use in (
        lambda: line.read(0.0),
        lambda: line.write(b"\xaa" * 8),
        line.flush_input,
        lambda: line.set_baud(9600),
    ):
        with pytest.raises(TransportLost):
            use()
    line.close()
    line.close()


def test_nothing_of_a_card_is_ever_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), minded(tmp_path) as rig:
        rig.misbehave(Misbehaviour.WRONG_CHECKSUM, times=1)
        rig.emulator.lay(CITIZEN)
        presented = rig.events.wait_for(CardPresented)

    for secret in (CITIZEN.name, CITIZEN.number, CITIZEN.address):
        assert secret not in caplog.text
        assert secret not in repr(presented)


def test_every_fault_has_a_short_sentence_for_the_worker_and_a_code_for_the_attendant() -> None:
    codes = set()
    for fault in ReaderFault:
        event = CardUnreadable(fault, 0x47)
        assert worker_sentence(event).key.startswith("devices.reader.")
        codes.add(attendant_sentence(event).args["code"])

    assert len(codes) == len(ReaderFault)
    assert attendant_sentence(CardUnreadable(ReaderFault.UNREADABLE, 0x47)).args == {"code": "R41/47"}
    assert attendant_sentence(ReaderLost(ReaderFault.SILENT)).args == {"code": "R01"}
    assert worker_sentence(ReaderLost(ReaderFault.GARBLED)).key == "devices.reader.out_of_order"
