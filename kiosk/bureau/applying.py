"""One entry applied, or nothing of it: whatever is wrong with one, the next one gets its turn."""

from __future__ import annotations

import sqlite3

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, StatementError

from kiosk.bureau.databases import DISK_FAULTS, be_alone, savepoint
from kiosk.bureau.feeds import Changes
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.apply import project
from kiosk.bureau.projections.ground import Ground, Source
from kiosk.bureau.readings import Reader
from kiosk.bureau.returns import return_rights
from kiosk.domain.ids import StreamId
from kiosk.messages import events
from kiosk.messages.events import Event, EventBody, RightsReturned, SlipStateChanged

UNKNOWN_TYPE = "bureau.refused.unknown_type"
BESIDE_OTHERS = frozenset(
    kind.type
    for kind in (
        events.WorkerRegistered,
        events.CheckedIn,
        events.FirstAnswersGiven,
        events.CertificateRecorded,
        events.ClassHeld,
        events.HardshipVerified,
        events.SkillRecorded,
        events.PlaceTaken,
        events.SlipStateChanged,
        events.RightsReturned,
        events.HelpCalled,
        events.HelpAnswered,
        events.CountsChanged,
        events.StaffActed,
        events.DeviceSeen,
    )
)
"""What may be applied while others write: it touches rows of its own stream, and of people and quotas that
are locked before. Whoever adds a type has looked at every row that its projection touches."""


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
        if entry.type not in BESIDE_OTHERS or _is_void(body):
            be_alone(connection)
        with savepoint(connection):
            if isinstance(body, RightsReturned) and not is_replay:
                return_rights(connection, StreamId(source.stream), body)
            project(Ground(connection, source, said, reader, is_replay), body)
    except NotApplicable as refused:
        return refused.reason
    except (IntegrityError, sqlite3.IntegrityError, psycopg.IntegrityError):
        be_alone(connection)  # beside others it may be no contradiction: somebody made the same row just now
        return "bureau.refused.contradiction"
    except DISK_FAULTS:
        raise  # the disk is in trouble, not the entry
    except (ValueError, OverflowError, StatementError, psycopg.DataError):
        return "bureau.refused.malformed"
    changes.become(said)
    return None


def _is_void(body: EventBody) -> bool:
    """Return whether a slip is void from now on: its paper may have to be kept out, which a door is told."""
    return isinstance(body, SlipStateChanged) and body.state == "void"
