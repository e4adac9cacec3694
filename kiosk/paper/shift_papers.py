"""The sheet of a shift (工作日报 / 交班单) on paper: what its description tells, with lines to sign on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kiosk.domain.ledgers import Column, Ledger, whole_value
from kiosk.domain.shift_sheets import (
    CLOSED,
    COUNTED,
    FAULTS,
    NOTE,
    OPEN_ENDS,
    OPENED,
    SHIFT_SHEET,
    ShiftSheet,
)
from kiosk.paper.blocks import Block, Document, FillIns, Flow, Rule, Space, TitleBar, Weight, Words
from kiosk.paper.phrases import Sentences, day_text


def shift_blocks(sheet: ShiftSheet, tr: Sentences) -> Document:
    """Return the sheet as it is printed, with lines for both to sign on."""
    ledger = SHIFT_SHEET
    return Document(
        (
            TitleBar(
                Words(tr(ledger.title), 56, Weight.BLACK, 40),
                (Flow((Words(sheet.number, 28),)), Flow((Words(_place(sheet, tr), 28),))),
            ),
            Space(12),
            *_who(ledger, sheet, tr),
            Space(8),
            Rule(2),
            Space(8),
            *_counts(ledger.part(COUNTED), sheet, tr),
            Space(6),
            Rule(2),
            Space(8),
            *_counts(ledger.part(OPEN_ENDS), sheet, tr),
            Space(4),
            *(_said(column, Weight.BOLD, sheet, tr) for column in ledger.part(FAULTS)),
            Space(8),
            Rule(2),
            Space(8),
            *(_said(column, Weight.BLACK, sheet, tr) for column in ledger.part(NOTE)),
            *_signatures(ledger, tr),
        )
    )


def _place(sheet: ShiftSheet, tr: Sentences) -> str:
    return f"{sheet.station}\u2002{tr('paper.kiosk', letter=sheet.kiosk_letter)}"


def _who(ledger: Ledger, sheet: ShiftSheet, tr: Sentences) -> list[Block]:
    blocks: list[Block] = []
    for part in (OPENED, CLOSED):
        word = Words(tr(f"paper.shift.{part}"), 32, Weight.BLACK)
        told = (_words(whole_value(column, sheet), tr) for column in ledger.part(part))
        blocks += [Flow((word, *told)), Space(8)]
    return blocks


def _words(value: object, tr: Sentences) -> Words:
    if isinstance(value, datetime):
        return Words(f"{day_text(value.date(), tr)} {value:%H:%M}", 32)
    return Words(str(value), 32, Weight.MEDIUM)


def _counts(columns: Sequence[Column], sheet: ShiftSheet, tr: Sentences) -> list[Block]:
    blocks: list[Block] = []
    for column in columns:
        count = Words(str(whole_value(column, sheet)), 40, Weight.BLACK)
        blocks += [Flow((Words(tr(column.word), 34), count), is_spread=True), Space(6)]
    return blocks


def _said(column: Column, weight: Weight, sheet: ShiftSheet, tr: Sentences) -> Flow:
    value = whole_value(column, sheet) or tr(column.empty)
    told = value if isinstance(value, tuple) else (str(value),)
    return Flow((Words(tr(column.word), 32, weight), *(Words(text, 32, Weight.MEDIUM) for text in told)))


def _signatures(ledger: Ledger, tr: Sentences) -> list[Block]:
    gives, takes = (FillIns(((Words(tr(signer), 30), None),)) for signer in ledger.signers)
    return [Space(16), gives, Space(12), takes]
