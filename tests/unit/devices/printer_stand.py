"""A test stand: an emulated printer in its own process, slips to print on it, and a look at its paper."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import qrcode
from PIL import Image, ImageChops, ImageDraw

from kiosk.devices.emulators.printer_control import PrinterControl
from kiosk.devices.escpos.guard import without_real_time
from kiosk.devices.escpos.jobs import build_job
from kiosk.devices.printer_links import link_to
from kiosk.devices.printer_progress import PrintState
from kiosk.devices.printers import PrinterTimes, PrintOutcome, SlipPrinter
from kiosk.devices.profiles import PrinterProfile

TOKEN = b"T001"
CODE = "https://hall.example/PG-NZ-0918-02-0037?k=7F3A9C"
PATIENT = PrinterTimes(answer_s=3.0, settle_s=3.0, quiet_s=0.02, write_s=0.05, look_s=0.02)
"""Where an answer is expected: a loaded machine may take its time, and nothing is waited out."""

HASTY = PrinterTimes(answer_s=0.15, settle_s=0.15, quiet_s=0.02, write_s=0.05, look_s=0.02)
"""Where silence is expected, and is waited out."""

PROFILE = PrinterProfile(
    name="test-80",
    width_dots=576,
    band_rows=128,
    kept_rows=328,
    feed_dots=0,
    cut=b"\x1dVB\0",
    speed_mm_s=2000,
    reply_margin_s=5.0,
    has_token_reply=True,
    has_near_end_sensor=True,
    has_cut_count=True,
)


@dataclass(slots=True)
class Walk:
    """What a print reported on its way; `at` does something when a state is first reported."""

    at: dict[PrintState, Callable[[], object]] = field(default_factory=dict)
    states: list[PrintState] = field(default_factory=list)
    fractions: list[float] = field(default_factory=list)

    def __call__(self, fraction: float, state: PrintState) -> None:
        self.fractions.append(fraction)
        if state not in self.states:
            self.states.append(state)
            self.at.get(state, lambda: None)()


@dataclass(frozen=True, slots=True)
class Stand:
    """A running emulator and the addresses to reach it."""

    control: PrinterControl
    paper: Path
    url: str
    process: subprocess.Popen[str]

    def pictures(self) -> list[Image.Image]:
        """Return the slips that have come out, oldest first."""
        return [_picture(path) for path in sorted(self.paper.glob("slip-*.png"))]

    def jobs(self) -> list[bytes]:
        """Return the bytes of each slip, oldest first."""
        return [path.read_bytes() for path in sorted(self.paper.glob("slip-*.bin"))]


def _picture(path: Path) -> Image.Image:
    with Image.open(path) as slip:
        return slip.copy()


@contextmanager
def standing_printer(folder: Path, wire: str = "tcp", *more: str) -> Iterator[Stand]:
    """Run an emulator with free pace on TCP, or on a pty, for as long as the block lasts."""
    control, paper, line = folder / "control", folder / "paper", folder / "line"
    plug = ["--pty", str(line)] if wire == "pty" else ["--tcp", "127.0.0.1:0"]
    command = [sys.executable, "-m", "kiosk.devices.emulators.printer", *plug]
    command += ["--paper", str(paper), "--control", str(control), "--pace", "free", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        try:
            assert process.stdout
            addresses = json.loads(process.stdout.readline())
            url = (
                f"serial://{addresses['pty']}?baud=4000000" if wire == "pty" else f"tcp://{addresses['tcp']}"
            )
            yield Stand(PrinterControl(control), paper, url, process)
        finally:
            process.terminate()


@contextmanager
def driven(
    url: str, profile: PrinterProfile = PROFILE, times: PrinterTimes = PATIENT
) -> Iterator[SlipPrinter]:
    """Make a driver, and close it at the end."""
    printer = SlipPrinter(link_to(url), profile, times)
    try:
        yield printer
    finally:
        printer.close()


def printed(
    printer: SlipPrinter, walk: Walk | None = None, patience_s: float = 5.0, token: bytes = TOKEN
) -> PrintOutcome:
    """Print the sample slip and return the outcome."""
    job = build_job(sample_slip(), [sample_code_rows()], printer.profile, token)
    return printer.print(job, token, walk or Walk(), patience_s)


def sample_slip(width_dots: int = 576) -> Image.Image:
    """Return a slip as halls print them: rules, blocks of strokes, a code, white between."""
    slip = Image.new("1", (width_dots, 900), 1)
    draw = ImageDraw.Draw(slip)
    for top in range(40, 420, 60):
        draw.line((16, top, width_dots - 17, top), fill=0)
        for left in range(16, width_dots - 60, 9):
            draw.rectangle((left, top + 12, left + left % 5, top + 36), fill=0)
    slip.paste(sample_code(), (40, sample_code_rows().start))
    draw.text((40, 830), "PG-NZ-0918-02-0037", fill=0)
    return slip


def sample_code() -> Image.Image:
    """Return the sample slip's QR code, 6 dots a module, quiet zone 4."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=6, border=4)
    code.add_data(CODE)
    return code.make_image().get_image().convert("1", dither=Image.Dither.NONE)


def sample_code_rows() -> range:
    """Return the rows of the sample slip that hold its code."""
    return range(480, 480 + sample_code().height)


def shows(paper: Image.Image, picture: Image.Image) -> bool:
    """Return whether the paper shows the picture at its top left, dot by dot, and nothing else.

    A lone dot may be wider by one where a printer would take its bytes for a command.
    """
    dots = ImageChops.invert(picture.convert("L")).convert("1", dither=Image.Dither.NONE)
    guarded = Image.frombytes("1", dots.size, without_real_time(dots.tobytes()))
    harmless = ImageChops.invert(guarded.convert("L")).convert("1", dither=Image.Dither.NONE)
    return any(_is_at_top_left(paper, drawn) for drawn in (picture, harmless))


def _is_at_top_left(paper: Image.Image, picture: Image.Image) -> bool:
    expected = Image.new("1", paper.size, 1)
    expected.paste(picture, (0, 0))
    return ImageChops.logical_xor(paper.convert("1"), expected).getbbox() is None
