"""An advertisement's words as a rule compares them: one width, one case, no filling, disguises taken off.

Every sign remembers where it stood, so that a hit can show the words as the employer wrote them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_FILLING = re.compile(r"[\s*_~·•.\-—+|/\\\"'“”‘’]")
"""Signs put between characters to hide a word. Commas and full stops stay: they end a thought."""

_STANDS_FOR = {
    "證": "证", "漢": "汉", "戶": "户", "歲": "岁", "費": "费", "錢": "钱", "壓": "押", "殘": "残",
    "侽": "男", "莮": "男", "囡": "女", "釹": "女", "钕": "女", "崴": "岁", "薇": "微", "〇": "0",
}  # fmt: skip
"""Traditional and look-alike characters seen in advertisements, and what they stand for."""


@dataclass(frozen=True, slots=True)
class PlainText:
    """Normalised text; `origins[i]` is where its sign i stood in the original."""

    original: str
    text: str
    origins: tuple[int, ...]

    def written(self, start: int, end: int) -> str:
        """Return the original words of a span of the normalised text."""
        return self.original[self.origins[start] : self.origins[end - 1] + 1]


def plain_text(original: str) -> PlainText:
    """Return a text without disguise: NFKC, lower case, filling removed, look-alikes replaced."""
    signs: list[str] = []
    origins: list[int] = []
    for at, sign in enumerate(original):
        for plain in unicodedata.normalize("NFKC", sign).lower():
            if not _FILLING.fullmatch(plain) and unicodedata.category(plain) not in {"Cf", "So"}:
                signs.append(_STANDS_FOR.get(plain, plain))
                origins.append(at)
    return PlainText(original, "".join(signs), tuple(origins))
