"""The departure board of a slip: a time and a place to stand that can be read across the hall."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.paper.blocks import Departure
from kiosk.paper.lettering import CAP, Lettering
from kiosk.paper.marks import Box, Layout, Mark, Picture, Slab, stacked
from kiosk.paper.setting import flowed, natural_width, run_at, width_of

EDGE = 11
GAP = 8
INSIDE = 12
"""The white that a plate keeps above and below its text together; Hanzi are taller than digits."""
PICTURE_SIZES_DOTS = (80, 56, 0)
PLATE_SCALES = (1.0, 0.75, 0.5)
TIME_STEP_DOTS = 4


@dataclass(frozen=True, slots=True)
class _Sizes:
    picture: int
    time: int
    plate_side: int
    plate_width: int
    plate_text: int


def departure_board(block: Departure, width_dots: int, lettering: Lettering) -> Layout:
    """Return the board: picture, time and plate in a row; a plate too wide for that has its own row."""
    sizes = _one_row(block, width_dots, lettering)
    body = (
        _plate_below(block, width_dots - 2 * EDGE, lettering)
        if sizes is None
        else _plate_beside(block, sizes, width_dots - 2 * EDGE, lettering)
    )
    height = body.height_dots + 2 * EDGE
    return Layout(width_dots, height, (Slab(Box(0, 0, width_dots, height)), *body.moved(EDGE, EDGE)))


def _one_row(block: Departure, width_dots: int, lettering: Lettering) -> _Sizes | None:
    room = width_dots - 2 * EDGE
    for picture in PICTURE_SIZES_DOTS:
        for scale in PLATE_SCALES:
            for time in range(block.time.size_dots, block.time.least_dots - 1, -TIME_STEP_DOTS):
                side = round(time * 1.04)
                text = max(block.plate.least_dots, round(side * scale))
                text_width = lettering.width(block.plate.text, block.plate.weight, text)
                _, top, _, bottom = lettering.ink(block.plate.text, block.plate.weight, text)
                if bottom - top + INSIDE > side:
                    continue
                plate_width = max(side, text_width + 24)
                used = picture + (GAP if picture else 0) + plate_width + GAP
                if used + lettering.width(block.time.text, block.time.weight, time) <= room:
                    return _Sizes(picture, time, side, plate_width, text)
    return None


def _plate_beside(block: Departure, sizes: _Sizes, width_dots: int, lettering: Lettering) -> Layout:
    side = sizes.plate_side
    plate_left = width_dots - sizes.plate_width
    picture_end = sizes.picture + GAP if sizes.picture else 0
    time_width = lettering.width(block.time.text, block.time.weight, sizes.time)
    time_left = picture_end + (plate_left - GAP - picture_end - time_width) // 2
    plate_text_width = lettering.width(block.plate.text, block.plate.weight, sizes.plate_text)
    _, top, _, bottom = lettering.ink(block.plate.text, block.plate.weight, sizes.plate_text)
    at_plate = (
        plate_left + (sizes.plate_width - plate_text_width) // 2,
        (side - top - bottom) // 2,
    )
    at_time = (time_left, (side + round(CAP * sizes.time)) // 2)
    marks: list[Mark] = [
        run_at(lettering, block.time.text, block.time.weight, sizes.time, at_time, is_white=True),
        Slab(Box(plate_left, 0, width_dots, side), 12, is_white=True),
        run_at(lettering, block.plate.text, block.plate.weight, sizes.plate_text, at_plate, is_white=False),
    ]
    if sizes.picture:
        top = (side - sizes.picture) // 2
        marks.append(Picture(Box(0, top, sizes.picture, top + sizes.picture), block.picture, is_white=True))
    label_width = max(width_of(block.plate_label, lettering), sizes.plate_width)
    label = flowed([block.plate_label], label_width, lettering, align="centre", is_white=True)
    room = width_dots - label_width - GAP
    beside_label = len(block.notes) if natural_width(block.notes, 20, lettering) <= room else 1
    notes = flowed(block.notes[:beside_label], room, lettering, is_white=True)
    row = max(label.height_dots, notes.height_dots)
    marks += notes.moved(0, side + GAP + (row - notes.height_dots) // 2)
    marks += label.moved(width_dots - label_width, side + GAP + (row - label.height_dots) // 2)
    upper = Layout(width_dots, side + GAP + row, tuple(marks))
    if beside_label == len(block.notes):
        return upper
    rest = flowed(block.notes[beside_label:], width_dots, lettering, is_white=True)
    return stacked([upper, Layout(width_dots, GAP, ()), rest], width_dots)


def _plate_below(block: Departure, width_dots: int, lettering: Lettering) -> Layout:
    time = flowed([block.time], width_dots, lettering, is_white=True)
    plate = flowed([block.plate], width_dots - 24, lettering, align="centre")
    back = Slab(Box(0, 0, width_dots, plate.height_dots + 16), 12, is_white=True)
    plate_row = Layout(width_dots, plate.height_dots + 16, (back, *plate.moved(12, 8)))
    notes = flowed([*block.notes, block.plate_label], width_dots, lettering, is_white=True)
    gap = Layout(width_dots, GAP, ())
    return stacked([time, gap, plate_row, gap, notes], width_dots)
