"""A kiosk prints for months: what it remembers of one slip makes room for the next."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

from kiosk.paper.blocks import Weight
from kiosk.paper.lettering import Lettering
from kiosk.paper.qr import modules
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
