"""What the letters in a printer's memory make of the bytes of a text: characters, pairs of them, or junk.

| ROM | a character of more than one byte |
|---|---|
| `gb2312` | `A1–F7`, then `A1–FE` |
| `gbk` | `81–FE`, then `40–FE` without `7F` |
| `gb18030` | as gbk, and four bytes `81–FE 30–39 81–FE 30–39` |
| `none` | none: each byte is a letter of the code page that ESC t chose |

What a ROM has no picture for is a hollow box on the paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

NO_PICTURE = "\N{WHITE SQUARE}"

_CODE_PAGES = {0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 16: "cp1252", 17: "cp866",
               18: "cp852", 19: "cp858"}  # fmt: skip


class Rom(StrEnum):
    """Which Hanzi a printer can print by itself."""

    NONE = "none"
    GB2312 = "gb2312"
    GBK = "gbk"
    GB18030 = "gb18030"


_LEADS = {Rom.GB2312: range(0xA1, 0xF8), Rom.GBK: range(0x81, 0xFF), Rom.GB18030: range(0x81, 0xFF)}


def letters(text: bytes, rom: Rom, code_page: int, *, is_chinese: bool) -> Iterator[tuple[str, int]]:
    """Yield what is printed for a run of text: each character and its width in half-width cells."""
    at = 0
    while at < len(text):
        size = _size(text[at : at + 4], rom) if is_chinese else 1
        piece = text[at : at + size]
        if size > 1:
            yield _decoded(piece, rom), 2
        elif piece[0] < 0x80 or not is_chinese or rom is Rom.NONE:
            yield _decoded_single(piece, code_page), 1
        else:
            yield NO_PICTURE, 1
        at += size


def unfinished(text: bytes, rom: Rom) -> int:
    """Return how many bytes at the end of a run may be the beginning of a character."""
    at = 0
    while at < len(text):
        left = text[at : at + 4]
        if rom is not Rom.NONE and left[0] in _LEADS[rom] and len(left) < _wanted(left, rom):
            return len(left)
        at += _size(left, rom)
    return 0


def _wanted(left: bytes, rom: Rom) -> int:
    """Return how many bytes must be seen before a character that begins so can be told whole."""
    return 4 if rom is Rom.GB18030 and len(left) > 1 and left[1] in range(0x30, 0x3A) else 2


def _size(left: bytes, rom: Rom) -> int:
    if rom is Rom.NONE or left[0] not in _LEADS[rom] or len(left) < 2:
        return 1
    second = left[1]
    if rom is Rom.GB2312:
        return 2 if second in range(0xA1, 0xFF) else 1
    if second in range(0x40, 0xFF) and second != 0x7F:
        return 2
    is_four = rom is Rom.GB18030 and len(left) == 4 and second in range(0x30, 0x3A)
    return 4 if is_four and left[2] in range(0x81, 0xFF) and left[3] in range(0x30, 0x3A) else 1


def _decoded(piece: bytes, rom: Rom) -> str:
    try:
        return piece.decode(rom.value)
    except UnicodeDecodeError:
        return NO_PICTURE


def _decoded_single(piece: bytes, code_page: int) -> str:
    try:
        return piece.decode(_CODE_PAGES.get(code_page, "cp437"))
    except UnicodeDecodeError:
        return NO_PICTURE
