"""The chain of the audit log: each line's hash binds every word of it, and everything before it.

A line is written by a kiosk and checked by whoever holds it: the kiosk over its own table, the bureau as it
arrives. A second person's name enters the hash only where there is one, so that lines of before keep theirs.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

_told = json.JSONEncoder(ensure_ascii=False).encode  # made once: a log has a million lines


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One act of a member of staff; `second` is who confirmed it, empty where one person is enough."""

    seq: int
    at: datetime
    actor: str
    act: str
    entity: str
    entity_id: str
    reason: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class ChainedLine:
    """A line with its place in the chain; hashes are hexadecimal SHA-256."""

    line: AuditLine
    prev_hash: str
    hash: str

    @property
    def is_whole(self) -> bool:
        """Return whether the hash is the one of these words behind that line."""
        return self.hash == audit_hash(self.line, self.prev_hash)


def audit_hash(line: AuditLine, prev_hash: str) -> str:
    """Return the hash that binds a line to everything before it."""
    at = line.at.astimezone(UTC).isoformat()
    fields = [line.seq, at, line.actor, line.act, line.entity, line.entity_id, line.reason]
    content = _told([prev_hash, *fields, *([line.second] if line.second else [])])
    return hashlib.sha256(content.encode()).hexdigest()
