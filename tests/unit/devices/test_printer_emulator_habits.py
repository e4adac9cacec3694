"""The emulated models and their bad habits: each does what its manual or its worst owner says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from kiosk.devices.emulators.printer_dialects import ANY, DIALECTS, Dialect
from kiosk.devices.emulators.printer_machine import CONDITIONS, CutSlip, Machine
from kiosk.devices.emulators.printer_stops import Stop, Stops
from kiosk.devices.escpos.status import Health
from kiosk.devices.printers import PrintResult
from kiosk.devices.profiles import Presenter, load_profile
from tests.unit.devices.printer_stand import (
    HASTY,
    PATIENT,
    PROFILE,
    driven,
    printed,
    sample_slip,
    shows,
    standing_printer,
)

CUSTOM = DIALECTS["custom"]
ASK_ALL = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
RASTER = b"\x1dv0\0\x01\0\x08\0" + b"\xf0" * 8


class Bench:
    """A machine without wires, and what it gave."""

    def __init__(self, dialect: Dialect = ANY) -> None:
        self.slips: list[CutSlip] = []
        self.tails: list[bytes] = []
        self.machine = Machine(64, self.slips.append, lambda _number, tail: self.tails.append(tail), dialect)

    def hears(self, data: bytes, rows: int | None = None) -> bytes:
        """Return what the machine says to these bytes."""
        self.machine.receive(data)
        self.machine.work(rows)
        return self.said()

    def said(self) -> bytes:
        said = b"".join([*self.machine.urgent, *self.machine.behind])
        self.machine.urgent.clear()
        self.machine.behind.clear()
        return said


def test_a_simple_printer_feels_no_near_end_counts_no_cuts_and_reports_nothing_unasked() -> None:
    bench = Bench(DIALECTS["generic-58"])
    bench.machine.change("paper_low")
    assert bench.hears(ASK_ALL + b"\x1dr\x01") == b"\x12\x12\x12\x12\0"
    assert bench.hears(b"\x1dg2\0\xb2\0\x1da\xff") == b""
    assert bench.hears(b"\x1d(H\x06\x0000AB12\n\x10\x04\x14") == b""
    bench.machine.change("cover_open")
    assert bench.said() == b""


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        ("reload", "100f00000000"),
        ("paper_low", "100f04000000"),
        ("paper_out", "100f05000000"),
        ("cover_open", "100f00030000"),
        ("near_end_reversed", "100f04000000"),
    ],
)
def test_the_full_status_of_a_kiosk_printer_tells_each_condition(condition: str, answer: str) -> None:
    bench = Bench(CUSTOM)
    bench.machine.change(condition)
    assert bench.hears(b"\x10\x04\x14").hex() == answer


def test_a_kiosk_printer_tells_of_a_jam_and_of_moving_paper() -> None:
    bench = Bench(CUSTOM)
    bench.machine.change("cutter_jam")
    bench.hears(RASTER + b"\x1bi", rows=2)
    assert bench.hears(b"\x10\x04\x14\x10\x04\x11", rows=0).hex() == "100f0008000016"
    assert bench.hears(b"\x10\x04\x14\x10\x04\x11").hex() == "100f0008000016"
    assert bench.hears(b"\x10\x04\x14").hex() == "100f00000001"


def test_a_slip_held_out_is_seen_once_and_then_taken() -> None:
    bench = Bench(CUSTOM)
    assert bench.hears(b"\x1bJ\x08\x1c\xc0\x34\x10\x04\x14").hex() == "100f00000000"
    assert [bench.hears(b"\x10\x04\x14").hex() for _ in range(2)] == ["100f20000000", "100f00000000"]
    assert len(bench.slips) == 1


def test_a_slip_that_nobody_takes_can_be_drawn_back_and_is_counted() -> None:
    bench = Bench(CUSTOM)
    bench.machine.change("leave_tickets")
    bench.hears(b"\x1bJ\x08\x1bi\x1de\x03\x0c")
    assert bench.hears(b"\x1de\x06\x10\x04\x14").hex() == "100f20000000" + "08"
    assert bench.hears(b"\x1de\x02\x1de\x06\x1d\xe4") == b"\0" + b"1ret"
    assert bench.machine.retracted == [1]
    assert bench.hears(b"\x1de\x02\x1d\xe4") == b"1ret"


def test_the_next_slip_pushes_one_out_that_is_still_held() -> None:
    bench = Bench(CUSTOM)
    bench.machine.change("leave_tickets")
    bench.hears(b"\x1bJ\x08\x1c\xc0\x34")
    bench.hears(b"\x1bJ\x08\x1bi")
    assert not bench.machine.condition.has_ticket
    assert "ticket 1 pushed out by the next" in bench.machine.events
    bench.hears(b"\x1de\x03\x0c\x1de\x05")
    assert bench.machine.events[-1] == "ticket 2 ejected"


def test_holding_out_belongs_to_the_slip_that_was_cut() -> None:
    bench = Bench(CUSTOM)
    bench.hears(b"\x1b@\x1bJ\x08\x1bi\x1de\x03\x0c\x1dr\x01\x1b@\x1bJ\x08\x1bi")
    assert [slip.job for slip in bench.slips] == [b"\x1b@\x1bJ\x08\x1bi"] * 2
    assert bench.tails == [b"\x1de\x03\x0c", b"\x1dr\x01"]


def test_a_kiosk_printer_counts_cuts_paper_and_what_is_left() -> None:
    bench = Bench(CUSTOM)
    bench.hears(b"\x1bJ\xa0\x1bi\x1bJ\xa0\x1bi")
    assert bench.hears(b"\x1d\xe2\x1d\xe3\x1d\xe1") == b"2 cuts4cm7996cm"
    bench.machine.change("reload")
    assert bench.hears(b"\x1d\xe1") == b"8000cm"


def test_a_kiosk_printer_reports_the_parts_it_was_asked_for() -> None:
    bench = Bench(CUSTOM)
    bench.hears(b"\x1d\xe0\x0f")
    bench.machine.change("paper_out")
    assert bench.said().hex() == "100f05000000"
    bench.machine.change("reload")
    bench.said()
    bench.hears(b"\x1d\xe0\x01")
    bench.machine.change("cover_open")
    assert bench.said().hex() == "100100"


def test_a_sensor_the_wrong_way_round_is_set_while_there_is_paper() -> None:
    bench = Bench()
    bench.machine.change("near_end_reversed")
    assert bench.hears(b"\x10\x04\x04") == b"\x1e"
    bench.machine.change("paper_low")
    assert bench.hears(b"\x10\x04\x04") == b"\x12"
    bench.machine.change("near_end_right")
    assert bench.hears(b"\x10\x04\x04") == b"\x1e"


def test_a_printer_may_never_answer_what_stands_behind_the_cut() -> None:
    bench = Bench()
    bench.machine.change("silent_behind")
    assert bench.hears(RASTER + b"\x1bi\x1dr\x01" + b"\x10\x04\x01") == b"\x12"
    bench.machine.change("answers_behind")
    assert bench.hears(b"\x1dr\x01") == b"\0"


def test_a_poor_clone_answers_before_the_paper_moves_and_only_once() -> None:
    bench = Bench()
    bench.machine.change("early")
    assert bench.hears(RASTER + b"\x1bi\x1dr\x01", rows=2) == b"\0"
    assert bench.slips == []
    bench.machine.work()
    assert (bench.said(), len(bench.slips)) == (b"", 1)
    bench.machine.change("paper_out")
    assert bench.hears(b"\x1dr\x01") == b""
    bench.machine.change("in_turn")
    bench.machine.change("reload")
    bench.machine.work()
    assert bench.said() == b"\0"


def test_a_chatty_printer_reports_between_all_bytes_of_a_reply() -> None:
    block = "10000000"
    bench = Bench()
    bench.machine.change("chatty")
    told = bench.hears(b"\x1d(H\x06\x0000AB12\x10\x04\x01").hex()
    assert told == f"{block}12{block}" + block + "".join(f"{byte:02x}{block}" for byte in b'7"AB12\0')
    bench.machine.change("quiet")
    assert bench.hears(b"\x10\x04\x01") == b"\x12"
    custom = Bench(CUSTOM)
    custom.machine.change("chatty")
    assert custom.hears(b"\x1dr\x01").hex() == "100f00000000" + "00" + "100f00000000"


def test_a_reset_counter_starts_anew_while_the_paper_is_counted_on() -> None:
    bench = Bench()
    bench.hears(b"\x1bi\x1bi")
    bench.machine.change("reset_counters")
    assert bench.hears(b"\x1bi\x1dg2\0\xb2\0") == b"_1\0"
    assert [slip.number for slip in bench.slips] == [1, 2, 3]


@pytest.mark.parametrize("kept", range(1, len(RASTER)))
def test_without_power_the_buffer_is_lost_and_paper_and_counter_stay(kept: int) -> None:
    bench = Bench()
    bench.hears(b"\x1bi\x1da\xff")
    bench.said()
    bench.machine.receive(RASTER + b"\x1d!\x11\x1bJ\x04\x1di" + RASTER[:kept])
    bench.machine.work(rows=5)
    bench.machine.change("power_off")
    assert bench.hears(b"\x10\x04\x01\x1bi") == b""
    bench.machine.change("power_on")
    assert bench.hears(b"\x1bi\x1dg2\0\xb2\0") == b"_2\0"
    assert bench.slips[1].picture.height == 5
    bench.machine.change("cover_open")
    assert bench.said() == b""


def test_a_full_buffer_is_told_and_empties_with_the_paper() -> None:
    bench = Bench(replace(ANY, buffer_bytes=len(RASTER) + 1))
    bench.machine.change("paper_out")
    bench.hears(RASTER)
    assert not bench.machine.is_full
    bench.hears(RASTER)
    assert bench.machine.is_full
    bench.machine.change("reload")
    bench.machine.work()
    assert not bench.machine.is_full
    assert bench.machine.rows_printed == 16


def test_an_unknown_condition_is_refused_and_every_known_one_accepted() -> None:
    bench = Bench()
    for name in CONDITIONS:
        bench.machine.change(name)
    with pytest.raises(ValueError, match="dance"):
        bench.machine.change("dance")


def test_points_in_the_stream_are_met_exactly_and_once() -> None:
    stops = Stops()
    stops.set(Stop.STALL, 10)
    stops.set(Stop.CLOSE, 4)
    assert (stops.room(100), stops.due()) == (4, [])
    stops.receive(4)
    assert (stops.due(), stops.due(), stops.room(100)) == ([Stop.CLOSE], [], 6)
    stops.receive(6)
    assert (stops.due(), stops.room(100)) == ([Stop.STALL], 100)


@pytest.mark.parametrize("wire", ["tcp", "pty"])
def test_a_printer_whose_power_went_and_came_is_found_where_it_was(tmp_path: Path, wire: str) -> None:
    with standing_printer(tmp_path, wire) as stand, driven(stand.url) as printer:
        assert printed(printer).result is PrintResult.PRINTED
        stand.control.do("power_cut")
        assert printer.status().is_reached is False
        assert stand.control.status()["is_powered"] is False
        stand.control.do("power_on")
        assert printer.status().summary is Health.OK
        assert printed(printer).result is PrintResult.PRINTED
        assert stand.control.status()["counter"] == 2
        assert all(shows(paper, sample_slip()) for paper in stand.pictures())


def test_power_comes_back_by_itself_after_a_time(tmp_path: Path) -> None:
    with standing_printer(tmp_path) as stand, driven(stand.url) as printer:
        stand.control.do("power_cut", s=0.01)
        while not stand.control.status()["is_powered"]:
            pass
        assert printed(printer).result is PrintResult.PRINTED


def test_a_small_buffer_stops_the_sender_and_loses_nothing(tmp_path: Path) -> None:
    with standing_printer(tmp_path, "tcp", "--dialect", "generic-58", "--dots", "576") as stand:
        profile = replace(PROFILE, has_token_reply=False, has_cut_count=False, has_near_end_sensor=False)
        with driven(stand.url, profile) as printer:
            assert [printed(printer).result for _ in range(2)] == [PrintResult.PRINTED] * 2
        assert all(shows(paper, sample_slip()) for paper in stand.pictures())


def test_a_drawn_back_slip_is_uncertain_and_stands_in_the_printers_own_count(tmp_path: Path) -> None:
    profile = replace(load_profile("custom-vkp"), retract_after_s=0.05, speed_mm_s=5000)
    assert profile.presenter is Presenter.CUSTOM
    with (
        standing_printer(tmp_path, "tcp", "--dialect", "custom") as stand,
        driven(stand.url, profile) as printer,
    ):
        stand.control.do("leave_tickets")
        assert printed(printer).result is PrintResult.UNCERTAIN
        stand.control.do("take_ticket")
        assert printed(printer).result is PrintResult.PRINTED
        assert stand.control.status()["retracted"] == [1]


def test_what_is_said_between_all_bytes_makes_no_slip_printed_that_is_not(tmp_path: Path) -> None:
    with standing_printer(tmp_path) as stand, driven(stand.url, PROFILE, HASTY) as printer:
        stand.control.do("chatty")
        stand.control.do("paper_out", after_rows=50)
        assert printed(printer, patience_s=0.2).result is PrintResult.UNCERTAIN


@pytest.mark.parametrize("rom", ["none", "gb18030"])
def test_the_type_and_the_width_are_chosen_on_the_command_line(tmp_path: Path, rom: str) -> None:
    with standing_printer(tmp_path, "tcp", "--dialect", "generic-58", "--rom", rom) as stand:
        with driven(stand.url, replace(PROFILE, has_token_reply=False, width_dots=384), PATIENT) as printer:
            text = b"\x1b@\x1c&" + "派".encode("gb18030") + b"\n\x1bi\x1dr\x01"
            assert printer.print(text, b"0001", lambda _fraction, _state: None).result is PrintResult.PRINTED
        (paper,) = stand.pictures()
        assert paper.width == 384
        assert f"text {'┼╔' if rom == 'none' else '派'}" in stand.control.status()["events"]
        assert isinstance(paper, Image.Image)
