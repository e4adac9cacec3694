"""One table for every format: a ledger in the words of a language, masked as its description says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.ledgers import Column, Layout, Ledger, value_of
from kiosk.domain.sights import MASKED, Sights

Cell = str | int | datetime
"""What stands in one cell; a time is the hall's own without zone."""


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


def tabulate(
    ledger: Ledger, records: Sequence[object], about: str, tr: Sentences, sights: Sights = MASKED
) -> Table:
    """Return the records of a ledger as a table for who is shown so much of a person.

    A sheet, which tells of one record, has a line to each column.
    """
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    if ledger.layout is Layout.SHEET:
        [record] = records
        header = (tr("ledger.head.item"), tr("ledger.head.value"))
        rows = tuple((tr(column.word), _cell_of(column, tr, sights)(record)) for column in ledger.columns)
    else:
        header = tuple(tr(column.word) for column in ledger.columns)
        cells = [_cell_of(column, tr, sights) for column in ledger.columns]
        rows = tuple(tuple([cell(record) for cell in cells]) for record in records)
    signers = tuple(tr(signer) for signer in ledger.signers)
    return Table(tr(ledger.title), _line(about), header, rows, signers, tr("ledger.sign_day"))


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
