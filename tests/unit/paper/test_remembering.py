"""A kiosk prints for months: what it remembers of one slip makes room for the next."""

from __future__ import annotations

import gc
import tracemalloc
import weakref
from collections.abc import Callable

from PIL import Image

from kiosk.paper.blocks import Weight
from kiosk.paper.lettering import Lettering
from kiosk.paper.marks import Box, Layout, Run
from kiosk.paper.qr import modules
from kiosk.paper.raster import raster
from kiosk.resources import assets


def grown_bytes(act: Callable[[int], object], times: int) -> int:
    """Return how much of what was done so many times is still remembered."""
    act(0)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for number in range(1, times + 1):
            act(number)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return after - before


def test_thousands_of_numbers_that_were_set_once_are_not_all_remembered() -> None:
    lettering = Lettering(assets("fonts"))
    grown = grown_bytes(lambda number: lettering.width(f"PG-NZ-1122-01-{number:04}", Weight.BOLD, 30), 3000)
    assert grown < 400_000


def test_codes_of_slips_long_gone_are_not_remembered() -> None:
    assert grown_bytes(lambda number: modules(f"HALL-{number:04}" * 8), 40) < 100_000


def test_the_codes_of_one_slip_are_made_once() -> None:
    assert modules("LZ1:SLIP") is modules("LZ1:SLIP")


def test_of_many_sizes_only_the_fonts_used_last_stay_open() -> None:
    lettering = Lettering(assets("fonts"))
    first = weakref.ref(lettering.font(Weight.BOLD, 20))
    wide = lettering.width("张", Weight.BOLD, 20)
    for size_dots in range(30, 60, 2):
        lettering.font(Weight.BOLD, size_dots)
    assert first() is None
    assert lettering.font(Weight.BOLD, 20).getlength("张") == wide


def test_ink_that_is_kept_for_the_next_slip_is_packed() -> None:
    before = pictures_of_dots()
    lettering = Lettering(assets("fonts"))
    run = Run(Box(0, 0, 200, 40), "李四光", Weight.BOLD, 30, 0, -26, is_white=False)
    first = raster(Layout(200, 40, (run,)), lettering)
    assert all(any(image is known for known in before) for image in pictures_of_dots())
    assert raster(Layout(200, 40, (run,)), lettering) == first
    assert any(byte != 0xFF for byte in first.rows)


def pictures_of_dots() -> list[Image.Image]:
    """Return every picture in memory that holds a byte for each black or white dot."""
    gc.collect()
    return [image for image in gc.get_objects() if isinstance(image, Image.Image) and image.mode == "1"]
