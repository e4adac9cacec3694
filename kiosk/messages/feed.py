"""State that comes down: rows of topics, each a current value at a position, and the bodies they carry."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal

from pydantic import Field

from kiosk.messages.wire import Wire

TOPIC_ORDER = (
    "parameter",
    "content",
    "course",
    "staff",
    "employer",
    "vehicle",
    "driver",
    "trip",
    "job",
    "capsule",
    "key",
    "block",
    "rider",
    "erasure",
    "sign_up",
    "told",
    "merge",
    "part",
)
"""The order in which topics of one page are applied, so that a job never comes before its employer."""


class FeedRow(Wire):
    """One row: the newest value of one thing. `is_deleted` rows carry an empty body."""

    topic: str
    id: str
    pos: int
    is_deleted: bool = False
    body: str = ""


class Cursor(Wire):
    """How far one scope (`city`, `hall:NZ`) has been read within one life of the feed."""

    scope: str
    feed_gen: str
    pos: int


class FeedPage(Wire):
    """At most one page of one scope; `is_snapshot` means: forget what this scope told before."""

    scope: str
    feed_gen: str
    rows: list[FeedRow]
    pos: int
    has_more: bool
    is_snapshot: bool = False


class ParameterBody(Wire):
    """Topic `parameter`, id `key@effective_from`."""

    key: str
    value: str
    unit: str
    source: str
    effective_from: date


class EmployerBody(Wire):
    """Topic `employer`."""

    id: str
    name: str
    type: str
    uscc: str | None
    contact_name: str
    contact_phone: str
    address: str
    is_verified: bool


class TripBody(Wire):
    """Topic `trip`. `door` is the stream of the one device that lets people into the coach, or empty.

    `door_at` is the kiosk whose stream that is, for people only.

    `dawn_percent` is what part of the seats kiosks get before anybody asks, None for the usual part.
    `driver` is the pseudonym of who drives, empty before anybody was named. A trip that `is_formed` has no
    quota: its desk put it together out of people it had placed.
    """

    id: str
    station: str
    label: str
    day: date
    departs_at: time
    bay: str
    destination: str
    returns_at: time | None
    seats: int
    plate: str
    phone: str
    state: str
    door: str = ""
    dawn_percent: int | None = Field(default=None, ge=0, le=100)
    door_at: str = ""
    driver: str = ""
    is_formed: bool = False


class BlockBody(Wire):
    """Topic `block`, id the slip: nobody comes into the trip's coach with this paper any more."""

    trip: str
    slip: str


class RiderBody(Wire):
    """Topic `rider`, scope of the hall a coach leaves from, id the slip: who goes with it, without a name.

    `queue_number` is empty for whoever had none on the day he took the seat. `education` says how he stands
    by now with the safety class of his job, wherever it was held; None where the job is told no more.
    `called_at` is when the door called him last.
    """

    trip: str
    slip: str
    seat: int = Field(ge=1)
    placement: str
    worker: str
    job: str
    queue_number: str = ""
    education: Literal["not_needed", "held", "missing"] | None = None
    called_at: datetime | None = None


class PayBody(Wire):
    """Pay within a job."""

    fen: int
    unit: str
    rule: str
    way: str
    payer: str
    piece_name: str = ""
    due_on: date | None = None
    due_at: time | None = None


class ShiftBody(Wire):
    """Working time within a job."""

    first_day: date
    last_day: date
    starts_at: time
    ends_at: time
    break_min: int


class PlaceBody(Wire):
    """Workplace within a job."""

    town: str
    spot: str
    distance_m: int
    travel_min: int


class StrainBody(Wire):
    """What a job asks of a body, within a job; 0 is a number that nobody has told."""

    lift_kg: int = Field(default=0, ge=0, le=500)
    lifts_an_hour: int = Field(default=0, ge=0, le=3600)
    labour_grade: int = Field(default=0, ge=0, le=4)
    is_underground: bool = False


class JobBody(Wire):
    """Topic `job`; field for field `kiosk.domain.jobs.Job`. `open_places` is for showing only.

    `open_places` is what the bureau believes is left over all kiosks: a take is decided by rights alone.
    `grade` is empty where no skill is hoped for; `welcomes` names kinds of hardship. `needs_classes` names
    every safety class that is held before work, `needs_education` one of them, for readers that know no more.
    """

    id: str
    version: int
    employer: str
    station: str
    trade: str
    family: str
    title: str
    title_en: str
    content: str
    content_en: str
    headcount: int
    pay: PayBody
    shift: ShiftBody
    place: PlaceBody
    trip: str | None
    has_meal: bool
    has_lodging: bool
    hazards: list[str]
    ppe: list[str]
    certificates: list[str]
    insurance: str
    age_min: int
    is_instant: bool
    is_dangerous: bool
    needs_education: str | None
    meeting_point: str
    valid_until: datetime
    state: str
    open_places: int
    dawn_percent: int | None = Field(default=None, ge=0, le=100)
    grade: str = ""
    welcomes: list[str] = Field(default_factory=list)
    is_talked_over: bool = False
    needs_classes: list[str] = Field(default_factory=list)
    strain: StrainBody | None = None


class StaffBody(Wire):
    """Topic `staff`, scope of one hall: who may work at the desk. The PIN is an argon2 hash.

    `valid_until` is the last day, None without an end; `badge_serial` names the one badge that counts.
    """

    id: str
    name: str
    role: str
    pin_hash: str
    is_active: bool
    valid_until: date | None = None
    badge_serial: int | None = Field(default=None, ge=0, lt=2**32)


class KeyBody(Wire):
    """Topic `key`: the public key of a kiosk, so that any hall can tell a genuine slip.

    Nothing that says a day after `last_day` was signed by it; None while the key is in use.
    """

    key_id: str
    kiosk: str
    station: str
    public_key: str
    last_day: date | None = None


class ErasureBody(Wire):
    """Topic `erasure`, scope city, id `worker/kind`: personal fields of one kind are erased at every kiosk.

    `epoch` counts what was asked so far; keys of an epoch before `void` are destroyed. What was given after
    the erasure is under a key of this epoch or a later one, and stays. Where `void` stays behind, a `law`
    holds the fields until the day `held_until`, or, without one, the bureau looks at them until then.
    """

    worker: str
    kind: str
    epoch: int = Field(ge=1)
    void: int = Field(ge=0)
    law: str = ""
    held_until: date | None = None


class SignUpBody(Wire):
    """Topic `sign_up`, scope of one hall: somebody in the line of a job, without a name.

    `own_…` is his place in the order of the day, `turn_…` whose turn he stands at, `turn_shift` steps behind
    it. Times are None, and `spot` and `held_at` empty, while he waits. `team` is whom he signed up with.
    """

    id: str
    worker: str
    job: str
    job_version: int
    way: str
    queue_number: str
    hall_day: date
    own_arrived_at: datetime
    own_kiosk: str
    own_sequence: int
    turn_arrived_at: datetime
    turn_kiosk: str
    turn_sequence: int
    turn_shift: int
    signed_at: datetime
    state: str
    calls: int
    spot: str
    held_at: str
    called_at: datetime | None
    answer_by: datetime | None
    talked_at: datetime | None
    agreed_at: datetime | None
    step: int
    team: str | None = None


class CapsuleBody(Wire):
    """Topic `capsule`, scope city, id = HMAC(city key, number): sealed, opened only with the card in hand."""

    sealed: str


class CapsuleCertificate(Wire):
    """A certificate inside a capsule."""

    kind: str
    number_tail: str
    valid_until: date | None
    review_by: date | None


class CapsuleClass(Wire):
    """A class inside a capsule."""

    hazard_class: str
    held_on: date
    valid_until: date


class CapsuleSkill(Wire):
    """A grade in a trade inside a capsule."""

    trade: str
    grade: str


class CapsuleHardship(Wire):
    """A verified kind of hardship inside a capsule."""

    kind: str
    valid_until: date | None


class CapsulePlacement(Wire):
    """An open placement inside a capsule; `job` is empty in one that an older bureau sealed."""

    placement: str
    title: str
    starts: datetime
    ends: datetime
    slip: str
    job: str = ""


class CapsulePay(Wire):
    """A place inside a capsule of whose money nobody has said anything yet; it is asked from `due_at` on.

    `fen` is None where the advertisement has changed since the place was taken, or is gone.
    """

    placement: str
    title: str
    worked_on: date
    due_at: datetime
    trade: str = ""
    fen: int | None = None
    unit: str = "day"
    piece_name: str = ""


class CapsuleContent(Wire):
    """What any kiosk of the city may know of a person once the card lies on its reader.

    `pay_answered` are the places of which the worker has said lately whether they were paid. `given_back` are
    places that he gave back, as long as they are ahead or a kiosk might ask about their pay: the one where
    each was taken lets go of it, too. Where `is_restricted`, telephone, trades, span, skills and hardships
    are kept and not used.
    """

    worker: str
    person_kind: str
    notice_version: int
    phone: str | None
    trades: list[str]
    span: str | None
    first_seen: datetime
    checked_in_on: date | None
    check_in_queue_number: str | None
    certificates: list[CapsuleCertificate]
    classes: list[CapsuleClass]
    placements: list[CapsulePlacement]
    pay_due: list[CapsulePay] = Field(default_factory=list)
    pay_answered: list[str] = Field(default_factory=list)
    skills: list[CapsuleSkill] = Field(default_factory=list)
    hardships: list[CapsuleHardship] = Field(default_factory=list)
    last_worked_on: date | None = None
    check_in_arrived_at: datetime | None = None
    check_in_kiosk: str | None = None
    check_in_sequence: int | None = None
    given_back: list[str] = Field(default_factory=list)
    is_restricted: bool = False
    restriction_step: int = 0
