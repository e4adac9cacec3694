"""The few ESC/POS commands a slip needs, as bytes.

| bytes | name | meaning |
|---|---|---|
| `1B 40` | ESC @ | forget all settings |
| `1B 4A n` | ESC J | feed n dots |
| `1D 76 30 00 xL xH yL yH …` | GS v 0 | print a raster of x bytes by y rows, 1 = ink |
| `1D 28 48 06 00 30 30 d1–d4` | GS ( H fn 48 | answer `37 22 d1–d4 00` once all before it is printed |
| `1D 72 01` | GS r 1 | answer one paper byte once all before it is executed |
| `1D 67 32 00 B2 00` | GS g 2 | answer `5F digits 00`, the cutter's lifetime count |
| `10 04 n` | DLE EOT n | answer status n at once, even offline |
"""

from __future__ import annotations

INITIALIZE = b"\x1b@"
ASK_PAPER_BEHIND_ALL = b"\x1dr\x01"
ASK_CUT_COUNT = b"\x1dg2\x00\xb2\x00"
RASTER_HEAD = b"\x1dv0\x00"
FEED_HEAD = b"\x1bJ"
TOKEN_HEAD = b"\x1d(H\x06\x0000"
TOKEN_BYTES = 4
FEED_MAX_DOTS = 255


def ask_status(number: int) -> bytes:
    """Return DLE EOT for status 1 (printer), 2 (why offline), 3 (error) or 4 (paper)."""
    return bytes((0x10, 0x04, number))


def ask_token(token: bytes) -> bytes:
    """Return GS ( H fn 48 for a token of four printable ASCII bytes; ValueError for any other.

    Printable bytes only: the command allows no others, and so a token can never look like a status reply
    block's end or a real-time command.
    """
    if len(token) != TOKEN_BYTES or not all(0x20 <= byte <= 0x7E for byte in token):
        raise ValueError("a completion token is four printable ASCII bytes")
    return TOKEN_HEAD + token


def feed(dots: int) -> bytes:
    """Return the ESC J commands that feed `dots` dots, none for 0."""
    whole, rest = divmod(dots, FEED_MAX_DOTS)
    return (FEED_HEAD + bytes((FEED_MAX_DOTS,))) * whole + (FEED_HEAD + bytes((rest,)) if rest else b"")


def raster(rows: bytes, stride: int) -> bytes:
    """Return GS v 0 for packed rows of `stride` bytes each."""
    return RASTER_HEAD + stride.to_bytes(2, "little") + (len(rows) // stride).to_bytes(2, "little") + rows
