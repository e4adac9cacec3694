"""What every slip printer must do, emulated or real.

Real hardware: `pytest -s tests/contracts/test_printer_contract.py --hardware serial:///dev/ttyUSB0 --profile
generic-80` asks a person to take the paper out and to open the cover. What no person can do at the right byte
(a printer that falls silent or loses its power half-way) is met by emulators only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from PIL import Image, ImageDraw

from kiosk.devices.emulators.printer_dialects import DIALECTS
from kiosk.devices.escpos.jobs import build_job
from kiosk.devices.escpos.status import Health, PrinterStatus
from kiosk.devices.printer_progress import PrintState
from kiosk.devices.printers import Evidence, PrinterTimes, PrintOutcome, PrintResult, SlipPrinter
from kiosk.devices.profiles import PrinterProfile, load_profile
from tests.unit.devices.printer_stand import HASTY, Stand, Walk, driven, standing_printer

EMULATED = (
    "tcp generic-58",
    "pty generic-58",
    "tcp generic-80",
    "tcp generic-80-gsh",
    "pty generic-80-gsh",
    "pty custom-kpm",
    "tcp custom-vkp",
)
DIALECT_OF = {"custom-kpm": "custom", "custom-vkp": "custom"}
WELL = PrinterTimes(answer_s=5.0, settle_s=5.0, quiet_s=0.02, write_s=1.0, look_s=0.05)
"""A loaded machine may answer late; nothing is waited out where an answer comes."""
FREE_MM_S = 5000
"""Emulators print at once, and their paper is not waited for."""
LOOKS = 600
PERSONS_ROWS = 4000
"""Half a metre: long enough for a person to open the cover while it moves."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a printer is, what it is, and the emulator if it is one."""

    url: str
    profile: PrinterProfile
    stand: Stand | None = None
    terminal: pytest.TerminalReporter | None = None

    @contextmanager
    def driven(
        self, times: PrinterTimes = WELL, reply_margin_s: float | None = None
    ) -> Iterator[SlipPrinter]:
        """Make a driver; against hardware, one that waits as long as the program does."""
        profile = (
            self.profile if reply_margin_s is None else replace(self.profile, reply_margin_s=reply_margin_s)
        )
        with driven(self.url, profile, times if self.stand else PrinterTimes()) as printer:
            yield printer

    def do(self, name: str, please: str, **details: float) -> None:
        """Let the emulator do it, or ask a person for it."""
        if self.stand:
            self.stand.control.do(name, **details)
        else:
            assert self.terminal
            self.terminal.write_line(f"\n{please}")

    def emulator(self) -> Stand:
        """Return the emulator, or pass over the test where none is."""
        if self.stand is None:
            pytest.skip("only an emulator does this at the right byte")
        return self.stand

    def cuts(self) -> int:
        """Return how many pieces of paper the emulator has cut."""
        return int(self.emulator().control.status()["cuts"])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Meet the devices that were named, or every emulator."""
    if "place" in metafunc.fixturenames:
        urls = metafunc.config.getoption("hardware")
        metafunc.parametrize("place", urls or EMULATED, indirect=True, scope="module")


@pytest.fixture(scope="module")
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A printer: the one that was named, or an emulated one of each proven model."""
    if request.config.getoption("hardware"):
        terminal = request.config.pluginmanager.getplugin("terminalreporter")
        name = request.config.getoption("profile") or "generic-80"
        yield Place(request.param, load_profile(name), terminal=terminal)
        return
    wire, _, name = request.param.partition(" ")
    dialect = DIALECT_OF.get(name, name)
    profile = replace(load_profile(name), speed_mm_s=FREE_MM_S)
    with standing_printer(tmp_path_factory.mktemp("printer"), wire, "--dialect", dialect) as stand:
        yield Place(stand.url, profile, stand)


def slip(printer: SlipPrinter, title: str, token: bytes, rows: int = 160) -> bytes:
    """Return a job: a frame with a title."""
    picture = Image.new("1", (printer.profile.width_dots, rows), 1)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, picture.width - 1, rows - 1), outline=0, width=4)
    draw.text((20, 70), title, fill=0)
    return build_job(picture, [], printer.profile, token)


def printed(
    printer: SlipPrinter, token: bytes, walk: Walk | None = None, patience_s: float = 60.0, rows: int = 160
) -> PrintOutcome:
    job = slip(printer, f"contract {token.decode()}", token, rows)
    return printer.print(job, token, walk or Walk(), patience_s)


def looked(printer: SlipPrinter, is_so: Callable[[PrinterStatus], bool]) -> PrinterStatus:
    """Look until the printer says so; a person takes a while to do what was asked."""
    status = printer.status()
    for _ in range(LOOKS):
        if is_so(status):
            return status
        status = printer.status()
    pytest.fail(f"the printer still says {status}")


def test_every_proven_profile_has_a_dialect_of_its_own() -> None:
    names = {name.partition(" ")[2] for name in EMULATED}
    assert {DIALECT_OF.get(name, name) for name in names} == set(DIALECTS)
    for name in names:
        assert load_profile(name).proven.value == "emulator"
        assert load_profile(name).width_dots == DIALECTS[DIALECT_OF.get(name, name)].width_dots


def test_a_printer_at_rest_says_that_it_is_well(place: Place) -> None:
    with place.driven() as printer:
        status = printer.status()
    assert status.summary is Health.OK
    assert status.trouble is None
    assert (status.online, status.has_paper, status.cover_open, status.cutter_fault) == (
        True,
        True,
        False,
        False,
    )


def test_two_slips_come_out_one_after_the_other_each_proven_and_counted(place: Place) -> None:
    walk = Walk()
    with place.driven() as printer:
        cuts_before = printer.cut_count()
        outcomes = [printed(printer, token, walk) for token in (b"0001", b"0002")]
        cuts_after = printer.cut_count()
    evidence = Evidence.TOKEN if place.profile.has_token_reply else Evidence.REPLY_BEHIND_CUT
    assert [(outcome.result, outcome.evidence) for outcome in outcomes] == [
        (PrintResult.PRINTED, evidence)
    ] * 2
    assert walk.states[0] is PrintState.SENDING
    assert PrintState.PRINTING in walk.states
    assert (cuts_before is None) is not place.profile.has_cut_count
    if cuts_before is not None:
        assert cuts_after == cuts_before + 2


def test_a_closed_printer_opens_again_when_it_is_needed(place: Place) -> None:
    with place.driven() as printer:
        printer.status()
        printer.close()
        assert printed(printer, b"0003").result is PrintResult.PRINTED


def test_without_paper_it_says_so_and_is_sent_no_byte_of_a_slip(place: Place) -> None:
    with place.driven() as printer:
        place.do("paper_out", "Take the paper out.")
        status = looked(printer, lambda status: status.has_paper is False)
        outcome = printed(printer, b"0004")
        place.do("reload", "Put the paper back in and close the cover.")
        looked(printer, lambda status: status.summary is Health.OK)
    assert (status.summary, outcome.result, outcome.sent_bytes) == (Health.FAULT, PrintResult.REFUSED, 0)


def test_an_open_cover_is_told_and_its_closing_too(place: Place) -> None:
    with place.driven() as printer:
        place.do("cover_open", "Open the cover.")
        assert looked(printer, lambda status: status.cover_open is True).summary is Health.FAULT
        place.do("cover_close", "Close the cover.")
        assert looked(printer, lambda status: status.summary is Health.OK).cover_open is False


def test_paper_near_its_end_is_told_by_printers_that_feel_it(place: Place) -> None:
    place.emulator().control.do("paper_low")
    with place.driven() as printer:
        assert printer.status().near_end is (True if place.profile.has_near_end_sensor else None)
        assert printed(printer, b"0005").result is PrintResult.PRINTED
        place.emulator().control.do("reload")
        assert printer.status().near_end is (False if place.profile.has_near_end_sensor else None)


def test_a_slip_that_is_stopped_half_way_is_finished_and_not_sent_again(place: Place) -> None:
    stop, help_ = ("paper_out", "reload") if place.stand else ("cover_open", "cover_close")
    waits = {PrintState.WAITING_FOR_PAPER, PrintState.WAITING_FOR_ATTENDANT}
    rows = 160 if place.stand else PERSONS_ROWS
    cuts = place.cuts() if place.stand else 0
    place.do(stop, "A long slip comes. Open the cover while it moves.", after_rows=40)
    walk = Walk({state: lambda: place.do(help_, "Close the cover.") for state in waits})
    with place.driven() as printer:
        outcome = printed(printer, b"0006", walk, rows=rows)
    assert outcome.result is PrintResult.PRINTED
    assert waits & set(walk.states)
    if place.stand:
        assert place.cuts() == cuts + 1


def test_a_printer_that_falls_silent_leaves_the_slip_uncertain(place: Place) -> None:
    control, cuts = place.emulator().control, place.cuts()
    with place.driven(replace(WELL, settle_s=0.2, answer_s=0.2), reply_margin_s=0.1) as printer:
        assert printer.status().summary is Health.OK
        outcome = printed(printer, b"0007", Walk({PrintState.SENDING: lambda: control.do("mute")}))
        assert printer.status().summary is Health.UNKNOWN
    assert outcome.result is PrintResult.UNCERTAIN
    control.do("unmute")
    assert place.cuts() in (cuts, cuts + 1)
    with place.driven() as printer:
        assert printed(printer, b"0008").result is PrintResult.PRINTED


@pytest.mark.parametrize("after_bytes", [30, 900])
def test_a_slip_that_power_is_lost_under_is_uncertain_and_the_next_one_is_printed(
    place: Place, after_bytes: int
) -> None:
    control = place.emulator().control
    with place.driven(HASTY) as printer:
        looked(printer, lambda status: status.summary is Health.OK)
        cuts = place.cuts()
        walk = Walk()
        job = slip(printer, "contract 0009", b"0009")
        control.do("power_cut", bytes=after_bytes)
        outcome = printer.print(job, b"0009", walk, 0.1)
        looked(printer, lambda status: not status.is_reached)
    assert outcome.result is not PrintResult.PRINTED
    assert place.cuts() == cuts
    control.do("power_on")
    with place.driven() as printer:
        assert looked(printer, lambda status: status.summary is Health.OK).is_reached
        assert printed(printer, b"0010").result is PrintResult.PRINTED


def test_a_jammed_cutter_is_told_and_the_slip_comes_when_it_is_free(place: Place) -> None:
    control = place.emulator().control
    control.do("cutter_jam")
    walk = Walk({PrintState.WAITING_FOR_ATTENDANT: lambda: control.do("cutter_clear")})
    with place.driven() as printer:
        assert printed(printer, b"0011", walk).result is PrintResult.PRINTED
    assert PrintState.WAITING_FOR_ATTENDANT in walk.states
