"""What became of a place once its worker went. They name a slip and nobody, so nothing in them is sealed."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar, Literal

from pydantic import Field

from kiosk.messages.events.body import EventBody


class SlipReturned(EventBody):
    """An employer's part of a slip came back: hired or not, and what else stands on it.

    A slip number bears no year; `day` is the hall day of the slip. `placement` is empty where another kiosk
    gave the slip out. `read` says whether its code proved it, or somebody keyed the number.
    """

    type: ClassVar[str] = "slip_returned"
    slip: str
    day: date
    placement: str = ""
    outcome: Literal["hired", "not_hired"]
    why: Literal["", "money", "time", "not_fit", "full", "other"] = ""
    arrived_on: date | None = None
    arrived_time: time | None = None
    pay_fen: int | None = Field(default=None, ge=0)
    read: Literal["scan", "keyed"]
    actor: str


class ArrivalConfirmed(EventBody):
    """Somebody who went by himself came to his work, as this witness told the desk."""

    type: ClassVar[str] = "arrival_confirmed"
    placement: str
    slip: str
    witness: Literal["worker", "employer", "staff"]
    arrived_at: datetime
    actor: str
