"""What hiring asks of storage: the lines of a day, and the decisions with all that they were made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from kiosk.domain.ids import JobId, QuotaId, SignUpId, WorkerId
from kiosk.domain.sign_ups import SignUp, Way


class SignUps(Protocol):
    """Everybody who signed up in this hall, as far as this kiosk knows; a line is of one job and one day."""

    def add(self, sign_up: SignUp) -> None: ...
    def keep(self, sign_up: SignUp) -> None:
        """Keep what became of a sign-up that is known here."""
        ...

    def by_id(self, sign_up: SignUpId) -> SignUp | None: ...
    def line_of(self, job: JobId, day: date) -> Sequence[SignUp]:
        """Return who is in the line of a job, or called out of it, in its order."""
        ...

    def ways_of(self, job: JobId, day: date) -> frozenset[Way]:
        """Return what people stand in the line of a job for; nothing where nobody does."""
        ...

    def open_of(self, worker: WorkerId, day: date) -> Sequence[SignUp]:
        """Return where a person stands in a line, or is called, the first signed up first."""
        ...

    def open_on(self, day: date) -> Sequence[SignUp]:
        """Return everybody in any line of a day, in order."""
        ...

    def kept_at(self, kiosk: str) -> Mapping[QuotaId, int]:
        """Return how many numbers of each quota a kiosk keeps for people who were called."""
        ...


class DecisionKind(StrEnum):
    """What was decided of somebody."""

    CALL = "call"
    REFUSAL = "refusal"
    MOVE = "move"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Decision:
    """What ordered or refused somebody, with all that it was made from (`inputs`, JSON).

    `about` is the person who was refused, None where it is about a whole line. `outcome` is the sign-up that
    was called or moved, empty where nobody could be; of a refusal the rule that refused; of a team, which is
    about its leader, how many went together.
    """

    id: str
    at: datetime
    day: date
    kind: DecisionKind
    job: JobId
    about: WorkerId | None
    rule_version: int
    inputs: str
    outcome: str


class Decisions(Protocol):
    """What was decided lately; forgotten with the people it is about, and after thirty days."""

    def add(self, decision: Decision) -> None: ...
    def of_job(self, job: JobId, day: date) -> Sequence[Decision]:
        """Return what was decided of a job's line on a day, the newest first."""
        ...

    def about(self, worker: WorkerId, day: date) -> Sequence[Decision]:
        """Return what was decided of one person on a day, the newest first."""
        ...
