"""The bundled type: fonts by weight and size, and the measures of a text in dots."""

from __future__ import annotations

from functools import cache
from math import ceil
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

_Measure = tuple[int, tuple[int, int, int, int]]


class Lettering:
    """Measures texts and keeps the fonts that were used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fonts: dict[tuple[Weight, int], ImageFont.FreeTypeFont] = {}
        self._measures: dict[tuple[Weight, int, str], _Measure] = {}

    def font(self, weight: Weight, size_dots: int) -> ImageFont.FreeTypeFont:
        """Return the font of a weight at a size in dots an em."""
        key = (weight, size_dots)
        if key not in self._fonts:
            path = self._folder / f"NotoSansSC-{weight}.ttf"
            self._fonts[key] = ImageFont.truetype(str(path), size_dots, layout_engine=ImageFont.Layout.BASIC)
        return self._fonts[key]

    def width(self, text: str, weight: Weight, size_dots: int) -> int:
        """Return the dots a text takes on its line, ink that leans over its advance included."""
        return self._measured(text, weight, size_dots)[0]

    def ink(self, text: str, weight: Weight, size_dots: int) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom of the ink, counted from the left end of the foot line."""
        return self._measured(text, weight, size_dots)[1]

    def _measured(self, text: str, weight: Weight, size_dots: int) -> _Measure:
        key = (weight, size_dots, text)
        if key not in self._measures:
            if len(self._measures) > _MOST_MEASURES:
                self._measures.clear()
            font = self.font(weight, size_dots)
            left, top, right, bottom = (int(edge) for edge in font.getbbox(text, anchor="ls"))
            self._measures[key] = max(ceil(font.getlength(text)), right), (left, top, right, bottom)
        return self._measures[key]


_MOST_MEASURES = 500
"""A slip has some sixty texts, few of them new; names and employers come and go, and are not all kept."""


@cache
def bundled_lettering() -> Lettering:
    """Return the lettering of the fonts that come with the program; the files are opened once."""
    return Lettering(assets("fonts"))
