"""What a layout consists of: marks at their places, in dots from the top left corner of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kiosk.paper.blocks import Weight


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; right and bottom lie just outside it."""

    left: int
    top: int
    right: int
    bottom: int

    def moved(self, right_dots: int, down_dots: int) -> Box:
        """Return the box at another place."""
        return Box(
            self.left + right_dots, self.top + down_dots, self.right + right_dots, self.bottom + down_dots
        )


@dataclass(frozen=True, slots=True)
class Run:
    """A text on one line; the box holds its ink, the origin is the left end of its foot line."""

    box: Box
    text: str
    weight: Weight
    size_dots: int
    left_of_origin: int
    top_of_origin: int
    is_white: bool = False

    @property
    def origin(self) -> tuple[int, int]:
        """Return where the foot line begins."""
        return self.box.left - self.left_of_origin, self.box.top - self.top_of_origin


@dataclass(frozen=True, slots=True)
class Slab:
    """A filled rectangle: a rule, a bar, a plate. It lies under the marks that come after it."""

    box: Box
    radius_dots: int = 0
    is_white: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """An empty rectangle: a frame or a box to tick."""

    box: Box
    thickness_dots: int
    radius_dots: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure of the slip set, as wide as its box."""

    box: Box
    name: str
    is_white: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR code; the box holds the quiet zone too."""

    box: Box
    text: str
    module_dots: int


@dataclass(frozen=True, slots=True)
class Strokes:
    """Lines drawn by hand; points are counted from the corner of the box."""

    box: Box
    lines: tuple[tuple[tuple[int, int], ...], ...]
    thickness_dots: int


Mark = Run | Slab | Outline | Picture | Symbol | Strokes


@dataclass(frozen=True, slots=True)
class Layout:
    """Marks on a piece of paper (or a part of one, counted from its own corner)."""

    width_dots: int
    height_dots: int
    marks: tuple[Mark, ...]

    def moved(self, right_dots: int, down_dots: int) -> tuple[Mark, ...]:
        """Return the marks at another place."""
        if not right_dots and not down_dots:
            return self.marks
        return tuple(replace(mark, box=mark.box.moved(right_dots, down_dots)) for mark in self.marks)


def stacked(parts: Sequence[Layout], width_dots: int) -> Layout:
    """Return layouts set under each other."""
    marks: list[Mark] = []
    height = 0
    for part in parts:
        marks += part.moved(0, height)
        height += part.height_dots
    return Layout(width_dots, height, tuple(marks))
