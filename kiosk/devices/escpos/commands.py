"""The few ESC/POS commands a slip needs, as bytes.

| bytes | name | meaning |
|---|---|---|
| `1B 40` | ESC @ | forget all settings |
| `1B 4A n` | ESC J | feed n dots |
| `1D 76 30 00 xL xH yL yH …` | GS v 0 | print a raster of x bytes by y rows, 1 = ink |
| `1D 28 48 06 00 30 30 d1–d4` | GS ( H fn 48 | answer `37 22 d1–d4 00` once all before it is printed |
| `1D 72 01` | GS r 1 | answer one paper byte once all before it is executed |
| `1D 49 43` | GS I 67 | answer `5F name 00` once all before it is executed |
| `1D 67 32 00 B2 00` | GS g 2 | answer `5F digits 00`, the cutter's lifetime count |
| `1D E2` | (Custom) | answer `2376 cuts`, the cutter's lifetime count |
| `1D 65 02` | GS e 2 (Custom) | draw the slip that is held out back in |
| `1D 61 FF` | GS a 255 | report every change of state unasked |
| `10 04 n` | DLE EOT n | answer status n at once, even offline |
| `1C 26` | FS & | two bytes with the highest bit are a Hanzi |
| `1B 33 n` | ESC 3 | lines are n dots apart |
| `1D 21 n` | GS ! | characters are (n >> 4) + 1 wide and (n & 7) + 1 high |
| `1D 28 6B …` | GS ( k | draw a QR code |
"""

from __future__ import annotations

INITIALIZE = b"\x1b@"
ASK_PAPER_BEHIND_ALL = b"\x1dr\x01"
ASK_IDENTITY_BEHIND_ALL = b"\x1dIC"
ASK_CUT_COUNT = b"\x1dg2\x00\xb2\x00"
ASK_CUSTOM_CUT_COUNT = b"\x1d\xe2"
RETRACT = b"\x1de\x02"
REPORT_UNASKED = b"\x1da\xff"
CHINESE = b"\x1c&"
LINE_PITCH_HEAD = b"\x1b3"
SIZE_HEAD = b"\x1d!"
QR_HEAD = b"\x1d(k"
LINE_END = b"\n"
FULL_STATUS = 20
RASTER_HEAD = b"\x1dv0\x00"
FEED_HEAD = b"\x1bJ"
TOKEN_HEAD = b"\x1d(H\x06\x0000"
TOKEN_BYTES = 4
FEED_MAX_DOTS = 255


def ask_status(number: int) -> bytes:
    """Return DLE EOT for status 1 (printer), 2 (why offline), 3 (error), 4 (paper) or 20 (Custom's all)."""
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


def line_pitch(dots: int) -> bytes:
    """Return ESC 3: from one line of text to the next."""
    return LINE_PITCH_HEAD + bytes((dots,))


def character_size(scale: int) -> bytes:
    """Return GS ! for characters `scale` times as wide and high, 1 to 8."""
    return SIZE_HEAD + bytes(((scale - 1) * 0x11,))


def native_code(text: bytes, module_dots: int) -> bytes:
    """Return the GS ( k commands that draw a QR code of level M: model 2, size, level, text, print."""
    pieces = (b"1A2\0", b"1C" + bytes((module_dots,)), b"1E1", b"1P0" + text, b"1Q0")
    return b"".join(QR_HEAD + len(piece).to_bytes(2, "little") + piece for piece in pieces)
