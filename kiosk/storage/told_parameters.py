"""When the bureau told each number of law: kept as a setting, shown beside its source."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.messages.feed import FeedRow
from kiosk.storage.tables import setting

_TOPIC = "parameter"
_KEY = "parameters.told"


def note_told(connection: Connection, rows: Sequence[FeedRow], now: datetime) -> None:
    """Remember that these rows of the feed came now; what was taken back is forgotten."""
    told = [row for row in rows if row.topic == _TOPIC]
    if not told:
        return
    kept = _kept(connection)
    for row in told:
        if row.is_deleted:
            kept.pop(row.id, None)
        else:
            kept[row.id] = now.isoformat()
    content = json.dumps(kept)
    statement = upsert(setting).values(key=_KEY, value=content)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": content}))


def told_at(connection: Connection) -> dict[str, datetime]:
    """Return when each number was told last, by the id of its row: `key@effective_from`."""
    return {name: datetime.fromisoformat(at) for name, at in _kept(connection).items()}


def _kept(connection: Connection) -> dict[str, str]:
    content = connection.execute(select(setting.c.value).where(setting.c.key == _KEY)).scalar()
    kept: dict[str, str] = json.loads(content) if content else {}
    return kept
