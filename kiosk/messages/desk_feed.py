"""What a hall's desk is told of its kiosks: entries as they were accepted, with the fields a ledger needs.

Scope `desk:NZ`, topic `told`, id `stream/seq`; a position is that of the bureau's log. Nobody else reads it.
"""

from __future__ import annotations

from datetime import datetime

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
        events.CheckedIn,
        events.FirstAnswersGiven,
        events.CertificateRecorded,
        events.ClassHeld,
        events.PlaceTaken,
        events.PlaceGivenBack,
        events.SlipStateChanged,
        events.PayAnswered,
    )
}
"""The entries that a ledger of a hall is made of."""


def desk_scope(station: str) -> str:
    """Return the scope of one hall's desk, such as `desk:NZ`."""
    return f"{DESK}{station}"


class JobSaid(Wire):
    """What an advertisement said of a place when it was taken; `fen` is None where its words have changed."""

    employer: str
    fen: int | None = None
    unit: str = ""


def job_said(said: JobBody, employer_name: str, version: int) -> JobSaid:
    """Return what an advertisement says of the version that was taken; of another one its pay is not told."""
    if said.version != version:
        return JobSaid(employer=employer_name)
    return JobSaid(employer=employer_name, fen=said.pay.fen, unit=said.pay.unit)


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
