"""The pictures inside a slip of text: its codes, and lines that the printer's own type does not hold."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image

from kiosk.paper.blocks import Weight
from kiosk.paper.lettering import bundled_lettering
from kiosk.paper.marks import Box, Layout, Symbol
from kiosk.paper.qr import side_dots
from kiosk.paper.raster import raster
from kiosk.paper.setting import run_at
from kiosk.paper.text_form import TextCode, TextLine

EM_DOTS, FOOT_DOTS, LINE_DOTS = 24, 22, 30
"""The type of a printer, where its letters stand, and the height of a line."""


@lru_cache(maxsize=32)
def line_picture(line: TextLine, width_dots: int) -> Image.Image:
    """Return one line as ink, as large as the printer's own; a line that would not fit is set smaller."""
    lettering = bundled_lettering()
    size = EM_DOTS * line.scale
    while size > 1 and lettering.width(line.text, Weight.MEDIUM, size) > width_dots:
        size -= 1
    foot = FOOT_DOTS * line.scale
    run = run_at(lettering, line.text, Weight.MEDIUM, size, (0, foot), is_white=False)
    return raster(Layout(width_dots, LINE_DOTS * line.scale, (run,)), lettering).image


@lru_cache(maxsize=8)
def code_picture(code: TextCode) -> Image.Image:
    """Return a QR code with its quiet zone as ink."""
    side = side_dots(code.text, code.module_dots)
    symbol = Symbol(Box(0, 0, side, side), code.text, code.module_dots)
    return raster(Layout(side, side, (symbol,)), bundled_lettering()).image
