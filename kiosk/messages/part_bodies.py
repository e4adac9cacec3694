"""What comes down of employers' parts that were read at another kiosk."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from pydantic import Field

from kiosk.messages.wire import Wire


class PartBody(Wire):
    """Topic `part`, scope of the hall that gave the slip out, id `slip@day`: what an employer's part says."""

    slip: str
    day: date
    placement: str
    outcome: Literal["hired", "not_hired"]
    why: Literal["", "money", "time", "not_fit", "full", "other"] = ""
    arrived_on: date | None = None
    arrived_time: time | None = None
    pay_fen: int | None = Field(default=None, ge=0)
    is_keyed: bool
    read_at: datetime
