"""Checking the audit log of this kiosk: every line by its hash, and its end by what was journalled."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from kiosk.messages.audit_chain import ChainedLine
from kiosk.messages.events import FIRST_HASH, StaffActed
from kiosk.storage.database import Database
from kiosk.storage.desk import line_of
from kiosk.storage.tables import audit_line, journal

_AT_A_TIME = 10_000
_LAST_ACT = (
    select(journal.c.body).where(journal.c.type == StaffActed.type).order_by(journal.c.seq.desc()).limit(1)
)


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """How many lines were read, and at which the chain breaks; None where it is whole."""

    lines: int
    broken_at: int | None


def check_audit(database: Database) -> AuditVerdict:
    """Read the whole log once and say at which line it is not what was written.

    A line changed breaks at itself, one taken out at the next; lines cut off the end break at the first that
    the journal still tells of.
    """
    with database.reading() as connection:
        seq, before = 0, FIRST_HASH
        rows = connection.execution_options(yield_per=_AT_A_TIME).execute(
            select(audit_line).order_by(audit_line.c.seq)
        )
        for row in rows:
            chained = ChainedLine(line_of(row), row.prev_hash, row.hash)
            if row.seq != seq + 1 or row.prev_hash != before or not chained.is_whole:
                return AuditVerdict(seq, seq + 1)
            seq, before = row.seq, row.hash
        told = _newest_told(connection)
    is_cut = told is not None and told.line > seq
    return AuditVerdict(seq, seq + 1 if is_cut else None)


def _newest_told(connection: Connection) -> StaffActed | None:
    """Return the newest act that the journal still holds, None where the bureau has taken them all."""
    body = connection.execute(_LAST_ACT).scalar_one_or_none()
    return None if body is None else StaffActed.model_validate_json(body)
