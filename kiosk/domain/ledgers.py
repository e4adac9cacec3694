"""Ledgers and sheets as data: which columns there are, where each is read and what of it is masked.

Paper, tables and files are made from the same description, so that none of them says more than another by
mistake. A description reads records; it knows neither words of a language nor any format.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter

from kiosk.domain.sights import Mask as Mask  # noqa: PLC0414 - whoever describes a ledger finds it here
from kiosk.domain.sights import Sights, veil

Value = str | int | datetime | tuple[str, ...]
"""What stands in one place of a ledger; a time is the hall's own without zone, a tuple a list of phrases."""


class Layout(StrEnum):
    """How records lie: a sheet tells of one, a line to each column; a list has a line to each record."""

    SHEET = "sheet"
    LIST = "list"


class Brief(StrEnum):
    """How a line that tells of a record in brief, on a page, has a value."""

    ALONE = "alone"
    """As one reads it: a name, a place, a kind."""
    WITH_HEAD = "with_head"
    """Behind the head of its column, without which nobody knows what the number, day or yes is of."""
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `word` is the catalogue's key of its head, `source` the path to its value in a record.

    `part` is the part of a sheet it stands in; `empty` the key of what is said where the value is empty.
    `words` names the words of a value that is a code: `sex` for those of `ledger.code.sex.…`. `brief` is how
    a page has it.
    """

    word: str
    source: str
    mask: Mask = Mask.NOTHING
    part: str = ""
    empty: str = ""
    words: str = ""
    brief: Brief = Brief.ALONE


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger. `name` is what the audit log calls it, `title` and `signers` are keys of the catalogue."""

    name: str
    title: str
    layout: Layout
    columns: tuple[Column, ...]
    signers: tuple[str, ...]

    def part(self, name: str) -> tuple[Column, ...]:
        """Return the columns of one part, in their order."""
        return tuple(column for column in self.columns if column.part == name)


def whole_value(column: Column, record: object) -> Value:
    """Return a record's value as it is kept, for paper that whoever is named signs."""
    value: Value = _reading(column.source)(record)
    return value


def value_of(column: Column, sights: Sights) -> Callable[[object], Value]:
    """Return what reads a column's value of a record, as far as these sights show it."""
    reading, hide = _reading(column.source), veil(column.mask, sights)
    if column.mask is Mask.NOTHING:
        return reading

    def shown(record: object) -> Value:
        whole = reading(record)
        return hide(whole) if isinstance(whole, str) else whole

    return shown


@cache
def _reading(source: str) -> Callable[[object], Value]:
    return attrgetter(source)
