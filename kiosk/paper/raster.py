"""From a layout to ink: a one-bit image, black on white, thresholded and never dithered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, singledispatch

from PIL import Image, ImageChops, ImageDraw

from kiosk.paper.blocks import Document, Weight
from kiosk.paper.layout import document_layout
from kiosk.paper.lettering import Lettering, bundled_lettering
from kiosk.paper.marks import Layout, Mark, Outline, Picture, Run, Slab, Strokes, Symbol
from kiosk.paper.pictures import stencil
from kiosk.paper.qr import QUIET_MODULES, modules

BLACK, WHITE = 0, 255
_KEPT_RUNS = 96
"""Most words of a slip stand on the next one too."""
_KEPT_SIGNS = 320
"""Drawing signs anew is nearly all that new words cost, and most of their signs were on some slip before."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What preview and printer both get: the ink, and the rows that must not be parted.

    `rows` holds the dots as Pillow packs mode '1', eight to a byte with white as 1: an image of Pillow's
    keeps a byte a dot, a megabyte for a slip. `keep_together` holds (first row, row after the last) of every
    code, quiet zone included.
    """

    size_dots: tuple[int, int]
    rows: bytes
    keep_together: tuple[tuple[int, int], ...]

    @property
    def image(self) -> Image.Image:
        """Return the dots as a picture of mode '1', a new one each time."""
        return Image.frombytes("1", self.size_dots, self.rows)


def sheet_of(image: Image.Image, keep_together: tuple[tuple[int, int], ...]) -> Sheet:
    """Return a picture of mode '1' as a sheet."""
    return Sheet(image.size, image.tobytes(), keep_together)


def render(document: Document, width_dots: int) -> Sheet:
    """Return a document as ink for a head of `width_dots` (576 on 80 mm paper, 384 on 58 mm)."""
    lettering = bundled_lettering()
    return raster(document_layout(document, width_dots, lettering), lettering)


def raster(layout: Layout, lettering: Lettering) -> Sheet:
    """Return a layout as ink."""
    canvas = Image.new("1", (layout.width_dots, layout.height_dots), WHITE)
    pen = ImageDraw.Draw(canvas)
    for mark in layout.marks:
        _ink(mark, pen, lettering)
    kept = tuple((mark.box.top, mark.box.bottom) for mark in layout.marks if isinstance(mark, Symbol))
    return sheet_of(canvas, kept)


@lru_cache(maxsize=_KEPT_RUNS)
def _letters(
    lettering: Lettering, text: str, weight: Weight, size_dots: int
) -> tuple[tuple[int, int], bytes]:
    """Return the ink of a run in its own box, as size and rows of a mask, packed as those of a sheet."""
    left, top, right, bottom = lettering.ink(text, weight, size_dots)
    grey = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    end = -left
    for sign in text:
        advance, edges = lettering.sign(sign, weight, size_dots)
        at = (end + edges[0], edges[1] - top, end + edges[2], edges[3] - top)
        if edges[0] < edges[2] and edges[1] < edges[3]:  # where two signs touch, their ink adds up
            grey.paste(ImageChops.add(grey.crop(at), _sign(lettering, sign, weight, size_dots)), at)
        end += advance
    ink = grey.convert("1", dither=Image.Dither.NONE)  # half ink and more is ink
    return ink.size, ink.tobytes()


@lru_cache(maxsize=_KEPT_SIGNS)
def _sign(lettering: Lettering, sign: str, weight: Weight, size_dots: int) -> Image.Image:
    """Return the ink of one sign in its own box, in shades of grey."""
    _, (left, top, right, bottom) = lettering.sign(sign, weight, size_dots)
    grey = Image.new("L", (right - left, bottom - top))
    font = lettering.font(weight, size_dots)
    ImageDraw.Draw(grey).text((-left, -top), sign, fill=WHITE, font=font, anchor="ls")
    return grey


@singledispatch
def _ink(mark: Mark, pen: ImageDraw.ImageDraw, lettering: Lettering) -> None:
    raise TypeError(f"{type(mark).__name__} is not a mark")


@_ink.register
def _(mark: Run, pen: ImageDraw.ImageDraw, lettering: Lettering) -> None:
    size, rows = _letters(lettering, mark.text, mark.weight, mark.size_dots)
    letters = Image.frombytes("1", size, rows)
    pen.bitmap((mark.box.left, mark.box.top), letters, fill=WHITE if mark.is_white else BLACK)


@_ink.register
def _(mark: Slab, pen: ImageDraw.ImageDraw, lettering: Lettering) -> None:
    box = (mark.box.left, mark.box.top, mark.box.right - 1, mark.box.bottom - 1)
    pen.rounded_rectangle(box, mark.radius_dots, fill=WHITE if mark.is_white else BLACK)


@_ink.register
def _(mark: Outline, pen: ImageDraw.ImageDraw, lettering: Lettering) -> None:
    box = (mark.box.left, mark.box.top, mark.box.right - 1, mark.box.bottom - 1)
    pen.rounded_rectangle(box, mark.radius_dots, outline=BLACK, width=mark.thickness_dots)


@_ink.register
def _(mark: Picture, pen: ImageDraw.ImageDraw, lettering: Lettering) -> None:
    mask = stencil(mark.name, mark.box.right - mark.box.left)
    pen.bitmap((mark.box.left, mark.box.top), mask, fill=WHITE if mark.is_white else BLACK)


@_ink.register
def _(mark: Strokes, pen: ImageDraw.ImageDraw, lettering: Lettering) -> None:
    around = mark.thickness_dots // 2
    for line in mark.lines:
        points = [(mark.box.left + x, mark.box.top + y) for x, y in line]
        pen.line(points, fill=BLACK, width=mark.thickness_dots, joint="curve")
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - around, y - around, x + around, y + around), fill=BLACK)


@_ink.register
def _(mark: Symbol, pen: ImageDraw.ImageDraw, lettering: Lettering) -> None:
    dark = modules(mark.text)
    pattern = Image.new("L", (len(dark), len(dark)))
    pattern.putdata([WHITE * is_dark for line in dark for is_dark in line])
    side = len(dark) * mark.module_dots
    quiet = QUIET_MODULES * mark.module_dots
    at = (mark.box.left + quiet, mark.box.top + quiet)
    pen.bitmap(at, pattern.resize((side, side), Image.Resampling.NEAREST), fill=BLACK)
