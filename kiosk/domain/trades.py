"""The trades a hall offers: what each is called, in which family it stands, and how people speak of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.domain.families import Family


@dataclass(frozen=True, slots=True)
class Trade:
    """One trade. `zh` is at most five characters, as on a tile; `aliases` are words people say for it.

    `occupation_code` is the national classification of occupations (2022); two trades may share a code.
    `pictogram` names a drawing of assets/icons/pictograms.
    """

    key: str
    family: Family
    zh: str
    en: str
    occupation_code: str
    aliases: tuple[str, ...]
    pictogram: str


@dataclass(frozen=True, slots=True)
class Trades:
    """All trades, in the order in which they are shown."""

    by_key: Mapping[str, Trade]

    @classmethod
    def of(cls, trades: Iterable[Trade]) -> Trades:
        """Build the look-up; raises ValueError where a key, or one spoken word, would mean two trades."""
        by_key: dict[str, Trade] = {}
        owner: dict[str, str] = {}
        for trade in trades:
            if trade.key in by_key:
                raise ValueError(f"two trades have the key {trade.key}")
            by_key[trade.key] = trade
            for word in (trade.zh, *trade.aliases):
                if word in owner:
                    raise ValueError(f"{word} means both {owner[word]} and {trade.key}")
                owner[word] = trade.key
        return cls(by_key)

    def of_family(self, family: Family) -> tuple[Trade, ...]:
        """Return the trades of one family in their order."""
        return tuple(trade for trade in self.by_key.values() if trade.family is family)

    def spoken(self, word: str) -> tuple[Trade, ...]:
        """Return the trades a word means: 泥瓦工 is 砌墙. A whole name comes before a part of one."""
        wanted = word.strip()
        if not wanted:
            return ()
        exact = [trade for trade in self.by_key.values() if wanted in (trade.zh, *trade.aliases)]
        partly = [
            trade
            for trade in self.by_key.values()
            if trade not in exact and any(wanted in name for name in (trade.zh, *trade.aliases))
        ]
        return (*exact, *partly)
