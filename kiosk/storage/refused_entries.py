"""The tray of entries that the bureau refused, until an attendant has looked at each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, func, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.ports import RefusedSubject
from kiosk.domain.ids import PlacementId, SlipNumber, WorkerId
from kiosk.messages.events import JobPosted
from kiosk.messages.sync import Refusal
from kiosk.protocol.ports import Since
from kiosk.statements import Statement
from kiosk.storage.known_streams import entry_at, old_streams, present_stream, stream_in
from kiosk.storage.tables import posted_job, refused_entry

_OPEN = Statement(
    select(func.count().label("open")).select_from(refused_entry).where(text("settled_at IS NULL"))
)
_STREAM_OF = Statement(
    select(refused_entry.c.stream)
    .where(refused_entry.c.seq == bindparam("seq"), refused_entry.c.settled_at.is_(None))
    .order_by(refused_entry.c.refused_at)
    .limit(1)
)


def count_open(connection: Connection) -> int:
    """Return how many entries lie in the tray."""
    return int(_OPEN.scalar(connection) or 0)


def subject_of(connection: Connection, seq: int) -> RefusedSubject:
    """Return what an open entry of the tray spoke of; an entry that is gone or was blanked tells nothing."""
    of = _STREAM_OF.scalar(connection, {"seq": seq})
    streams = (present_stream(connection), *old_streams(connection))
    known = next((item for item in streams if item.id == of), None)
    entry = None if known is None else entry_at(connection, known, seq)
    if entry is None or not entry[1]:
        return RefusedSubject()
    body = json.loads(entry[1])
    worker, slip, placement = (str(body.get(name) or "") for name in ("worker", "slip", "placement"))
    return RefusedSubject(
        WorkerId(worker) if worker else None,
        SlipNumber(slip) if slip else None,
        PlacementId(placement) if placement else None,
    )


def put_into_tray(connection: Connection, since: Since, told: Iterable[Refusal], at: datetime) -> None:
    """Put entries that were refused in this life into the tray; told twice, each lies there once.

    Another reason for an entry is news: it stands beside the first, and what was settled lies there again.
    """
    if stream_in(connection, since) is None:
        return
    for item in told:
        _put(connection, Since(item.stream or since.stream, since.generation), item, at)


def _put(connection: Connection, spoken: Since, item: Refusal, at: datetime) -> None:
    known = stream_in(connection, spoken)
    entry = None if known is None else entry_at(connection, known, item.seq)
    values = {
        "stream": spoken.stream,
        "seq": item.seq,
        "type": entry[0] if entry else "",
        "reason": item.reason,
        "refused_at": at,
    }
    # A reason that stands there already changes nothing: two are told again and again by turns.
    is_news = (
        refused_entry.c.reason != item.reason,
        func.coalesce(refused_entry.c.newest_reason, "") != item.reason,
    )
    news = {"newest_reason": item.reason, "newest_at": at, "settled_at": None, "settled_by": None}
    connection.execute(
        upsert(refused_entry)
        .values(values)
        .on_conflict_do_update(index_elements=["stream", "seq"], set_=news, where=and_(*is_news))
    )
    if known is not None and not known.is_old and entry is not None and entry[0] == JobPosted.type:
        # Nobody waits any more for a job whose posting was refused; the tray tells why.
        posted = str(JobPosted.model_validate_json(entry[1]).job.get("id", ""))
        connection.execute(delete(posted_job).where(posted_job.c.id == posted))
