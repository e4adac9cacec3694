"""One worker placed in one job: the closed loop from proposed to closed, and what may follow what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kiosk.domain.ids import JobId, PlacementId, QuotaId, SlipNumber, TripId, WorkerId
from kiosk.domain.slips import SlipKind


class PlacementState(StrEnum):
    """The states of the loop and its side exits."""

    PROPOSED = "proposed"
    NEGOTIATING = "negotiating"
    AGREED = "agreed"
    CONFIRMED = "confirmed"
    EDUCATED = "educated"
    SLIP_ISSUED = "slip_issued"
    BOARDED = "boarded"
    ARRIVED = "arrived"
    WORKING = "working"
    ENDED = "ended"
    SETTLED = "settled"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    INCIDENT = "incident"
    DISPUTED = "disputed"
    DUPLICATE = "duplicate"


_S = PlacementState
_NEXT: dict[PlacementState, frozenset[PlacementState]] = {
    _S.PROPOSED: frozenset({_S.NEGOTIATING, _S.CONFIRMED, _S.CANCELLED}),
    _S.NEGOTIATING: frozenset({_S.AGREED, _S.CANCELLED}),
    _S.AGREED: frozenset({_S.CONFIRMED, _S.CANCELLED}),
    _S.CONFIRMED: frozenset({_S.EDUCATED, _S.SLIP_ISSUED, _S.CANCELLED, _S.DUPLICATE}),
    _S.EDUCATED: frozenset({_S.SLIP_ISSUED, _S.CANCELLED, _S.DUPLICATE}),
    _S.SLIP_ISSUED: frozenset({_S.BOARDED, _S.ARRIVED, _S.CANCELLED, _S.NO_SHOW, _S.DUPLICATE}),
    _S.BOARDED: frozenset({_S.ARRIVED, _S.INCIDENT}),
    _S.ARRIVED: frozenset({_S.WORKING, _S.INCIDENT, _S.DISPUTED}),
    _S.WORKING: frozenset({_S.ENDED, _S.INCIDENT, _S.DISPUTED}),
    _S.ENDED: frozenset({_S.SETTLED, _S.DISPUTED}),
    _S.SETTLED: frozenset({_S.CLOSED, _S.DISPUTED}),
    _S.INCIDENT: frozenset({_S.WORKING, _S.ENDED}),
    _S.DISPUTED: frozenset({_S.SETTLED}),
}
OPEN_STATES = frozenset(set(_S) - {_S.CLOSED, _S.CANCELLED, _S.NO_SHOW, _S.SETTLED, _S.ENDED, _S.DUPLICATE})
"""States in which a placement takes a person's time."""
HELD_STATES = frozenset(set(_S) - {_S.CANCELLED, _S.NO_SHOW, _S.DUPLICATE})
"""States of a placement whose time was, or is, its worker's: what came later cannot have taken it too."""
NEVER_HELD = frozenset(
    {_S.PROPOSED, _S.NEGOTIATING, _S.AGREED, _S.CANCELLED, _S.NO_SHOW, _S.DUPLICATE},
)
"""States in which nobody had the place, or had it and did not go."""


def may_follow(now: PlacementState, then: PlacementState) -> bool:
    """Return whether a placement may go from one state to another."""
    return then in _NEXT.get(now, frozenset())


@dataclass(frozen=True, slots=True)
class SpentNumber:
    """One number of one quota that a placement holds: a place of the job or a seat of the trip."""

    quota: QuotaId
    number: int


@dataclass(frozen=True, slots=True)
class Placement:
    """A place taken. `starts`/`ends` include travel; `seat` is the seat number where a coach goes.

    `pay_due_at` is when the last of the money is due; None for a place of before anybody asked.
    """

    id: PlacementId
    worker: WorkerId
    job: JobId
    job_version: int
    trip: TripId | None
    kind: SlipKind
    slip: SlipNumber
    spent: tuple[SpentNumber, ...]
    starts: datetime
    ends: datetime
    taken_at: datetime
    state: PlacementState
    pay_due_at: datetime | None = None

    @property
    def seat(self) -> int | None:
        """Return the seat number, or None when no coach goes."""
        return next((item.number for item in self.spent if item.quota.startswith("seats:")), None)
