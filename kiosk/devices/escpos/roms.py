"""What a printer's own type can print, and how text is made fit for it.

Chinese printers start in Hanzi mode, where a byte above 80 always takes the next one with it. So text is
ASCII or two bytes (GB18030: or four), never a code page, and no control byte of a name ever gets through.
"""

from __future__ import annotations

import unicodedata

from kiosk.devices.profiles import Charset

_PLAIN = str.maketrans({"¥": "￥", "–": "-", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u3000": " "})
_TWO_BYTES = {Charset.GB2312: "gb2312", Charset.GBK: "gbk", Charset.GB18030: "gb18030"}


def rom_text(text: str) -> str:
    """Return a text without control characters, with the signs every Hanzi type has instead of rarer ones."""
    return "".join(sign for sign in text.translate(_PLAIN) if unicodedata.category(sign) != "Cc")


def rom_bytes(text: str, charset: Charset) -> bytes | None:
    """Return a text in a printer's own charset, or None when its type lacks a sign of it."""
    text = rom_text(text)
    if charset is Charset.NONE:
        return text.encode("ascii") if text.isascii() else None
    try:
        return text.encode(_TWO_BYTES[charset])
    except UnicodeEncodeError:
        return None
