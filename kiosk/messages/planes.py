"""Whole numbers side by side: zigzag, little-endian, laid out byte by byte, all lowest bytes first."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

_CODES = {2: "H", 4: "I", 8: "Q"}
_UNFOLDED = [number >> 1 if not number & 1 else ~(number >> 1) for number in range(256)]


class PackedWrong(ValueError):
    """What was packed contradicts itself."""


def planes_of(numbers: Iterable[int]) -> bytes:
    """Return whole numbers as bytes, all lowest bytes first. Raises OverflowError beyond 63 bits."""
    folded = [number << 1 if number >= 0 else ~(number << 1) for number in numbers]
    most = max(folded, default=0)
    if most < 256:
        return bytes(folded)
    width = next((width for width in _CODES if most >> 8 * width == 0), 0)
    if not width:
        raise OverflowError("beyond 63 bits")
    raw = _little(array(_CODES[width], folded)).tobytes()
    return b"".join(raw[at::width] for at in range(width))


def numbers_in(planes: object, count: int) -> list[int]:
    """Return so many numbers. Raises PackedWrong."""
    if not isinstance(planes, bytes) or (len(planes) % count if count else len(planes)):
        raise PackedWrong("numbers")
    if not count:
        return []
    width = len(planes) // count
    if width == 1:
        return [_UNFOLDED[number] for number in planes]
    if width not in _CODES:
        raise PackedWrong("numbers")
    raw = bytearray(len(planes))
    for at in range(width):
        raw[at::width] = planes[at * count : (at + 1) * count]
    folded = array(_CODES[width])
    folded.frombytes(bytes(raw))
    return [number >> 1 if not number & 1 else ~(number >> 1) for number in _little(folded)]


def steps_of(numbers: Sequence[int]) -> bytes:
    """Return numbers as the steps from one to the next, the first one from nought."""
    return planes_of([*numbers[:1], *(after - before for before, after in pairwise(numbers))])


def steps_in(planes: object, count: int) -> list[int]:
    """Return so many numbers from their steps. Raises PackedWrong."""
    return list(accumulate(numbers_in(planes, count)))


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
