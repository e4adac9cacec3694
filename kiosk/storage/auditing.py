"""Checking the audit log of this kiosk: every line by its hash, and by what the journal tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from kiosk.messages.audit_chain import ChainedLine
from kiosk.messages.events import FIRST_HASH, StaffActed
from kiosk.statements import Statement
from kiosk.storage.database import Database
from kiosk.storage.desk import line_of
from kiosk.storage.tables import audit_line, journal

_LINES = Statement(select(audit_line).order_by(audit_line.c.seq))
_ACTS = select(journal.c.body).where(journal.c.type == StaffActed.type)


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """How many lines were read, and at which the chain breaks; None where it is whole."""

    lines: int
    broken_at: int | None


def check_audit(database: Database) -> AuditVerdict:
    """Read the whole log once and say at which line it is not what was written.

    A line changed or taken out breaks at its place, and so do the first of lines cut off the end. Hashes can
    be made anew, of a line and all behind it; what the journal still tells of them cannot.
    """
    with database.reading() as connection:
        told = _told(connection)
        seq, before = 0, FIRST_HASH
        for row in _LINES.each(connection):
            chained = ChainedLine(line_of(row), row.prev_hash, row.hash)
            if row.seq != seq + 1 or row.prev_hash != before or not chained.is_whole:
                return AuditVerdict(seq, seq + 1)
            if told.get(row.seq, row.hash) != row.hash:
                return AuditVerdict(seq, row.seq)
            seq, before = row.seq, row.hash
    is_cut = max(told, default=0) > seq
    return AuditVerdict(seq, seq + 1 if is_cut else None)


def _told(connection: Connection) -> Mapping[int, str]:
    """Return the hashes of the lines that the journal still tells of, by their numbers."""
    acts = (StaffActed.model_validate_json(body) for body in connection.execute(_ACTS).scalars())
    return {act.line: act.hash for act in acts}
