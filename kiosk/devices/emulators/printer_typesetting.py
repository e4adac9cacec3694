"""Sets text and pictures into lines, and lines into rows of dots, the way the print head burns them.

A character cell is 24 dots high: 24 wide for a Hanzi, 12 for a letter, 9 by 17 for a small one. A line is
as high as its tallest cell, cells stand on its foot, and the paper moves on by the line spacing or by the
line's own height, whichever is more. A line that is full is printed, and the next cell begins a new one.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from kiosk.devices.emulators.printer_roms import NO_PICTURE, Rom, letters
from kiosk.resources import assets

LINE_DOTS = 30
CELL_DOTS = 24
_HALF_DOTS = 12
_SMALL_DOTS = (9, 17)
_TAB_CELLS = 8
_BASELINE_DOTS = 20
_TYPE_DOTS = 21
"""The typeface at this size fills a cell of 24 dots without touching the next."""


@dataclass(frozen=True, slots=True)
class Style:
    """How the next characters look; sizes are multiples of a cell, spaces and margins are dots."""

    width: int = 1
    height: int = 1
    chinese_width: int = 1
    chinese_height: int = 1
    is_small: bool = False
    is_bold: bool = False
    underline_dots: int = 0
    chinese_underline_dots: int = 0
    is_inverted: bool = False
    right_space: int = 0
    chinese_left: int = 0
    chinese_right: int = 0
    code_page: int = 0
    is_chinese: bool = True
    justify: int = 0
    left_margin: int = 0
    area_width: int | None = None
    line_dots: int = LINE_DOTS


@dataclass(slots=True)
class Typesetter:
    """Fills `rows` (packed, 1 = ink) for a head of so many dots, and `lines` with the text of each line."""

    width_dots: int
    rom: Rom
    plain: Style
    rows: deque[bytes] = field(default_factory=deque)
    lines: deque[str] = field(default_factory=deque)
    style: Style = field(init=False)
    _cells: list[tuple[int, Image.Image]] = field(default_factory=list)
    _written: str = ""
    _at: int = 0

    def __post_init__(self) -> None:
        """Start as ESC @ leaves a printer."""
        self.style = self.plain

    def initialize(self) -> None:
        """Forget the settings and the line that was not printed yet."""
        self.style = self.plain
        self._clear_line()

    def change(self, **settings: int | None) -> None:
        """Change what comes next."""
        self.style = replace(self.style, **settings)  # type: ignore[arg-type] # checked by the callers

    def text(self, text: bytes) -> None:
        """Set a run of text into the line."""
        now = self.style
        for letter, cells in letters(text, self.rom, now.code_page, is_chinese=now.is_chinese):
            picture = _styled(letter, cells, now)
            left, right = (now.chinese_left, now.chinese_right) if cells == 2 else (0, now.right_space)
            self._set(picture, left, right)
            self._written += letter

    def tab(self) -> None:
        """Go to the next eighth column."""
        step = _TAB_CELLS * _HALF_DOTS * self.style.width
        self._at = (self._at // step + 1) * step

    def go_to(self, dots: int) -> None:
        """Go to a place in the line."""
        self._at = dots

    def columns(self, picture: Image.Image) -> None:
        """Set a picture into the line like a character."""
        self._set(picture, 0, 0)

    def block(self, picture: Image.Image) -> None:
        """Print a picture as lines of its own."""
        self.finish_line()
        self._burn([(self._shift(picture.width), picture)], picture.height)

    def bare_rows(self, rows: list[bytes]) -> bool:
        """Print rows from the head's first dot, if the settings let them begin there; say whether they do."""
        if self.style.justify or self.style.left_margin:
            return False
        self.finish_line()
        self.rows.extend(rows)
        return True

    def line_feed(self) -> None:
        """Print the line, and move on by the line spacing at least."""
        height = self._print_line()
        self._blank(self.style.line_dots - height)

    def finish_line(self) -> None:
        """Print what stands in the line, if anything does."""
        if self._cells:
            self.line_feed()

    def feed(self, dots: int) -> None:
        """Print the line, and move on by so many dots at least."""
        height = self._print_line()
        self._blank(dots - height)

    def forget(self) -> None:
        """Lose everything that is not on the paper, as a printer does that loses its power."""
        self.rows.clear()
        self.initialize()

    def _set(self, picture: Image.Image, left: int, right: int) -> None:
        if self._cells and self._at + left + picture.width > self._area():
            self.line_feed()
        self._at += left
        self._cells.append((self._at, picture))
        self._at += picture.width + right

    def _print_line(self) -> int:
        """Print the line and return its height."""
        if self._written:
            self.lines.append(self._written)
        height = max((picture.height for _, picture in self._cells), default=0)
        if height:
            shift = self._shift(max(at + picture.width for at, picture in self._cells))
            self._burn([(shift + at, picture) for at, picture in self._cells], height)
        self._clear_line()
        return height

    def _burn(self, placed: list[tuple[int, Image.Image]], height: int) -> None:
        canvas = Image.new("1", (self.width_dots, height), 0)
        for at, picture in placed:
            canvas.paste(picture, (at, height - picture.height))
        packed, stride = canvas.tobytes(), (self.width_dots + 7) // 8
        self.rows.extend(packed[top : top + stride] for top in range(0, len(packed), stride))

    def _blank(self, dots: int) -> None:
        self.rows.extend([b""] * max(0, dots))

    def _area(self) -> int:
        whole = self.width_dots - self.style.left_margin
        return whole if self.style.area_width is None else min(whole, self.style.area_width)

    def _shift(self, width: int) -> int:
        """Return where a line so wide begins."""
        free = max(0, self._area() - width)
        return self.style.left_margin + (0, free // 2, free)[self.style.justify]

    def _clear_line(self) -> None:
        self._cells, self._written, self._at = [], "", 0


@lru_cache(maxsize=4096)
def _styled(letter: str, cells: int, style: Style) -> Image.Image:
    """Return the picture of one character, white on black: ink is 1."""
    is_small = style.is_small and cells == 1
    size = _SMALL_DOTS if is_small else (cells * _HALF_DOTS, CELL_DOTS)
    picture = _drawn(letter, size[0], size[1])
    if style.is_bold:
        picture = ImageChops.logical_or(picture, ImageChops.offset(picture, 1, 0))
    width = style.chinese_width if cells == 2 else style.width
    height = style.chinese_height if cells == 2 else style.height
    picture = picture.resize((size[0] * width, size[1] * height), Image.Resampling.NEAREST)
    if underline := style.chinese_underline_dots if cells == 2 else style.underline_dots:
        picture.paste(255, (0, picture.height - underline, picture.width, picture.height))
    return ImageChops.invert(picture) if style.is_inverted else picture


@lru_cache(maxsize=4096)
def _drawn(letter: str, width: int, height: int) -> Image.Image:
    picture = Image.new("1", (width, height), 0)
    draw = ImageDraw.Draw(picture)
    if letter == NO_PICTURE:
        draw.rectangle((1, 3, width - 2, height - 4), outline=255)
        return picture
    draw.fontmode = "1"
    scale = height / CELL_DOTS
    typeface = _typeface(round(_TYPE_DOTS * scale))
    draw.text((width / 2, round(_BASELINE_DOTS * scale)), letter, fill=255, font=typeface, anchor="ms")
    return picture


@lru_cache(maxsize=4)
def _typeface(dots: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(assets("fonts", "NotoSansSC-Medium.ttf")), dots)
