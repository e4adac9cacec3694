"""The registration receipt (求职登记回执): what is kept of somebody, what for, how long; what one may ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from kiosk.domain.papers import PaperKind
from kiosk.domain.workers import WorkSpan
from kiosk.paper.blocks import Block, Cell, Document, Figured, Flow, Grid, Rule, Space, Weight, Words
from kiosk.paper.headings import Heading, plain, titled
from kiosk.paper.phrases import Sentences, day_text
from kiosk.paper.slips import SecondLanguage

SIDE = 56


@dataclass(frozen=True, slots=True)
class RegistrationReceipt:
    """What somebody is registered with; name and telephone are masked, `phone` None is none given.

    `trades` are in Chinese. `ledger_years` is how long the bureau must keep its records of services.
    `is_restricted` says that telephone and wishes are kept and not used.
    """

    number: str
    heading: Heading
    worker_name: str
    card_tail: str
    phone: str | None
    trades: tuple[str, ...]
    span: WorkSpan | None
    notice_version: int
    valid_until: date
    ledger_years: int
    hall_phone: str
    complaint_phone: str
    second_language: SecondLanguage | None = None
    is_restricted: bool = False
    paper: Literal[PaperKind.REGISTRATION] = PaperKind.REGISTRATION


def registration_blocks(receipt: RegistrationReceipt, tr: Sentences, second: Sentences | None) -> Document:
    """Return the receipt as blocks; `second` doubles its key lines."""
    tail = Words(tr("paper.card_tail", tail=receipt.card_tail), 30, Weight.MEDIUM)
    valid = tr("paper.valid.until", day=day_text(receipt.valid_until, tr))
    blocks: list[Block] = [
        *titled(tr("paper.title.registration"), receipt.number, receipt.heading, tr),
        Flow((Words(receipt.worker_name, 46, Weight.BLACK, 34), tail), is_spread=True),
        Space(10),
        Grid(_wishes(receipt, tr)),
        Space(12),
        Rule(2),
        Space(12),
        *_kept(receipt, tr),
        Rule(2),
        Space(12),
        *_rights(receipt, tr, second),
        Space(12),
        Flow(
            (
                Words(valid, 30),
                plain(tr("paper.registration.notice", version=receipt.notice_version)),
                plain(tr("paper.complaint", phone=receipt.complaint_phone)),
            )
        ),
        Space(6),
        Flow((plain(tr("paper.take_card")),)),
    ]
    return Document(tuple(blocks))


def _wishes(receipt: RegistrationReceipt, tr: Sentences) -> tuple[Cell, ...]:
    """What was answered at the first visit; a question that was skipped is told as skipped."""
    phone = receipt.phone or tr("paper.registration.no_phone")
    trades = tr("paper.list_comma").join(receipt.trades) or tr("paper.registration.any_trade")
    span = f"paper.registration.span.{receipt.span}" if receipt.span else "paper.registration.any_span"
    told = (
        Cell("phone", (Words(phone, 30),)),
        Cell("clock", (Words(tr(span), 30),)),
        Cell("build", (Words(trades, 30),)),
    )
    if not receipt.is_restricted:
        return told
    return (*told, Cell("card_still", (Words(tr("paper.registration.restricted"), 30, Weight.BLACK),)))


def _kept(receipt: RegistrationReceipt, tr: Sentences) -> list[Block]:
    rows = (
        ("card", "paper.registration.what", "paper.registration.what_note"),
        ("hall", "paper.registration.why", "paper.registration.why_note"),
        ("clock", "paper.registration.how_long", "paper.registration.how_long_note"),
    )
    blocks: list[Block] = []
    for picture, head, note in rows:
        words = (
            Flow((Words(tr(head), 34, Weight.BLACK),)),
            Flow((plain(tr(note, years=receipt.ledger_years)),)),
        )
        blocks += [Figured(picture, SIDE, words), Space(12)]
    return blocks


def _rights(receipt: RegistrationReceipt, tr: Sentences, second: Sentences | None) -> list[Block]:
    words = [
        Flow((Words(tr("paper.registration.rights"), 34, Weight.BLACK),)),
        Flow((Words(tr("paper.registration.rights_note", phone=receipt.hall_phone), 30),)),
    ]
    if second is not None:
        words.append(Flow((plain(second("paper.registration.rights_note", phone=receipt.hall_phone)),)))
    return [Figured("safety", SIDE, tuple(words))]
