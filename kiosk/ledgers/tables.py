"""One table for every format: a ledger in the words of a language, masked as its description says."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from kiosk.domain.ledgers import Column, Layout, Ledger, value_of
from kiosk.domain.sights import MASKED, Sights

Cell = str | int | datetime
"""What stands in one cell; a time is the hall's own without zone."""


_Rows = Generator[tuple[Cell, ...], None, None]


class Sentences(Protocol):
    """The catalogue of one language: a key and named values give a sentence."""

    @property
    def language(self) -> str:
        """The language the sentences are in, such as `zh_CN`."""
        ...

    def __call__(self, key: str, /, **args: object) -> str:
        """Return the sentence of a key."""
        ...


@dataclass(frozen=True, slots=True)
class Table:
    """A ledger ready to be written: every row is as long as `header`; `about` says whose it is and when.

    `signers` are who signs below, `sign_day` is the word before the day of a signature.
    """

    title: str
    about: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    signers: tuple[str, ...]
    sign_day: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A table whose rows are read one after the other; `head` is the table without them.

    Whoever stops before the last one closes `rows`, which may hold a transaction open.
    """

    head: Table
    rows: _Rows

    def whole(self) -> Table:
        """Read all rows."""
        return replace(self.head, rows=tuple(self.rows))


def tabulate(
    ledger: Ledger, records: Sequence[object], about: str, tr: Sentences, sights: Sights = MASKED
) -> Table:
    """Return the records of a ledger as a table for who is shown so much of a person."""
    return flowing(ledger, records, about, tr, sights).whole()


def flowing(ledger: Ledger, records: Iterable[object], about: str, tr: Sentences, sights: Sights) -> Flow:
    """Return the records of a ledger as a table that is read row by row.

    A sheet, which tells of one record, has a line to each column.
    """
    is_sheet = ledger.layout is Layout.SHEET
    words = ("ledger.head.item", "ledger.head.value") if is_sheet else [each.word for each in ledger.columns]
    header, signers = tuple(map(tr, words)), tuple(map(tr, ledger.signers))
    head = Table(tr(ledger.title), _line(about), header, (), signers, tr("ledger.sign_day"))
    rows = _sheet_rows if is_sheet else _list_rows
    return Flow(head, rows(ledger, records, tr, sights))


def _sheet_rows(ledger: Ledger, records: Iterable[object], tr: Sentences, sights: Sights) -> _Rows:
    [record] = records
    for column in ledger.columns:
        yield tr(column.word), _cell_of(column, tr, sights)(record)


def _list_rows(ledger: Ledger, records: Iterable[object], tr: Sentences, sights: Sights) -> _Rows:
    cells = [_cell_of(column, tr, sights) for column in ledger.columns]
    for record in records:
        yield tuple([cell(record) for cell in cells])


def _cell_of(column: Column, tr: Sentences, sights: Sights) -> Callable[[object], Cell]:
    """Return what makes a record's cell of a column."""
    value, between = value_of(column, sights), tr("ledger.between")
    empty = tr(column.empty) if column.empty else ""
    words: dict[str, str] = {}

    def cell(record: object) -> Cell:
        told = value(record)
        if isinstance(told, tuple):
            told = between.join(told)
        if not isinstance(told, str):
            return told
        if column.words and told:
            word = words.get(told)
            if word is None:
                word = words[told] = tr(f"ledger.code.{column.words}.{told}")
            told = word
        return _line(told or empty)

    return cell


def _line(text: str) -> str:
    """Return a text on one line, with a space for every sign that no table program takes."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " for sign in text)
