"""Which ports there are, by which name they are kept, and which printer is likely to stand there."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.actions.commissioning import Measured
from kiosk.devices.commissioning.ports import PortKind, found_ports, port_named, steady_name
from kiosk.devices.commissioning.suggestions import Width, likely_profiles
from kiosk.devices.profiles import load_profile


def test_a_port_is_kept_by_the_name_that_stays_with_its_device(tmp_path: Path) -> None:
    device, by_id = tmp_path / "ttyUSB0", tmp_path / "by-id"
    device.touch()
    by_id.mkdir()
    (by_id / "usb-maker-1234").symlink_to(device)
    folders = (tmp_path / "nothing", by_id)
    assert steady_name(str(device), folders) == str(by_id / "usb-maker-1234")
    assert steady_name(str(tmp_path / "ttyS0"), folders) == str(tmp_path / "ttyS0")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("/dev/ttyS0", PortKind.SERIAL),
        ("tcp://192.0.2.20:9100", PortKind.TCP),
        ("usb://0519:2013", PortKind.USB),
        ("socket://192.0.2.21:4001", PortKind.BRIDGE),
    ],
)
def test_a_port_named_by_hand_says_what_it_is(text: str, kind: PortKind) -> None:
    port = port_named(text)
    assert (port.kind, port.url) == (kind, text)


@pytest.mark.parametrize("text", ["", "ttyS0", "http://192.0.2.20", "lp0://"])
def test_what_names_no_port_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        port_named(text)


def test_a_port_named_by_hand_is_listed_once_and_first(tmp_path: Path) -> None:
    named = str(tmp_path / "tty")
    assert [port.url for port in found_ports([named, "tcp://192.0.2.20:9100"])][:2] == [
        named,
        "tcp://192.0.2.20:9100",
    ]


def test_a_printer_that_gives_a_token_back_is_likely_one_whose_profile_counts_on_it() -> None:
    bare: Measured = {"maker": "", "model": "", "has_presenter": False}
    assert likely_profiles({**bare, "answers_token": True}, Width.WIDE)[0] == "generic-80-gsh"
    assert likely_profiles({**bare, "answers_token": False}, Width.WIDE)[0] == "generic-80"


def test_a_printer_that_names_itself_is_likely_that_one() -> None:
    said: Measured = {"maker": "EPSON", "model": "TM-T82", "answers_token": True, "has_presenter": False}
    assert likely_profiles(said, Width.WIDE)[0] == "epson-tm-t82"


def test_a_printer_with_a_presenter_is_likely_one_of_those_that_have_it() -> None:
    said: Measured = {"maker": "", "model": "", "answers_token": False, "has_presenter": True}
    assert likely_profiles(said, Width.WIDE)[0].startswith("custom-")


@pytest.mark.parametrize("width", Width)
def test_only_profiles_of_the_papers_width_are_offered(width: Width) -> None:
    names = likely_profiles({}, width)
    assert names
    assert {load_profile(name).width_dots < 433 for name in names} == {width is Width.NARROW}
