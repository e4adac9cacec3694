"""A document as lines of text, for printers on lines too slow for pictures: the same facts in the same order.

Pictures and frames are left out, because every one of them stands beside its own words. Widths are counted
in cells: a Hanzi takes two, a letter or digit one, and a sign of unclear width two, as Chinese type has it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch

from kiosk.paper.blocks import (
    BigFigure,
    Block,
    Checkboxes,
    Code,
    Columns,
    CutLine,
    Departure,
    Document,
    Drawing,
    Figured,
    FillIns,
    Flow,
    Framed,
    Grid,
    Rule,
    Ruler,
    Space,
    TitleBar,
    Words,
)
from kiosk.paper.line_breaks import lines_of

GAP_CELLS = 2
BOX, BLANK = "□", "____________"
_SCALES = ((100, 4), (44, 2))
"""From so many dots an em on, words are written so many times as large."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line, its characters `scale` times as wide and high as usual; it fits the paper."""

    text: str
    scale: int = 1


@dataclass(frozen=True, slots=True)
class TextGap:
    """White paper."""

    dots: int


@dataclass(frozen=True, slots=True)
class TextCode:
    """A QR code, with its quiet zone, at the left edge."""

    text: str
    module_dots: int


TextItem = TextLine | TextGap | TextCode


def text_form(document: Document, columns: int) -> tuple[TextItem, ...]:
    """Return a document as lines for paper of so many cells; no line is wider and no character is lost."""
    return tuple(item for block in document.blocks for item in _items(block, columns))


def cells(text: str) -> int:
    """Return the half-width cells a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


@singledispatch
def _items(block: Block, columns: int) -> Iterable[TextItem]:
    raise TypeError(f"{type(block).__name__} is not a block")


@_items.register
def _(block: Space, columns: int) -> Iterable[TextItem]:
    return (TextGap(block.height_dots),)


@_items.register
def _(block: Rule, columns: int) -> Iterable[TextItem]:
    return (TextLine("-" * columns),)


@_items.register
def _(block: CutLine, columns: int) -> Iterable[TextItem]:
    return (TextLine("- " * (columns // 2)),)


@_items.register
def _(block: Ruler, columns: int) -> Iterable[TextItem]:
    return (TextLine("".join(str(number % 10) for number in range(1, columns + 1))),)


@_items.register
def _(block: Flow, columns: int) -> Iterable[TextItem]:
    return _flowed(block.phrases, columns, is_spread=block.is_spread)


@_items.register
def _(block: Framed, columns: int) -> Iterable[TextItem]:
    return _flowed(block.phrases, columns, is_spread=block.is_spread)


@_items.register
def _(block: TitleBar, columns: int) -> Iterable[TextItem]:
    yield from _flowed((block.title,), columns)
    for note in block.notes:
        yield from _flowed(note.phrases, columns)


@_items.register
def _(block: Figured, columns: int) -> Iterable[TextItem]:
    for line in block.lines:
        yield from _flowed(line.phrases, columns)


@_items.register
def _(block: BigFigure, columns: int) -> Iterable[TextItem]:
    notes = () if block.under_unit is None else (block.under_unit,)
    return _flowed((block.figure, block.unit, *notes), columns)


@_items.register
def _(block: Departure, columns: int) -> Iterable[TextItem]:
    return _flowed((block.time, block.plate_label, block.plate, *block.notes), columns)


@_items.register
def _(block: Grid, columns: int) -> Iterable[TextItem]:
    for cell in block.cells:
        yield from _flowed(cell.phrases, columns)
        yield from _flowed(cell.below, columns)


@_items.register
def _(block: Checkboxes, columns: int) -> Iterable[TextItem]:
    return _flowed(tuple(Words(f"{BOX}\u00a0{label.text}") for label in block.labels), columns)


@_items.register
def _(block: FillIns, columns: int) -> Iterable[TextItem]:
    yield TextGap(block.height_dots // 2)
    labels = ((label.text, "" if after is None else after.text) for label, after in block.labels)
    yield from _flowed(tuple(Words(f"{before}{BLANK}{after}") for before, after in labels), columns)


@_items.register
def _(block: Code, columns: int) -> Iterable[TextItem]:
    return (TextCode(block.text, block.module_dots),)


@_items.register
def _(block: Drawing, columns: int) -> Iterable[TextItem]:
    yield TextGap(
        block.most_width_dots * block.grid[1] // block.grid[0]
    )  # lines cannot tell it: room to sign


@_items.register
def _(block: Columns, columns: int) -> Iterable[TextItem]:
    parts = (*block.fixed, *block.rest) if block.fixed_side == "left" else (*block.rest, *block.fixed)
    for part in parts:
        yield from _items(part, columns)


def _flowed(phrases: Sequence[Words], columns: int, *, is_spread: bool = False) -> Iterator[TextLine]:
    """Set phrases one after another; one that does not fit beside the others, or is larger, begins a line."""
    line = TextLine("")
    for words in phrases:
        if not words.text.strip():
            continue
        scale = _scale(words, columns)
        room = columns // scale
        for number, text in enumerate(lines_of(words.text, cells, room)):
            used = cells(line.text)
            if not number and line.text and scale == line.scale and used + GAP_CELLS + cells(text) <= room:
                gap = room - used - cells(text) if is_spread and words is phrases[-1] else GAP_CELLS
                line = TextLine(line.text + " " * gap + text, scale)
                continue
            if line.text:
                yield line
            line = TextLine(text, scale)
    if line.text:
        yield line


def _scale(words: Words, columns: int) -> int:
    """Return the largest scale meant for a size at which the phrase stays on one line."""
    meant = next((scale for least, scale in _SCALES if words.size_dots >= least), 1)
    return next((s for s in (meant, meant // 2, 1) if s >= 1 and cells(words.text) * s <= columns), 1)
