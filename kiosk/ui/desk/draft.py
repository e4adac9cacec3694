"""The posting an employer dictates: what was said so far, and the advertisement it makes in the end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, time

from kiosk.domain.clock import instant_of
from kiosk.domain.dangers import DANGEROUS, classes_of
from kiosk.domain.ids import JobId, StationCode
from kiosk.domain.jobs import (
    Employer,
    Hazard,
    Insurance,
    Job,
    JobState,
    Pay,
    PayRule,
    PayUnit,
    PayWay,
    Ppe,
    Shift,
    Strain,
    Workplace,
)
from kiosk.domain.parameters import Parameters
from kiosk.domain.trades import Trade
from kiosk.domain.trips import Trip

FIRST_VERSION = 1


@dataclass(slots=True)
class Draft:
    """One posting on its way; None, 0 and empty mean that nobody has said it yet.

    `pattern` is the newest advertisement of the same trade: what it says of the work, its dangers and its
    papers is proposed, and the attendant sees and may change it.
    """

    employer: Employer | None = None
    trade: Trade | None = None
    pattern: Job | None = None
    content: str = ""
    headcount: int = 0
    pay_fen: int = 0
    unit: PayUnit = PayUnit.DAY
    piece_name: str = ""
    rule: PayRule | None = None
    way: PayWay | None = None
    day: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    break_min: int = 0
    place: Workplace | None = None
    is_coach_said: bool = False
    trip: Trip | None = None
    is_safety_said: bool = False
    hazards: set[Hazard] = field(default_factory=set)
    ppe: set[Ppe] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    strain: Strain = field(default_factory=Strain)
    has_meal: bool = False
    insurance: Insurance | None = None
    is_instant: bool | None = None
    is_talked_over: bool = False

    @property
    def is_dangerous(self) -> bool:
        """Return whether the work counts as dangerous."""
        return bool(self.hazards & DANGEROUS) or bool(self.pattern and self.pattern.is_dangerous)

    def follow(self, trade: Trade, pattern: Job | None) -> None:
        """Take a trade, and propose what its newest advertisement says."""
        self.trade, self.pattern = trade, pattern
        self.content = pattern.content if pattern else ""
        self.hazards = set(pattern.hazards) if pattern else set()
        self.ppe = set(pattern.ppe) if pattern else set()
        self.classes = set(pattern.needs_classes) if pattern else set()
        self.strain = pattern.strain if pattern else Strain()
        self.is_safety_said = False

    def face(self, hazards: set[Hazard]) -> None:
        """Take the dangers; one that is new proposes its class, and one that went takes it along."""
        new, gone = hazards - self.hazards, self.hazards - hazards
        self.classes -= classes_of(gone)
        self.classes |= classes_of(new)
        self.hazards = hazards
        if Hazard.LIFTING in gone:
            self.strain = replace(self.strain, lift_kg=0, lifts_an_hour=0)

    def job(self, job_id: JobId, station: StationCode, parameters: Parameters) -> Job | None:
        """Return the advertisement, or None while anything is unsaid."""
        shift, pay = self._shift(), self._pay()
        said = self.headcount and self.content and self.is_coach_said and self.is_safety_said
        if not (self.employer and self.trade and self.place and self.insurance and shift and pay and said):
            return None
        if self.is_instant is None:
            return None
        is_own_text = self.pattern is None or self.pattern.content != self.content
        lowest = "age.adult_years" if self.is_dangerous else "age.minimum_years"
        return Job(
            id=job_id,
            version=FIRST_VERSION,
            employer=self.employer.id,
            station=station,
            trade=self.trade.key,
            family=self.trade.family,
            title=self.trade.zh,
            title_en=self.trade.en,
            content=self.content,
            content_en="" if is_own_text or self.pattern is None else self.pattern.content_en,
            headcount=self.headcount,
            pay=pay,
            shift=shift,
            place=self.place,
            trip=self.trip.id if self.trip else None,
            has_meal=self.has_meal,
            has_lodging=False,
            hazards=frozenset(self.hazards),
            ppe=frozenset(self.ppe),
            certificates=self.pattern.certificates if self.pattern else frozenset(),
            insurance=self.insurance,
            age_min=parameters.whole(lowest),
            is_instant=self.is_instant,
            is_talked_over=self.is_talked_over,
            is_dangerous=self.is_dangerous,
            needs_classes=frozenset(self.classes),
            strain=self.strain,
            meeting_point=f"{self.trip.bay}号位" if self.trip else self.place.spot,
            valid_until=instant_of(shift.first_day, self.trip.departs_at if self.trip else shift.starts_at),
            state=JobState.PENDING,
        )

    def _shift(self) -> Shift | None:
        if self.day is None or self.starts_at is None or self.ends_at is None:
            return None
        return Shift(self.day, self.day, self.starts_at, self.ends_at, self.break_min)

    def _pay(self) -> Pay | None:
        if not self.pay_fen or self.rule is None or self.way is None or self.employer is None:
            return None
        return Pay(self.pay_fen, self.unit, self.rule, self.way, self.employer.name, self.piece_name)
