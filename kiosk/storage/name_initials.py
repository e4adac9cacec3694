"""People by the first letters of their names: 张三 is zs, and whoever has two readings is found by either.

The dictionary of readings costs memory and a quarter of a second, so it is not asked while a card lies on the
reader: a name is spelled when somebody first looks for people so. Foreign names go by their words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import islice, product

from sqlalchemy import Connection, bindparam, delete, exists, func, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.domain.ids import WorkerId
from kiosk.statements import Statement
from kiosk.storage.name_tables import name_initials
from kiosk.storage.tables import check_in, worker

_MOST_READINGS = 16
"""A name of three characters with two readings each has eight; nobody keys more than that."""
_PARTS = re.compile(r"[A-Za-z]+|[^\W\d_]")
_BEHIND = "\U0010ffff"
"""Sorts behind every letter."""

_UNSPELLED = Statement(select(worker.c.id, worker.c.name).where(text("is_spelled = 0")).order_by(worker.c.id))
_ALL_SPELLED = Statement(update(worker).where(text("is_spelled = 0")).values(is_spelled=True))
_FORGET = Statement(delete(name_initials).where(name_initials.c.worker == bindparam("of")))
_ADD = Statement(upsert(name_initials).on_conflict_do_nothing(), "initials", "worker")
_IS_HERE = exists().where(check_in.c.worker == name_initials.c.worker, check_in.c.day == bindparam("day"))
_FOUND = Statement(
    select(name_initials.c.worker)
    .where(
        name_initials.c.initials >= bindparam("begin"),
        name_initials.c.initials < bindparam("behind"),
    )
    .group_by(name_initials.c.worker)
    .order_by(_IS_HERE.desc(), func.min(name_initials.c.initials), name_initials.c.worker)
    .limit(bindparam("most"))
)


def initials_of(name: str) -> list[str]:
    """Return every way to write a name by its first letters, in lower case; empty where it has no letters."""
    letters = [(part[0].lower(),) if part.isascii() else _letters_of(part) for part in _PARTS.findall(name)]
    ways = ("".join(way) for way in product(*letters))
    return [way for way in dict.fromkeys(islice(ways, _MOST_READINGS)) if way.isascii() and way]


@lru_cache(maxsize=4096)
def _letters_of(character: str) -> tuple[str, ...]:
    """Return the first letter of every reading; people share a few hundred characters."""
    from pypinyin import Style, pinyin

    readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0]
    return tuple(dict.fromkeys(each[:1] for each in readings))


def spell_names(connection: Connection) -> int:
    """Spell the names that nobody looked for yet, and return how many they were.

    Somebody waits for it: they are written in the order of their index, and ticked off by one statement.
    """
    rows = _UNSPELLED.all(connection, {})
    ways = sorted((initials, row.id) for row in rows for initials in initials_of(row.name))
    _ADD.run_each(connection, [_ADD.bound({"initials": way, "worker": of}) for way, of in ways])
    _ALL_SPELLED.run(connection)
    return len(rows)


def forget_initials(connection: Connection, of: str) -> None:
    """Forget how a name was written, because it is another one now."""
    _FORGET.run(connection, {"of": of})


def found_by_initials(connection: Connection, letters: str, day: date, most: int) -> Sequence[WorkerId]:
    """Return so many of those whose names begin so: who came on that day first, then the shortest names."""
    begin = letters.lower()
    values = {"begin": begin, "behind": begin + _BEHIND, "day": day, "most": most}
    return [WorkerId(row.worker) for row in _FOUND.all(connection, values)]
