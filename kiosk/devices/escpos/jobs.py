"""Turns a slip into the one immutable byte string that is journalled, sent once and never edited.

    ESC @ · start · FS & · (GS v 0 | ESC J | line of text)… · feed · cut · GS ( H fn 48 · GS r 1

The questions stand behind the cut, so their answers prove that paper came out. A job is a picture: what the
screen previewed is what the paper shows, on any printer and for the rarest character. Only where a slow
line would take half a minute for it, the same facts go as text, with pictures of the codes and of every
line that the printer's own type does not hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PIL import Image

from kiosk.devices.escpos.bands import Feed, bands, packed_rows
from kiosk.devices.escpos.commands import (
    ASK_IDENTITY_BEHIND_ALL,
    ASK_PAPER_BEHIND_ALL,
    CHINESE,
    FEED_HEAD,
    INITIALIZE,
    LINE_END,
    LINE_PITCH_HEAD,
    RASTER_HEAD,
    REPORT_UNASKED,
    SIZE_HEAD,
    ask_token,
    character_size,
    feed,
    line_pitch,
    native_code,
    raster,
)
from kiosk.devices.escpos.roms import rom_bytes
from kiosk.devices.profiles import Behind, CodeForm, PrinterProfile
from kiosk.paper.text_form import TextCode, TextGap, TextItem
from kiosk.paper.text_pictures import code_picture, line_picture

PITCH_DOTS = 30
"""From one line of single height to the next: 24 dots of type and 6 of white."""
TYPE_DOTS = 24
_QUESTIONS = {Behind.PAPER: ASK_PAPER_BEHIND_ALL, Behind.IDENTITY: ASK_IDENTITY_BEHIND_ALL, Behind.NONE: b""}


def build_job(
    image: Image.Image, keep_together: Sequence[range], profile: PrinterProfile, token: bytes
) -> bytes:
    """Return the bytes that print a mode '1' picture (black is ink), cut it off and ask for proof.

    `keep_together` are row ranges that no band may split; `token` is four printable ASCII bytes that the
    printer gives back where it can. ValueError when the picture is wider than the paper or a range is
    taller than the printer's buffer.
    """
    picture = _picture(image, keep_together, profile)
    return b"".join([_opening(profile), picture, closing(profile), _questions(profile, token)])


def build_text_job(items: Sequence[TextItem], profile: PrinterProfile, token: bytes) -> bytes:
    """Return the bytes that print lines of text, cut them off and ask for proof.

    A line that the printer's type does not hold goes as a picture of one line, and so do codes unless the
    profile says that the printer draws them itself.
    """
    pieces = [_text_piece(item, profile) for item in items]
    return b"".join([_opening(profile), CHINESE, *pieces, closing(profile), _questions(profile, token)])


def closing(profile: PrinterProfile) -> bytes:
    """Return the feed and cut that bring a slip out."""
    return feed(profile.feed_dots) + profile.cut


def _opening(profile: PrinterProfile) -> bytes:
    return INITIALIZE + profile.start + (REPORT_UNASKED if profile.has_automatic_status else b"")


def _questions(profile: PrinterProfile, token: bytes) -> bytes:
    probe = ask_token(token)
    return (probe if profile.has_token_reply else b"") + _QUESTIONS[profile.behind]


def _picture(image: Image.Image, keep_together: Sequence[range], profile: PrinterProfile) -> bytes:
    if image.width > profile.width_dots:
        raise ValueError(f"{image.width} dots do not fit on {profile.width_dots}")
    body = bands(
        packed_rows(image), keep_together, profile.band_rows, profile.kept_rows, profile.width_dots // 8
    )
    return b"".join(feed(b.dots) if isinstance(b, Feed) else raster(b.rows, b.stride) for b in body)


def _text_piece(item: TextItem, profile: PrinterProfile) -> bytes:
    if isinstance(item, TextGap):
        return feed(item.dots)
    if isinstance(item, TextCode):
        if profile.code_form is CodeForm.NATIVE:
            return native_code(item.text.encode("ascii"), item.module_dots)
        drawn = code_picture(item)
        return _picture(drawn, [range(drawn.height)], profile)
    held = rom_bytes(item.text, profile.charset)
    if held is None:
        return _picture(line_picture(item, profile.width_dots), [], profile)
    pitch = TYPE_DOTS * item.scale + PITCH_DOTS - TYPE_DOTS
    return character_size(item.scale) + line_pitch(pitch) + held + LINE_END


def job_length_dots(job: bytes) -> int:
    """Return how many dots of paper a job built here uses up to its last dot, read from its own bytes."""
    return sum(_lengths_dots(job))


def _lengths_dots(job: bytes) -> Iterator[int]:
    at, pitch = len(INITIALIZE), PITCH_DOTS
    while at < len(job):
        head, size = job[at : at + 2], 1
        if job.startswith(RASTER_HEAD, at):
            stride, rows = (int.from_bytes(job[at + n : at + n + 2], "little") for n in (4, 6))
            size = 8 + stride * rows
            yield rows
        elif head == FEED_HEAD:
            size = 3
            yield job[at + 2]
        elif head == LINE_PITCH_HEAD:
            pitch, size = job[at + 2], 3
        elif head == SIZE_HEAD:
            size = 3
        elif job.startswith(LINE_END, at):
            yield pitch
        at += size
