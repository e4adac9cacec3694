"""One table for every format: a ledger in the words of a language, masked as its description says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.ledgers import Column, Layout, Ledger, value

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


def tabulate(ledger: Ledger, records: Sequence[object], about: str, tr: Sentences) -> Table:
    """Return the records of a ledger as a table; a sheet, which tells of one, has a line to each column."""
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    if ledger.layout is Layout.SHEET:
        [record] = records
        header = (tr("ledger.head.item"), tr("ledger.head.value"))
        rows = tuple((tr(column.word), _cell(column, record, tr)) for column in ledger.columns)
    else:
        header = tuple(tr(column.word) for column in ledger.columns)
        rows = tuple(tuple(_cell(column, record, tr) for column in ledger.columns) for record in records)
    signers = tuple(tr(signer) for signer in ledger.signers)
    return Table(tr(ledger.title), _line(about), header, rows, signers, tr("ledger.sign_day"))


def _cell(column: Column, record: object, tr: Sentences) -> Cell:
    told = value(column, record)
    if column.words and isinstance(told, str) and told:
        told = tr(f"ledger.code.{column.words}.{told}")
    if isinstance(told, tuple):
        told = tr("ledger.between").join(told)
    if told == "" and column.empty:
        told = tr(column.empty)
    return _line(told) if isinstance(told, str) else told


def _line(text: str) -> str:
    """Return a text on one line, with a space for every sign that no table program takes."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " for sign in text)
