"""The slip a worker leaves with: everything D1 asks for, as values, checked before it becomes paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from kiosk.domain.jobs import EmployerType, Hazard, Insurance, PayRule, PayUnit, PayWay, Ppe
from kiosk.domain.slips import SlipKind
from kiosk.domain.workers import EducationState

SecondLanguage = Literal["en"]
"""What key lines of a paper can be doubled in, beside Chinese."""


def second_language_of(language: str) -> SecondLanguage | None:
    """Return what the key lines of a paper are doubled in for whoever is spoken to in a language."""
    return "en" if language == "en" else None


@dataclass(frozen=True, slots=True)
class CopyMark:
    """Which paper of a slip this is: 0 is 首打, n is 补打n with its reason and the attendant."""

    copy_no: int = 0
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """The promise of money: integer fen for one unit, and when, how and by whom it is paid.

    `most_fen` is the upper end of an advertised range. `on_day` and `at` are local; `on_day` None means
    the last day of work, and for weekly or monthly pay that no day was promised. `estimate_fen` is what the
    whole job should bring.
    """

    fen: int
    unit: PayUnit
    rule: PayRule
    way: PayWay
    payer: str
    most_fen: int | None = None
    piece_name: str = ""
    estimate_fen: int | None = None
    on_day: date | None = None
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """Local days and times of day; the last day equals the first for day work."""

    first_day: date
    last_day: date
    starts_at: time
    ends_at: time
    break_min: int


@dataclass(frozen=True, slots=True)
class Ride:
    """The coach to work: trip label, local time, bay, seat and the coach back."""

    trip: str
    departs_at: time
    bay: str
    seat: int
    returns_at: time | None


@dataclass(frozen=True, slots=True)
class SafetyParty:
    """Who answers for safety on one stretch: in the hall, on the coach or at the place of work."""

    stretch: Literal["hall", "coach", "site"]
    phone: str


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class that the job needs, by its hazard class; `held_on` None is one that is still to be held."""

    hazard_class: str
    held_on: date | None


@dataclass(frozen=True, slots=True)
class SlipDocument:
    """A slip as plain values; names are masked before they come here, and nothing is looked up.

    `printed_at` is local. `check_code` is the eight signs of the promise's digest, `code` the signed text
    of the QR; `return_code` the text of the employer's, "" on slips of the time before it had one.
    `valid_until` None means the day of work. `second_language` doubles the key lines in that language.
    `education` None is a slip of the time before that was told: no class is recorded, needed or not.
    `educated_on` is when the last of `classes` was held; slips of the time of one class name none.
    Raises ValueError when a household's slip would promise statutory injury insurance, which the law
    gives to employees only.
    """

    kind: SlipKind
    number: str
    check_code: str
    code: str
    copy: CopyMark
    station: str
    printed_at: datetime
    worker_name: str
    card_tail: str
    trade_title: str
    trade_title_en: str
    trade_picture: str
    employer_name: str
    employer_type: EmployerType
    pay: Payment
    hours: Hours
    place: str
    distance_m: int
    has_meal: bool
    has_lodging: bool
    ride: Ride | None
    meeting_point: str
    contact_name: str
    contact_phone: str
    safety: tuple[SafetyParty, ...]
    hazards: tuple[Hazard, ...]
    ppe: tuple[Ppe, ...]
    educated_on: date | None
    insurance: Insurance
    valid_until: date | None
    rights_hotline: str
    complaint_phone: str
    attendant: str
    kiosk_letter: str
    rules_version: str
    return_station: str
    second_language: SecondLanguage | None = None
    education: EducationState | None = None
    return_code: str = ""
    classes: tuple[ClassLine, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what must never be printed."""
        if self.employer_type is EmployerType.HOUSEHOLD and self.insurance is Insurance.INJURY:
            raise ValueError("a household cannot promise statutory injury insurance")
        if self.copy.copy_no < 0 or (self.copy.copy_no > 0 and not (self.copy.reason and self.copy.by)):
            raise ValueError("a reprint needs a number, a reason and the attendant's name")
        if len(self.card_tail) != 4:
            raise ValueError("a slip shows exactly the last four signs of the card number")
        is_held = self.education is EducationState.HELD
        if self.education is not None and is_held != (self.educated_on is not None):
            raise ValueError("a class that was held has a day, and no other has one")
