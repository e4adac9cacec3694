"""A name, or a mark, drawn with a finger: strokes on a small grid, kept as points and never as a picture.

| text | meaning |
| --- | --- |
| `0a10ff20.3040` | strokes parted by points; each one x, y, x, y … in two hexadecimal digits a number |
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

GRID_WIDTH, GRID_HEIGHT = 255, 127
"""Twice as wide as high, as the field on the screen and on paper."""
MOST_POINTS = 240
"""A name of three signs takes about a hundred; whoever scribbles longer is thinned."""
LEAST_INK = 20
"""So long at least, in grid steps, is what counts as a mark: a finger that only rested is none."""
_TOLERANCES = (0.8, 1.5, 3.0, 6.0, 12.0)
_TEXT = re.compile(r"([0-9a-f]{4})+(\.([0-9a-f]{4})+)*")

Point = tuple[int, int]
Stroke = tuple[Point, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Signature:
    """The strokes in the order in which they were drawn."""

    strokes: tuple[Stroke, ...]

    def __post_init__(self) -> None:
        """Refuse points off the grid, and more of them than are kept."""
        points = [point for stroke in self.strokes for point in stroke]
        if len(points) > MOST_POINTS or not all(self.strokes):
            raise ValueError("a signature of too many points, or of none")
        if not all(0 <= x <= GRID_WIDTH and 0 <= y <= GRID_HEIGHT for x, y in points):
            raise ValueError("a point off the grid")

    def __repr__(self) -> str:
        """Show how many strokes there are: no log may carry how somebody signs."""
        return f"Signature({len(self.strokes)} strokes)"

    @property
    def text(self) -> str:
        """Return the strokes as text."""
        return ".".join("".join(f"{x:02x}{y:02x}" for x, y in stroke) for stroke in self.strokes)


def signature_from(text: str) -> Signature:
    """Return what a text tells. Raises ValueError for anything that is no signature."""
    if not _TEXT.fullmatch(text):
        raise ValueError("no signature")
    strokes = []
    for part in text.split("."):
        raw = bytes.fromhex(part)
        strokes.append(tuple(zip(raw[::2], raw[1::2], strict=True)))
    return Signature(tuple(strokes))


def is_mark(strokes: Sequence[Sequence[tuple[float, float]]]) -> bool:
    """Return whether what was drawn is enough to be a mark; it reads no further than it must."""
    length = 0.0
    for stroke in strokes:
        for a, b in pairwise(map(_on_grid, stroke)):
            length += hypot(b[0] - a[0], b[1] - a[1])
            if length >= LEAST_INK:
                return True
    return False


def drawn(strokes: Sequence[Sequence[tuple[float, float]]]) -> Signature | None:
    """Return what was drawn, as few points as tell it; None while it is not enough to be a mark.

    Points are parts of the field's width and height, 0 to 1; what leaves the field is kept at its edge.
    """
    if not is_mark(strokes):
        return None
    on_grid = [[_on_grid(point) for point in stroke] for stroke in strokes if stroke]
    for tolerance in _TOLERANCES:
        on_grid = [_thinned(stroke, tolerance) for stroke in on_grid]
        if sum(map(len, on_grid)) <= MOST_POINTS:
            break
    return Signature(_first_points(on_grid))


def _on_grid(point: tuple[float, float]) -> Point:
    x, y = (min(1.0, max(0.0, part)) for part in point)
    return round(x * GRID_WIDTH), round(y * GRID_HEIGHT)


def _thinned(stroke: Sequence[Point], tolerance: float) -> list[Point]:
    """Leave out points nearer to the line between kept ones than the tolerance (Douglas, Peucker 1973)."""
    kept, open_parts = {0, len(stroke) - 1}, [(0, len(stroke) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        between = range(first + 1, last)
        far = max(between, key=lambda at: _off_line(stroke[at], stroke[first], stroke[last]), default=None)
        if far is not None and _off_line(stroke[far], stroke[first], stroke[last]) > tolerance:
            kept.add(far)
            open_parts += [(first, far), (far, last)]
    return [stroke[at] for at in sorted(kept)]


def _off_line(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    if length == 0:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(dy * (point[0] - start[0]) - dx * (point[1] - start[1])) / length


def _first_points(strokes: Sequence[Sequence[Point]]) -> tuple[Stroke, ...]:
    """Keep what was drawn first, where even straight lines are too many."""
    kept: list[Stroke] = []
    for stroke in strokes:
        room = MOST_POINTS - sum(map(len, kept))
        if room > 0:
            kept.append(tuple(stroke[:room]))
    return tuple(kept)
