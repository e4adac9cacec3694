"""Characters by their pinyin: all of GB 2312, those that are surnames first, then the common ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚"
    "谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
"""The hundred commonest surnames, the commonest first."""

_LEVEL_ONE_ENDS = 0xD8
"""Rows below this byte of GB 2312 hold the 3,755 common characters, the others 3,008 rarer ones."""


def characters_read(syllable: str) -> Sequence[str]:
    """Return the characters a syllable can mean, the likeliest first; `lv` stands for lü.

    A syllable that is not finished yet finds those of every syllable it begins.
    """
    table = _table()
    whole = list(table.get(syllable, ()))
    if not syllable:
        return []
    begun = (character for key in sorted(table) if key.startswith(syllable) for character in table[key])
    return list(dict.fromkeys([*whole, *begun]))


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Sequence[str]]:
    """Invert the dictionary once (60 ms); pypinyin is loaded only when somebody begins to spell."""
    from pypinyin import Style, pinyin

    found: dict[str, list[tuple[int, int, str]]] = {}
    rank = {character: place for place, character in enumerate(SURNAMES)}
    for order, (character, is_common) in enumerate(_gb2312()):
        readings = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
        for place, reading in enumerate(readings):
            usual = place == 0
            weight = rank.get(character, 1000 if is_common and usual else 2000 if is_common else 3000)
            found.setdefault(reading, []).append((weight if usual else weight + 1500, order, character))
    return {reading: [item[2] for item in sorted(items)] for reading, items in found.items()}


def _gb2312() -> Iterator[tuple[str, bool]]:
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            character = bytes((high, low)).decode("gb2312", errors="ignore")
            if character:
                yield character, high < _LEVEL_ONE_ENDS
