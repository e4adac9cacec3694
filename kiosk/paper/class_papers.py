"""The record of a safety class on paper (D6, 安全生产法 28): who learned what, when, and with what result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain.class_records import ClassMode
from kiosk.domain.signatures import GRID_HEIGHT, GRID_WIDTH, Stroke
from kiosk.paper.blocks import (
    Block,
    Cell,
    Document,
    Drawing,
    Figured,
    FillIns,
    Flow,
    Grid,
    Rule,
    Space,
    TitleBar,
    Weight,
    Words,
)
from kiosk.paper.phrases import Sentences, day_text


@dataclass(frozen=True, slots=True)
class ClassPoint:
    """One act that was taught: its picture and its sentence."""

    picture: str
    text: str


@dataclass(frozen=True, slots=True)
class ClassPaper:
    """Everything on the record; `held_at` is the hall's own time without zone, names stand in full.

    `points` is empty where the course of that version is not kept any more, `strokes` where nobody signed.
    """

    number: str
    station: str
    name: str
    card_tail: str
    course_title: str
    course_version: int
    points: tuple[ClassPoint, ...]
    held_at: datetime
    spent_min: int
    mode: ClassMode
    score_percent: int | None
    tries: int
    attendant: str
    valid_until: date
    sources: tuple[str, ...]
    strokes: tuple[Stroke, ...]


def class_blocks(paper: ClassPaper, tr: Sentences) -> Document:
    """Return the record as it is printed, on 80 mm and on 58 mm paper."""
    return Document(
        (
            TitleBar(
                Words(tr("paper.class.title"), 42, Weight.BLACK, 40),
                (Flow((Words(paper.number, 28),)), Flow((Words(paper.station, 28),))),
            ),
            Space(14),
            Flow(
                (
                    Words(paper.name, 48, Weight.BLACK, 34),
                    Words(tr("paper.card_tail", tail=paper.card_tail), 32),
                )
            ),
            Space(10),
            Flow((Words(paper.course_title, 40, Weight.BLACK), *_version(paper, tr))),
            Space(8),
            Grid(tuple(_facts(paper, tr)), gap_dots=8),
            *_taught(paper, tr),
            Space(14),
            *_signed(paper, tr),
            Space(10),
            Rule(2),
            Space(8),
            Flow(tuple(Words(source, 28, Weight.MEDIUM) for source in paper.sources)),
            Space(8),
            Flow((Words(tr("paper.class.kept"), 30, Weight.BLACK),)),
        )
    )


def _version(paper: ClassPaper, tr: Sentences) -> tuple[Words, ...]:
    if not paper.course_version:
        return ()
    return (Words(tr("paper.class.version", version=paper.course_version), 30, Weight.MEDIUM),)


def _facts(paper: ClassPaper, tr: Sentences) -> list[Cell]:
    day, at = day_text(paper.held_at.date(), tr), f"{paper.held_at:%H:%M}"
    facts = [
        Cell("clock", (Words(tr("paper.class.held", year=paper.held_at.year, day=day, at=at), 32),)),
        Cell("school", (Words(tr(f"paper.class.mode.{paper.mode.value}"), 32), *_minutes(paper, tr))),
    ]
    if paper.score_percent is not None:
        score = tr("paper.class.score", score=paper.score_percent)
        facts.append(Cell("cert", (Words(score, 32), Words(tr("paper.class.tries", tries=paper.tries), 28))))
    if paper.attendant:
        facts.append(Cell("meeting", (Words(tr("paper.class.attendant", name=paper.attendant), 32),)))
    until = tr("paper.class.until", year=paper.valid_until.year, day=day_text(paper.valid_until, tr))
    return [*facts, Cell("safety", (Words(until, 32, Weight.BLACK),))]


def _minutes(paper: ClassPaper, tr: Sentences) -> tuple[Words, ...]:
    return (Words(tr("paper.class.minutes", minutes=paper.spent_min), 28),) if paper.spent_min else ()


def _taught(paper: ClassPaper, tr: Sentences) -> list[Block]:
    blocks: list[Block] = [Space(12), Rule(2), Space(10)] if paper.points else []
    for point in paper.points:
        blocks += [Figured(point.picture, 56, (Flow((Words(point.text, 34),)),)), Space(6)]
    return blocks


def _signed(paper: ClassPaper, tr: Sentences) -> list[Block]:
    """Return how the person signed; where nobody did, a line to sign on."""
    label = Words(tr("paper.class.signature"), 30)
    if not paper.strokes:
        return [FillIns(((label, None),))]
    return [Flow((label,)), Space(8), Drawing(paper.strokes, (GRID_WIDTH, GRID_HEIGHT))]
