"""Entries applied, each whole or not at all: whatever is wrong with one, the next one gets its turn."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, StatementError

from kiosk.bureau.databases import DISK_FAULTS, be_alone, savepoint
from kiosk.bureau.feeds import Changes
from kiosk.bureau.met import Met
from kiosk.bureau.problems import NotApplicable
from kiosk.bureau.projections.apply import project
from kiosk.bureau.projections.ground import Ground, Source
from kiosk.bureau.readings import Reader
from kiosk.bureau.returns import return_rights
from kiosk.domain.ids import StreamId
from kiosk.messages import events
from kiosk.messages.events import Event, EventBody, RightsReturned, SlipStateChanged

UNKNOWN_TYPE, MALFORMED = "bureau.refused.unknown_type", "bureau.refused.malformed"
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


@dataclass(frozen=True, slots=True)
class Applying:
    """One transaction in which entries are applied. In a replay nothing is decided or said anew."""

    connection: Connection
    reader: Reader
    changes: Changes = field(default_factory=Changes)
    met: Met = field(default_factory=Met)
    is_replay: bool = False

    def all(self, entries: Sequence[tuple[Source, Event]]) -> list[str | None]:
        """Apply entries in their order; return of each the key of the reason why not, None of most.

        They are tried together first, since nearly always all of them can be. Only the disk's troubles stop
        a round.
        """
        read = [_body_of(entry) for _, entry in entries]
        if len(entries) > 1 and all(entry.type in BESIDE_OTHERS for _, entry in entries):
            bodies = [(source, body) for (source, _), body in zip(entries, read, strict=True)]
            known = [(source, body) for source, body in bodies if isinstance(body, EventBody)]
            if self._refusal(known) is None:
                return [None if isinstance(body, EventBody) else body for body in read]
        return [
            self._refusal([(source, body)]) if isinstance(body, EventBody) else body
            for (source, _), body in zip(entries, read, strict=True)
        ]

    def one(self, source: Source, entry: Event) -> str | None:
        """Apply one entry, or leave everything as it was and return the key of the reason why not."""
        [refused] = self.all([(source, entry)])
        return refused

    def _refusal(self, bodies: Sequence[tuple[Source, EventBody]]) -> str | None:
        """Apply bodies whole or not at all; return why not."""
        connection = self.connection
        said, met = self.changes.copied(), self.met.part()
        try:
            for _, body in bodies:
                if body.type not in BESIDE_OTHERS or _is_void(body):
                    be_alone(connection)
            with savepoint(connection):
                for source, body in bodies:
                    if isinstance(body, RightsReturned) and not self.is_replay:
                        return_rights(connection, StreamId(source.stream), body)
                    project(Ground(connection, source, said, met, self.reader, self.is_replay), body)
        except NotApplicable as refused:
            return refused.reason
        except (IntegrityError, sqlite3.IntegrityError, psycopg.IntegrityError):
            be_alone(
                connection
            )  # beside others it may be no contradiction: somebody made the same row just now
            return "bureau.refused.contradiction"
        except DISK_FAULTS:
            raise  # the disk is in trouble, not the entry
        except (ValueError, OverflowError, StatementError, psycopg.DataError):
            return MALFORMED
        if not self.is_replay:
            self.changes.become(said)
        self.met.keep(met)
        return None


def _body_of(entry: Event) -> EventBody | str:
    """Return what an entry says, or the key of the reason why nobody can tell."""
    try:
        return entry.parsed() or UNKNOWN_TYPE
    except (ValueError, OverflowError):
        return MALFORMED


def _is_void(body: EventBody) -> bool:
    """Return whether a slip is void from now on: its paper may have to be kept out, which a door is told."""
    return isinstance(body, SlipStateChanged) and body.state == "void"
