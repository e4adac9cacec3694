"""A code held before the scanner is one scan, whatever the line, the scanner or the plug does."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.catalogue import LANGUAGES, load
from kiosk.devices.emulators.scanner_showings import Ending, Showing
from kiosk.devices.scanners import (
    CodeFault,
    CodeScanned,
    CodeUnreadable,
    LossCause,
    ScannerLost,
    ScannerMinder,
    ScannerReady,
    SetUp,
    attendant_sentence,
    set_up_sentence,
    worker_sentence,
)
from kiosk.devices.scans.profiles import load_profile
from tests.patience import wait_until
from tests.unit.devices.scanner_rig import Scans, emulated, minded, texts

SLIP = "LG1:" + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:" * 3
RESUME_S = 3.0


@pytest.mark.parametrize("ending", Ending)
@pytest.mark.parametrize("over_tcp", [False, True], ids=["serial", "tcp"])
def test_every_ending_gives_the_code_once(tmp_path: Path, ending: Ending, over_tcp: bool) -> None:
    with minded(tmp_path, over_tcp=over_tcp) as rig:
        rig.show(Showing(SLIP, ending))
        rig.scans.wait_for(CodeScanned)
        rig.show(Showing("second", ending))
        rig.scans.wait_for(CodeScanned, 2)
        assert texts(rig.scans) == [SLIP, "second"]
        assert rig.scans.names() == ["ScannerReady", "CodeScanned", "CodeScanned"]


@pytest.mark.parametrize(
    "showing",
    [
        Showing(SLIP, Ending.CRLF, byte_s=0.001),
        Showing(SLIP, Ending.CRLF, cuts=(1, 4, 64, 65, len(SLIP), len(SLIP) + 1)),
        Showing(SLIP, before=b"\x00\xff\x02", after=b"\x00\x7f"),
        Showing(SLIP, before=b"\r\n\r\n", after=b"\n\n"),
    ],
    ids=["slow", "torn", "noisy", "empty ends"],
)
def test_a_slow_torn_or_noisy_code_is_the_same_code(tmp_path: Path, showing: Showing) -> None:
    with minded(tmp_path) as rig:
        rig.show(showing)
        rig.scans.wait_for(CodeScanned)
        rig.show("second")
        rig.scans.wait_for(CodeScanned, 2)
        assert texts(rig.scans) == [SLIP, "second"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_comes_through_in_both_encodings(tmp_path: Path, encoding: str) -> None:
    with minded(tmp_path) as rig:
        rig.show(Showing("零工驿站 䶮", encoding=encoding))
        assert rig.scans.wait_for(CodeScanned).text == "零工驿站 䶮"


def test_a_code_that_stays_before_the_scanner_is_one_scan(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        rig.show(Showing(SLIP, times=5))
        rig.show("another")
        rig.show(Showing(SLIP, times=2))
        rig.show("last")
        rig.scans.wait_for(CodeScanned, 3)
        assert texts(rig.scans) == [SLIP, "another", "last"]


def test_the_same_code_after_a_while_is_a_second_scan(tmp_path: Path) -> None:
    with minded(tmp_path, repeat_s=0.0) as rig:
        rig.show(SLIP)
        rig.scans.wait_for(CodeScanned)
        rig.show(SLIP)
        rig.scans.wait_for(CodeScanned, 2)


def test_a_code_that_is_too_long_is_told_and_the_next_one_read(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        rig.show(Showing("7" * 9000))
        assert rig.scans.wait_for(CodeUnreadable).cause is CodeFault.TOO_LONG
        rig.show(SLIP)
        assert rig.scans.wait_for(CodeScanned).text == SLIP
        assert len(rig.scans.of(CodeUnreadable)) == 1


def test_a_scanner_that_reads_by_itself_says_when_it_saw_nothing_it_can_read(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        for _ in range(3):
            rig.emulator.show_nothing()
        rig.show(SLIP)
        rig.scans.wait_for(CodeScanned)
        assert rig.scans.of(CodeUnreadable) == [CodeUnreadable(CodeFault.NOTHING_READ)]


def test_garbled_bytes_are_told(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        rig.show(Showing("", before=b"\xc3\xfe\xfe"))
        assert rig.scans.wait_for(CodeUnreadable).cause is CodeFault.GARBLED


def test_a_newland_is_set_up_once_and_its_answers_are_no_codes(tmp_path: Path) -> None:
    with minded(tmp_path, "newland", "newland") as rig:
        assert rig.scans.wait_for(ScannerReady).set_up is SetUp.ACCEPTED
        rig.show(SLIP)
        rig.scans.wait_for(CodeScanned)
        sent = [line.hex(" ") for line in load_profile("newland").set_up]
        assert rig.heard() == sent
        assert rig.scans.names() == ["ScannerReady", "CodeScanned"]


def test_a_scanner_is_set_up_again_after_its_plug_was_pulled(tmp_path: Path) -> None:
    with minded(tmp_path, "newland", "newland") as rig:
        rig.emulator.unplug()
        rig.scans.wait_for(ScannerLost)
        rig.emulator.plug_in()
        rig.scans.wait_for(ScannerReady, 2)
        assert rig.heard() == [line.hex(" ") for line in load_profile("newland").set_up] * 2


def test_a_setting_the_scanner_does_not_know_is_told(tmp_path: Path) -> None:
    odd = replace(
        load_profile("newland"), set_up=(b"~\x010000#NOSUCH1;\x03", *load_profile("newland").set_up)
    )
    with minded(tmp_path, odd, "newland") as rig:
        ready = rig.scans.wait_for(ScannerReady)
        assert ready.set_up is SetUp.REFUSED
        sentence = set_up_sentence(ready)
        assert sentence is not None
        assert sentence.args == {"code": "S21"}
        rig.show(SLIP)
        rig.scans.wait_for(CodeScanned)


def test_a_scanner_that_does_not_answer_to_its_settings_is_used_all_the_same(tmp_path: Path) -> None:
    with minded(tmp_path, "newland", "plain") as rig:
        assert rig.scans.wait_for(ScannerReady).set_up is SetUp.UNANSWERED
        rig.show(SLIP)
        rig.scans.wait_for(CodeScanned)


def test_a_honeywell_is_told_to_read_and_to_stop(tmp_path: Path) -> None:
    with minded(tmp_path, "honeywell", "honeywell") as rig:
        rig.show(SLIP)
        rig.scans.wait_for(CodeScanned)
        rig.show("second")
        rig.scans.wait_for(CodeScanned, 2)
        assert texts(rig.scans) == [SLIP, "second"]
        assert rig.heard()[:2] == ["16 4d 0d 54 52 47 4d 4f 44 30 21", "16 54 0d"]
        assert rig.minder.stop()
        wait_until(lambda: rig.heard()[-1] == "16 55 0d", "the order to stop")


def test_a_scanner_that_is_told_to_read_and_sees_nobody_is_told_again_in_silence(tmp_path: Path) -> None:
    with minded(tmp_path, "zkteco", "zkteco", read_for_s=0.05) as rig:
        wait_until(lambda: rig.heard().count("54") >= 3, "three orders to read")
        rig.show(SLIP)
        rig.scans.wait_for(CodeScanned)
        assert rig.scans.names() == ["ScannerReady", "CodeScanned"]


def test_the_answer_to_an_order_is_no_part_of_the_code(tmp_path: Path) -> None:
    with minded(tmp_path, "gm65", "gm65") as rig:
        for text in ("31 first", "second"):
            rig.show(text)
        rig.scans.wait_for(CodeScanned, 2)
        assert texts(rig.scans) == ["31 first", "second"]


@pytest.mark.parametrize("over_tcp", [False, True], ids=["serial", "tcp"])
def test_a_pulled_plug_is_noticed_and_heals_within_three_seconds(tmp_path: Path, over_tcp: bool) -> None:
    with minded(tmp_path, over_tcp=over_tcp) as rig:
        rig.emulator.unplug()
        assert rig.scans.wait_for(ScannerLost) == ScannerLost(LossCause.UNPLUGGED)
        rig.emulator.plug_in()
        began = time.monotonic()
        rig.scans.wait_for(ScannerReady, 2)
        assert time.monotonic() - began < RESUME_S
        rig.show(SLIP)
        rig.scans.wait_for(CodeScanned)


def test_half_a_code_before_a_loss_is_no_part_of_the_next_one(tmp_path: Path) -> None:
    with minded(tmp_path) as rig:
        rig.show(Showing("7" * 2000, byte_s=0.005))
        wait_until(lambda: int(str(rig.emulator.status()["bytes"])) >= 20, "the code to begin")
        rig.emulator.unplug()
        rig.scans.wait_for(ScannerLost)
        rig.emulator.plug_in()
        rig.scans.wait_for(ScannerReady, 2)
        rig.show(SLIP)
        rig.scans.wait_for(CodeScanned)
        assert texts(rig.scans) == [SLIP]


def test_a_loss_is_told_once_for_as_long_as_it_lasts(tmp_path: Path) -> None:
    scans = Scans()
    minder = ScannerMinder(str(tmp_path / "nowhere"), scans, load_profile("generic"))
    minder.start()
    assert scans.wait_for(ScannerLost) == ScannerLost(LossCause.MISSING)
    (tmp_path / "nowhere").mkdir()
    assert minder.stop()
    assert scans.names() == ["ScannerLost"]


def test_a_scanner_another_program_holds_is_busy(tmp_path: Path) -> None:
    with emulated(tmp_path) as (_, address):
        first, second = Scans(), Scans()
        holder = ScannerMinder(address, first, load_profile("generic"))
        holder.start()
        first.wait_for(ScannerReady)
        latecomer = ScannerMinder(address, second, load_profile("generic"))
        latecomer.start()
        assert second.wait_for(ScannerLost).cause is LossCause.BUSY
        assert holder.stop()
        second.wait_for(ScannerReady)
        assert latecomer.stop()


def test_of_many_codes_shown_in_every_odd_way_none_is_lost_and_none_doubled(tmp_path: Path) -> None:
    draw = random.Random(7)
    showings = [
        Showing(
            f"{number:03d} " + "".join(draw.choices("LG1:零工驿站ABC $%", k=draw.randrange(1, 200))),
            draw.choice(list(Ending)),
            draw.choice(["utf-8", "gb18030"]),
            times=draw.choice([1, 1, 3]) if number % 2 else 1,
            cuts=tuple(draw.choices(range(400), k=draw.randrange(6))),
            before=bytes(draw.choices(b"\x00\x02\x06\x7f\xff\r\n", k=draw.randrange(5))),
            after=bytes(draw.choices(b"\x00\x7f\xff", k=draw.randrange(3))),
        )
        for number in range(60)
    ]
    showings = [replace(item, times=1, cuts=()) if item.ending is Ending.NONE else item for item in showings]
    with minded(tmp_path) as rig:
        for count, showing in enumerate(showings, start=1):
            rig.show(showing)
            rig.scans.wait_for(CodeScanned, count)
        assert texts(rig.scans) == [showing.text for showing in showings]
        assert set(rig.scans.names()) == {"ScannerReady", "CodeScanned"}


def test_the_line_runs_at_the_speed_of_the_profile(tmp_path: Path) -> None:
    with minded(tmp_path, "newland", "newland", baud=load_profile("newland").baud) as rig:
        assert rig.scans.wait_for(ScannerReady).set_up is SetUp.ACCEPTED


def test_no_event_shows_what_was_scanned() -> None:
    assert repr(CodeScanned("secret", 1.0)) == "CodeScanned(6 signs)"
    assert "secret" not in repr(Showing("secret"))


def test_every_fault_has_its_sentences_and_a_code_of_its_own() -> None:
    faults: list[ScannerLost | CodeUnreadable] = [CodeUnreadable(fault) for fault in CodeFault]
    faults += [ScannerLost(cause) for cause in LossCause if cause is not LossCause.STOPPED]
    ready = [ScannerReady(SetUp.REFUSED), ScannerReady(SetUp.UNANSWERED)]
    told = [attendant_sentence(fault) for fault in faults] + [set_up_sentence(event) for event in ready]
    codes = [sentence.args["code"] for sentence in told if sentence is not None]
    assert len(set(codes)) == len(codes) == len(faults) + len(ready)
    assert set_up_sentence(ScannerReady(SetUp.ACCEPTED)) is None
    for language in LANGUAGES:
        say = load(language)
        for fault in faults:
            assert say(worker_sentence(fault).key)
            sentence = attendant_sentence(fault)
            assert say(sentence.key, **sentence.args).startswith("S")
