"""Everything one transaction can see and change, each part made when somebody asks for it.

What only staff do with coaches, books and found cards is loaded by the first who does it: no visit ever asks
for it, and a visit is what the screen process has to be small and quick for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import Connection

from kiosk.domain.clock import Clock
from kiosk.storage.board import SqlBoard
from kiosk.storage.check_ins import SqlCheckIns
from kiosk.storage.counters import Counters
from kiosk.storage.decisions import SqlDecisions
from kiosk.storage.desk import SqlDesk
from kiosk.storage.education import SqlEducation
from kiosk.storage.journal import SqlJournal
from kiosk.storage.merges import SqlMerges
from kiosk.storage.papers import SqlPapers
from kiosk.storage.pays import SqlPays
from kiosk.storage.placements import SqlPlacements
from kiosk.storage.restrictions import SqlRestrictions
from kiosk.storage.rights import SqlRights
from kiosk.storage.settings import SqlSettings
from kiosk.storage.sign_ups import SqlSignUps
from kiosk.storage.slips import SqlSlips
from kiosk.storage.teams import SqlTeams
from kiosk.storage.wishes import SqlErasures
from kiosk.storage.workers import SqlWorkers

if TYPE_CHECKING:
    from kiosk.storage.days import SqlDays
    from kiosk.storage.devices import SqlDevices
    from kiosk.storage.doors import SqlDoors
    from kiosk.storage.fleet import SqlFleet
    from kiosk.storage.found_cards import SqlFoundCards
    from kiosk.storage.ledger_rows import SqlBooks
    from kiosk.storage.outcomes import SqlOutcomes
    from kiosk.storage.outings import SqlOutings
    from kiosk.storage.proofs import SqlProofs
    from kiosk.storage.riders import SqlRiders
    from kiosk.storage.shifts import SqlShifts
    from kiosk.storage.trips import SqlTrips


T = TypeVar("T")


class _Part(Generic[T]):
    """One part of the records, made when it is first asked for and kept as long as they are."""

    def __init__(self, make: Callable[[SqlRecords], T]) -> None:
        """Make the part by this function."""
        self._make = make
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn under which name it is asked for."""
        self._name = name

    def __get__(self, records: SqlRecords, owner: type) -> T:
        """Return the part; from now on it stands in the records themselves, and Python asks here no more."""
        part = records.__dict__[self._name] = self._make(records)
        return part


def _devices(of: SqlRecords) -> SqlDevices:
    from kiosk.storage.devices import SqlDevices

    return SqlDevices(of.connection)


def _doors(of: SqlRecords) -> SqlDoors:
    from kiosk.storage.doors import SqlDoors

    return SqlDoors(of.connection)


def _riders(of: SqlRecords) -> SqlRiders:
    from kiosk.storage.riders import SqlRiders

    return SqlRiders(of.connection)


def _found_cards(of: SqlRecords) -> SqlFoundCards:
    from kiosk.storage.found_cards import SqlFoundCards

    return SqlFoundCards(of.connection)


def _outcomes(of: SqlRecords) -> SqlOutcomes:
    from kiosk.storage.outcomes import SqlOutcomes

    return SqlOutcomes(of.connection)


def _proofs(of: SqlRecords) -> SqlProofs:
    from kiosk.storage.proofs import SqlProofs

    return SqlProofs(of.connection)


def _shifts(of: SqlRecords) -> SqlShifts:
    from kiosk.storage.shifts import SqlShifts

    return SqlShifts(of.connection)


def _books(of: SqlRecords) -> SqlBooks:
    from kiosk.storage.ledger_rows import SqlBooks

    return SqlBooks(of.connection)


def _days(of: SqlRecords) -> SqlDays:
    from kiosk.storage.days import SqlDays

    return SqlDays(of.connection)


def _outings(of: SqlRecords) -> SqlOutings:
    from kiosk.storage.outings import SqlOutings

    return SqlOutings(of.connection)


def _fleet(of: SqlRecords) -> SqlFleet:
    from kiosk.storage.fleet import SqlFleet

    return SqlFleet(of.connection)


def _trips(of: SqlRecords) -> SqlTrips:
    from kiosk.storage.trips import SqlTrips

    return SqlTrips(of.connection)


class SqlRecords:
    """What one transaction can see and change; it lives no longer than that."""

    def __init__(self, connection: Connection, clock: Clock, boot: str) -> None:
        """Belong to one transaction; `boot` names this start of the machine in every entry."""
        self.connection = connection
        self.clock = clock
        self.boot = boot

    counters: _Part[Counters] = _Part(lambda of: Counters(of.connection))
    journal = _Part(lambda of: SqlJournal(of.connection, of.clock, of.boot))
    workers = _Part(lambda of: SqlWorkers(of.connection))
    check_ins = _Part(lambda of: SqlCheckIns(of.connection, of.counters))
    board = _Part(lambda of: SqlBoard(of.connection))
    rights = _Part(lambda of: SqlRights(of.connection))
    placements = _Part(lambda of: SqlPlacements(of.connection))
    slips = _Part(lambda of: SqlSlips(of.connection, of.counters))
    desk = _Part(lambda of: SqlDesk(of.connection))
    settings = _Part(lambda of: SqlSettings(of.connection))
    erasures = _Part(lambda of: SqlErasures(of.connection))
    restrictions = _Part(lambda of: SqlRestrictions(of.connection))
    merges = _Part(lambda of: SqlMerges(of.connection))
    pays = _Part(lambda of: SqlPays(of.connection))
    education = _Part(lambda of: SqlEducation(of.connection, of.counters))
    papers = _Part(lambda of: SqlPapers(of.connection))
    sign_ups = _Part(lambda of: SqlSignUps(of.connection))
    decisions = _Part(lambda of: SqlDecisions(of.connection))
    teams = _Part(lambda of: SqlTeams(of.connection))
    devices = _Part(_devices)
    doors = _Part(_doors)
    riders = _Part(_riders)
    found_cards = _Part(_found_cards)
    outcomes = _Part(_outcomes)
    proofs = _Part(_proofs)
    shifts = _Part(_shifts)
    books = _Part(_books)
    days = _Part(_days)
    outings = _Part(_outings)
    fleet = _Part(_fleet)
    trips = _Part(_trips)

    def committed_head(self) -> tuple[str, int, str, Mapping[str, int]] | None:
        """Return what the marker must follow: the newest entry and the counters used."""
        appended = self.journal.appended
        return None if appended is None else (*appended, self.counters.used)
