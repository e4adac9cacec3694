"""What people did: the bodies of journal entries, one class a type, and the envelope they travel in."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import ClassVar, Literal

from pydantic import Field

from kiosk.messages.personal import Kind, Sealing
from kiosk.messages.wire import Wire


class EventBody(Wire):
    """What one entry says. `type` and `v` name the schema; within one v fields are only ever added.

    From version 2 on the personal fields of a body travel and lie sealed (`sealing`); those of version 1,
    which older programs wrote, are in clear.
    """

    type: ClassVar[str]
    v: ClassVar[int] = 1
    sealing: ClassVar[Sealing | None] = None

    @property
    def sealed_text(self) -> str:
        """Return the sealed fields, empty where nothing is sealed."""
        return str(getattr(self, "sealed", ""))

    @property
    def sealed_worker(self) -> str:
        """Return whose key seals the personal fields."""
        return str(getattr(self, "worker", ""))

    def blanks(self) -> dict[str, object]:
        """Return what stands in the place of personal fields that nobody can read."""
        return {} if self.sealing is None else dict(self.sealing.blanks)


class Person(Wire):
    """The personal fields of a worker that the law lets the hall keep."""

    kind: str
    name: str
    number: str
    sex: str
    birth_date: date | None
    region: str


class WorkerRegistered(EventBody):
    """A person said yes to the notice and was registered (consent evidence: version, time, channel)."""

    type: ClassVar[str] = "worker_registered"
    v: ClassVar[int] = 2
    sealing: ClassVar[Sealing | None] = Sealing(Kind.STATUTORY, (("person", None),))
    worker: str
    person: Person | None = None
    notice_version: int
    method: Literal["card", "by_hand"]
    sealed: str = ""


class CheckedIn(EventBody):
    """A person came to the hall today; `queue_number` is what is called, the key is the order of the day."""

    type: ClassVar[str] = "checked_in"
    check_in: str
    worker: str
    hall_day: date
    queue_number: str
    sequence: int
    arrived_at: datetime
    method: Literal["card", "by_hand"]


class FirstAnswersGiven(EventBody):
    """A person answered, changed or skipped the first questions."""

    type: ClassVar[str] = "first_answers_given"
    v: ClassVar[int] = 2
    sealing: ClassVar[Sealing | None] = Sealing(
        Kind.OPTIONAL, (("phone", None), ("trades", []), ("span", None))
    )
    worker: str
    phone: str | None = None
    trades: list[str] = Field(default_factory=list)
    span: str | None = None
    sealed: str = ""


class Spent(Wire):
    """One number of one quota."""

    quota: str
    number: int


class PlaceTaken(EventBody):
    """A worker took a place: the numbers spent, the slip that goes with it, the promise's digest.

    `education` says how the worker stood with the job's safety class, `educated_on` when it was held; None is
    an entry of a kiosk that did not tell yet.
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


class CertificateRecorded(EventBody):
    """An attendant saw a certificate."""

    type: ClassVar[str] = "certificate_recorded"
    v: ClassVar[int] = 2
    sealing: ClassVar[Sealing | None] = Sealing(
        Kind.STATUTORY, (("kind", ""), ("number_tail", ""), ("valid_until", None), ("review_by", None))
    )
    worker: str
    kind: str = ""
    number_tail: str = ""
    valid_until: date | None = None
    review_by: date | None = None
    actor: str
    sealed: str = ""


class ClassHeld(EventBody):
    """A safety class was held for one person."""

    type: ClassVar[str] = "class_held"
    worker: str
    hazard_class: str
    held_on: date
    valid_until: date
    actor: str


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


class RightsReturned(EventBody):
    """A kiosk gave numbers back to the bureau unspent."""

    type: ClassVar[str] = "rights_returned"
    quota: str
    ranges: list[tuple[int, int]]


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


class CountsChanged(EventBody):
    """An anonymous count of one hall day, such as people turned away kindly; nothing about anyone."""

    type: ClassVar[str] = "counts_changed"
    hall_day: date
    kind: str
    count: int


class StaffActed(EventBody):
    """One line of the audit log."""

    type: ClassVar[str] = "staff_acted"
    actor: str
    act: str
    entity: str
    entity_id: str
    reason: str = ""


class DeviceSeen(EventBody):
    """A device stands at this kiosk that did not stand there before: its own number and its profile's name.

    `device` is what the device tells of itself, such as the number of a reader's security module.
    """

    type: ClassVar[str] = "device_seen"
    kind: Literal["reader", "printer", "scanner"]
    device: str = Field(max_length=64)
    profile: str = Field(max_length=64)


EVENT_TYPES: dict[str, type[EventBody]] = {
    body.type: body
    for body in (
        WorkerRegistered,
        CheckedIn,
        FirstAnswersGiven,
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
        SlipBoarded,
        BlockAcknowledged,
        DoorClosed,
        CountsChanged,
        StaffActed,
        DeviceSeen,
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
