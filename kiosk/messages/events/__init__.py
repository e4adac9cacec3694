"""What people did: the bodies of journal entries, one class a type, and the envelope they travel in."""

from __future__ import annotations

import hashlib
from datetime import datetime

from pydantic import Field

from kiosk.messages.events.body import EventBody
from kiosk.messages.events.desk import (
    CountsChanged,
    DeviceSeen,
    HelpAnswered,
    HelpCalled,
    JobPosted,
    JobWithdrawn,
    StaffActed,
)
from kiosk.messages.events.doors import (
    BlockAcknowledged,
    DoorClosed,
    RidersCalled,
    SlipBoarded,
    SlipScannedIn,
)
from kiosk.messages.events.duty import DutyHanded, IncidentNoted, ReturnClosed, ReturnNoted
from kiosk.messages.events.found import CardFound, CardHandedBack
from kiosk.messages.events.hiring import (
    OrderPoint,
    SignedUp,
    SignUpCalled,
    SignUpEnded,
    SignUpMissed,
    SignUpMoved,
    TalkAgreed,
    TalkBegun,
    TurnPoint,
)
from kiosk.messages.events.merges import MergeUndone, WorkersMerged
from kiosk.messages.events.outcomes import ArrivalConfirmed, SlipReturned
from kiosk.messages.events.pay import PayAnswered
from kiosk.messages.events.people import (
    CertificateRecorded,
    CheckedIn,
    ClassHeld,
    ErasureAsked,
    FirstAnswersGiven,
    Person,
    UseRestricted,
    WorkerCorrected,
    WorkerRegistered,
)
from kiosk.messages.events.places import (
    PlaceGivenBack,
    PlaceTaken,
    RightsReturned,
    SlipStateChanged,
    Spent,
)
from kiosk.messages.events.proofs import HardshipVerified, SkillRecorded
from kiosk.messages.events.teams import TeamPoint
from kiosk.messages.events.trips import (
    DriverRecorded,
    PassengersChanged,
    SeatGiven,
    TripChecked,
    TripCrewed,
    TripDeparted,
    TripFormed,
    VehicleRecorded,
)
from kiosk.messages.wire import Wire

__all__ = [
    "EVENT_TYPES",
    "FIRST_HASH",
    "ArrivalConfirmed",
    "BlockAcknowledged",
    "CardFound",
    "CardHandedBack",
    "CertificateRecorded",
    "CheckedIn",
    "ClassHeld",
    "CountsChanged",
    "DeviceSeen",
    "DoorClosed",
    "DriverRecorded",
    "DutyHanded",
    "ErasureAsked",
    "Event",
    "EventBody",
    "FirstAnswersGiven",
    "HardshipVerified",
    "HelpAnswered",
    "HelpCalled",
    "IncidentNoted",
    "JobPosted",
    "JobWithdrawn",
    "MergeUndone",
    "OrderPoint",
    "PassengersChanged",
    "PayAnswered",
    "Person",
    "PlaceGivenBack",
    "PlaceTaken",
    "ReturnClosed",
    "ReturnNoted",
    "RidersCalled",
    "RightsReturned",
    "SeatGiven",
    "SignUpCalled",
    "SignUpEnded",
    "SignUpMissed",
    "SignUpMoved",
    "SignedUp",
    "SkillRecorded",
    "SlipBoarded",
    "SlipReturned",
    "SlipScannedIn",
    "SlipStateChanged",
    "Spent",
    "StaffActed",
    "TalkAgreed",
    "TalkBegun",
    "TeamPoint",
    "TripChecked",
    "TripCrewed",
    "TripDeparted",
    "TripFormed",
    "TurnPoint",
    "UseRestricted",
    "VehicleRecorded",
    "WorkerCorrected",
    "WorkerRegistered",
    "WorkersMerged",
    "chain_hash",
]

EVENT_TYPES: dict[str, type[EventBody]] = {
    body.type: body
    for body in (
        WorkerRegistered,
        WorkerCorrected,
        CheckedIn,
        FirstAnswersGiven,
        ErasureAsked,
        UseRestricted,
        PlaceTaken,
        PlaceGivenBack,
        SlipStateChanged,
        CertificateRecorded,
        ClassHeld,
        HelpCalled,
        HelpAnswered,
        JobPosted,
        JobWithdrawn,
        RightsReturned,
        SlipScannedIn,
        RidersCalled,
        SlipBoarded,
        BlockAcknowledged,
        DoorClosed,
        CountsChanged,
        StaffActed,
        DeviceSeen,
        PayAnswered,
        HardshipVerified,
        SkillRecorded,
        SignedUp,
        SignUpCalled,
        SignUpMissed,
        SignUpMoved,
        TalkBegun,
        TalkAgreed,
        SignUpEnded,
        DutyHanded,
        IncidentNoted,
        ReturnNoted,
        ReturnClosed,
        VehicleRecorded,
        DriverRecorded,
        TripFormed,
        PassengersChanged,
        TripCrewed,
        TripChecked,
        TripDeparted,
        SlipReturned,
        ArrivalConfirmed,
        CardFound,
        CardHandedBack,
        WorkersMerged,
        MergeUndone,
    )
}


class Event(Wire):
    """One journal entry as it travels: (stream, seq) is its key, and the hash chains it to the one before.

    `at` is the kiosk's wall clock, for people only: no rule of safety reads it. `boot` and `boottime_ms`
    let the bureau re-time entries of a kiosk whose clock was wrong.
    """

    seq: int = Field(ge=1)
    type: str
    v: int = Field(ge=1)
    at: datetime
    boot: str
    boottime_ms: int
    prev_hash: str
    hash: str
    body: str

    def parsed(self) -> EventBody | None:
        """Return the typed body, or None for a type or version this side does not know."""
        body_class = EVENT_TYPES.get(self.type)
        if body_class is None or self.v > body_class.v:
            return None
        return body_class.model_validate_json(self.body)


def chain_hash(stream: str, seq: int, event_type: str, v: int, prev_hash: str, body: str) -> str:
    """Return the hash (hex SHA-256) that binds an entry to its stream, its place and everything before it."""
    text = "\n".join((stream, str(seq), event_type, str(v), prev_hash, body))
    return hashlib.sha256(text.encode()).hexdigest()


FIRST_HASH = "0" * 64
"""The hash before a stream's first entry."""
