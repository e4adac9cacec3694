"""What attendants and the hall itself did."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import Field

from kiosk.messages.events.body import EventBody


class HelpCalled(EventBody):
    """Somebody asked for an attendant from a screen."""

    type: ClassVar[str] = "help_called"
    call: str
    screen: str
    worker: str | None


class HelpAnswered(EventBody):
    """An attendant came."""

    type: ClassVar[str] = "help_answered"
    call: str
    actor: str
    waited_s: int


class JobPosted(EventBody):
    """An attendant posted a job at the hall; the bureau decides whether it is published."""

    type: ClassVar[str] = "job_posted"
    job: dict[str, object]
    actor: str


class JobWithdrawn(EventBody):
    """An attendant withdrew a job."""

    type: ClassVar[str] = "job_withdrawn"
    job: str
    reason: str
    actor: str


class CountsChanged(EventBody):
    """An anonymous count of one hall day, such as people turned away kindly; nothing about anyone."""

    type: ClassVar[str] = "counts_changed"
    hall_day: date
    kind: str
    count: int


class StaffActed(EventBody):
    """One line of the audit log, with its place in the chain.

    `line` is 0, and what goes with it empty, in entries of before the chain travelled. `at` is the line's own
    instant, which its hash binds. `second` is who confirmed an act of two persons.
    """

    type: ClassVar[str] = "staff_acted"
    actor: str
    act: str
    entity: str
    entity_id: str
    reason: str = ""
    second: str = ""
    line: int = Field(default=0, ge=0)
    at: datetime | None = None
    prev_hash: str = ""
    hash: str = ""


class DeviceSeen(EventBody):
    """A device stands at this kiosk that did not stand there before: its own number and its profile's name.

    `device` is what the device tells of itself, such as the number of a reader's security module.
    """

    type: ClassVar[str] = "device_seen"
    kind: Literal["reader", "printer", "scanner"]
    device: str = Field(max_length=64)
    profile: str = Field(max_length=64)
