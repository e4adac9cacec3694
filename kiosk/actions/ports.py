"""The ports actions talk to: what must be kept, told apart by subject; storage is plugged in from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from kiosk.actions.board_ports import Board
from kiosk.actions.day_ports import Days
from kiosk.actions.device_ports import Devices
from kiosk.actions.door_ports import Doors, Riders
from kiosk.actions.education_ports import Education
from kiosk.actions.found_ports import FoundCards
from kiosk.actions.hiring_ports import Decisions, SignUps
from kiosk.actions.ledger_ports import Books
from kiosk.actions.merge_ports import Merges
from kiosk.actions.outcome_ports import Outcomes
from kiosk.actions.outing_ports import Outings
from kiosk.actions.own_data_ports import Erasures, Restrictions
from kiosk.actions.paper_ports import Papers
from kiosk.actions.pay_ports import Pays
from kiosk.actions.proof_ports import Proofs
from kiosk.actions.shift_ports import Shifts
from kiosk.actions.team_ports import Teams
from kiosk.actions.trip_ports import Fleet, Trips
from kiosk.domain.ids import (
    JobId,
    NumberHash,
    PlacementId,
    QuotaId,
    SlipNumber,
    StaffId,
    WorkerId,
)
from kiosk.domain.orders import OrderKey
from kiosk.domain.parameters import Parameters
from kiosk.domain.placements import Placement, PlacementState, SpentNumber
from kiosk.domain.quotas import NumberSet
from kiosk.domain.slips import SlipState
from kiosk.domain.workers import Engagement, FirstAnswers, HeldCertificate, HeldEducation, Worker
from kiosk.messages.audit_chain import AuditLine, ChainedLine
from kiosk.messages.events import EventBody


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Today's visit of one person; unique for (worker, hall day)."""

    id: str
    worker: WorkerId
    key: OrderKey
    queue_number: str
    method: str


@dataclass(frozen=True, slots=True)
class SlipRecord:
    """One slip as the print journal knows it. `document` is the JSON of what is (to be) printed.

    `cuts_before` and `cuts_after` are the printer's own count of cuts around its last attempt.
    """

    number: SlipNumber
    placement: PlacementId
    state: SlipState
    copy_no: int
    document: str
    token: str
    evidence: str
    changed_at: datetime
    cuts_before: int | None = None
    cuts_after: int | None = None


@dataclass(frozen=True, slots=True)
class Staff:
    """A person who may work at the desk of this hall.

    `valid_until` is the last day, None without an end; `badge_serial` names the one badge that counts.
    """

    id: StaffId
    name: str
    role: str
    pin_hash: str = field(repr=False)
    is_active: bool
    valid_until: date | None = None
    badge_serial: int | None = None

    def works_on(self, day: date) -> bool:
        """Return whether this person is employed here on a hall day."""
        return self.is_active and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class HelpCall:
    """Somebody asked for an attendant; `answered_at` is None while they wait."""

    id: str
    screen: str
    worker: WorkerId | None
    called_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class RefusedEntry:
    """An entry the bureau could not apply; it stays until a person settles it.

    `newest_reason` is what was said of it after the first reason and when, empty and None mostly.
    """

    seq: int
    type: str
    reason: str
    refused_at: datetime
    newest_reason: str = ""
    newest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RefusedSubject:
    """What a refused entry spoke of; each is None where it spoke of none, or was blanked since."""

    worker: WorkerId | None = None
    slip: SlipNumber | None = None
    placement: PlacementId | None = None


@dataclass(frozen=True, slots=True)
class SyncHealth:
    """What the desk sees of sync: entries waiting, since when, the last success and the next try."""

    pending: int
    oldest_pending_at: datetime | None
    last_success_at: datetime | None
    next_try_at: datetime | None
    last_problem: str
    refused_open: int


@dataclass(frozen=True, slots=True)
class KioskIdentity:
    """Who this kiosk is, as the bureau enrolled it."""

    kiosk: str
    kiosk_no: int
    letter: str
    station: str
    station_name: str
    profile: str
    key_id: str
    city_key: bytes
    scopes: tuple[str, ...]


class Journal(Protocol):
    """The outbox: what people did, in order, each in the transaction of the state it changes."""

    def append(self, body: EventBody, at: datetime) -> int:
        """Append one entry and return its seq."""
        ...

    def newest_at(self) -> datetime | None:
        """Return when the newest entry was written, as the kiosk's clock had it; None before the first."""
        ...


class Workers(Protocol):
    """People known here."""

    def by_hash(self, number_hash: NumberHash) -> Worker | None: ...
    def by_id(self, worker: WorkerId) -> Worker | None: ...
    def by_tail(self, last_four: str) -> Sequence[Worker]: ...
    def spell_names(self) -> int:
        """Make those found by initials whose names nobody looked for yet; return how many they were."""
        ...

    def by_initials(self, letters: str, day: date, most: int) -> Sequence[Worker]: ...
    def add(self, worker: Worker) -> None: ...
    def correct(self, corrected: Worker) -> None:
        """Put name, sex and day of birth in the place of those that are kept."""
        ...

    def set_answers(self, worker: WorkerId, answers: FirstAnswers) -> None: ...
    def set_notice(self, worker: WorkerId, notice_version: int) -> None: ...
    def certificates(self, worker: WorkerId) -> tuple[HeldCertificate, ...]: ...
    def add_certificate(self, worker: WorkerId, held: HeldCertificate) -> None: ...
    def education(self, worker: WorkerId) -> tuple[HeldEducation, ...]: ...
    def add_education(self, worker: WorkerId, held: HeldEducation) -> None: ...
    def engagements(self, worker: WorkerId, after: datetime) -> tuple[Engagement, ...]: ...
    def last_engaged(self, worker: WorkerId) -> datetime | None: ...
    def capsule(self, number_hash: NumberHash) -> str | None: ...


class CheckIns(Protocol):
    """The order of the day."""

    def of(self, worker: WorkerId, day: date) -> CheckIn | None: ...
    def next_sequence(self, day: date) -> int: ...
    def add(self, check_in: CheckIn) -> None: ...
    def count_since(self, day: date, at: datetime) -> int: ...
    def count_all(self) -> int: ...


class Rights(Protocol):
    """Numbers this stream may hand out."""

    def free(self, quota: QuotaId) -> NumberSet: ...
    def lowest_free(self, quota: QuotaId) -> int | None: ...
    def spend(self, spent: SpentNumber, placement: PlacementId) -> None:
        """Mark a number as spent; raises IntegrityFault when it is spent already or was never granted."""
        ...

    def give_back(self, spent: SpentNumber) -> None: ...


class Placements(Protocol):
    """Places taken here."""

    def add(self, placement: Placement) -> None: ...
    def by_id(self, placement: PlacementId) -> Placement | None: ...
    def by_slip(self, slip: SlipNumber) -> Placement | None: ...
    def set_state(self, placement: PlacementId, state: PlacementState) -> None: ...
    def open_of(self, worker: WorkerId) -> Sequence[Placement]: ...
    def count(self) -> int: ...
    def on_day(self, day: date) -> Sequence[Placement]: ...
    def note_left(self, placement: PlacementId, worker: WorkerId, at: datetime) -> None:
        """Remember that a place taken at another kiosk was given back here."""
        ...

    def is_left(self, placement: PlacementId) -> bool: ...


class Slips(Protocol):
    """The print journal."""

    def next_counter(self, day: date) -> int: ...
    def add(self, slip: SlipRecord) -> None: ...
    def by_number(self, number: SlipNumber) -> SlipRecord | None: ...
    def update(self, slip: SlipRecord) -> None: ...
    def in_state(self, *states: SlipState) -> Sequence[SlipRecord]: ...
    def count_states(self, day: date, since: datetime) -> Mapping[SlipState, int]:
        """Return how many slips of the places taken on a day from an instant on are in which state."""
        ...

    def all(self) -> Sequence[SlipRecord]: ...


class Desk(Protocol):
    """What the attendants keep: staff, help calls, the refused tray, the audit log, anonymous counts."""

    def staff(self) -> Sequence[Staff]: ...
    def member(self, staff: StaffId) -> Staff | None: ...
    def add_staff(self, staff: Staff) -> None: ...
    def open_calls(self) -> Sequence[HelpCall]: ...
    def add_call(self, call: HelpCall) -> None: ...
    def answer_call(self, call: str, at: datetime) -> HelpCall | None: ...
    def refused(self) -> Sequence[RefusedEntry]: ...
    def refused_about(self, seq: int) -> RefusedSubject:
        """Return what an entry of the tray spoke of."""
        ...

    def settle_refused(self, seq: int, at: datetime, actor: str) -> None: ...
    def audit(
        self, at: datetime, actor: str, act: str, entity: str, entity_id: str, reason: str, second: str = ""
    ) -> ChainedLine:
        """Append one line to the audit log and return it with its place in the chain."""
        ...

    def audit_lines(self, limit: int) -> Sequence[AuditLine]: ...
    def add_count(self, day: date, kind: str) -> int:
        """Add one to an anonymous count and return the new total."""
        ...

    def add_pending_job(self, job: JobId, title: str, at: datetime) -> None:
        """Remember a job posted here until the bureau's feed brings it or its refusal."""
        ...

    def pending_jobs(self) -> Sequence[tuple[JobId, str]]: ...


class Settings(Protocol):
    """Small facts about this kiosk."""

    def get(self, key: str) -> str | None: ...
    def put(self, key: str, value: str) -> None: ...
    def identity(self) -> KioskIdentity | None: ...
    def adopt(self, identity: KioskIdentity) -> None:
        """Keep who this kiosk is from now on, as the bureau enrolled it."""
        ...

    def parameters(self, day: date) -> Parameters: ...
    def parameters_told(self) -> Mapping[str, datetime]:
        """Return when the bureau told each parameter last, by `key@effective_from`."""
        ...

    def sync_health(self) -> SyncHealth: ...


class Records(Protocol):
    """Everything one transaction can see and change."""

    @property
    def journal(self) -> Journal: ...
    @property
    def workers(self) -> Workers: ...
    @property
    def check_ins(self) -> CheckIns: ...
    @property
    def board(self) -> Board: ...
    @property
    def rights(self) -> Rights: ...
    @property
    def placements(self) -> Placements: ...
    @property
    def slips(self) -> Slips: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def devices(self) -> Devices: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def doors(self) -> Doors: ...
    @property
    def riders(self) -> Riders: ...
    @property
    def erasures(self) -> Erasures: ...
    @property
    def restrictions(self) -> Restrictions: ...
    @property
    def found_cards(self) -> FoundCards: ...
    @property
    def merges(self) -> Merges: ...
    @property
    def outcomes(self) -> Outcomes: ...
    @property
    def pays(self) -> Pays: ...
    @property
    def education(self) -> Education: ...
    @property
    def papers(self) -> Papers: ...
    @property
    def proofs(self) -> Proofs: ...
    @property
    def sign_ups(self) -> SignUps: ...
    @property
    def decisions(self) -> Decisions: ...
    @property
    def teams(self) -> Teams: ...
    @property
    def shifts(self) -> Shifts: ...
    @property
    def books(self) -> Books: ...
    @property
    def days(self) -> Days: ...
    @property
    def outings(self) -> Outings: ...
    @property
    def fleet(self) -> Fleet: ...
    @property
    def trips(self) -> Trips: ...


class Store(Protocol):
    """Durable storage: `writing` is one BEGIN IMMEDIATE … COMMIT, durable when the block has ended."""

    def writing(self) -> AbstractContextManager[Records]:
        """Open one writing transaction; an exception inside rolls everything back."""
        ...

    def reading(self) -> AbstractContextManager[Records]:
        """Open one consistent read."""
        ...
