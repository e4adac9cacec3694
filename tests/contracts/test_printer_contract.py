"""What every slip printer must do, emulated or real; KIOSK_PRINTER names a real one as URL and profile.

KIOSK_PRINTER="serial:///dev/ttyUSB0?baud=115200 generic-80" pytest tests/contracts/test_printer_contract.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from PIL import Image, ImageDraw

from kiosk.devices.escpos.jobs import build_job
from kiosk.devices.escpos.status import Health
from kiosk.devices.printer_links import link_to
from kiosk.devices.printer_progress import PrintState
from kiosk.devices.printers import PrintResult, SlipPrinter
from kiosk.devices.profiles import load_profile
from tests.unit.devices.printer_stand import standing_printer

REAL = os.environ.get("KIOSK_PRINTER", "").split()
KINDS = ["tcp generic-58", "pty generic-80", "tcp generic-80-gsh", *(["real"] if REAL else [])]


@pytest.fixture(params=KINDS, scope="module")
def printer(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SlipPrinter]:
    wire, _, name = request.param.partition(" ")
    if wire == "real":
        url, name = REAL
        yield from _driver(url, name)
        return
    dots = str(load_profile(name).width_dots)
    with standing_printer(tmp_path_factory.mktemp("printer"), wire, "--dots", dots) as stand:
        yield from _driver(stand.url, name)


def _driver(url: str, profile: str) -> Iterator[SlipPrinter]:
    printer = SlipPrinter(link_to(url), load_profile(profile))
    yield printer
    printer.close()


def _slip(printer: SlipPrinter, title: str, token: bytes) -> bytes:
    picture = Image.new("1", (printer.profile.width_dots, 160), 1)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, picture.width - 1, 159), outline=0, width=4)
    draw.text((20, 70), title, fill=0)
    return build_job(picture, [], printer.profile, token)


def test_a_printer_at_rest_says_that_it_is_well(printer: SlipPrinter) -> None:
    status = printer.status()
    assert status.summary is Health.OK
    assert status.trouble is None


def test_two_slips_come_out_one_after_the_other_each_proven(printer: SlipPrinter) -> None:
    cuts_before = printer.cut_count()
    states: list[PrintState] = []
    for number in (b"0001", b"0002"):
        job = _slip(printer, f"contract {number.decode()}", number)
        outcome = printer.print(job, number, lambda _fraction, state: states.append(state))
        assert outcome.result is PrintResult.PRINTED
        assert outcome.sent_bytes == len(job)
    assert states[0] is PrintState.SENDING
    assert states[-1] is PrintState.PRINTING
    if cuts_before is not None:
        assert printer.cut_count() == cuts_before + 2


def test_a_closed_printer_opens_again_when_it_is_needed(printer: SlipPrinter) -> None:
    printer.status()
    printer.close()
    job = _slip(printer, "contract, opened again", b"0003")
    assert printer.print(job, b"0003", lambda _fraction, _state: None).result is PrintResult.PRINTED
