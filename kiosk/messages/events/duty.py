"""Who answers for people on a trip, what befell them, and who came back with it.

Nobody is named here but by slips: of who signed there are the masked name and a digest of the strokes; the
strokes themselves stay at the kiosk that took them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import Field

from kiosk.messages.events.body import EventBody

PartyWord = Literal["operator", "transport", "employer"]
MOST_PEOPLE = 1000


class DutyHanded(EventBody):
    """One party answers no more for the people of a trip, another does from now on.

    `at` is when it was, by the agreed clock; what was heard by telephone or stands on paper was earlier than
    this entry. `signature` is the hex SHA-256 of the strokes, empty where nobody signed at the screen.
    """

    type: ClassVar[str] = "duty_handed"
    hand_over: str
    trip: str
    giver: PartyWord
    taker: PartyWord
    at: datetime
    place: str
    headcount: int = Field(ge=0, le=MOST_PEOPLE)
    expected: int = Field(ge=0, le=MOST_PEOPLE)
    signer: str
    proof: Literal["signed", "phone", "paper"]
    signature: str = ""
    exceptions: str = ""
    actor: str


class IncidentNoted(EventBody):
    """Something befell people of a trip; told again with the same `incident` once it is closed.

    `party` answered for them when it happened.
    """

    type: ClassVar[str] = "incident_noted"
    incident: str
    trip: str
    at: datetime
    kind: Literal["injury", "traffic", "fight", "fraud", "fire", "health", "crowd", "other"]
    severity: Literal["I", "II", "III", "IV"]
    party: PartyWord
    people: int = Field(ge=0, le=MOST_PEOPLE)
    done: str
    told: list[str] = Field(default_factory=list)
    closed_at: datetime | None = None
    outcome: str = ""
    actor: str


class ReturnNoted(EventBody):
    """Of some passengers of a trip it was said where they are; `until` is the last day of who stays over."""

    type: ClassVar[str] = "return_noted"
    trip: str
    slips: list[str]
    where: Literal["out", "back", "stayed", "missing"]
    reason: str = ""
    until: date | None = None
    actor: str


class ReturnClosed(EventBody):
    """Everybody of a trip was counted: of those who went out so many are back, stay over, or are missing."""

    type: ClassVar[str] = "return_closed"
    trip: str
    expected: int
    back: int
    stayed: int
    missing: int
    actor: str
