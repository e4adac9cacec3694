"""What a person may type to find a job: the start of any part of its title or its trade's names.

摘苹果 is found by 摘, 苹果, zpg, z, pg, pingguo. Terms are the endings of each name in three spellings;
a query is the beginning of one, so an index answers it from the first letter on.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.storage.feed_tables import search_term, wording

TradeNames = Mapping[str, Sequence[str]]
"""Names of each trade as they are spoken, by the trade's key."""

Wording = tuple[str, str]
"""A title within a trade: (trade, title). Each is written once with its terms."""

_LONGEST_TERM = 24
_TRADES_KEPT = 128
_OF_TRADES = select(wording).where(wording.c.trade.in_(bindparam("trades", expanding=True)))
_ADDED = upsert(wording)
_ADD = _ADDED.on_conflict_do_update(
    index_elements=["trade", "title"], set_={"title": _ADDED.excluded.title}
).returning(wording.c.id)
_ADD_TERM = upsert(search_term).on_conflict_do_nothing()


def normalised(text: str) -> str:
    """Return a text as terms are compared: half-width lower case, letters and digits only."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(sign for sign in plain if sign.isalnum() or sign == "_")


def terms_of(names: Iterable[str]) -> set[str]:
    """Return every term that finds one of the names."""
    # The dictionary of readings costs memory and time, which only the process that takes in jobs shall pay.
    from pypinyin import lazy_pinyin

    terms: set[str] = set()
    for name in map(normalised, names):
        syllables = lazy_pinyin(name, errors=list)  # type: ignore[arg-type]  # it takes lists too
        initials = "".join(syllable[:1] for syllable in syllables)
        for at in range(len(name)):
            spelled = "".join(syllables[at:])
            terms.update(term[:_LONGEST_TERM] for term in (name[at:], initials[at:], spelled))
    return terms - {""}


def known_wordings(connection: Connection, wanted: Collection[Wording]) -> dict[Wording, int]:
    """Return the ids of those wanted wordings that are kept."""
    rows = connection.execute(_OF_TRADES, {"trades": sorted({trade for trade, _ in wanted})})
    return {(row.trade, row.title): row.id for row in rows if (row.trade, row.title) in wanted}


def with_terms(wordings: Iterable[Wording], trade_names: TradeNames) -> list[tuple[Wording, set[str]]]:
    """Return wordings with the terms that find them; this takes long, so nothing may be locked meanwhile."""
    return [(item, _terms_of_wording(item, trade_names)) for item in wordings]


def add_wordings(connection: Connection, added: Iterable[tuple[Wording, set[str]]]) -> dict[Wording, int]:
    """Keep wordings with their terms and return their ids; one that came meanwhile keeps its id."""
    ids = {}
    for (trade, title), terms in added:
        item: int = connection.execute(_ADD, {"trade": trade, "title": title}).scalar_one()
        connection.execute(_ADD_TERM, _term_rows(item, terms))
        ids[trade, title] = item
    return ids


def rewrite_terms(connection: Connection, trade_names: TradeNames) -> None:
    """Write all terms again, after the names of trades have changed."""
    connection.execute(delete(search_term))
    for item, trade, title in connection.execute(select(wording)).all():
        connection.execute(_ADD_TERM, _term_rows(item, _terms_of_wording((trade, title), trade_names)))


def _terms_of_wording(item: Wording, trade_names: TradeNames) -> set[str]:
    trade, title = item
    return terms_of((title,)) | _terms_of_trade(tuple(trade_names.get(trade, ()))) | {normalised(trade)}


@lru_cache(maxsize=_TRADES_KEPT)
def _terms_of_trade(names: tuple[str, ...]) -> frozenset[str]:
    """Return the terms of a trade's names, which hundreds of titles share."""
    return frozenset(terms_of(names))


def _term_rows(item: int, terms: Iterable[str]) -> list[dict[str, object]]:
    return [{"term": term, "wording": item} for term in sorted(terms)]


def names_digest(trade_names: TradeNames) -> str:
    """Return what tells one set of trade names from another."""
    content = json.dumps({key: list(names) for key, names in trade_names.items()}, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()
