"""From blocks to marks: every block of a document gets its place on paper of a given width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch

from kiosk.paper.blocks import (
    LEAST_DOTS,
    BigFigure,
    Block,
    Cell,
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
    Weight,
    Words,
)
from kiosk.paper.departures import departure_board
from kiosk.paper.lettering import CAP, DESCENT, RISE, Lettering
from kiosk.paper.line_breaks import are_whole
from kiosk.paper.marks import Box, Layout, Mark, Outline, Picture, Run, Slab, Strokes, Symbol, stacked
from kiosk.paper.pictures import has_picture
from kiosk.paper.qr import side_dots
from kiosk.paper.setting import STEP_DOTS, Alignment, fitted, flowed, natural_width, run_at, width_of

DOTS_A_MM = 8
NUMBER_GAP_DOTS = 3
_BEHIND_PICTURE_DOTS = 8
_BELOW_DOTS = 6
_LEAST_BESIDE_DOTS = 4
EN_DASH = "–"


def document_layout(document: Document, width_dots: int, lettering: Lettering) -> Layout:
    """Return the marks of a whole document on paper whose head prints `width_dots` (576 or 384)."""
    margin = document.margin_dots
    inner = width_dots - 2 * margin
    body = stacked([lay(block, inner, lettering) for block in document.blocks], inner)
    return Layout(width_dots, body.height_dots + 2 * margin, body.moved(margin, margin))


@singledispatch
def lay(block: Block, width_dots: int, lettering: Lettering) -> Layout:
    """Return the marks of one block in a column of a width, counted from the column's top left corner."""
    raise TypeError(f"{type(block).__name__} is not a block")


@lay.register
def _(block: Space, width_dots: int, lettering: Lettering) -> Layout:
    return Layout(width_dots, block.height_dots, ())


@lay.register
def _(block: Rule, width_dots: int, lettering: Lettering) -> Layout:
    line = Slab(Box(0, 0, width_dots, block.thickness_dots))
    return Layout(width_dots, block.thickness_dots, (line,))


@lay.register
def _(block: CutLine, width_dots: int, lettering: Lettering) -> Layout:
    side, dash, thickness = 36, 12, 4
    marks: list[Mark] = [Picture(Box(0, 0, side, side), block.picture)]
    top = (side - thickness) // 2
    marks += [
        Slab(Box(left, top, left + dash, top + thickness))
        for left in range(side + 8, width_dots - dash + 1, 2 * dash)
    ]
    return Layout(width_dots, side, tuple(marks))


@lay.register
def _(block: TitleBar, width_dots: int, lettering: Lettering) -> Layout:
    down, gap = 10, 20
    across = _beside((words for note in block.notes for words in note.phrases), width_dots, 16, lettering)
    inner = width_dots - 2 * across
    widths = [natural_width(note.phrases, note.gap_dots, lettering) for note in block.notes]
    notes_width = max(widths, default=0)
    beside = inner - notes_width - gap
    if beside >= width_dots // 4 and _stands_beside(block.title, beside, lettering):
        title = flowed([block.title], beside, lettering, is_white=True)
        notes = _notes(block.notes, notes_width, lettering, is_right=True)
        height = max(title.height_dots, notes.height_dots) + 2 * down
        marks = title.moved(across, (height - title.height_dots) // 2)
        marks += notes.moved(across + inner - notes_width, (height - notes.height_dots) // 2)
    else:
        title = flowed([block.title], inner, lettering, is_white=True)
        notes = _notes(block.notes, inner, lettering, is_right=False)
        body = stacked([title, Layout(inner, 8, ()), notes], inner)
        height = body.height_dots + 2 * down
        marks = body.moved(across, down)
    return Layout(width_dots, height, (Slab(Box(0, 0, width_dots, height)), *marks))


def _beside(phrases: Iterable[Words], width_dots: int, usual: int, lettering: Lettering) -> int:
    """Return the dots to either side of words: few where that alone keeps a number on its line."""
    widths = (lettering.width(words.text, words.weight, words.least_dots) for words in phrases)
    tight = range(width_dots - 2 * usual + 1, width_dots - 2 * _LEAST_BESIDE_DOTS + 1)
    return _LEAST_BESIDE_DOTS if any(wide in tight for wide in widths) else usual


def _stands_beside(title: Words, width_dots: int, lettering: Lettering) -> bool:
    lines = fitted(title, width_dots, lettering)[1]
    return len(lines) <= 2 and are_whole(title.text, lines)


def _notes(notes: tuple[Flow, ...], width_dots: int, lettering: Lettering, *, is_right: bool) -> Layout:
    align: Alignment = "right" if is_right else "left"
    parts: list[Layout] = []
    for note in notes:
        parts += [Layout(width_dots, 6, ())] if parts else []
        line = flowed(note.phrases, width_dots, lettering, gap_dots=note.gap_dots, align=align, is_white=True)
        parts.append(line)
    return stacked(parts, width_dots)


@lay.register
def _(block: Flow, width_dots: int, lettering: Lettering) -> Layout:
    align: Alignment = "spread" if block.is_spread else "left"
    return flowed(block.phrases, width_dots, lettering, gap_dots=block.gap_dots, align=align)


@lay.register
def _(block: Framed, width_dots: int, lettering: Lettering) -> Layout:
    across, down = _beside(block.phrases, width_dots, 14, lettering), 7
    align: Alignment = "spread" if block.is_spread else "centre"
    inside = flowed(block.phrases, width_dots - 2 * across, lettering, align=align)
    height = inside.height_dots + 2 * down
    frame = Outline(Box(0, 0, width_dots, height), 4)
    return Layout(width_dots, height, (frame, *inside.moved(across, down)))


@lay.register
def _(block: Figured, width_dots: int, lettering: Lettering) -> Layout:
    side = block.picture_dots if has_picture(block.picture, block.picture_dots) else 0
    left = side + 12 if side else 0
    parts: list[Layout] = []
    for line in block.lines:
        parts += [Layout(width_dots - left, 6, ())] if parts else []
        parts.append(lay(line, width_dots - left, lettering))
    words = stacked(parts, width_dots - left)
    height = max(side, words.height_dots)
    marks = words.moved(left, (height - words.height_dots) // 2)
    return Layout(width_dots, height, (*_picture(block.picture, side, height), *marks))


def _picture(name: str, side: int, height: int) -> tuple[Picture, ...]:
    if not side:
        return ()
    top = (height - side) // 2
    return (Picture(Box(0, top, side, top + side), name),)


@lay.register
def _(block: BigFigure, width_dots: int, lettering: Lettering) -> Layout:
    gap = 14
    notes = [] if block.under_unit is None else [block.under_unit]
    for unit_size in range(block.unit.size_dots, block.unit.least_dots - 1, -2):
        after = [replace(block.unit, size_dots=unit_size), *notes]
        room = width_dots - gap - max(width_of(words, lettering) for words in after)
        size = fitted(block.figure, max(room, 1), lettering)[0]
        if lettering.width(block.figure.text, block.figure.weight, size) <= room:
            return _figure_and_unit(block.figure, size, after, width_dots, lettering)
    figure = _figure_lines(block.figure, width_dots, lettering)
    unit = flowed([block.unit, *notes], width_dots, lettering)
    return stacked([figure, Layout(width_dots, gap, ()), unit], width_dots)


def _figure_and_unit(
    figure: Words, size: int, after: list[Words], width_dots: int, lettering: Lettering
) -> Layout:
    foot = round(CAP * size) + 2
    marks = [run_at(lettering, figure.text, figure.weight, size, (0, foot), is_white=False)]
    left, up = lettering.width(figure.text, figure.weight, size) + 14, foot
    for words in reversed(after):
        marks.append(_word_at(words, (left, up), lettering))
        up -= round(RISE * words.size_dots + DESCENT * after[0].size_dots)
    return Layout(width_dots, foot + 8, tuple(marks))


def _figure_lines(figure: Words, width_dots: int, lettering: Lettering) -> Layout:
    numbers = figure.text.split(EN_DASH)
    size = figure.size_dots
    while any(lettering.width(number, figure.weight, size) > width_dots for number in numbers):
        size -= STEP_DOTS
    middle = max(lettering.width(number, figure.weight, size) for number in numbers) // 2
    marks: list[Mark] = []
    foot = 0
    for number in numbers:
        if foot:
            marks.append(Slab(Box(middle - size // 2, foot + 20, middle + size // 2, foot + 30)))
            foot += 50
        foot += round(CAP * size) + 2
        marks.append(run_at(lettering, number, figure.weight, size, (0, foot), is_white=False))
    return Layout(width_dots, foot + 2, tuple(marks))


@lay.register
def _(block: Departure, width_dots: int, lettering: Lettering) -> Layout:
    return departure_board(block, width_dots, lettering)


@lay.register
def _(block: Grid, width_dots: int, lettering: Lettering) -> Layout:
    between = 16
    half = (width_dots - between) // 2
    rows: list[Layout] = []
    waiting = list(block.cells)
    while waiting:
        rows += [Layout(width_dots, block.gap_dots, ())] if rows else []
        fits = [_cell_width(cell, block.picture_dots, lettering) <= half for cell in waiting[:2]]
        count = 2 if fits == [True, True] else 1
        wide = half if count == 2 else width_dots
        cells = [_cell(cell, block.picture_dots, wide, lettering) for cell in waiting[:count]]
        height = max(cell.height_dots for cell in cells)
        marks: tuple[Mark, ...] = ()
        for number, cell in enumerate(cells):
            marks += cell.moved(number * (half + between), (height - cell.height_dots) // 2)
        rows.append(Layout(width_dots, height, marks))
        waiting = waiting[count:]
    return stacked(rows, width_dots)


def _cell(cell: Cell, picture_dots: int, width_dots: int, lettering: Lettering) -> Layout:
    side = picture_dots if has_picture(cell.picture, picture_dots) else 0
    left = _indent(cell, picture_dots)
    words = flowed(cell.phrases, width_dots - left, lettering, gap_dots=12)
    height = max(picture_dots, words.height_dots)
    marks = words.moved(left, (height - words.height_dots) // 2)
    told = Layout(width_dots, height, (*_picture(cell.picture, side, height), *marks))
    if not cell.below:
        return told
    column = _column(picture_dots)
    below = flowed(cell.below, width_dots - column, lettering, gap_dots=12)
    under = Layout(width_dots, below.height_dots, below.moved(column, 0))
    return stacked((told, Layout(width_dots, _BELOW_DOTS, ()), under), width_dots)


def _cell_width(cell: Cell, picture_dots: int, lettering: Lettering) -> int:
    told = _indent(cell, picture_dots) + natural_width(cell.phrases, 12, lettering)
    below = _column(picture_dots) + natural_width(cell.below, 12, lettering) if cell.below else 0
    return max(told, below)


def _column(picture_dots: int) -> int:
    """Return where words begin behind a picture."""
    return picture_dots + _BEHIND_PICTURE_DOTS


def _indent(cell: Cell, picture_dots: int) -> int:
    """Return how far the phrases of a fact stand behind its left edge; one nobody drew leaves its room."""
    return _column(picture_dots) if cell.picture else 0


@lay.register
def _(block: Checkboxes, width_dots: int, lettering: Lettering) -> Layout:
    gap, after_box, pitch = 18, 8, 12
    marks: list[Mark] = []
    left = top = row_height = 0
    for label in block.labels:
        side = label.size_dots
        wide = side + after_box + width_of(label, lettering)
        if left and left + wide > width_dots:
            top, left, row_height = top + row_height + pitch, 0, 0
        words = flowed([label], width_dots - left - side - after_box, lettering)
        marks.append(Outline(Box(left, top, left + side, top + side), 3))
        marks += words.moved(left + side + after_box, top)
        left += wide + gap
        row_height = max(row_height, side, words.height_dots)
    return Layout(width_dots, top + row_height, tuple(marks))


@lay.register
def _(block: FillIns, width_dots: int, lettering: Lettering) -> Layout:
    gap, around = 16, 8
    share = (width_dots - gap * (len(block.labels) - 1)) // len(block.labels)
    marks: list[Mark] = []
    for number, (label, after) in enumerate(block.labels):
        left = number * (share + gap)
        foot = block.height_dots - 6
        start = left + width_of(label, lettering) + around
        end = left + share
        marks.append(_word_at(label, (left, foot), lettering))
        if after is not None:
            end -= width_of(after, lettering)
            marks.append(_word_at(after, (end, foot), lettering))
            end -= around
        marks.append(Slab(Box(start, foot, end, foot + 3)))
    return Layout(width_dots, block.height_dots, tuple(marks))


def _word_at(words: Words, at: tuple[int, int], lettering: Lettering) -> Run:
    return run_at(lettering, words.text, words.weight, words.size_dots, at, is_white=False)


@lay.register
def _(block: Code, width_dots: int, lettering: Lettering) -> Layout:
    side = side_dots(block.text, block.module_dots)
    if side > width_dots:
        raise ValueError(f"a code of {side} dots does not fit a column of {width_dots}")
    left = (width_dots - side) // 2
    return Layout(width_dots, side, (Symbol(Box(left, 0, left + side, side), block.text, block.module_dots),))


@lay.register
def _(block: Drawing, width_dots: int, lettering: Lettering) -> Layout:
    width, inset, thickness = min(width_dots, block.most_width_dots), 10, 6
    height = width * block.grid[1] // block.grid[0]
    across, down = (
        (side - 2 * inset) / steps for side, steps in zip((width, height), block.grid, strict=True)
    )
    lines = tuple(
        tuple((inset + round(x * across), inset + round(y * down)) for x, y in stroke)
        for stroke in block.strokes
    )
    box = Box(0, 0, width, height)
    return Layout(width_dots, height, (Outline(box, 3), Strokes(box, lines, thickness)))


@lay.register
def _(block: Ruler, width_dots: int, lettering: Lettering) -> Layout:
    marks: list[Mark] = []
    for millimetre in range(width_dots // DOTS_A_MM + 1):
        part = 4 if millimetre % 10 == 0 else 2 if millimetre % 5 == 0 else 1
        left = min(millimetre * DOTS_A_MM, width_dots - 2)
        marks.append(Slab(Box(left, 0, left + 2, block.height_dots * part // 4)))
        if millimetre and part == 4:
            number = str(millimetre)
            foot = left - NUMBER_GAP_DOTS - lettering.width(number, Weight.BOLD, LEAST_DOTS)
            at = (foot, block.height_dots)
            marks.append(run_at(lettering, number, Weight.BOLD, LEAST_DOTS, at, is_white=False))
    return Layout(width_dots, block.height_dots, tuple(marks))


@lay.register
def _(block: Columns, width_dots: int, lettering: Lettering) -> Layout:
    rest_dots = width_dots - block.fixed_dots - block.gap_dots
    if rest_dots < block.least_dots:
        return _above_each_other(block, width_dots, lettering)
    fixed = stacked([lay(part, block.fixed_dots, lettering) for part in block.fixed], block.fixed_dots)
    rest = stacked([lay(part, rest_dots, lettering) for part in block.rest], rest_dots)
    height = max(fixed.height_dots, rest.height_dots)
    is_left = block.fixed_side == "left"
    fixed_left = 0 if is_left else rest_dots + block.gap_dots
    rest_left = block.fixed_dots + block.gap_dots if is_left else 0
    marks = fixed.moved(fixed_left, (height - fixed.height_dots) // 2)
    marks += rest.moved(rest_left, (height - rest.height_dots) // 2)
    return Layout(width_dots, height, marks)


def _above_each_other(block: Columns, width_dots: int, lettering: Lettering) -> Layout:
    fixed: Iterable[Block] = block.fixed
    if isinstance(block.fixed[0], Code) and len(block.fixed) > 1:
        fixed = (Columns(block.fixed[:1], block.fixed[1:], block.fixed_dots, 1),)
    upper, lower = (fixed, block.rest) if block.fixed_side == "left" else (block.rest, fixed)
    parts = [lay(part, width_dots, lettering) for part in (*upper, Space(block.gap_dots), *lower)]
    return stacked(parts, width_dots)
