"""The ledgers that a hall keeps of its services: who looked for work, came, was sent, learned.

Each is described once: its columns, where each is read in a record, and what of it is masked. The records are
what the books of the desk hold, one line of a ledger each. Times are the hall's own without zone; a value
that nobody told, or that was erased since, is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ledgers import Column, Layout, Ledger, Mask


@dataclass(frozen=True, slots=True)
class SeekerLine:
    """Somebody who registered. `age` is that of the day he did; `trades` and `certificates` are words."""

    at: datetime
    name: str
    sex: str
    age: int | str
    number: str
    phone: str
    region: str
    trades: tuple[str, ...]
    certificates: tuple[str, ...]
    method: str
    kiosk: str
    standing: str


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit of somebody on one day."""

    at: datetime
    queue_number: str
    name: str
    number: str
    method: str
    kiosk: str


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """One place that was taken; `pay_fen` is written out, `standing` says what became of it."""

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
    standing: str
    pay_answer: str


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One safety class of one person."""

    record: str
    at: datetime
    name: str
    number: str
    hazard_class: str
    course_version: int
    mode: str
    minutes: int
    score: str
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


LedgerLine = SeekerLine | VisitLine | PlacementLine | ClassLine | PrintLine

_SIGNERS = ("ledger.signer.made", "ledger.signer.checked")


def _ledger(name: str, *columns: Column) -> Ledger:
    return Ledger(name, f"ledger.{name}.title", Layout.LIST, columns, _SIGNERS)


def _name() -> Column:
    return Column("ledger.column.name", "name", Mask.NAME, empty="ledger.erased")


def _number() -> Column:
    return Column("ledger.column.number", "number", Mask.NUMBER)


SEEKERS = _ledger(
    "seekers",
    Column("ledger.column.registered", "at"),
    _name(),
    Column("ledger.column.sex", "sex", words="sex"),
    Column("ledger.column.age", "age"),
    _number(),
    Column("ledger.column.phone", "phone", Mask.PHONE),
    Column("ledger.column.region", "region"),
    Column("ledger.column.trades", "trades"),
    Column("ledger.column.certificates", "certificates"),
    Column("ledger.column.method", "method", words="method"),
    Column("ledger.column.kiosk", "kiosk"),
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
    Column("ledger.column.starts", "starts"),
    Column("ledger.column.ends", "ends"),
    Column("ledger.column.coach", "coach", words="coach"),
    Column("ledger.column.printed", "printed", words="printed"),
    Column("ledger.column.standing", "standing", words="placed"),
    Column("ledger.column.pay_answer", "pay_answer", words="pay_answer"),
)
CLASSES = _ledger(
    "classes",
    Column("ledger.column.record", "record"),
    Column("ledger.column.held", "at"),
    _name(),
    _number(),
    Column("ledger.column.hazard", "hazard_class"),
    Column("ledger.column.course_version", "course_version"),
    Column("ledger.column.mode", "mode", words="mode"),
    Column("ledger.column.minutes", "minutes"),
    Column("ledger.column.score", "score"),
    Column("ledger.column.instructor", "instructor", Mask.NAME),
    Column("ledger.column.valid_until", "valid_until"),
    Column("ledger.column.signature", "signature", words="signature"),
)
PRINTS = _ledger(
    "prints",
    Column("ledger.column.at", "at"),
    Column("ledger.column.slip", "slip"),
    Column("ledger.column.copy", "copy"),
    Column("ledger.column.printed", "state", words="printed"),
    Column("ledger.column.reason", "reason"),
    Column("ledger.column.actor", "actor", Mask.NAME),
    Column("ledger.column.kiosk", "kiosk"),
)
SERVICE_LEDGERS: Mapping[str, Ledger] = {
    ledger.name: ledger for ledger in (SEEKERS, VISITS, PLACEMENTS, CLASSES, PRINTS)
}
"""By name, in the order in which they are shown."""
