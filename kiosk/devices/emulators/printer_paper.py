"""The paper: rows of dots under the head, cut off as 1-bit pictures."""

from __future__ import annotations

from PIL import Image, ImageChops


class Paper:
    """The strip that has come out since the last cut; a row is packed bytes, 1 = ink."""

    def __init__(self, width_dots: int) -> None:
        self.width_dots = width_dots
        self._rows: list[bytes] = []

    def print_row(self, row: bytes) -> None:
        """Burn one row and move on; dots beyond the head's last are lost, as they are in a printer."""
        width_bytes = self.width_dots // 8
        self._rows.append(row[:width_bytes].ljust(width_bytes, b"\0"))

    def cut(self) -> Image.Image:
        """Return what hangs out as a mode '1' picture, black is ink, and begin anew."""
        rows, self._rows = self._rows, []
        inked = Image.frombytes("1", (self.width_dots, max(1, len(rows))), b"".join(rows) or self._blank())
        return ImageChops.invert(inked)

    def _blank(self) -> bytes:
        return bytes(self.width_dots // 8)
