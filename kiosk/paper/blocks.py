"""Documents as blocks: what stands on the paper, in order, before anybody knows how wide the paper is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

LEAST_DOTS = 28
"""The smallest type that paper of this hall carries: 3.5 mm at 203 dots an inch."""

LEAD_DOTS = 36
"""How wide the picture is that leads a phrase."""


class Weight(StrEnum):
    """The three cuts of the type; the value is the name of its file."""

    MEDIUM = "Medium"
    BOLD = "Bold"
    BLACK = "Black"


@dataclass(frozen=True, slots=True)
class Words:
    """A phrase with its wanted and its smallest size in dots an em.

    A phrase that does not fit on one line steps down to `least_dots` and then wraps; it is never cut short.
    A small `picture` may lead it, `LEAD_DOTS` wide; one that nobody drew is left out.
    """

    text: str
    size_dots: int = LEAST_DOTS
    weight: Weight = Weight.BOLD
    least_dots: int = LEAST_DOTS
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """White paper."""

    height_dots: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the column."""

    thickness_dots: int = 4


@dataclass(frozen=True, slots=True)
class CutLine:
    """A dashed line with scissors: here the paper is torn."""

    picture: str = "scissors"


@dataclass(frozen=True, slots=True)
class Flow:
    """Phrases set one after another, whole phrases going to the next line where they must.

    `is_spread` sets the last phrase of a single line at the right edge.
    """

    phrases: tuple[Words, ...]
    gap_dots: int = 20
    is_spread: bool = False


@dataclass(frozen=True, slots=True)
class TitleBar:
    """A black bar: the title at the left, notes stacked at the right (under the title if they must be)."""

    title: Words
    notes: tuple[Flow, ...] = ()


@dataclass(frozen=True, slots=True)
class Framed:
    """A flow inside an outlined box."""

    phrases: tuple[Words, ...]
    is_spread: bool = False


@dataclass(frozen=True, slots=True)
class Figured:
    """A picture, and beside it lines of words, centred on each other. A picture nobody drew is left out."""

    picture: str
    picture_dots: int
    lines: tuple[Flow, ...]


@dataclass(frozen=True, slots=True)
class BigFigure:
    """The number of the page, with its unit on the same foot; `under_unit` stands under the unit.

    A range too wide for the paper becomes two numbers above each other. A number is never broken, because
    1280 with a lone 0 on the next line would be read as 1280: it rather steps down under its smallest size.
    """

    figure: Words
    unit: Words
    under_unit: Words | None = None


@dataclass(frozen=True, slots=True)
class Departure:
    """The departure board: time in white on black, the place to stand on a white plate, notes underneath."""

    picture: str
    time: Words
    plate: Words
    plate_label: Words
    notes: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One fact: a small picture and phrases; without a picture, its phrases may each bring their own.

    `below` stands on lines of its own, under the words and never under a picture.
    """

    picture: str
    phrases: tuple[Words, ...]
    below: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Facts in two columns: two neighbours share a row if both fit on one line, else a fact has its own."""

    cells: tuple[Cell, ...]
    picture_dots: int = 36
    gap_dots: int = 6


@dataclass(frozen=True, slots=True)
class Checkboxes:
    """Empty boxes to tick."""

    labels: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class FillIns:
    """Lines to write on, sharing one row: each is a label, a line, and a word after the line."""

    labels: tuple[tuple[Words, Words | None], ...]
    height_dots: int = 52


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with its quiet zone of four modules."""

    text: str
    module_dots: int = 6


@dataclass(frozen=True, slots=True)
class Drawing:
    """Strokes drawn by hand, in a frame of the shape of their grid; points are steps of it."""

    strokes: tuple[tuple[tuple[int, int], ...], ...]
    grid: tuple[int, int]
    most_width_dots: int = 360


@dataclass(frozen=True, slots=True)
class Ruler:
    """A scale over the whole width, in millimetres, for commissioning a printer."""

    height_dots: int = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """A column of a fixed width beside one that takes the rest.

    If the rest would be narrower than `least_dots`, the two stand above each other.
    """

    fixed: tuple[Block, ...]
    rest: tuple[Block, ...]
    fixed_dots: int
    least_dots: int
    fixed_side: Literal["left", "right"] = "left"
    gap_dots: int = 8


Block = (
    Space
    | Rule
    | CutLine
    | TitleBar
    | Flow
    | Framed
    | Figured
    | BigFigure
    | Departure
    | Grid
    | Checkboxes
    | FillIns
    | Code
    | Drawing
    | Ruler
    | Columns
)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole piece of paper, from top to bottom, with a white edge inside what the head can print."""

    blocks: tuple[Block, ...]
    margin_dots: int = 8
