"""The emulated printer answers, stops and prints as manuals say, and swallows nothing it does not know."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from PIL import Image

from kiosk.devices.emulators.printer_commands import CommandReader
from kiosk.devices.emulators.printer_dialects import ANY, Dialect
from kiosk.devices.emulators.printer_machine import CutSlip, Machine
from kiosk.devices.emulators.printer_typesetting import LINE_DOTS
from kiosk.devices.printers import PrintResult
from kiosk.devices.profiles import DOTS_PER_MM
from tests.unit.devices.printer_stand import TOKEN, driven, printed, sample_slip, shows, standing_printer


class Bench:
    """A machine without wires, and what it gave."""

    def __init__(self, width_dots: int = 64, dialect: Dialect = ANY) -> None:
        self.slips: list[CutSlip] = []
        self.tails: list[tuple[int, bytes]] = []
        self.machine = Machine(
            width_dots, self.slips.append, lambda n, tail: self.tails.append((n, tail)), dialect
        )

    def hears(self, data: bytes, rows: int | None = None) -> None:
        self.machine.receive(data)
        self.machine.work(rows)

    def said(self) -> bytes:
        said = b"".join([*self.machine.urgent, *self.machine.behind])
        self.machine.urgent.clear()
        self.machine.behind.clear()
        return said


@pytest.mark.parametrize(
    ("condition", "answers"),
    [
        ("reload", "12121212"),
        ("paper_low", "1212121e"),
        ("paper_out", "1a32127e"),
        ("cover_open", "1a161212"),
        ("offline", "1a121212"),
    ],
)
def test_real_time_status_tells_each_condition(condition: str, answers: str) -> None:
    bench = Bench()
    bench.machine.change(condition)
    bench.hears(b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04")
    assert bench.said().hex() == answers


def test_a_jammed_cutter_stops_at_the_cut_and_cuts_when_it_is_free() -> None:
    bench = Bench()
    bench.machine.change("cutter_jam")
    bench.hears(b"\x1bJ\x08\x1dV\x00\x1dr\x01")
    bench.hears(b"\x10\x04\x03")
    assert (bench.said(), bench.slips) == (b"\x1a", [])
    bench.machine.change("cutter_clear")
    bench.machine.work()
    assert (bench.said(), len(bench.slips)) == (b"\0", 1)


def test_without_paper_real_time_status_is_answered_and_nothing_behind_it_is() -> None:
    bench = Bench()
    bench.machine.change("paper_out")
    bench.hears(b"\x1dr\x01\x10\x04\x04")
    assert bench.said() == b"\x7e"
    bench.machine.change("reload")
    bench.machine.work()
    assert bench.said() == b"\0"


def test_paper_can_run_out_in_the_middle_of_a_picture() -> None:
    bench = Bench()
    bench.machine.change("paper_out", after_rows=3)
    bench.hears(b"\x1dv0\0\x01\0\x08\0" + b"\xf0" * 8 + b"\x1di\x1bi")
    assert bench.machine.rows_printed == 3
    bench.machine.change("reload")
    bench.machine.work()
    assert bench.slips[0].picture.size == (64, 8)
    assert "unknown 1d 69" in bench.machine.events


@pytest.mark.parametrize("cut", [b"\x1dV\0", b"\x1dV\x31", b"\x1bi", b"\x1bm"])
def test_a_plain_cut_cuts_where_the_paper_stands(cut: bytes) -> None:
    bench = Bench()
    bench.hears(b"\x1bJ\x0a" + cut)
    assert bench.slips[0].picture.height == 10


def test_a_feeding_cut_brings_the_paper_to_the_knife_first() -> None:
    bench = Bench()
    bench.hears(b"\x1bJ\x0a\x1dVB\x05")
    assert bench.slips[0].picture.height == 10 + ANY.knife_dots + 5


def test_lines_and_feeds_move_the_paper() -> None:
    bench = Bench()
    bench.hears(b"\x1b@\n\x1bd\x02\x1b3\x0a\n\x1b2\n\x1bJ\x07\x1bi")
    assert bench.slips[0].picture.height == 3 * LINE_DOTS + 10 + LINE_DOTS + 7


def test_text_is_recorded_with_its_hanzi_and_styles_pass() -> None:
    bench = Bench(576)
    bench.hears(b"\x1c&\x1d!\x11\x1ba\x01\x1b!\0" + "派工单 ￥220".encode("gb18030") + b"\x1c.\n")
    assert list(bench.machine.events) == ["text 派工单 ￥220"]


def test_a_character_split_between_two_deliveries_stays_whole() -> None:
    bench = Bench(576)
    for byte in "工资〇𠀀\n".encode("gb18030"):
        bench.hears(bytes((byte,)))
    assert list(bench.machine.events) == ["text 工资〇𠀀"]


@pytest.mark.parametrize(
    ("sent", "event"),
    [
        (b"\x1b\xfe?\n", "unknown 1b fe"),
        (b"\x01", "unknown 01"),
        (b"\x1d(A\x02\x00\x00\x02\n", "unknown 1d 28"),
        (b"\x1d(k\x03\x00\x30\x43\x06", "extended 1d 28 6b 03 00 30 43 06"),
        (b"\x10\x14\x01\x00\x01", "real_time_pulse 10 14 01 00 01"),
        (b"\x10\x05\x02", "real_time_recovery 10 05 02"),
        (b"\x1bp\0\x19\x19", "drawer 1b 70 00 19 19"),
        (b"\x18", "cancel 18"),
    ],
)
def test_what_a_slip_does_not_need_is_recorded(sent: bytes, event: str) -> None:
    bench = Bench()
    bench.hears(sent)
    assert event in bench.machine.events


def test_a_real_time_command_inside_a_picture_is_obeyed_and_recorded() -> None:
    bench = Bench()
    bench.hears(b"\x1dv0\0\x04\0\x01\0\x10\x04\x01\0")
    assert bench.said() == b"\x12"
    assert "real-time command inside a picture" in bench.machine.events


def test_questions_are_answered_in_their_own_forms() -> None:
    bench = Bench()
    bench.machine.change("paper_low")
    bench.hears(b"\x1dr\x01\x1dr\x02\x1dr\x04\x1bv")
    assert bench.said() == b"\x03\0\0\x03"
    bench.hears(b"\x1d(H\x06\x0000AB12")
    assert bench.said() == b'7"AB12\0'
    bench.hears(b"\x1bi\x1dg2\0\xb2\0")
    assert bench.said() == b"_1\0"
    bench.hears(b"\x1dI\x43\x1dI\x01")
    assert bench.said() == b"_HALL-EMULATOR\0\x02"


def test_automatic_status_is_sent_when_asked_for_and_at_every_change() -> None:
    bench = Bench()
    bench.hears(b"\x1da\xff")
    bench.machine.change("cover_open")
    bench.machine.change("paper_out")
    assert bench.said().hex() == "100000003800000038000f00"


def test_a_mute_printer_prints_and_says_nothing() -> None:
    bench = Bench()
    bench.machine.change("mute")
    bench.hears(b"\x10\x04\x01\x1bJ\x08\x1bi\x1dr\x01")
    assert (bench.said(), len(bench.slips)) == (b"", 1)


def test_dots_beyond_the_paper_are_lost_and_said_to_be() -> None:
    bench = Bench(16)
    bench.hears(b"\x1dv0\0\x03\0\x01\0\xff\xff\xff\x1bi")
    assert bench.slips[0].picture.tobytes() == b"\0\0"
    assert any("wider" in event for event in bench.machine.events)


def test_a_picture_prints_as_many_rows_as_it_is_given_time_for() -> None:
    bench = Bench()
    bench.hears(b"\x1dv0\0\x01\0\x08\0" + b"\xf0" * 8, rows=5)
    assert bench.machine.rows_printed == 5


def test_an_unfinished_command_waits_for_its_rest() -> None:
    reader = CommandReader()
    for byte in b"\x1dv0\0\x02\0\x01\0\xaa":
        reader.feed(bytes((byte,)))
        assert reader.next() is None
    reader.feed(b"\xbb")
    command = reader.next()
    assert command is not None
    assert command.raw[8:] == b"\xaa\xbb"


def test_a_printer_at_its_real_pace_takes_the_time_the_paper_takes(tmp_path: Path) -> None:
    with standing_printer(tmp_path, "tcp", "--pace", "real", "--speed", "400") as stand:
        with driven(stand.url) as printer:
            started = time.monotonic()
            assert printed(printer).result is PrintResult.PRINTED
            took_s = time.monotonic() - started
        slip = sample_slip()
        assert took_s >= slip.height / (400 * DOTS_PER_MM)
        assert shows(stand.pictures()[0], slip)
        written = json.loads((stand.paper / "status.json").read_text(encoding="utf-8"))
        assert (written["slips"], written["rows_printed"]) == (1, slip.height + ANY.knife_dots)


def test_the_control_socket_refuses_what_it_does_not_know_and_goes_on(tmp_path: Path) -> None:
    with standing_printer(tmp_path) as stand:
        with pytest.raises(ValueError, match="dance"):
            stand.control.do("dance")
        with pytest.raises(ValueError, match="KeyError"):
            stand.control.do("late_reply")
        assert stand.control.status()["condition"]["is_paper_out"] is False


def test_quit_ends_the_process_and_leaves_no_address_behind(tmp_path: Path) -> None:
    with standing_printer(tmp_path, "pty") as stand:
        stand.control.do("quit")
        assert stand.process.wait(5) == 0
    assert not (tmp_path / "control").exists()
    assert not (tmp_path / "line").is_symlink()


def test_the_questions_behind_a_cut_belong_to_that_slip_and_later_ones_to_none() -> None:
    bench = Bench()
    probe = b"\x1d(H\x06\x0000" + TOKEN
    bench.hears(b"\x10\x04\x01\x1dr\x01\x1b@\x1bJ\x08\x1bi" + probe + b"\x1dr\x01\x1dr\x01")
    assert bench.slips[0].job == b"\x1b@\x1bJ\x08\x1bi"
    assert bench.tails == [(1, probe), (1, b"\x1dr\x01")]


def test_an_empty_cut_is_a_slip_of_one_blank_row() -> None:
    bench = Bench()
    bench.hears(b"\x1bi")
    assert bench.slips[0].picture.tobytes() == Image.new("1", (64, 1), 255).tobytes()
