"""What both processes of a simulated kiosk do alike: transactions, the marker behind them, a new stream."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from kiosk.protocol import kiosk_side, marks
from kiosk.protocol.marks import OlderStream
from tests.simulation.disks import Db, Disk, Draft, SimFiles, Surroundings, granted_in, next_life


class SimStore:
    """One disk in one machine, between two of its starts."""

    def __init__(self, machine: str, world: Surroundings, disk: Disk, boot: str) -> None:
        self.machine = machine
        self.world = world
        self.disk = disk
        self.boot = boot
        self.files = SimFiles(disk, world)
        self._is_writing = False

    @property
    def db(self) -> Db:
        """The database as it was committed last."""
        assert self.disk.db is not None
        return self.disk.db

    def followed_writing(self) -> AbstractContextManager[Draft]:
        """Run one transaction that the marker follows."""
        return kiosk_side.followed_by_marker(self.writing(), self._raise_head)

    @contextmanager
    def writing(self) -> Iterator[Draft]:
        """Run one transaction; the two processes take turns."""
        while self._is_writing:
            self.world.pause()
        self._is_writing = True
        try:
            draft = Draft(self.disk.db)  # type: ignore[arg-type]  # none before the first start
            self.world.pause()
            yield draft
            self.world.pause()
            self.disk.db = draft.db
            for entry, body in draft.appended:
                self.world.committed(self.disk, self.machine, entry, body)
        finally:
            self._is_writing = False
        self.world.pause()

    def begin_life(self, draft: Draft) -> None:
        """Begin a new stream within a transaction."""
        stream, db = self.world.unique("stream"), self.disk.db
        ended = None if db is None else OlderStream(db.stream, db.mark.head, granted_in(db))

        def store() -> None:
            self.world.pause()
            draft.db = next_life(db, stream, self.machine)

        kiosk_side.begin_life(self.files, stream, self.boot, self.machine, ended, store)

    def _raise_head(self, stream: str, head: int, head_hash: str, counters: Mapping[str, int]) -> None:
        marks.raise_head(self.files, stream, head, head_hash, counters)
