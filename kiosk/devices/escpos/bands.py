"""Cuts a 1-bit picture into the raster bands and feeds that put the same dots on paper with the fewest bytes.

Blank rows are fed, not sent, and each band ends at its last ink; both halve a slip on a slow wire. A range
that must stay together (a QR code) is one band of its own, because the seam between two bands may gape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from kiosk.devices.escpos.guard import has_real_time, without_real_time

FEED_WORTH_ROWS = 8
"""Blank runs shorter than this (1 mm) stay inside their band: every seam makes the paper stop and go."""

_INVERTED = bytes(range(255, -1, -1))
"""Pillow packs white as 1. Its own `invert` turns a dot of value 1, which is white too, into white again."""


@dataclass(frozen=True, slots=True)
class Raster:
    """Rows to print: packed bytes, 1 = ink, `stride` bytes a row."""

    rows: bytes
    stride: int


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank paper to feed, in dots."""

    dots: int


def packed_rows(image: Image.Image) -> list[bytes]:
    """Return the rows of a mode '1' picture (black is ink) as bytes, 1 = ink, leftmost dot highest."""
    if image.mode != "1":
        raise ValueError(f"a slip is a 1-bit picture, not {image.mode}")
    stride = (image.width + 7) // 8
    beyond_edge = (1 << (stride * 8 - image.width)) - 1
    packed = image.tobytes().translate(_INVERTED)
    rows = [packed[at : at + stride] for at in range(0, len(packed), stride)]
    if beyond_edge:
        rows = [row[:-1] + bytes((row[-1] & ~beyond_edge,)) for row in rows]
    # One look at all rows is much cheaper than one at each, and nearly always it is the only one.
    return [without_real_time(row) for row in rows] if has_real_time(packed) else rows


def bands(
    rows: Sequence[bytes], keep_together: Sequence[range], band_rows: int, kept_rows: int, stride_max: int
) -> Iterator[Raster | Feed]:
    """Yield what prints `rows` from top to bottom.

    `band_rows` is the height of an ordinary band and `kept_rows` the most a kept range may have; a taller
    one raises ValueError, as does a range outside the picture. `stride_max` is the paper's width in bytes.
    """
    at = 0
    for kept in _merged(keep_together, len(rows)):
        if len(kept) > kept_rows:
            raise ValueError(f"{len(kept)} rows cannot stay together; this printer takes {kept_rows}")
        yield from _loose(rows[at : kept.start], band_rows, stride_max)
        yield _trimmed(rows[kept.start : kept.stop], stride_max)
        at = kept.stop
    yield from _loose(rows[at:], band_rows, stride_max)


def _merged(ranges: Sequence[range], height: int) -> list[range]:
    merged: list[range] = []
    for kept in sorted((r for r in ranges if len(r)), key=lambda r: r.start):
        if kept.step != 1 or kept.start < 0 or kept.stop > height:
            raise ValueError(f"{kept} is not a range of the picture's {height} rows")
        if merged and kept.start < merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, kept.stop))
        else:
            merged.append(kept)
    return merged


def _loose(rows: Sequence[bytes], band_rows: int, stride_max: int) -> Iterator[Raster | Feed]:
    for is_blank, start, stop in _runs(rows):
        if is_blank:
            yield Feed(stop - start)
        else:
            for top in range(start, stop, band_rows):
                yield _trimmed(rows[top : min(top + band_rows, stop)], stride_max)


def _runs(rows: Sequence[bytes]) -> Iterator[tuple[bool, int, int]]:
    """Yield (is blank, start, stop); blank runs too short to be worth a feed count as ink."""
    start = 0
    for first, last in _blank_runs(rows):
        if start < first:
            yield False, start, first
        yield True, first, last
        start = last
    if start < len(rows):
        yield False, start, len(rows)


def _blank_runs(rows: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    first = None
    for at, row in enumerate([*rows, b"\xff"]):
        if any(row):
            if first is not None and (at - first >= FEED_WORTH_ROWS or at == len(rows)):
                yield first, at
            first = None
        elif first is None:
            first = at


def _trimmed(rows: Sequence[bytes], stride_max: int) -> Raster:
    """Return one band without the blank right edge.

    Where the end of a row and the start of the next would read as a real-time command, one blank byte at
    the right keeps them apart; at full width the lone dot is widened instead.
    """
    stride = max(1, *(len(row.rstrip(b"\0")) for row in rows))
    packed = b"".join(row[:stride] for row in rows)
    if has_real_time(packed) and stride < stride_max:
        stride += 1
        packed = b"".join(row[:stride].ljust(stride, b"\0") for row in rows)
    return Raster(without_real_time(packed), stride)
