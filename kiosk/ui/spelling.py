"""The first letters of Chinese words, as people key them."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def initials(word: str) -> str:
    """Return the first letter of each syllable in capitals: 苹果 is PG; signs that are no Hanzi stay."""
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER)).upper()
