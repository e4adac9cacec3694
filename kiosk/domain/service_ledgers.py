"""The ledgers that a hall keeps of its services: who looked for work, came, was sent, learned, rode.

Each is described once: its columns, where each is read in a record, and what of it is masked. The records are
what the books of the desk hold, one line of a ledger each. Times are the hall's own without zone; a value
that nobody told, or that was erased since, is empty. A column that nobody is asked for says so in its head
and stays empty, for whoever knows it to write it in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.coach_lines import FleetLine, Moment, SafetyLine, TripLine
from kiosk.domain.ledgers import Brief, Column, Layout, Ledger, Mask


@dataclass(frozen=True, slots=True)
class SeekerLine:
    """Somebody who registered. `age` is that of the day he did; lists are words.

    `services` are the kinds of hardship that he let an attendant write down. `handler` keyed him in.
    """

    at: datetime
    name: str
    sex: str
    age: int | str
    number: str
    phone: str
    region: str
    services: tuple[str, ...]
    trades: tuple[str, ...]
    certificates: tuple[str, ...]
    method: str
    handler: str
    kiosk: str
    standing: str
    unasked: str = ""


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit of somebody on one day."""

    at: datetime
    queue_number: str
    name: str
    number: str
    method: str
    kiosk: str
    unasked: str = ""


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """One place that was taken; pay is written out, `standing` says whether it was kept.

    `confirmed` is `both` where the employer said yes at a table, too; `part_at` is when his part came back.
    `result` is what stands on it, or that he came.
    """

    slip: str
    at: datetime
    name: str
    number: str
    employer: str
    title: str
    kind: str
    pay: str
    pay_unit: str
    starts: datetime
    ends: datetime
    coach: str
    printed: str
    confirmed: str
    part_at: Moment
    result: tuple[str, ...]
    standing: str
    pay_answer: str


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One safety class of one person. Nobody holds one that he failed; `passed` tells with what proof."""

    record: str
    at: datetime
    name: str
    number: str
    hazard_class: str
    course_version: int
    mode: str
    minutes: int
    score: str
    passed: str
    instructor: str
    valid_until: str
    signature: str


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One slip that came out, or was made void; `copy` is 0 for the first print."""

    at: datetime
    slip: str
    copy: int
    state: str
    reason: str
    actor: str
    kiosk: str


LedgerLine = (
    SeekerLine | VisitLine | PlacementLine | ClassLine | PrintLine | SafetyLine | TripLine | FleetLine
)

_SIGNERS = ("ledger.signer.made", "ledger.signer.checked")


def _ledger(name: str, *columns: Column) -> Ledger:
    return Ledger(name, f"ledger.{name}.title", Layout.LIST, columns, _SIGNERS)


def _name() -> Column:
    return Column("ledger.column.name", "name", Mask.NAME, empty="ledger.erased")


def _number(brief: Brief = Brief.ALONE) -> Column:
    return Column("ledger.column.number", "number", Mask.NUMBER, brief=brief)


SEEKERS = _ledger(
    "seekers",
    Column("ledger.column.registered", "at"),
    _name(),
    Column("ledger.column.sex", "sex", words="sex"),
    Column("ledger.column.age", "age"),
    _number(),
    Column("ledger.column.phone", "phone", Mask.PHONE),
    Column("ledger.column.region", "region"),
    Column("ledger.column.category", "unasked"),
    Column("ledger.column.services", "services", brief=Brief.LEFT_OUT),
    Column("ledger.column.trades", "trades"),
    Column("ledger.column.pay_wish", "unasked"),
    Column("ledger.column.certificates", "certificates"),
    Column("ledger.column.method", "method", words="method"),
    Column("ledger.column.kiosk", "kiosk", brief=Brief.LEFT_OUT),
    Column("ledger.column.handler", "handler", Mask.NAME, brief=Brief.LEFT_OUT),
    Column("ledger.column.standing", "standing", words="seeking"),
)
VISITS = _ledger(
    "visits",
    Column("ledger.column.came", "at"),
    Column("ledger.column.queue_number", "queue_number"),
    _name(),
    _number(),
    Column("ledger.column.method", "method", words="method"),
    Column("ledger.column.kiosk", "kiosk"),
    Column("ledger.column.zone", "unasked"),
    Column("ledger.column.left", "unasked"),
)
PLACEMENTS = _ledger(
    "placements",
    Column("ledger.column.slip", "slip"),
    Column("ledger.column.taken", "at"),
    _name(),
    _number(),
    Column("ledger.column.employer", "employer"),
    Column("ledger.column.job", "title"),
    Column("ledger.column.kind", "kind", words="kind"),
    Column("ledger.column.pay", "pay"),
    Column("ledger.column.pay_unit", "pay_unit", words="unit"),
    Column("ledger.column.starts", "starts", brief=Brief.WITH_HEAD),
    Column("ledger.column.ends", "ends", brief=Brief.WITH_HEAD),
    Column("ledger.column.coach", "coach", words="coach", brief=Brief.WITH_HEAD),
    Column("ledger.column.printed", "printed", words="printed", brief=Brief.LEFT_OUT),
    Column("ledger.column.confirmed", "confirmed", words="confirmed"),
    Column("ledger.column.part_at", "part_at", brief=Brief.WITH_HEAD),
    Column("ledger.column.result", "result"),
    Column("ledger.column.standing", "standing", words="placed"),
    Column("ledger.column.pay_answer", "pay_answer", words="pay_answer", brief=Brief.WITH_HEAD),
)
CLASSES = _ledger(
    "classes",
    Column("ledger.column.record", "record"),
    Column("ledger.column.held", "at"),
    _name(),
    _number(),
    Column("ledger.column.hazard", "hazard_class"),
    Column("ledger.column.course_version", "course_version", brief=Brief.WITH_HEAD),
    Column("ledger.column.mode", "mode", words="mode"),
    Column("ledger.column.minutes", "minutes", brief=Brief.WITH_HEAD),
    Column("ledger.column.score", "score"),
    Column("ledger.column.passed", "passed", words="passed"),
    Column("ledger.column.instructor", "instructor", Mask.NAME),
    Column("ledger.column.valid_until", "valid_until", brief=Brief.WITH_HEAD),
    Column("ledger.column.signature", "signature", words="signature", brief=Brief.WITH_HEAD),
)
PRINTS = _ledger(
    "prints",
    Column("ledger.column.at", "at"),
    Column("ledger.column.slip", "slip"),
    Column("ledger.column.copy", "copy", brief=Brief.WITH_HEAD),
    Column("ledger.column.printed", "state", words="printed"),
    Column("ledger.column.reason", "reason"),
    Column("ledger.column.actor", "actor", Mask.NAME),
    Column("ledger.column.kiosk", "kiosk"),
)
SAFETY = _ledger(
    "safety",
    Column("ledger.column.slip", "slip"),
    Column("ledger.column.taken", "at"),
    _name(),
    _number(Brief.LEFT_OUT),
    Column("ledger.column.employer", "employer"),
    Column("ledger.column.job", "title", brief=Brief.LEFT_OUT),
    Column("ledger.column.hazards", "hazards"),
    Column("ledger.column.ppe", "ppe"),
    Column("ledger.column.education", "education", words="education", brief=Brief.WITH_HEAD),
    Column("ledger.column.reminded", "reminded", words="printed", brief=Brief.LEFT_OUT),
    Column("ledger.column.trip", "trip", brief=Brief.WITH_HEAD),
    Column("ledger.column.aboard", "aboard", words="coach", brief=Brief.WITH_HEAD),
    Column("ledger.column.hall", "hall", Mask.NAME, brief=Brief.LEFT_OUT),
    Column("ledger.column.carrier", "carrier", brief=Brief.LEFT_OUT),
    Column("ledger.column.carried_at", "carried_at", brief=Brief.WITH_HEAD),
    Column("ledger.column.receiver", "receiver", brief=Brief.LEFT_OUT),
    Column("ledger.column.received_at", "received_at", brief=Brief.WITH_HEAD),
    Column("ledger.column.incidents", "incidents"),
    Column("ledger.column.home", "home", words="home", brief=Brief.WITH_HEAD),
)
TRIPS = _ledger(
    "trips",
    Column("ledger.column.trip", "label"),
    Column("ledger.column.plate", "plate"),
    Column("ledger.column.departed", "departed_at"),
    Column("ledger.column.seats", "seats", brief=Brief.WITH_HEAD),
    Column("ledger.column.driver", "driver", Mask.DRIVER_NAME),
    Column("ledger.column.destination", "destination"),
    Column("ledger.column.employer", "employers"),
    Column("ledger.column.listed", "listed", brief=Brief.WITH_HEAD),
    Column("ledger.column.boarded", "boarded", brief=Brief.WITH_HEAD),
    Column("ledger.column.arrived", "arrived_at", brief=Brief.WITH_HEAD),
    Column("ledger.column.inspection", "inspection", words="inspection", brief=Brief.WITH_HEAD),
    Column("ledger.column.back", "back", brief=Brief.WITH_HEAD),
    Column("ledger.column.stayed", "stayed", brief=Brief.WITH_HEAD),
    Column("ledger.column.missing", "missing", brief=Brief.WITH_HEAD),
    Column("ledger.column.sent_by", "actor", Mask.NAME, brief=Brief.LEFT_OUT),
    Column("ledger.column.manifest", "manifest", brief=Brief.LEFT_OUT),
)
FLEET = _ledger(
    "fleet",
    Column("ledger.column.seen", "at"),
    Column("ledger.column.what", "what", words="what"),
    Column("ledger.column.plate", "plate"),
    Column("ledger.column.vehicle", "kind"),
    Column("ledger.column.approved", "seats", brief=Brief.WITH_HEAD),
    Column("ledger.column.owner", "owner", brief=Brief.LEFT_OUT),
    Column("ledger.column.permit", "permit_no", brief=Brief.LEFT_OUT),
    Column("ledger.column.permit_to", "permit_to", brief=Brief.WITH_HEAD),
    Column("ledger.column.inspection_to", "inspection_to", brief=Brief.WITH_HEAD),
    Column("ledger.column.insurance_to", "insurance_to", brief=Brief.WITH_HEAD),
    Column("ledger.column.driver", "name", Mask.DRIVER_NAME),
    Column("ledger.column.age", "age", brief=Brief.LEFT_OUT),
    Column("ledger.column.licence", "licence_class"),
    Column("ledger.column.licence_to", "licence_to", brief=Brief.WITH_HEAD),
    Column("ledger.column.qualification", "qualification_no", Mask.DRIVER_NUMBER, brief=Brief.LEFT_OUT),
    Column("ledger.column.qualification_to", "qualification_to", brief=Brief.WITH_HEAD),
    Column("ledger.column.standing", "standing", words="fleet"),
    Column("ledger.column.actor", "actor", Mask.NAME, brief=Brief.LEFT_OUT),
)
SERVICE_LEDGERS: Mapping[str, Ledger] = {
    ledger.name: ledger for ledger in (SEEKERS, VISITS, PLACEMENTS, CLASSES, SAFETY, TRIPS, FLEET, PRINTS)
}
"""By name, in the order in which they are shown."""
