"""What a hall's desk is told of its kiosks: entries as they were accepted, with the fields a ledger needs.

Scope `desk:NZ`, topic `told`, id `stream/seq`; a position is that of the bureau's log. Nobody else reads it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import cache

from pydantic import Field

from kiosk.messages import events
from kiosk.messages.events import EventBody
from kiosk.messages.feed import JobBody
from kiosk.messages.wire import Wire

DESK, TOLD = "desk:", "told"
LEDGER_TYPES: dict[str, type[EventBody]] = {
    body.type: body
    for body in (
        events.WorkerRegistered,
        events.WorkerCorrected,
        events.CheckedIn,
        events.FirstAnswersGiven,
        events.CertificateRecorded,
        events.HardshipVerified,
        events.ClassHeld,
        events.PlaceTaken,
        events.PlaceGivenBack,
        events.SlipStateChanged,
        events.TalkAgreed,
        events.SlipReturned,
        events.ArrivalConfirmed,
        events.PayAnswered,
        events.VehicleRecorded,
        events.DriverRecorded,
        events.PassengersChanged,
        events.TripChecked,
        events.TripDeparted,
        events.DutyHanded,
        events.IncidentNoted,
        events.ReturnNoted,
    )
}
"""The entries that a ledger of a hall is made of."""
_KINDS_DIGITS = 8


def told_life(generation: str) -> str:
    """Return the life of a desk's scope: that of the bureau's database, and which kinds of entries it tells.

    A bureau that tells more kinds, or more of one, begins a new life, so that a desk hears the old ones too.
    """
    return f"{generation}/{_kinds()}"


def tells_otherwise(life: str, before: str) -> bool:
    """Return whether books read in one life lack something that is told in another."""
    return life.partition("/")[2] != before.partition("/")[2]


@cache
def _kinds() -> str:
    bodies: tuple[type[Wire], ...] = (*LEDGER_TYPES.values(), ToldBody, JobSaid)
    told = [f"{body.__name__}:{','.join(sorted(body.model_fields))}" for body in bodies]
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()[:_KINDS_DIGITS]


def desk_scope(station: str) -> str:
    """Return the scope of one hall's desk, such as `desk:NZ`."""
    return f"{DESK}{station}"


class JobSaid(Wire):
    """What an advertisement said of a place when it was taken; all but the employer only of the very version.

    `fen` is None where its words have changed since. `hazards` and `ppe` are words of `kiosk.domain.jobs`.
    """

    employer: str
    fen: int | None = None
    unit: str = ""
    hazards: list[str] = Field(default_factory=list)
    ppe: list[str] = Field(default_factory=list)
    is_dangerous: bool = False


def job_said(said: JobBody, employer_name: str, version: int) -> JobSaid:
    """Return what an advertisement says of the version that was taken; of another one only whose it is."""
    if said.version != version:
        return JobSaid(employer=employer_name)
    return JobSaid(
        employer=employer_name,
        fen=said.pay.fen,
        unit=said.pay.unit,
        hazards=sorted(said.hazards),
        ppe=sorted(said.ppe),
        is_dangerous=said.is_dangerous,
    )


class ToldBody(Wire):
    """One entry. `body` is its text with personal fields open, as far as they may be shown, else without.

    `person` is whom the entry's worker means at the bureau. `epoch` counts the erasures of such fields that
    had been asked when it was told. `is_signed` stands for a signature, which stays at the bureau.
    """

    stream: str
    seq: int = Field(ge=1)
    kiosk: str
    type: str
    v: int = Field(ge=1)
    at: datetime
    body: str
    person: str = ""
    epoch: int = Field(default=0, ge=0)
    is_signed: bool = False
    job: JobSaid | None = None

    def parsed(self) -> EventBody | None:
        """Return the typed body; None for one of a kind or version that this side keeps no book of."""
        known = LEDGER_TYPES.get(self.type)
        return None if known is None or self.v > known.v else known.model_validate_json(self.body)
