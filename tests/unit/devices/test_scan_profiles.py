"""The tables of scanner models say what their makers' manuals say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.devices.emulators.scanner_dialects import DIALECTS, OrderBook, OrderKind
from kiosk.devices.scanners import REPEAT_S, REST_S
from kiosk.devices.scans.profiles import load_profile, profile_names, spelled
from kiosk.resources import data

DIALECT_OF = {"generic": "plain"}


def test_bytes_are_spelled_as_manuals_spell_them() -> None:
    assert spelled("~<SOH>0000#A;<ETX>") == bytes.fromhex("7E 01 30 30 30 30 23 41 3B 03")
    assert spelled("<SYN>T<CR>") == bytes.fromhex("16 54 0D")
    assert spelled("<7E><AB>") == b"\x7e\xab"
    assert spelled("") == b""


@pytest.mark.parametrize("text", ["<XYZ>", "<G1>", "扫", "\r"])
def test_what_spells_no_byte_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no byte is spelled"):
        spelled(text)


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_can_be_loaded_and_is_understood_by_a_scanner_of_its_family(name: str) -> None:
    profile = load_profile(name)
    dialect = DIALECTS[DIALECT_OF.get(name, name)]
    for line in profile.set_up:
        (order,) = OrderBook(dialect).hear(line)
        assert order.kind is OrderKind.SET_UP
        assert any(mark in order.reply for mark in profile.accepted)
        assert not any(mark in order.reply for mark in profile.refused)
    for line, kind in ((profile.start, OrderKind.READ), (profile.stop, OrderKind.STOP)):
        if line:
            assert [order.kind for order in OrderBook(dialect).hear(line)] == [kind]


@pytest.mark.parametrize("name", profile_names())
def test_no_answer_holds_an_end_sign_that_would_cut_it(name: str) -> None:
    profile = load_profile(name)
    assert all(answer and not set(answer) & set(b"\r\n") for answer in profile.answers)
    assert bool(profile.start) == (profile.retrigger_s > 0)


@pytest.mark.parametrize("name", sorted({*profile_names()} - {"generic"}))
def test_a_profile_that_no_device_has_proven_says_so(name: str) -> None:
    assert "from manual, untested" in data("scanners", f"{name}.toml").read_text(encoding="utf-8")


def test_a_code_that_is_held_there_is_read_again_before_it_would_count_as_new() -> None:
    (delay,) = re.findall(rb"RRDDUR(\d+)", b"".join(load_profile("newland").set_up))
    assert int(delay) / 1000 < REPEAT_S
    assert REST_S < REPEAT_S


def test_a_name_nobody_knows_is_answered_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=r"known: generic, gm65, honeywell, newland, zkteco"):
        load_profile("nonesuch")
    with pytest.raises(LookupError, match=r"known: $"):
        load_profile("generic", tmp_path)
