"""The journal: what people did, dense and chained, each entry in the transaction of the state it changes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from kiosk.domain.clock import Clock
from kiosk.domain.ids import StreamId
from kiosk.messages.events import EventBody, chain_hash
from kiosk.statements import Statement
from kiosk.storage.tables import current_stream, journal
from kiosk.storage.worker_keys import journal_text

_ONLY = current_stream.c.only == 1
_HEAD = Statement(
    select(current_stream.c.stream, current_stream.c.head, current_stream.c.head_hash).where(_ONLY)
)
_ADD = Statement(insert(journal))
_MOVE_HEAD = Statement(
    update(current_stream).where(_ONLY).values(head=bindparam("new_head"), head_hash=bindparam("new_hash"))
)


class SqlJournal:
    """Appends entries; remembers what it appended, so that the marker can follow the commit."""

    def __init__(self, connection: Connection, clock: Clock, boot: str) -> None:
        """Write within the transaction of `connection`, under the machine's present boot."""
        self._connection = connection
        self._clock = clock
        self._boot = boot
        self.appended: tuple[StreamId, int, str] | None = None
        """Stream, seq and hash of the newest entry this transaction appended."""

    def append(self, body: EventBody, at: datetime) -> int:
        """Append one entry and return its seq; the head row makes seq dense whichever process writes."""
        [(stream, head, head_hash)] = _HEAD.all(self._connection)
        seq: int = head + 1
        text = journal_text(self._connection, body, stream, seq)
        new_hash = chain_hash(stream, seq, body.type, body.v, head_hash, text)
        _ADD.run(
            self._connection,
            {
                "seq": seq,
                "type": body.type,
                "v": body.v,
                "at": at,
                "boot": self._boot,
                "boottime_ms": int(self._clock.monotonic() * 1000),
                "prev_hash": head_hash,
                "hash": new_hash,
                "body": text,
                "subject": getattr(body, "worker", None),
            },
        )
        _MOVE_HEAD.run(self._connection, {"new_head": seq, "new_hash": new_hash})
        self.appended = (stream, seq, new_hash)
        return seq

    def newest_at(self) -> datetime | None:
        """Return when the newest entry was written, None before the first of a stream."""
        newest = select(journal.c.at).order_by(journal.c.seq.desc()).limit(1)
        return self._connection.execute(newest).scalar_one_or_none()
