"""What a person may type to find a job: the start of any part of its title or its trade's names.

摘苹果 is found by 摘, 苹果, zpg, z, pg, pingguo. Terms are the endings of each name in three spellings;
a query is the beginning of one, so an index answers it from the first letter on.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select

from kiosk.storage.feed_tables import search_term, wording

TradeNames = Mapping[str, Sequence[str]]
"""Names of each trade as they are spoken, by the trade's key."""

_LONGEST_TERM = 24
_WORDING = select(wording.c.id).where(
    wording.c.trade == bindparam("trade"), wording.c.title == bindparam("title")
)


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


class Wordings:
    """Titles within trades, each written once with its terms."""

    def __init__(self, connection: Connection, trade_names: TradeNames) -> None:
        """Read and write within the transaction of `connection`."""
        self._connection = connection
        self._trade_names = trade_names
        self._known: dict[tuple[str, str], int] = {}

    def id_of(self, trade: str, title: str) -> int:
        """Return the id of a wording, made with its terms when it is new."""
        key = (trade, title)
        if key not in self._known:
            found = self._connection.execute(_WORDING, {"trade": trade, "title": title}).scalar()
            self._known[key] = self._add(trade, title) if found is None else found
        return self._known[key]

    def rewrite(self) -> None:
        """Write all terms again, after the names of trades have changed."""
        self._connection.execute(delete(search_term))
        for item, trade, title in self._connection.execute(select(wording)).all():
            self._add_terms(item, trade, title)

    def _add(self, trade: str, title: str) -> int:
        added = insert(wording).values(trade=trade, title=title).returning(wording.c.id)
        item: int = self._connection.execute(added).scalar_one()
        self._add_terms(item, trade, title)
        return item

    def _add_terms(self, item: int, trade: str, title: str) -> None:
        terms = terms_of((title, *self._trade_names.get(trade, ()))) | {normalised(trade)}
        rows = [{"term": term, "wording": item} for term in sorted(terms)]
        self._connection.execute(insert(search_term), rows)


def names_digest(trade_names: TradeNames) -> str:
    """Return what tells one set of trade names from another."""
    content = json.dumps({key: list(names) for key, names in trade_names.items()}, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()
