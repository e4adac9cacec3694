"""The drawn figures of slips: one-bit pictures by name and width."""

from __future__ import annotations

from functools import cache

from PIL import Image

from kiosk.resources import assets


@cache
def has_picture(name: str, width_dots: int) -> bool:
    """Return whether a figure was drawn at a width; a job's picture may be newer than this program."""
    return assets("icons", "slip", str(width_dots), f"{name}.png").is_file()


@cache
def stencil(name: str, width_dots: int) -> Image.Image:
    """Return a figure as a mask: 255 where its ink is."""
    with Image.open(assets("icons", "slip", str(width_dots), f"{name}.png")) as picture:
        return picture.convert("L").point([255 - level for level in range(256)])
