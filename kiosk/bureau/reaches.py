"""How far the database had come, kept beside it: one that is not so far is an older one, whoever put it back.

PostgreSQL has backups of its own, a standby may take over that was behind, and a file is copied in a moment:
nobody tells us. An older database does not know which numbers it gave away since, and would give them again.
So the registry, which no backup takes back, remembers how many requests had been heard; what is noted there
was in the database before. Whoever finds less begins another life of it, as after a restore.

Numbers are told to a kiosk only when the request that got them is noted, so no older database gives them
again, however little older it is. Of all else it is noted every few seconds.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy import Connection, func, select

from kiosk.actions.faults import StorageFault
from kiosk.bureau.databases import Database
from kiosk.bureau.erasing import forget_again
from kiosk.bureau.feeds import Changes
from kiosk.bureau.init import meta_value
from kiosk.bureau.key_stores import KeyStore
from kiosk.bureau.registries import Reach, Registry
from kiosk.bureau.restoring import begin_generation
from kiosk.bureau.tables import request_token
from kiosk.statements import Statement

LOOKS_EVERY_S = 5.0
_LAST_REQUEST = Statement(select(func.max(request_token.c.id).label("last")))
_log = structlog.get_logger("bureau")


class ReachWatch:
    """Looks how far a database has come. Any number of servers may look at the same time."""

    def __init__(self, database: Database, registry: Registry, keys: KeyStore) -> None:
        """Look at nothing yet."""
        self._database = database
        self._registry = registry
        self._keys = keys
        self._noted = self._newest = Reach()
        self._noting = threading.Lock()
        self._asking = threading.Lock()

    def cover(self, reach: Reach) -> None:
        """Return once it is noted that a request was heard which is in the database now.

        Those who come together are noted together. Raises StorageFault.
        """
        with self._asking:
            if self._newest.is_behind(reach):
                self._newest = reach
        with self._noting:
            if self._noted.is_behind(reach):
                newest = self._newest
                self._registry.note_reach(newest)
                self._noted = newest

    def look(self) -> bool:
        """Begin another life where the database is an older one, else note how far it has come.

        Return whether a life began. Raises StorageFault.
        """
        kept = self._registry.reach()  # asked first, since others go on meanwhile
        with self._database.reading() as connection:
            now = reach_in(connection)
        if not now.is_behind(kept):
            self._registry.note_reach(now)
            return False
        return self._begin_life(kept)

    def _begin_life(self, kept: Reach) -> bool:
        with self._database.writing() as connection:
            if not reach_in(connection).is_behind(kept):
                return False  # another server was first
            changes = Changes()
            begun = begin_generation(connection, self._registry, kept.generation, changes)
            forget_again(connection, self._keys, changes)
            changes.stamp(connection)
        _log.error("database_is_older", knew=kept.generation, begun=begun)
        return True


class ReachMinder:
    """Looks every few seconds until told to stop, and once more then."""

    def __init__(self, watch: ReachWatch, every_s: float = LOOKS_EVERY_S) -> None:
        """Keep what looks; nothing starts yet."""
        self._watch = watch
        self._every_s = every_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._mind, name="reach-minder", daemon=True)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Look for as long as the block lasts."""
        self._thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            self._thread.join()

    def _mind(self) -> None:
        while not self._stopped.wait(self._every_s):
            self._look()
        self._look()

    def _look(self) -> None:
        try:
            self._watch.look()
        except StorageFault as fault:
            _log.error("reach_not_known", problem=str(fault))
        except Exception as fault:  # noqa: BLE001 - the next look tries again, and rounds go on
            place = traceback.extract_tb(fault.__traceback__)[-1]
            _log.error("look_failed", kind=type(fault).__name__, at=f"{place.name}:{place.lineno}")


def reach_in(connection: Connection) -> Reach:
    """Return how far a database has come; the newest request of all is never forgotten."""
    last = _LAST_REQUEST.scalar(connection)
    return Reach(generation=meta_value(connection, "generation"), requests=int(last or 0))
