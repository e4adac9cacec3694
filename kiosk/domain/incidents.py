"""Something that befell people of a trip (突发事件): what, how grave, and who answered for them then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.domain.ids import StaffId, TripId
from kiosk.domain.segments import Party


class IncidentKind(StrEnum):
    """What happened."""

    INJURY = "injury"
    TRAFFIC = "traffic"
    FIGHT = "fight"
    FRAUD = "fraud"
    FIRE = "fire"
    HEALTH = "health"
    CROWD = "crowd"
    OTHER = "other"


class Severity(StrEnum):
    """How grave it is, the gravest first (突发事件应对法: I 特别重大 … IV 一般)."""

    GRAVEST = "I"
    GRAVE = "II"
    SERIOUS = "III"
    COMMON = "IV"


class Told(StrEnum):
    """Who was told of it."""

    EMERGENCY = "emergency"
    POLICE = "police"
    FIRE_BRIGADE = "fire_brigade"
    BUREAU = "bureau"
    EMPLOYER = "employer"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident. `party` answered when it happened, and stays so whatever is recorded later.

    `closed_at` is None while somebody has to see to it.
    """

    id: str
    trip: TripId
    at: datetime
    kind: IncidentKind
    severity: Severity
    party: Party
    people: int
    done: str
    told: tuple[Told, ...]
    noted_by: StaffId
    closed_at: datetime | None = None
    outcome: str = ""
