"""Reads the pictures that ESC/POS carries, and draws the codes that a printer makes by itself.

| bytes | name | the picture |
|---|---|---|
| `1D 76 30 m xL xH yL yH …` | GS v 0 | rows of x bytes; m 1, 3 doubles the width, m 2, 3 the height |
| `1B 2A m nL nH …` | ESC * | n columns of 8 dots (m 0, 1) or 24 (m 32, 33); even m doubles the width |
| `1D 28 4C pL pH 30 70 30 bx by c xL xH yL yH …` | GS ( L fn 112 | x by y dots, kept until fn 50 prints it |
| `1D 38 4C p1–p4 30 70 …` | GS 8 L | the same, with a longer length |
| `1D 28 6B pL pH 31 fn …` | GS ( k | a QR code: its module size, its level, its text, and then print |

A picture is mode '1' with 255 for ink.
"""

from __future__ import annotations

from dataclasses import dataclass

import qrcode
from PIL import Image
from qrcode.exceptions import DataOverflowError

_LEVELS = {
    48: qrcode.constants.ERROR_CORRECT_L,
    49: qrcode.constants.ERROR_CORRECT_M,
    50: qrcode.constants.ERROR_CORRECT_Q,
    51: qrcode.constants.ERROR_CORRECT_H,
}
_COLUMN_SCALES = {0: (2, 3), 1: (1, 3), 32: (2, 1), 33: (1, 1)}
MODULE_DOTS_MAX = 16


class UnreadableError(Exception):
    """The picture cannot be what its head says; the text says why."""


def raster_rows(raw: bytes) -> tuple[int, int, list[bytes]]:
    """Return the mode, the bytes a row and the rows of a GS v 0 command."""
    stride = int.from_bytes(raw[4:6], "little")
    picture = raw[8:]
    return raw[3] & 3, stride, [picture[at : at + stride] for at in range(0, len(picture), stride or 1)]


def rows_picture(rows: list[bytes], stride: int, mode: int) -> Image.Image:
    """Return rows as a picture, doubled as the mode says."""
    picture = Image.frombytes("1", (stride * 8, len(rows)), b"".join(rows))
    return scaled(picture, 2 if mode & 1 else 1, 2 if mode & 2 else 1)


def column_picture(raw: bytes) -> Image.Image:
    """Return the picture of an ESC * command, 24 dots high."""
    if raw[2] not in _COLUMN_SCALES:
        raise UnreadableError(f"ESC * of mode {raw[2]}")
    count = int.from_bytes(raw[3:5], "little")
    if not count:
        raise UnreadableError("ESC * without a column")
    lying = Image.frombytes("1", (24 if raw[2] >= 32 else 8, count), raw[5:])
    return scaled(lying.transpose(Image.Transpose.TRANSPOSE), *_COLUMN_SCALES[raw[2]])


def scaled(picture: Image.Image, across: int, down: int) -> Image.Image:
    """Return a picture with every dot so many times as wide and as high."""
    size = (picture.width * across, picture.height * down)
    return picture if size == picture.size else picture.resize(size, Image.Resampling.NEAREST)


class Graphics:
    """The one picture that GS ( L and GS 8 L keep."""

    def __init__(self) -> None:
        self._kept: Image.Image | None = None

    def take(self, function: bytes) -> Image.Image | None:
        """Obey `30 fn …` and return the picture that is to be printed, if one is."""
        if function[1:2] in (b"\x02", b"2"):
            printed, self._kept = self._kept, None
            return printed
        if function[1:2] != b"p":
            raise UnreadableError(f"graphics function {function[:2].hex(' ')}")
        across, down = function[3], function[4]
        width, height = int.from_bytes(function[6:8], "little"), int.from_bytes(function[8:10], "little")
        dots = function[10:]
        if function[2] != 0x30 or len(dots) != (width + 7) // 8 * height or not dots:
            raise UnreadableError(f"graphics of {width} by {height} dots in {len(dots)} bytes")
        self._kept = scaled(Image.frombytes("1", (width, height), dots), across, down)
        return None


@dataclass(slots=True)
class QrCode:
    """The code that GS ( k prepares and prints; it has no quiet zone of its own."""

    module_dots: int = 3
    level: int = 48
    text: bytes = b""

    def take(self, function: bytes) -> Image.Image | None:
        """Obey `31 fn …` and return the code that is to be printed, if one is."""
        number, arguments = function[1], function[2:]
        if number == 67 and arguments and 1 <= arguments[0] <= MODULE_DOTS_MAX:
            self.module_dots = arguments[0]
        elif number == 69 and arguments and arguments[0] in _LEVELS:
            self.level = arguments[0]
        elif number == 80:
            self.text = arguments[1:]
        elif number == 81:
            return self._drawn()
        elif number != 65:
            raise UnreadableError(f"QR function {function[:3].hex(' ')}")
        return None

    def _drawn(self) -> Image.Image:
        if not self.text:
            raise UnreadableError("a QR code without a text")
        code = qrcode.QRCode(error_correction=_LEVELS[self.level], border=0)
        code.add_data(self.text)
        try:
            code.make(fit=True)
        except (DataOverflowError, ValueError) as error:
            raise UnreadableError("a text too long for a QR code") from error
        modules = [[255 if dark else 0 for dark in row] for row in code.modules]
        picture = Image.new("1", (len(modules), len(modules)))
        picture.putdata([dot for row in modules for dot in row])
        return scaled(picture, self.module_dots, self.module_dots)
