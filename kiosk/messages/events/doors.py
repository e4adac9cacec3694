"""What happens at the door of a coach."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from kiosk.messages.events.body import EventBody


class SlipScannedIn(EventBody):
    """The paper of a slip whose place was given back was scanned and kept: nobody can board with it."""

    type: ClassVar[str] = "slip_scanned_in"
    slip: str
    actor: str


class SlipBoarded(EventBody):
    """The door let a slip into its coach."""

    type: ClassVar[str] = "slip_boarded"
    trip: str
    slip: str


class RidersCalled(EventBody):
    """The door called who has a seat and is not aboard; the hall's screens show their numbers."""

    type: ClassVar[str] = "riders_called"
    trip: str
    slips: list[str]
    actor: str


class BlockAcknowledged(EventBody):
    """The door of a trip keeps these slips out from now on; those of `aboard` had come in before.

    Only the stream that holds the door now can say so: another device would still let them in.
    """

    type: ClassVar[str] = "block_acknowledged"
    trip: str
    slips: list[str]
    aboard: list[str] = Field(default_factory=list)


class DoorClosed(EventBody):
    """This device lets nobody into the trip's coach any more; `boarded` slips are aboard."""

    type: ClassVar[str] = "door_closed"
    trip: str
    boarded: list[str]
