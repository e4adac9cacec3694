"""A machine that is no kiosk any more: it remembers that, and forgets everybody once it has told everything.

Nothing goes before its last entry is acknowledged. Then the tables are emptied but for the journal, in which
people's words are sealed: the keys that open them go with the rest, and the city's key with them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete

from kiosk.storage.all_tables import METADATA
from kiosk.storage.device_tables import device_latch, device_profile, device_tally, printer_paper
from kiosk.storage.known_streams import old_streams, present_stream
from kiosk.storage.settings import REVOKED_AT, SqlSettings
from kiosk.storage.tables import (
    counter,
    current_stream,
    journal,
    orphan_entry,
    orphan_stream,
    setting,
    sync_round,
)

_EMPTIED_AT = "trust/emptied_at"
_STAY = {
    *(current_stream, journal, orphan_stream, orphan_entry, counter, setting, sync_round),
    *(device_latch, device_profile, device_tally, printer_paper),
}


def note_revoked(connection: Connection, now: datetime) -> None:
    """Remember that the bureau revoked this machine, and forget what it knows of people once that may be."""
    settings = SqlSettings(connection)
    if settings.get(REVOKED_AT) is None:
        settings.put(REVOKED_AT, now.isoformat())
    if settings.get(_EMPTIED_AT) is None and _has_told_everything(connection):
        _forget_everybody(connection)
        settings.put(_EMPTIED_AT, now.isoformat())


def _has_told_everything(connection: Connection) -> bool:
    known = (present_stream(connection), *old_streams(connection))
    return all(item.mark.acked == item.mark.head for item in known)


def _forget_everybody(connection: Connection) -> None:
    for table in reversed(METADATA.sorted_tables):
        if table not in _STAY:
            connection.execute(delete(table))
    settings = SqlSettings(connection)
    identity = settings.identity()
    if identity is not None:
        settings.adopt(replace(identity, city_key=bytes(len(identity.city_key))))
