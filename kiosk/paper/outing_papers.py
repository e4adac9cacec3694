"""Papers of a coach on its way: sheet of an arrival (到场交接单), list of who is not back (联系单)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from kiosk.paper.blocks import (
    Block,
    Checkboxes,
    Code,
    Columns,
    Document,
    FillIns,
    Flow,
    Rule,
    Space,
    TitleBar,
    Weight,
    Words,
)
from kiosk.paper.phrases import Sentences, day_text
from kiosk.paper.qr import side_dots

_CODE_DOTS = 5
DUTIES = ("safe_site", "teaching", "gear", "hazards", "leading")
"""What the employer answers for from the arrival on, each ticked by hand."""


@dataclass(frozen=True, slots=True)
class OutingHead:
    """The coach a paper is about; `number` is the paper's own, `operator` the hall that hands over."""

    number: str
    station: str
    kiosk_letter: str
    day: date
    departs_at: time
    destination: str
    label: str
    plate: str


@dataclass(frozen=True, slots=True)
class ArrivalSheet:
    """What is handed over at the site.

    `left_at` is the hall's own time, None while nobody signed; `code` is read when the sheet comes back.
    """

    head: OutingHead
    expected: int
    employers: tuple[str, ...]
    left_at: datetime | None
    left_with: int | None
    hall_phone: str
    code: str


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody to be called: what he is called here, his telephone or nothing, and what he went to do."""

    name: str
    slip: str
    phone: str
    work: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class CallList:
    """Who is not back from a coach, as of an instant of the hall's own time."""

    head: OutingHead
    at: datetime
    expected: int
    people: tuple[Called, ...]
    driver_phone: str


OutingPaper = ArrivalSheet | CallList


def outing_blocks(paper: OutingPaper, tr: Sentences) -> Document:
    """Return a paper as it is printed."""
    if isinstance(paper, ArrivalSheet):
        return Document((*_title("paper.arrival.title", paper.head, tr), *_arrival(paper, tr)))
    return Document((*_title("paper.calls.title", paper.head, tr), *_calls(paper, tr)))


def _title(word: str, head: OutingHead, tr: Sentences) -> list[Block]:
    coach = Words(f"{head.departs_at:%H:%M} {head.destination}", 46, Weight.BLACK, 34)
    trip = tr("paper.ride.trip", trip=head.label) if head.label else ""
    named = [text for text in (trip, head.plate) if text]
    place = f"{head.station}\u2002{tr('paper.kiosk', letter=head.kiosk_letter)}"
    notes = Flow((Words(head.number, 28),)), Flow((Words(place, 28),))
    return [
        TitleBar(Words(tr(word), 56, Weight.BLACK, 40), notes),
        Space(12),
        Flow((coach, *(Words(text, 32) for text in named))),
        Space(4),
        Flow((Words(day_text(head.day, tr), 30),)),
        Space(8),
        Rule(2),
        Space(10),
    ]


def _arrival(sheet: ArrivalSheet, tr: Sentences) -> list[Block]:
    blocks: list[Block] = [_counted(tr("paper.arrival.expected"), sheet.expected, tr)]
    if sheet.left_at is not None and sheet.left_with is not None:
        left = tr("paper.arrival.left", at=f"{sheet.left_at:%H:%M}", count=sheet.left_with)
        blocks += [Space(6), Flow((Words(left, 30),))]
    for employer in sheet.employers:
        blocks += [Space(4), Flow((Words(employer, 32, Weight.BOLD),))]
    blocks += [
        Space(10),
        _line(tr("paper.arrival.at"), tr("paper.arrival.actual"), tr("paper.arrival.people")),
        Space(10),
        _line(tr("paper.arrival.absent")),
        Space(10),
        Rule(2),
        Space(10),
        Flow((Words(tr("paper.arrival.duties"), 34, Weight.BLACK),)),
    ]
    for duty in DUTIES:
        blocks += [Space(6), Checkboxes((Words(tr(f"paper.arrival.duty.{duty}"), 32),))]
    yes_no = Words(tr("paper.arrival.yes"), 30), Words(tr("paper.arrival.no"), 30)
    for asked in ("induction", "gear_handed"):
        blocks += [Space(8), Flow((Words(tr(f"paper.arrival.{asked}"), 32),)), Space(6), Checkboxes(yes_no)]
    return [
        *blocks,
        Space(10),
        Rule(2),
        Space(10),
        Flow((Words(tr("paper.arrival.boundary"), 32, Weight.BLACK),)),
        Space(12),
        _line(tr("paper.arrival.signer")),
        Space(12),
        _line(tr("paper.arrival.phone")),
        Space(12),
        _line(tr("paper.arrival.driver")),
        Space(12),
        _brought_back(sheet, tr),
    ]


def _brought_back(sheet: ArrivalSheet, tr: Sentences) -> Columns:
    """Return the code that the desk reads when the signed sheet is there, and where it goes."""
    code = Code(sheet.code, _CODE_DOTS)
    words: list[Block] = [Flow((Words(tr("paper.arrival.bring_back", number=sheet.head.number), 30),))]
    if sheet.hall_phone:
        words += [Space(6), Flow((Words(tr("paper.arrival.call", phone=sheet.hall_phone), 30),))]
    return Columns((code,), tuple(words), side_dots(code.text, _CODE_DOTS), 200)


def _calls(calls: CallList, tr: Sentences) -> list[Block]:
    day = day_text(calls.at.date(), tr)
    blocks: list[Block] = [
        _counted(tr("paper.calls.not_back", of=calls.expected), len(calls.people), tr),
        Space(4),
        Flow((Words(tr("paper.calls.at", day=day, at=f"{calls.at:%H:%M}"), 30),)),
    ]
    if calls.driver_phone:
        told = tr("paper.calls.driver", phone=calls.driver_phone)
        blocks += [Space(4), Flow((Words(told, 34, Weight.BLACK),))]
    for who in calls.people:
        state = (Words(tr("paper.calls.missing"), 30, Weight.BLACK),) if who.is_missing else ()
        phone = Words(who.phone or tr("paper.calls.no_phone"), 36, Weight.BLACK)
        blocks += [
            Space(8),
            Rule(2),
            Space(8),
            Flow((Words(who.name or who.slip, 40, Weight.BLACK, 32), *state), is_spread=bool(state)),
            Space(4),
            Flow((phone, Words(who.slip, 28))),
            Space(4),
            *((Flow((Words(who.work, 30),)),) if who.work else ()),
            Space(6),
            _line(tr("paper.calls.answer")),
        ]
    return [*blocks, Space(12), _line(tr("paper.calls.by"))]


def _counted(word: str, count: int, tr: Sentences) -> Flow:
    people = Words(tr("paper.arrival.count", count=count), 44, Weight.BLACK)
    return Flow((Words(word, 34, Weight.BOLD), people), is_spread=True)


def _line(*labels: str) -> FillIns:
    """Return one row to write on; a last word of two stands behind its line."""
    if len(labels) == 3:
        first, second, behind = (Words(text, 30) for text in labels)
        return FillIns(((first, None), (second, behind)))
    return FillIns(tuple((Words(text, 30), None) for text in labels))
