"""What a scanned code was read as: one shape for each kind, with how sure it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.ids import PlacementId, SlipNumber, StaffId
from kiosk.domain.jobs import PayUnit
from kiosk.domain.sentences import Sentence
from kiosk.domain.slips import SlipKind, SlipState
from kiosk.domain.trips import Trip
from kiosk.messages.arrival_codes import ArrivalCode
from kiosk.messages.code_envelopes import Verdict
from kiosk.messages.scanned import Foreign, OwnCard


class Standing(StrEnum):
    """What this kiosk's own records say of a genuine slip."""

    OPEN = "open"
    USED = "used"
    VOID = "void"
    UNKNOWN = "unknown"
    """It is another kiosk's, or was forgotten here."""


@dataclass(frozen=True, slots=True)
class SlipShown:
    """What a genuine slip says; `trade_title` and `state` are "" and None unless it was printed here."""

    number: SlipNumber
    kind: SlipKind
    day: date
    pay_fen: int
    pay_unit: PayUnit
    starts_on: date
    trip_no: int
    bay_no: int
    check_code: str
    trade_title: str
    state: SlipState | None


@dataclass(frozen=True, slots=True)
class SeatShown:
    """The coach that a slip goes with by now, and the seat that is its holder's."""

    coach: Trip
    seat: int


@dataclass(frozen=True, slots=True)
class SlipReading:
    """A slip; `slip` is None unless it is genuine, `seat` unless this hall knows of one that counts.

    `told_at` is the bureau's last word to this kiosk, None before the first. `is_checked` says that the
    bureau had this slip by then and did not object.
    """

    verdict: Verdict
    sentence: Sentence
    slip: SlipShown | None = None
    standing: Standing = Standing.UNKNOWN
    told_at: datetime | None = None
    is_checked: bool = False
    seat: SeatShown | None = None


@dataclass(frozen=True, slots=True)
class BadgeShown:
    """A badge the bureau made; `staff` and `name` are None and "" unless it counts in this hall."""

    serial: int
    valid_to: date
    staff: StaffId | None
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BadgeReading:
    """A staff badge; `badge` is None unless it is genuine, expired or not. Reading it signs nobody in."""

    verdict: Verdict
    sentence: Sentence = field(repr=False)
    badge: BadgeShown | None = None


@dataclass(frozen=True, slots=True)
class BoardingShown:
    """What a genuine boarding code says; `slip` is None where the slip's own kiosk is not known here."""

    slip: SlipNumber | None
    trip_day: date
    trip_no: int
    seat: int


@dataclass(frozen=True, slots=True)
class BoardingReading:
    """A boarding code; `boarding` is None unless it is genuine, over or not. Used is for the door to know."""

    verdict: Verdict
    sentence: Sentence
    boarding: BoardingShown | None = None


@dataclass(frozen=True, slots=True)
class ReturnShown:
    """Which slip a return part belongs to; `placement` is None unless this kiosk gave the slip out."""

    slip: SlipNumber
    kind: SlipKind
    day: date
    placement: PlacementId | None


@dataclass(frozen=True, slots=True)
class ReturnReading:
    """The return part of a slip: its worker came to the employer. `returned` is None unless it is genuine."""

    verdict: Verdict
    sentence: Sentence
    returned: ReturnShown | None = None


@dataclass(frozen=True, slots=True)
class ArrivalReading:
    """The sheet of a coach's arrival (到场交接单); `arrival` is None unless a kiosk of this city made it."""

    verdict: Verdict
    sentence: Sentence
    arrival: ArrivalCode | None = None


@dataclass(frozen=True, slots=True)
class ForeignReading:
    """A code that is none of ours: what it seems to be, and what to do instead."""

    kind: Foreign
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class CardReading:
    """A card of ours that is to be followed, not shown."""

    card: OwnCard


@dataclass(frozen=True, slots=True)
class PracticeReading:
    """A paper of practice (练习单): it looks like a real one, and is good for nothing."""

    sentence: Sentence = field(default_factory=lambda: Sentence("actions.scan.practice"))


PartReading = ReturnReading | ArrivalReading
"""What an employer signed, and hands in at a desk."""


ShownReading = SlipReading | BadgeReading | BoardingReading | PartReading | PracticeReading | ForeignReading
"""What has a page of its own."""


Reading = ShownReading | CardReading
