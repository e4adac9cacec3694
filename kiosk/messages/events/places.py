"""Places that were taken and given back, and the paper that goes with them."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import Field

from kiosk.domain.paydays import MOST_HOURS
from kiosk.messages.events.body import EventBody
from kiosk.messages.events.teams import TeamPoint
from kiosk.messages.wire import Wire


class Spent(Wire):
    """One number of one quota."""

    quota: str
    number: int


class PlaceTaken(EventBody):
    """A worker took a place: the numbers spent, the slip that goes with it, the promise's digest.

    `education` says how the worker stood with the job's safety class, `educated_on` when it was held;
    `due_h` how many hours after `ends` the last of the money is due, by a short name, since small rounds
    pay for each letter. None is an entry of a kiosk that did not tell yet. `sign_up` is what led to it, None
    where it was taken at once. `team` ties the places of people who went together.
    """

    type: ClassVar[str] = "place_taken"
    placement: str
    worker: str
    job: str
    job_version: int
    trip: str | None
    kind: Literal["dispatch", "referral"]
    slip: str
    spent: list[Spent]
    starts: datetime
    ends: datetime
    title: str
    promise: str
    education: Literal["not_needed", "held", "missing"] | None = None
    educated_on: date | None = None
    due_h: int | None = Field(default=None, ge=0, le=MOST_HOURS)
    sign_up: str | None = None
    team: TeamPoint | None = None


class PlaceGivenBack(EventBody):
    """A place was given back; its numbers are not handed out again before the paper is known to be gone."""

    type: ClassVar[str] = "place_given_back"
    placement: str
    slip: str
    spent: list[Spent]
    reason: str


class SlipStateChanged(EventBody):
    """What became known of a slip's paper, with the evidence for it."""

    type: ClassVar[str] = "slip_state_changed"
    slip: str
    placement: str
    copy_no: int
    state: Literal["printed", "uncertain", "void", "queued"]
    evidence: str
    reason: str = ""
    actor: str = ""


class RightsReturned(EventBody):
    """A kiosk gave numbers back to the bureau unspent."""

    type: ClassVar[str] = "rights_returned"
    quota: str
    ranges: list[tuple[int, int]]
