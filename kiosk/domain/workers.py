"""A person who looks for work, as the hall may know them: no photo, no fingerprint, no full address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.cards import CardKind, Sex
from kiosk.domain.ids import JobId, NumberHash, WorkerId
from kiosk.domain.jobs import Certificate


class WorkSpan(StrEnum):
    """What kind of work a person asked for at the first visit."""

    DAY = "day"
    LONG = "long"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """What a person said at the first visit; every question can be skipped."""

    phone: str | None = None
    trades: tuple[str, ...] = ()
    span: WorkSpan | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Worker:
    """A known person. `region` is the six-digit code from the number; the card's address is not kept."""

    id: WorkerId
    number_hash: NumberHash
    kind: CardKind
    name: str
    number: str
    sex: Sex
    birth_date: date | None
    region: str
    notice_version: int
    answers: FirstAnswers
    first_seen: datetime

    def __repr__(self) -> str:
        """Show the id alone: a log line must never carry a person's name or number."""
        return f"Worker({self.id})"


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """A certificate an attendant saw; `valid_until` and `review_by` are local days, None when unknown."""

    kind: Certificate
    number_tail: str
    valid_until: date | None
    review_by: date | None

    def is_valid_on(self, day: date) -> bool:
        """Return whether the certificate, and its review, still hold on that day."""
        return all(limit is None or day <= limit for limit in (self.valid_until, self.review_by))


@dataclass(frozen=True, slots=True)
class HeldEducation:
    """A safety class that a person attended: its hazard class, the day, and the last day it counts."""

    hazard_class: str
    held_on: date
    valid_until: date

    def is_valid_on(self, day: date) -> bool:
        """Return whether the class still counts on that day."""
        return self.held_on <= day <= self.valid_until


class EducationState(StrEnum):
    """How a person stands with the safety class of one job."""

    NOT_NEEDED = "not_needed"
    HELD = "held"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Engagement:
    """The time a placement takes of a person, travel included; used to refuse overlaps (TIME-01)."""

    placement: str
    starts: datetime
    ends: datetime
    title: str

    def overlaps(self, starts: datetime, ends: datetime) -> bool:
        """Return whether any moment is shared with [starts, ends)."""
        return self.starts < ends and starts < self.ends


@dataclass(frozen=True, slots=True)
class Release:
    """What two people of the desk decided of a person: a rule's doubt about a version of a job is settled."""

    job: JobId
    job_version: int
    rule: str


@dataclass(frozen=True, slots=True)
class Standing:
    """All that eligibility rules may look at about one person on one day."""

    birth_date: date | None
    certificates: tuple[HeldCertificate, ...] = ()
    education: tuple[HeldEducation, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    released: frozenset[Release] = frozenset()
    sex: Sex = Sex.UNKNOWN
