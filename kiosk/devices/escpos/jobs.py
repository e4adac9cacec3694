"""Turns a slip's picture into the one immutable byte string that is journalled, sent once and never edited.

    ESC @ · (GS v 0 | ESC J)… · feed · cut · GS ( H fn 48 with token, where known · GS r 1

The questions stand behind the cut, so their answers prove that paper came out. Every job is raster: what
the screen previewed is what the paper shows, on any printer and for the rarest character. A text form for
slow serial lines would be a second builder beside this one; the driver only ever sees bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from kiosk.devices.escpos.bands import Feed, bands, packed_rows
from kiosk.devices.escpos.commands import (
    ASK_PAPER_BEHIND_ALL,
    FEED_HEAD,
    INITIALIZE,
    RASTER_HEAD,
    ask_token,
    feed,
    raster,
)
from kiosk.devices.profiles import PrinterProfile


def build_job(
    image: Image.Image, keep_together: Sequence[range], profile: PrinterProfile, token: bytes
) -> bytes:
    """Return the bytes that print a mode '1' picture (black is ink), cut it off and ask for proof.

    `keep_together` are row ranges that no band may split; `token` is four printable ASCII bytes that the
    printer gives back where it can. ValueError when the picture is wider than the paper or a range is
    taller than the printer's buffer.
    """
    if image.width > profile.width_dots:
        raise ValueError(f"{image.width} dots do not fit on {profile.width_dots}")
    probe = ask_token(token) if profile.has_token_reply else b""
    body = bands(
        packed_rows(image), keep_together, profile.band_rows, profile.kept_rows, profile.width_dots // 8
    )
    pieces = [feed(b.dots) if isinstance(b, Feed) else raster(b.rows, b.stride) for b in body]
    return b"".join([INITIALIZE, *pieces, closing(profile), probe, ASK_PAPER_BEHIND_ALL])


def closing(profile: PrinterProfile) -> bytes:
    """Return the feed and cut that bring a slip out."""
    return feed(profile.feed_dots) + profile.cut


def job_length_dots(job: bytes) -> int:
    """Return how many dots of paper a job built here uses, read from its own bytes up to the cut."""
    dots, at = 0, len(INITIALIZE)
    while True:
        if job.startswith(RASTER_HEAD, at):
            stride = int.from_bytes(job[at + 4 : at + 6], "little")
            rows = int.from_bytes(job[at + 6 : at + 8], "little")
            dots, at = dots + rows, at + 8 + stride * rows
        elif job.startswith(FEED_HEAD, at):
            dots, at = dots + job[at + 2], at + 3
        else:
            return dots
