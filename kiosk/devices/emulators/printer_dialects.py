"""What the emulated models are: how wide, how fast, what they understand and what they leave unanswered."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.devices.emulators.printer_roms import Rom


@dataclass(frozen=True, slots=True)
class Dialect:
    """One model. `extended` are the functions of GS ( it knows; of any other the bytes land on the paper.

    `buffer_bytes` is what it takes in before it stops reading, `knife_dots` how far the knife stands behind
    the print line. `has_presenter` is a mouth that holds a cut slip out, with the status and the commands
    of Custom's kiosk printers.
    """

    name: str
    width_dots: int
    speed_mm_s: int
    rom: Rom
    buffer_bytes: int
    knife_dots: int = 96
    extended: bytes = b""
    has_cut_count: bool = False
    has_automatic_status: bool = True
    has_near_end_sensor: bool = True
    has_presenter: bool = False
    is_chinese_at_start: bool = True


DIALECTS = {
    dialect.name: dialect
    for dialect in (
        Dialect(
            "generic-58",
            384,
            90,
            Rom.GB2312,
            buffer_bytes=16384,
            knife_dots=112,
            has_automatic_status=False,
            has_near_end_sensor=False,
        ),
        Dialect("generic-80", 576, 150, Rom.GB18030, buffer_bytes=65536, extended=b"k"),
        Dialect(
            "generic-80-gsh", 576, 150, Rom.GB18030, buffer_bytes=262144, extended=b"kHL", has_cut_count=True
        ),
        Dialect(
            "custom",
            576,
            150,
            Rom.NONE,
            buffer_bytes=65536,
            extended=b"k",
            has_automatic_status=False,
            has_presenter=True,
            is_chinese_at_start=False,
        ),
    )
}

ANY = Dialect(
    "any",
    576,
    150,
    Rom.GB18030,
    buffer_bytes=1 << 24,
    extended=b"kHL",
    has_cut_count=True,
    has_presenter=True,
)
"""All that the others can do together, for whom the model does not matter."""
