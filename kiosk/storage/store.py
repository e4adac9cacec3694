"""The store that actions see: one transaction at a time, and the marker behind every commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection

from kiosk.domain.clock import Clock
from kiosk.protocol import kiosk_side
from kiosk.storage.board import SqlBoard
from kiosk.storage.check_ins import SqlCheckIns
from kiosk.storage.counters import Counters
from kiosk.storage.days import SqlDays
from kiosk.storage.decisions import SqlDecisions
from kiosk.storage.desk import SqlDesk
from kiosk.storage.devices import SqlDevices
from kiosk.storage.doors import SqlDoors
from kiosk.storage.education import SqlEducation
from kiosk.storage.fleet import SqlFleet
from kiosk.storage.found_cards import SqlFoundCards
from kiosk.storage.journal import SqlJournal
from kiosk.storage.ledger_rows import SqlBooks
from kiosk.storage.outcomes import SqlOutcomes
from kiosk.storage.outings import SqlOutings
from kiosk.storage.papers import SqlPapers
from kiosk.storage.pays import SqlPays
from kiosk.storage.placements import SqlPlacements
from kiosk.storage.proofs import SqlProofs
from kiosk.storage.restrictions import SqlRestrictions
from kiosk.storage.riders import SqlRiders
from kiosk.storage.rights import SqlRights
from kiosk.storage.settings import SqlSettings
from kiosk.storage.shifts import SqlShifts
from kiosk.storage.sign_ups import SqlSignUps
from kiosk.storage.slips import SqlSlips
from kiosk.storage.teams import SqlTeams
from kiosk.storage.trips import SqlTrips
from kiosk.storage.wishes import SqlErasures
from kiosk.storage.workers import SqlWorkers


@dataclass(frozen=True, slots=True)
class SqlRecords:
    """Everything one transaction can see and change."""

    journal: SqlJournal
    workers: SqlWorkers
    check_ins: SqlCheckIns
    board: SqlBoard
    rights: SqlRights
    placements: SqlPlacements
    slips: SqlSlips
    desk: SqlDesk
    devices: SqlDevices
    settings: SqlSettings
    doors: SqlDoors
    riders: SqlRiders
    erasures: SqlErasures
    restrictions: SqlRestrictions
    found_cards: SqlFoundCards
    outcomes: SqlOutcomes
    pays: SqlPays
    education: SqlEducation
    papers: SqlPapers
    proofs: SqlProofs
    sign_ups: SqlSignUps
    decisions: SqlDecisions
    teams: SqlTeams
    shifts: SqlShifts
    books: SqlBooks
    days: SqlDays
    outings: SqlOutings
    fleet: SqlFleet
    trips: SqlTrips
    counters: Counters

    def committed_head(self) -> tuple[str, int, str, Mapping[str, int]] | None:
        """Return what the marker must follow: the newest entry and the counters used."""
        appended = self.journal.appended
        return None if appended is None else (*appended, self.counters.used)


class Transactions(Protocol):
    """Where transactions are run: the encrypted file, or the memory of a practice."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Open one transaction."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """Open one consistent read."""
        ...


class Heads(Protocol):
    """What follows the head of the journal behind every commit."""

    def raise_head(self, stream: str, head: int, head_hash: str, counters: Mapping[str, int]) -> None:
        """Follow a commit."""
        ...


class SqlStore:
    """Storage over one database, as durable and as safe to use from other threads as that is."""

    def __init__(self, database: Transactions, marker: Heads, clock: Clock, boot: str) -> None:
        """Serve one database; `boot` names this start of the machine in every entry."""
        self._database = database
        self._marker = marker
        self._clock = clock
        self._boot = boot

    def writing(self) -> AbstractContextManager[SqlRecords]:
        """Open one writing transaction; when the block has ended, it and the marker are on the disk.

        Raises StorageFault when the disk, and IntegrityFault when we, are to blame; either way nothing was
        committed, unless the sentence is `storage.marker_unwritable`: then it was, and no slip may follow.
        """
        return kiosk_side.followed_by_marker(self._transaction(), self._marker.raise_head)

    @contextmanager
    def reading(self) -> Iterator[SqlRecords]:
        """Open one consistent read; a write inside fails."""
        with self._database.reading() as connection:
            yield self._records(connection)

    @contextmanager
    def _transaction(self) -> Iterator[SqlRecords]:
        with self._database.writing() as connection:
            yield self._records(connection)

    def _records(self, connection: Connection) -> SqlRecords:
        counters = Counters(connection)
        return SqlRecords(
            journal=SqlJournal(connection, self._clock, self._boot),
            workers=SqlWorkers(connection),
            check_ins=SqlCheckIns(connection, counters),
            board=SqlBoard(connection),
            rights=SqlRights(connection),
            placements=SqlPlacements(connection),
            slips=SqlSlips(connection, counters),
            desk=SqlDesk(connection),
            devices=SqlDevices(connection),
            settings=SqlSettings(connection),
            doors=SqlDoors(connection),
            riders=SqlRiders(connection),
            erasures=SqlErasures(connection),
            restrictions=SqlRestrictions(connection),
            found_cards=SqlFoundCards(connection),
            outcomes=SqlOutcomes(connection),
            pays=SqlPays(connection),
            education=SqlEducation(connection, counters),
            papers=SqlPapers(connection),
            proofs=SqlProofs(connection),
            sign_ups=SqlSignUps(connection),
            decisions=SqlDecisions(connection),
            teams=SqlTeams(connection),
            shifts=SqlShifts(connection),
            books=SqlBooks(connection),
            days=SqlDays(connection),
            outings=SqlOutings(connection),
            fleet=SqlFleet(connection),
            trips=SqlTrips(connection),
            counters=counters,
        )
