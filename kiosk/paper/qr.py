"""QR codes as module patterns: level M, quiet zone of four modules, smallest version that holds the text.

Every code may wear one of eight masks, and the one with the fewest misleading patterns reads best (ISO/IEC
18004, 7.8.3). What a mask turns over depends on the version alone. So a code is drawn once, as one long
number of a bit a module, and its other seven faces are made and judged by arithmetic on it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET_MODULES = 4
MASKS = 8
_FINDER, _FINDER_MODULES = (0b1011101_0000, 0b0000_1011101), 11
_RUN, _BLOCK, _FALSE_FINDER, _SHADE = 3, 3, 40, 10
"""What a run of five, a block of four, a false finder and every 5 % too dark or too light count."""


@lru_cache(maxsize=4)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of dark (True) and light modules of a text, without the quiet zone.

    Capitals, digits and ` $%*+-./:` take 5.5 bits each (ISO/IEC 18004, alphanumeric mode), other texts 8.
    """
    symbol = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    symbol.add_data(text, optimize=0)
    version = symbol.best_fit()
    first = _drawn(symbol, 0)
    side = symbol.modules_count
    best = min((first ^ other for other in _differences(version)), key=lambda face: loss(face, side))
    bits = f"{best:0{side * (side + 1)}b}"
    return tuple(tuple(bit == "1" for bit in bits[at : at + side]) for at in range(0, len(bits), side + 1))


def side_dots(text: str, module_dots: int) -> int:
    """Return the width of a code with its quiet zone."""
    return (len(modules(text)) + 2 * QUIET_MODULES) * module_dots


def loss(face: int, side: int) -> int:
    """Return how much a code misleads a reader: long runs, blocks, false finders, too much of one shade.

    `face` is its modules row by row, dark 1, and behind each row a 0.
    """
    stride = side + 1
    area = _area(side)
    light = area ^ face
    total = 0
    for shade in (face, light):
        total += _BLOCK * (shade & shade >> 1 & shade >> stride & shade >> stride + 1).bit_count()
        for step in (1, stride):
            fives = shade & shade >> step
            fives &= fives >> 2 * step & shade >> 4 * step
            ends = fives & ~(fives >> step)
            total += fives.bit_count() + (_RUN - 1) * ends.bit_count()
    for step in (1, stride):
        for finder in _FINDER:
            found = area
            for at in range(_FINDER_MODULES):
                found &= (face if finder >> at & 1 else light) >> at * step
            total += _FALSE_FINDER * found.bit_count()
    too_much = abs(face.bit_count() * 100 // (side * side) - 50)
    return total + _SHADE * (too_much // 5)


@lru_cache(maxsize=4)
def _area(side: int) -> int:
    """Return a code whose modules are all dark."""
    return int(("1" * side + "0") * side, 2)


@lru_cache(maxsize=8)
def _differences(version: int) -> tuple[int, ...]:
    """Return what every mask turns over, the words that name it included, compared with mask 0."""
    symbol = QRCode(version, ERROR_CORRECT_M, border=0)
    symbol.add_data("0")
    first = _drawn(symbol, 0)
    return tuple(first ^ _drawn(symbol, mask) for mask in range(MASKS))


def _drawn(symbol: QRCode[Any], mask: int) -> int:
    symbol.makeImpl(test=False, mask_pattern=mask)
    return int("".join("1" if dark else "0" for row in symbol.modules for dark in (*row, False)), 2)
