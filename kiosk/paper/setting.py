"""Setting words: sizes that step down, phrases that flow, and the runs they become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kiosk.paper.blocks import LEAD_DOTS, Weight, Words
from kiosk.paper.lettering import FALL, PITCH, RISE, Lettering
from kiosk.paper.line_breaks import are_whole, ends_with_phrases, lines_of
from kiosk.paper.marks import Box, Layout, Mark, Picture, Run
from kiosk.paper.pictures import has_picture

STEP_DOTS = 2
LEAD_GAP_DOTS = 8
Alignment = Literal["left", "centre", "right", "spread"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text on one line at its place from the left, before the line knows its foot.

    The picture that leads it, if any, is part of its width.
    """

    left: int
    width: int
    text: str
    weight: Weight
    size_dots: int
    picture: str = ""

    @property
    def lead_dots(self) -> int:
        """Return how far the text stands behind its picture's left edge."""
        return LEAD_DOTS + LEAD_GAP_DOTS if self.picture else 0


def run_at(
    lettering: Lettering, text: str, weight: Weight, size_dots: int, at: tuple[int, int], *, is_white: bool
) -> Run:
    """Return a run whose foot line begins at a point."""
    left, top, right, bottom = lettering.ink(text, weight, size_dots)
    box = Box(at[0] + left, at[1] + top, at[0] + right, at[1] + bottom)
    return Run(box, text, weight, size_dots, left, top, is_white)


def width_of(words: Words, lettering: Lettering) -> int:
    """Return the dots a phrase takes on one line at its wanted size, with the picture that leads it."""
    return _lead_of(words) + lettering.width(words.text, words.weight, words.size_dots)


def natural_width(phrases: Sequence[Words], gap_dots: int, lettering: Lettering) -> int:
    """Return the dots that phrases take on one line."""
    return sum(width_of(words, lettering) for words in phrases) + gap_dots * max(0, len(phrases) - 1)


def fitted(words: Words, width_dots: int, lettering: Lettering) -> tuple[int, tuple[str, ...]]:
    """Return the size and lines of a phrase: one line if it can step down to it, else two, else more.

    Two lines rather step down than tear what belongs together: 今天 17:30 给，and beneath it 现金; or a word.
    """
    sizes = [*range(words.size_dots, words.least_dots, -STEP_DOTS), words.least_dots]
    for size in sizes:
        if lettering.width(words.text, words.weight, size) <= width_dots:
            return size, (words.text,)
    ways = [(size, _lines_at(words, size, width_dots, lettering)) for size in sizes]
    short = [way for way in ways if len(way[1]) <= 2]
    phrased = [way for way in short if ends_with_phrases(way[1])]
    whole = [way for way in short if are_whole(words.text, way[1])]
    return next(iter(phrased or whole or short), ways[-1])


def _lines_at(words: Words, size_dots: int, width_dots: int, lettering: Lettering) -> tuple[str, ...]:
    return lines_of(words.text, lambda part: lettering.width(part, words.weight, size_dots), width_dots)


def flowed(
    phrases: Sequence[Words],
    width_dots: int,
    lettering: Lettering,
    *,
    gap_dots: int = 20,
    align: Alignment = "left",
    is_white: bool = False,
) -> Layout:
    """Set phrases one after another; the layout is as wide as asked and as high as its lines."""
    lines = _lines(phrases, width_dots, gap_dots, lettering)
    marks: list[Mark] = []
    height = 0
    for number, line in enumerate(lines):
        em = max(piece.size_dots for piece in line)
        tall = max(em, LEAD_DOTS) if any(piece.picture for piece in line) else em
        if number:
            height += round((PITCH - RISE - FALL) * em)
        foot = height + (tall - em) // 2 + round(RISE * em)
        for piece in _aligned(line, width_dots, align if len(lines) == 1 or align != "spread" else "left"):
            if piece.picture:
                top = height + (tall - LEAD_DOTS) // 2
                box = Box(piece.left, top, piece.left + LEAD_DOTS, top + LEAD_DOTS)
                marks.append(Picture(box, piece.picture, is_white))
            at = (piece.left + piece.lead_dots, foot)
            marks.append(run_at(lettering, piece.text, piece.weight, piece.size_dots, at, is_white=is_white))
        height += tall
    return Layout(width_dots, height, tuple(marks))


def _lead_of(words: Words) -> int:
    return LEAD_DOTS + LEAD_GAP_DOTS if _picture_of(words) else 0


def _picture_of(words: Words) -> str:
    return words.picture if words.picture and has_picture(words.picture, LEAD_DOTS) else ""


def _lines(
    phrases: Sequence[Words], width_dots: int, gap_dots: int, lettering: Lettering
) -> list[list[Piece]]:
    lines: list[list[Piece]] = []
    end = width_dots
    for words in phrases:
        if not words.text:
            continue
        wide = width_of(words, lettering)
        if lines and end + gap_dots + wide <= width_dots:
            beside = Piece(
                end + gap_dots, wide, words.text, words.weight, words.size_dots, _picture_of(words)
            )
            lines[-1].append(beside)
            end += gap_dots + wide
            continue
        lead, picture = _lead_of(words), _picture_of(words)
        size, texts = fitted(words, width_dots - lead, lettering)
        for number, text in enumerate(texts):
            end = lead + lettering.width(text, words.weight, size)
            first = Piece(0, end, text, words.weight, size, picture)
            behind = Piece(lead, end - lead, text, words.weight, size)
            lines.append([behind if number else first])
    return lines


def _aligned(line: list[Piece], width_dots: int, align: Alignment) -> list[Piece]:
    free = width_dots - (line[-1].left + line[-1].width)
    if align == "left" or free <= 0:
        return line
    if align == "spread":
        return [*line[:-1], replace(line[-1], left=line[-1].left + free)] if len(line) > 1 else line
    shift = free if align == "right" else free // 2
    return [replace(piece, left=piece.left + shift) for piece in line]
