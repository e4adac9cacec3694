"""A job as it was advertised: one immutable version, with everything the law makes an advertisement say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from kiosk.domain.clock import instant_of
from kiosk.domain.families import Family
from kiosk.domain.hardships import Hardship
from kiosk.domain.ids import EmployerId, JobId, QuotaId, StationCode, TripId, places_of
from kiosk.domain.skills import Grade


class PayUnit(StrEnum):
    """What one pay figure buys."""

    DAY = "day"
    HOUR = "hour"
    PIECE = "piece"
    MONTH = "month"
    LUMP = "lump"


class PayRule(StrEnum):
    """When the money is due."""

    SAME_DAY = "same_day"
    AFTER_WORK = "after_work"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    ON_DATE = "on_date"


class PayWay(StrEnum):
    """How the money is paid; money only, to the worker personally."""

    CASH = "cash"
    BANK = "bank"


class Hazard(StrEnum):
    """Dangers of a job that rules, pictures and education classes refer to."""

    HEIGHT = "height"
    LADDER = "ladder"
    LIFTING = "lifting"
    HEAT = "heat"
    COLD = "cold"
    DUST = "dust"
    TOXIC = "toxic"
    ELECTRIC = "electric"
    WELDING = "welding"
    MACHINE = "machine"
    ROAD = "road"
    NIGHT = "night"
    ANIMAL = "animal"
    SHARP = "sharp"


class Ppe(StrEnum):
    """Protective things the employer hands out free of charge."""

    HELMET = "helmet"
    GLOVES = "gloves"
    MASK = "mask"
    HARNESS = "harness"
    VEST = "vest"
    BOOTS = "boots"
    GOGGLES = "goggles"


class Certificate(StrEnum):
    """Certificates of special operations and special equipment."""

    HEIGHT = "height"
    SCAFFOLD = "scaffold"
    ELECTRICIAN = "electrician"
    WELDER = "welder"
    FORKLIFT = "forklift"
    CRANE = "crane"
    EXCAVATOR = "excavator"
    DRIVER = "driver"
    HEALTH = "health"


class Insurance(StrEnum):
    """Who insures the worker, as the employer declared it."""

    INJURY = "injury"
    ACCIDENT = "accident"
    NONE = "none"


class JobState(StrEnum):
    """Where an advertisement stands; only a published one is shown to workers."""

    PENDING = "pending"
    PUBLISHED = "published"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class EmployerType(StrEnum):
    """The legal kinds of those who need labour."""

    COMPANY = "company"
    INDIVIDUAL_BUSINESS = "individual_business"
    COOPERATIVE = "cooperative"
    WORKSHOP = "workshop"
    HOUSEHOLD = "household"
    GOV = "gov"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Employer:
    """Someone who needs labour. `is_verified` means an attendant saw the original papers."""

    id: EmployerId
    name: str
    type: EmployerType
    uscc: str | None
    contact_name: str
    contact_phone: str
    address: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Pay:
    """What is promised: the figure in fen for one unit, and when, how and by whom it is paid.

    `piece_name` says what one piece is (斤, 件) where the unit is a piece. `due_on`/`due_at` are local;
    `due_on` None means the working day itself.
    """

    fen: int
    unit: PayUnit
    rule: PayRule
    way: PayWay
    payer: str
    piece_name: str = ""
    due_on: date | None = None
    due_at: time | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """When the work is: local days and times of day; the last day equals the first for day work.

    `ends_at` earlier than `starts_at` means that a shift ends on the next day.
    """

    first_day: date
    last_day: date
    starts_at: time
    ends_at: time
    break_min: int

    @property
    def starts(self) -> datetime:
        """Return the instant the first shift begins."""
        return instant_of(self.first_day, self.starts_at)

    @property
    def ends(self) -> datetime:
        """Return the instant the last shift ends."""
        day = self.last_day
        if self.ends_at <= self.starts_at:
            day = date.fromordinal(day.toordinal() + 1)
        return instant_of(day, self.ends_at)


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where the work is: on a schematic line of stations and minutes, never on a base map."""

    town: str
    spot: str
    distance_m: int
    travel_min: int


@dataclass(frozen=True, slots=True)
class Strain:
    """What a job asks of a body: kilograms of one lift, lifts an hour, the grade of labour, mines.

    `labour_grade` is 1 to 4 of 体力劳动强度分级; 0 is a number that nobody has told.
    """

    lift_kg: int = 0
    lifts_an_hour: int = 0
    labour_grade: int = 0
    is_underground: bool = False

    @property
    def is_known(self) -> bool:
        """Return whether anything of it was told."""
        return bool(self.lift_kg or self.labour_grade or self.is_underground)


@dataclass(frozen=True, slots=True)
class Job:
    """One version of an advertised job.

    `is_instant` records the employer's consent that places of this version are taken at once (派工单).
    `is_talked_over` says that the employer sits in the hall and talks with each worker: people sign up and
    are called by number to a table (洽谈). With neither a worker gets a letter of referral (推荐单).
    `needs_classes` are the hazard classes of which each needs a safety class before work begins.
    `grade` is the skill the employer hopes for, which orders and never refuses; `welcomes` names whom the
    employer pledged to take first. Sources: 人力资源市场暂行条例 24 for what must be said; 安全生产法 44 for
    hazards and protective things.
    """

    id: JobId
    version: int
    employer: EmployerId
    station: StationCode
    trade: str
    family: Family
    title: str
    title_en: str
    content: str
    content_en: str
    headcount: int
    pay: Pay
    shift: Shift
    place: Workplace
    trip: TripId | None
    has_meal: bool
    has_lodging: bool
    hazards: frozenset[Hazard]
    ppe: frozenset[Ppe]
    certificates: frozenset[Certificate]
    insurance: Insurance
    age_min: int
    is_instant: bool
    is_dangerous: bool
    needs_classes: frozenset[str]
    meeting_point: str
    valid_until: datetime
    state: JobState = JobState.PUBLISHED
    grade: Grade | None = None
    welcomes: frozenset[Hardship] = frozenset()
    is_talked_over: bool = False
    strain: Strain = Strain()

    @property
    def quota(self) -> QuotaId:
        """Return the quota that counts this job's places."""
        return places_of(self.id)
