"""QR codes as module patterns: level M, quiet zone of four modules, smallest version that holds the text."""

from __future__ import annotations

from functools import lru_cache

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET_MODULES = 4


@lru_cache(maxsize=4)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of dark (True) and light modules of a text, without the quiet zone.

    Capitals, digits and ` $%*+-./:` take 5.5 bits each (ISO/IEC 18004, alphanumeric mode), other texts 8.
    """
    symbol = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    symbol.add_data(text, optimize=0)
    symbol.make(fit=True)
    return tuple(tuple(bool(dark) for dark in row) for row in symbol.get_matrix())


def side_dots(text: str, module_dots: int) -> int:
    """Return the width of a code with its quiet zone."""
    return (len(modules(text)) + 2 * QUIET_MODULES) * module_dots
