"""What following a place after its slip needs of storage: parts that came back, and who is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from kiosk.domain.ids import PlacementId, SlipNumber, WorkerId
from kiosk.domain.outcomes import Outcome, WhyNot


@dataclass(frozen=True, slots=True)
class Answer:
    """What a return part says: hired, or why not; day, time and pay (fen) as far as they stand there."""

    outcome: Outcome
    why: WhyNot | None = None
    arrived_on: date | None = None
    arrived_time: time | None = None
    pay_fen: int | None = None


@dataclass(frozen=True, slots=True)
class ReturnedPart:
    """A return part that was read here: a slip number bears no year, so it is its slip with the slip's day.

    `placement` is None for a slip of another kiosk; `is_keyed` where its code could not be read.
    """

    slip: SlipNumber
    day: date
    placement: PlacementId | None
    answer: Answer
    is_keyed: bool
    read_at: datetime


@dataclass(frozen=True, slots=True)
class AwaitedPlace:
    """A place taken here of which nobody has said what became of it; name and tail are empty if forgotten."""

    placement: PlacementId
    slip: SlipNumber
    worker: WorkerId
    name: str
    number_tail: str
    title: str
    taken_on: date
    starts: datetime


class Outcomes(Protocol):
    """What became of places, as one transaction knows it."""

    def returned(self, slip: SlipNumber, day: date) -> ReturnedPart | None:
        """Return the part of a slip of this day, None where it was not read here."""
        ...

    def keep(self, part: ReturnedPart) -> None:
        """Keep a part that was read; a second one of the same slip is a defect."""
        ...

    def owe_nothing(self, placement: PlacementId) -> None:
        """Note that no money is due for a place; nobody is asked whether it came."""
        ...

    def parts_due(self, first: date, last: date, most: int) -> Sequence[AwaitedPlace]:
        """Return referrals taken on these days whose part has not come back, the oldest first."""
        ...

    def expected(self, since: datetime, now: datetime, most: int) -> Sequence[AwaitedPlace]:
        """Return places without a coach that began in between and whose worker is not known to have come."""
        ...
