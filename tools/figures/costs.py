"""What an entry costs a bureau on PostgreSQL beside the bare protocol: of one core, in all processes.

Each part is run by itself on the same entries, as the bureau's own functions: reading a request, opening what
is sealed in it, applying it, and behind that making the capsules by which other halls know who came.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import TypeVar

from kiosk.app.machine import boot_id
from kiosk.bureau.books import SqlBook, numbers_in
from kiosk.bureau.offices import Office, checked_round
from kiosk.bureau.quotas import lock
from kiosk.bureau.speakers import Speaker, enrolled
from kiosk.messages.events import EventBody
from kiosk.messages.sync import SyncRequest
from kiosk.protocol.bureau_side import hear
from kiosk.protocol.kiosk_side import request_of
from kiosk.sync.rounds import clock_view
from tests.clusters import Cluster
from tools.figures.bureaus import BenchKiosk
from tools.figures.processors import family_s
from tools.figures.rows import Measured

ENTRIES = 500
_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class Part:
    """Seconds of one core that a part took of each request, and that PostgreSQL took for all of them."""

    cluster: Cluster
    own_s: list[float] = field(default_factory=list)
    database_s: float = 0.0

    def of(self, act: Callable[[], _Answer]) -> _Answer:
        """Do it once, and count."""
        before, began = family_s(self.cluster.pid), time.process_time()
        answer = act()
        self.own_s.append(time.process_time() - began)
        self.database_s += family_s(self.cluster.pid) - before
        return answer

    @property
    def cpu_us(self) -> list[float]:
        """Return µs an entry; the kernel counts PostgreSQL in ticks, so its part is the mean of all."""
        beside_s = self.database_s / len(self.own_s)
        return [1e6 * (own_s + beside_s) / ENTRIES for own_s in self.own_s]


def spoken(office: Office, kiosk: BenchKiosk) -> tuple[Speaker, SyncRequest]:
    """Return who a kiosk is at the bureau, and its next request."""
    clock = clock_view(office.clock, boot_id())
    said = request_of(kiosk.store.sync_book.outgoing(ENTRIES), kiosk.identity.kiosk, clock)
    assert len(said.events) == ENTRIES, "there is enough to say"
    with office.database.reading() as connection:
        return enrolled(connection, said.kiosk).speaker, said


def cost_rows(
    office: Office, kiosks: Sequence[BenchKiosk], kept_us: Sequence[float], cluster: Cluster
) -> Iterator[Measured]:
    """Yield each part in µs an entry; `kept_us` is what the bare protocol costs."""
    reading, parsing, opening, whole, capsules = (Part(cluster) for _ in range(5))
    for kiosk in kiosks:
        speaker, said = spoken(office, kiosk)
        packed = office.wires.packing.pack(said)
        request = reading.of(lambda: _read(office, speaker, packed))  # noqa: B023 - called at once
        bodies = parsing.of(lambda: [entry.parsed() for entry in request.events])  # noqa: B023 - as above
        opening.of(lambda: _open(office, request, bodies))  # noqa: B023 - as above
        whole.of(lambda: _hear(office, speaker, request))  # noqa: B023 - as above
        capsules.of(office.seal_due)
    kept = tuple(kept_us)
    validating = [sum(parts) for parts in zip(reading.cpu_us, parsing.cpu_us, strict=True)]
    besides = fmean(kept) + fmean(parsing.cpu_us) + fmean(opening.cpu_us)
    yield Measured("postgres.validating", tuple(validating), kept)
    yield Measured("postgres.opening", tuple(opening.cpu_us), kept)
    yield Measured("postgres.projecting", tuple(cost - besides for cost in whole.cpu_us), kept)
    yield Measured("postgres.capsules", tuple(capsules.cpu_us), kept)


def _read(office: Office, speaker: Speaker, packed: bytes) -> SyncRequest:
    return checked_round(speaker, office.wires.packing.unpack(SyncRequest, packed))


def _open(office: Office, request: SyncRequest, bodies: Sequence[EventBody | None]) -> None:
    keys = office.reader.keys
    keys.tell(request.keys)
    for entry, body in zip(request.events, bodies, strict=True):
        if body is not None:
            office.reader.opened(request.stream, entry.seq, body)
    keys.forget_told()


def _hear(office: Office, speaker: Speaker, request: SyncRequest) -> None:
    with office.database.writing(beside_others=True) as connection:
        lock(connection, numbers_in(request))
        book = SqlBook(connection, office.registry, speaker, office.reader, office.clock.now(), request)
        heard = hear(book, speaker.kiosk, request)
        book.changes.stamp(connection)
    assert heard.acked == request.head, "everything is taken in"
