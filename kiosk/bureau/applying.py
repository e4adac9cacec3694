"""One entry applied, or nothing of it: whatever is wrong with one, the next one gets its turn."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, StatementError

from kiosk.bureau.databases import DISK_FAULTS, savepoint
from kiosk.bureau.feeds import Changes
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.apply import project
from kiosk.bureau.projections.ground import Ground, Source
from kiosk.bureau.readings import Reader
from kiosk.bureau.returns import return_rights
from kiosk.domain.ids import StreamId
from kiosk.messages.events import Event, RightsReturned

UNKNOWN_TYPE = "bureau.refused.unknown_type"


def apply_entry(
    connection: Connection,
    source: Source,
    entry: Event,
    changes: Changes,
    reader: Reader,
    *,
    is_replay: bool = False,
) -> str | None:
    """Apply one entry, or leave everything as it was and return the key of the reason why not.

    Only the disk's troubles stop a round.
    """
    said = changes.copied()
    try:
        body = entry.parsed()
        if body is None:
            return UNKNOWN_TYPE
        with savepoint(connection):
            if isinstance(body, RightsReturned) and not is_replay:
                return_rights(connection, StreamId(source.stream), body)
            project(Ground(connection, source, said, reader, is_replay), body)
    except NotApplicable as refused:
        return refused.reason
    except (IntegrityError, sqlite3.IntegrityError):
        return "bureau.refused.contradiction"
    except DISK_FAULTS:
        raise  # the disk is in trouble, not the entry
    except (ValueError, OverflowError, StatementError):
        return "bureau.refused.malformed"
    changes.become(said)
    return None
