"""The bundled type: fonts by weight and size, and the measures of a text in dots.

The type is hinted, so every sign advances by whole dots and looks the same wherever it stands. A text is the
sum of its signs, and signs come again where texts do not: measuring them once is enough.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

from kiosk.paper.blocks import Weight
from kiosk.resources import assets

RISE = 0.88
"""The part of a line of Hanzi that stands above its foot, in ems; ink of the widest signs reaches 0.87."""
FALL = 0.12
DESCENT = 0.24
"""How deep Latin letters, brackets and slashes reach under their foot, in ems."""
CAP = 0.735
"""The height of digits and capitals, in ems."""
PITCH = 1.24
"""From foot to foot of wrapped lines, in ems."""

_Edges = tuple[int, int, int, int]
_Measure = tuple[int, _Edges]


class Lettering:
    """Measures texts and keeps the fonts that were used last."""

    def __init__(self, folder: Path) -> None:
        @lru_cache(maxsize=_MOST_FACES)
        def opened(weight: Weight, size_dots: int) -> ImageFont.FreeTypeFont:
            path = folder / f"NotoSansSC-{weight}.ttf"
            return ImageFont.truetype(str(path), size_dots, layout_engine=ImageFont.Layout.BASIC)

        self._opened = opened
        self._measures: dict[tuple[Weight, int, str], _Measure] = {}
        self._signs: dict[tuple[Weight, int, str], _Measure] = {}

    def font(self, weight: Weight, size_dots: int) -> ImageFont.FreeTypeFont:
        """Return the font of a weight at a size in dots an em."""
        return self._opened(weight, size_dots)

    def width(self, text: str, weight: Weight, size_dots: int) -> int:
        """Return the dots a text takes on its line, ink that leans over its advance included."""
        return self._measured(text, weight, size_dots)[0]

    def sign(self, sign: str, weight: Weight, size_dots: int) -> tuple[int, tuple[int, int, int, int]]:
        """Return by how much one sign advances, and its ink as `ink` tells it."""
        key = (weight, size_dots, sign)
        if key not in self._signs:
            if len(self._signs) > _MOST_SIGNS:
                self._signs.clear()
            font = self.font(weight, size_dots)
            left, top, right, bottom = (int(edge) for edge in font.getbbox(sign, anchor="ls"))
            self._signs[key] = round(font.getlength(sign)), (left, top, right, bottom)
        return self._signs[key]

    def ink(self, text: str, weight: Weight, size_dots: int) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of the ink, counted from the left end of the foot line."""
        return self._measured(text, weight, size_dots)[1]

    def _measured(self, text: str, weight: Weight, size_dots: int) -> _Measure:
        key = (weight, size_dots, text)
        if key not in self._measures:
            if len(self._measures) > _MOST_MEASURES:
                self._measures.clear()
            self._measures[key] = self._sum(text, weight, size_dots)
        return self._measures[key]

    def _sum(self, text: str, weight: Weight, size_dots: int) -> _Measure:
        end, boxes = 0, []
        for sign in text:
            advance, (left, top, right, bottom) = self.sign(sign, weight, size_dots)
            boxes.append((end + left, top, end + right, bottom))
            end += advance
        if not boxes:
            return 0, (0, 0, 0, 0)
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return max(end, *rights), (min(lefts), min(tops), max(rights), max(bottoms))


_MOST_FACES = 8
"""A font at a size holds 116 kB, for signs that were not drawn lately; to open it again takes 0.8 ms."""
_MOST_SIGNS = 600
_MOST_MEASURES = 500
"""A slip has some sixty texts, few of them new; names and employers come and go, and are not all kept."""


@cache
def bundled_lettering() -> Lettering:
    """Return the lettering of the fonts that come with the program; the files are opened once."""
    return Lettering(assets("fonts"))
