"""Signing up (报名): one person in the line of one job, from the line to a place or out of it.

A sign-up goes through the first states of the loop of a placement: proposed → negotiating → agreed →
confirmed, and spends nothing before it is confirmed. For who is called a number is kept: as many as were
called at a kiosk, as many of its numbers are promised, and nobody else takes those.

| way | who waits | called by | answered by |
| --- | --- | --- | --- |
| talk | whoever wants a job that is talked over | an attendant, to a table | coming to the table |
| place | whoever wants a job that is full | the kiosk where a number comes free | taking the place in time |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kiosk.domain.ids import JobId, SignUpId, TeamId, WorkerId
from kiosk.domain.orders import Turn
from kiosk.domain.placements import PlacementState


class Way(StrEnum):
    """What a person in the line waits for."""

    TALK = "talk"
    PLACE = "place"


OPEN = frozenset({PlacementState.PROPOSED, PlacementState.NEGOTIATING, PlacementState.AGREED})
"""The states in which a person is in the line, or called out of it."""


@dataclass(frozen=True, slots=True)
class SignUp:
    """One person in the line of one version of a job.

    `spot` is the table, or the letter of the kiosk, that a called person goes to, and `held_at` the kiosk
    that keeps a number for him; both are empty while he waits. `calls` counts calls to a table since he last
    went behind somebody, and of places offered all. `team` is whom he signed up with. `step` counts what was
    ever said of it: of two tellings the later one holds.
    """

    id: SignUpId
    worker: WorkerId
    job: JobId
    job_version: int
    way: Way
    queue_number: str
    turn: Turn
    signed_at: datetime
    state: PlacementState = PlacementState.PROPOSED
    calls: int = 0
    spot: str = ""
    held_at: str = ""
    called_at: datetime | None = None
    answer_by: datetime | None = None
    talked_at: datetime | None = None
    agreed_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str = ""
    team: TeamId | None = None
    step: int = 1

    @property
    def is_open(self) -> bool:
        """Return whether the person is in the line or called out of it."""
        return self.state in OPEN

    @property
    def is_called(self) -> bool:
        """Return whether the person was called and has not come yet."""
        return self.state is PlacementState.PROPOSED and self.called_at is not None

    @property
    def is_waiting(self) -> bool:
        """Return whether the person still waits to be called."""
        return self.state is PlacementState.PROPOSED and self.called_at is None

    @property
    def may_take(self) -> bool:
        """Return whether the person may take the place now: it was offered, or both sides agreed."""
        is_offered = self.way is Way.PLACE and self.is_called
        return is_offered or self.state is PlacementState.AGREED

    def called(self, spot: str, held_at: str, at: datetime, answer_by: datetime | None) -> SignUp:
        """Return it called once more."""
        return replace(
            self,
            calls=self.calls + 1,
            spot=spot,
            held_at=held_at,
            called_at=at,
            answer_by=answer_by,
            step=self.step + 1,
        )

    def back_in_line(self, turn: Turn, calls: int) -> SignUp:
        """Return it waiting again, in this turn; the number that was kept is free for others."""
        return replace(
            self,
            turn=turn,
            calls=calls,
            spot="",
            held_at="",
            called_at=None,
            answer_by=None,
            step=self.step + 1,
        )

    def moved(self, turn: Turn) -> SignUp:
        """Return it in another turn, otherwise as it was."""
        return replace(self, turn=turn, step=self.step + 1)

    def talking(self, at: datetime) -> SignUp:
        """Return it at the table."""
        return replace(self, state=PlacementState.NEGOTIATING, talked_at=at, step=self.step + 1)

    def agreed(self, at: datetime) -> SignUp:
        """Return it with the employer's yes; the worker's own makes it a place."""
        return replace(self, state=PlacementState.AGREED, agreed_at=at, step=self.step + 1)

    def confirmed(self, at: datetime) -> SignUp:
        """Return it as a place that was taken."""
        return replace(self, state=PlacementState.CONFIRMED, ended_at=at, step=self.step + 1)

    def ended(self, at: datetime, reason: str) -> SignUp:
        """Return it out of the line without a place."""
        return replace(self, state=PlacementState.CANCELLED, ended_at=at, reason=reason, step=self.step + 1)


def in_order(line: Iterable[SignUp]) -> list[SignUp]:
    """Return a line in its order, who comes first first."""
    return sorted(line, key=lambda item: item.turn)


def stand_together(whom: SignUp, line: Iterable[SignUp]) -> list[SignUp]:
    """Return who is still in the line of those who signed up with somebody, himself among them."""
    return [item for item in line if item.id == whom.id or (item.team and item.team == whom.team)]


def leader_of(team: Sequence[SignUp]) -> SignUp:
    """Return who leads people who signed up together: the first to sign, or of those who are still there."""
    return min(team, key=lambda item: item.signed_at)


def place_in_line(line: Iterable[SignUp], whom: SignUp) -> int:
    """Return the how-manieth a person is among those who wait, 1 for the next to be called."""
    return 1 + sum(item.is_waiting and item.turn < whom.turn for item in line if item.id != whom.id)


def turn_behind_next(line: Iterable[SignUp], whom: SignUp) -> Turn:
    """Return the turn of somebody who did not come: behind the next who waits, his own where nobody does."""
    later = [item for item in line if item.is_waiting and item.id != whom.id and item.turn > whom.turn]
    return whom.turn.behind(min(item.turn for item in later)) if later else whom.turn
