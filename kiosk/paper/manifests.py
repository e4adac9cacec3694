"""The manifest of a coach that left (乘车名单) on 80 mm: a paper each for driver, station and employer.

The first two carry whole names and numbers, as whoever checks a coach on the road must see them; the
employer's carries neither. Of whom only another kiosk knows, the slip alone is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from kiosk.domain.clock import clock_text
from kiosk.paper.blocks import (
    Block,
    Code,
    Columns,
    Departure,
    Document,
    FillIns,
    Flow,
    Framed,
    Rule,
    Space,
    Weight,
    Words,
)
from kiosk.paper.headings import Heading, plain, titled
from kiosk.paper.phrases import Sentences, day_text
from kiosk.paper.qr import side_dots

_TAUGHT = {True: "paper.manifest.taught", False: "paper.manifest.untaught"}


class Copy(StrEnum):
    """Whose paper it is."""

    DRIVER = "driver"
    STATION = "station"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True, repr=False)
class ListedRider:
    """One line of the list as it is printed; what is empty is not known at this device, or not shown."""

    seat: int
    name: str
    card_number: str
    phone_tail: str
    slip: str
    employer: str
    is_taught: bool | None
    boarded_at: time | None

    def __repr__(self) -> str:
        """Show the slip alone: a log line must never carry a person's name or number."""
        return f"ListedRider({self.slip})"


@dataclass(frozen=True, slots=True)
class ManifestPaper:
    """One of the three papers; `checked` are the six checks by name, with who said so where a person did."""

    number: str
    copy: Copy
    heading: Heading
    trip: str
    day: date
    departs_at: time
    departed_at: time
    bay: str
    destination: str
    plate: str
    kind: str
    approved: int
    crew: int
    permit_no: str
    driver_name: str
    driver_licence: str
    qualification_no: str
    riders: tuple[ListedRider, ...]
    checked: tuple[tuple[str, str], ...]
    short_code: str
    code: str


def manifest_blocks(paper: ManifestPaper, tr: Sentences) -> Document:
    """Return the paper as blocks."""
    return Document(
        (
            *titled(tr("paper.title.manifest"), paper.number, paper.heading, tr),
            Flow((Words(tr(f"paper.manifest.copy.{paper.copy.value}"), 34, Weight.BLACK),)),
            Space(8),
            Flow((Words(day_text(paper.day, tr), 44, Weight.BLACK, 36),)),
            Space(8),
            _departure(paper, tr),
            Space(12),
            *_vehicle(paper, tr),
            Rule(2),
            Space(8),
            *_totals(paper, tr),
            Rule(2),
            Space(8),
            *(block for rider in paper.riders for block in _rider(rider, tr)),
            Rule(2),
            Space(8),
            *_checks(paper, tr),
            *_proof(paper, tr),
            *_signatures(tr),
        )
    )


def _departure(paper: ManifestPaper, tr: Sentences) -> Departure:
    left = tr("paper.manifest.left", time=clock_text(paper.departed_at))
    notes = (
        Words(paper.destination, 40, Weight.BLACK),
        Words(left, 30),
        Words(tr("paper.ride.trip", trip=paper.trip)),
    )
    clock = Words(clock_text(paper.departs_at), 104, Weight.BLACK, 72)
    return Departure(
        "bus", clock, Words(paper.bay, 108, Weight.BLACK, 44), Words(tr("paper.ride.bay")), notes
    )


def _vehicle(paper: ManifestPaper, tr: Sentences) -> list[Block]:
    seats = tr(
        "paper.manifest.seats",
        approved=paper.approved,
        crew=paper.crew,
        seats=paper.approved - paper.crew,
    )
    kind = plain(tr(f"trips.kind.{paper.kind}"), 30)
    driver = Words(tr("paper.manifest.driver", name=paper.driver_name), 34, Weight.BLACK)
    return [
        Flow((Words(paper.plate, 40, Weight.BLACK), kind), is_spread=True),
        Space(6),
        Flow((Words(seats, 30),)),
        Space(6),
        Flow((plain(tr("paper.manifest.permit", number=paper.permit_no), 28),)),
        Space(6),
        Flow((driver, Words(paper.driver_licence, 34)), is_spread=True),
        Space(6),
        Flow((plain(tr("paper.manifest.qualification", number=paper.qualification_no), 28),)),
        Space(10),
        Framed((Words(tr("paper.manifest.no_overload"), 44, Weight.BLACK, 34),)),
        Space(10),
    ]


def _totals(paper: ManifestPaper, tr: Sentences) -> list[Block]:
    aboard = sum(rider.boarded_at is not None for rider in paper.riders)
    listed = len(paper.riders)
    told = plain(tr("paper.manifest.totals", listed=listed, absent=listed - aboard), 30)
    count = Words(tr("paper.manifest.aboard", count=aboard), 48, Weight.BLACK)
    return [Flow((count, told), is_spread=True), Space(8)]


def _rider(rider: ListedRider, tr: Sentences) -> list[Block]:
    seat = tr("paper.ride.seat", seat=rider.seat) if rider.seat else tr("paper.manifest.no_seat")
    came = clock_text(rider.boarded_at) if rider.boarded_at else tr("paper.manifest.absent")
    who = Words(f"{seat}  {rider.name or tr('paper.manifest.by_slip')}", 36, Weight.BLACK, 30)
    facts = [
        rider.card_number,
        tr("paper.manifest.phone", tail=rider.phone_tail) if rider.phone_tail else "",
        "" if rider.is_taught is None else tr(_TAUGHT[rider.is_taught]),
    ]
    return [
        Flow((who, Words(came, 32)), is_spread=True),
        Space(4),
        Flow((plain(rider.slip, 28), plain(rider.employer, 28))),
        *((Space(4), Flow(tuple(plain(fact, 28) for fact in facts if fact))) if any(facts) else ()),
        Space(12),
    ]


def _checks(paper: ManifestPaper, tr: Sentences) -> list[Block]:
    blocks: list[Block] = [Flow((Words(tr("paper.manifest.checks"), 34, Weight.BLACK),)), Space(6)]
    for check, name in paper.checked:
        mark = Words(f"√ {tr(f'trips.check.{check}')}", 30)
        by = plain(name or tr("paper.manifest.computed"), 28)
        blocks += [Flow((mark, by), is_spread=True), Space(4)]
    return [*blocks, Space(6), Rule(2)]


def _proof(paper: ManifestPaper, tr: Sentences) -> list[Block]:
    code = Code(paper.code)
    beside: tuple[Block, ...] = (
        Flow((Words(paper.short_code, 44, Weight.BLACK, 34),)),
        Space(6),
        Flow((plain(tr("paper.manifest.code")),)),
    )
    return [
        Columns((code,), beside, side_dots(paper.code, code.module_dots), 200, gap_dots=0),
        Space(8),
        Rule(2),
        Space(12),
    ]


def _signatures(tr: Sentences) -> list[Block]:
    blocks: list[Block] = []
    for signer in ("driver", "station", "operator"):
        blocks += [FillIns(((Words(tr(f"paper.manifest.sign.{signer}"), 30), None),)), Space(8)]
    count, at = Words(tr("paper.manifest.arrived"), 30), Words(tr("paper.manifest.at"), 30)
    return [
        *blocks,
        Space(6),
        Flow((Words(tr("paper.manifest.handed"), 32, Weight.BLACK),)),
        Space(6),
        FillIns(((count, Words(tr("paper.manifest.people"), 30)),)),
        FillIns(((at, None),)),
        Space(8),
        FillIns(((Words(tr("paper.manifest.sign.employer"), 30), None),)),
    ]
