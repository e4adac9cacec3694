"""The bare protocol on PostgreSQL: watermark, chain and log, durable; nothing is proven, read or applied.

It is the bureau's own judgement and its own log, told of streams that nobody else speaks for: eight sessions
of a hall each, which know no pause. Beside it the driver copies the same rows into a table without an index.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial

import psycopg

from kiosk.bureau.books import SqlBook
from kiosk.bureau.ingesting import Place, keep
from kiosk.bureau.offices import Office
from kiosk.bureau.restoring import open_stream
from kiosk.bureau.speakers import Speaker
from kiosk.messages.events import FIRST_HASH, Event, chain_hash
from kiosk.messages.sync import SyncRequest
from kiosk.protocol.bureau_side import LIVE, hear
from kiosk.protocol.ports import StreamRecord
from tests.clusters import Cluster
from tools.figures.processors import family_s
from tools.figures.rows import Measured

SESSIONS, TURNS = 8, 5
MANY, BATCHES = 500, 8
"""So many entries a transaction, and so many transactions of each session a turn."""
SMALL, ROUNDS = 10, 60
_BARE = "CREATE TABLE bare AS SELECT * FROM event WHERE false"
_COPY = (
    "COPY bare (stream, seq, type, v, at, boot, boottime_ms, prev_hash, hash, body, received_at) FROM STDIN"
)


@dataclass(frozen=True, slots=True)
class LogBook(SqlBook):
    """A book that keeps entries and never asks what they say."""

    def take_in(self, record: StreamRecord, events: Iterable[Event]) -> None:
        """Append entries to the log."""
        keep(self.connection, Place(record.id, self.speaker.station), list(events), self.now)


@dataclass(slots=True)
class Teller:
    """A stream that tells anew what another one told, on its own chain; `said` is the words around it."""

    speaker: Speaker
    said: SyncRequest
    stream: str = field(default_factory=lambda: secrets.token_hex(16))
    head: int = 0
    head_hash: str = FIRST_HASH

    def begin(self, office: Office) -> None:
        """Let the bureau know the stream."""
        fresh = StreamRecord(
            self.stream, self.speaker.kiosk, self.said.machine, LIVE, 0, FIRST_HASH, self.said.clock.boot, 0
        )
        with office.database.writing() as connection:
            open_stream(connection, fresh, office.clock.now())

    def next(self, told: Sequence[Event]) -> SyncRequest:
        """Return a request that tells these behind what was told before."""
        first, before, entries = self.head + 1, self.head_hash, list[Event]()
        for entry in told:
            chain: dict[str, object] = {"seq": self.head + 1, "prev_hash": self.head_hash}
            self.head += 1
            self.head_hash = chain_hash(
                self.stream, self.head, entry.type, entry.v, self.head_hash, entry.body
            )
            entries.append(entry.model_copy(update=chain | {"hash": self.head_hash}))
        told_of: dict[str, object] = {"stream": self.stream, "first": first, "head": self.head}
        told_of |= {"prev_hash": before, "events": entries, "older": None}
        return self.said.model_copy(update=told_of | {"rights": [], "wants": [], "cursors": [], "keys": []})


@dataclass(frozen=True, slots=True)
class Span:
    """What a turn took: seconds in all, seconds of one core, and how long each transaction was waited for."""

    took_s: float
    used_s: float
    waits_s: list[float]


def kept_rows(
    office: Office, speaker: Speaker, said: SyncRequest, cluster: Cluster, database: str
) -> list[Measured]:
    """Return what the bare protocol carries of entries as in `said`, many at once and few at once.

    `database` is the bureau's own, in which the driver makes its table.
    """
    tellers = [Teller(replace(speaker, station=f"T{at}"), said) for at in range(SESSIONS)]
    for teller in tellers:
        teller.begin(office)
    with ThreadPoolExecutor(SESSIONS) as together, ExitStack() as lines:
        bare = [lines.enter_context(psycopg.connect(cluster.url(database), autocommit=True)) for _ in tellers]
        bare[0].execute(_BARE)

        def turns(entries: Sequence[Event], times: int) -> Iterator[tuple[Span, Span]]:
            for _ in range(TURNS):
                requests = [[teller.next(entries) for _ in range(times)] for teller in tellers]
                acts = [
                    [partial(_keep, office, teller.speaker, request) for request in its]
                    for teller, its in zip(tellers, requests, strict=True)
                ]
                kept = _span(acts, together, cluster)
                copies = [
                    [partial(_copy, line, request) for request in its]
                    for line, its in zip(bare, requests, strict=True)
                ]
                yield kept, _span(copies, together, cluster)

        large = list(turns(_some(said.events, MANY), BATCHES))
        small = list(turns(_some(said.events, SMALL), ROUNDS))
    entries, rounds = SESSIONS * BATCHES * MANY, SESSIONS * ROUNDS
    return [
        _measured("postgres.kept", large, lambda span: [entries / span.took_s]),
        _measured("postgres.kept_cpu", large, lambda span: [1e6 * span.used_s / entries]),
        _measured("postgres.kept_rounds", small, lambda span: [rounds / span.took_s]),
        _measured("postgres.kept_p99", small, lambda span: [1000 * wait for wait in span.waits_s]),
    ]


def _some(entries: Sequence[Event], count: int) -> list[Event]:
    """Return so many entries; where there are fewer, they come again."""
    return [entries[at % len(entries)] for at in range(count)]


def _keep(office: Office, speaker: Speaker, said: SyncRequest) -> None:
    with office.database.writing(beside_others=True) as connection:
        book = LogBook(connection, office.registry, speaker, office.reader, office.clock.now(), said)
        heard = hear(book, speaker.kiosk, said)
    assert heard.acked == said.head, "everything is kept"


def _copy(line: psycopg.Connection[tuple[object, ...]], said: SyncRequest) -> None:
    with line.transaction(), line.cursor().copy(_COPY) as copy:
        for entry in said.events:
            told = entry.model_dump()
            copy.write_row(
                (
                    *(said.stream, entry.seq, entry.type, entry.v, str(entry.at), entry.boot),
                    *(entry.boottime_ms, entry.prev_hash, entry.hash, told["body"], str(entry.at)),
                )
            )


def _span(
    acts: Sequence[Sequence[Callable[[], None]]], together: ThreadPoolExecutor, cluster: Cluster
) -> Span:
    """Let each session do its own, one after another, all sessions at once."""

    def waits_s(its: Sequence[Callable[[], None]]) -> list[float]:
        waited = []
        for act in its:
            began = time.perf_counter()
            act()
            waited.append(time.perf_counter() - began)
        return waited

    used, began = time.process_time() + family_s(cluster.pid), time.perf_counter()
    waits = [wait for its in together.map(waits_s, acts) for wait in its]
    took_s = time.perf_counter() - began
    return Span(took_s, time.process_time() + family_s(cluster.pid) - used, waits)


def _measured(name: str, spans: Sequence[tuple[Span, Span]], of: Callable[[Span], list[float]]) -> Measured:
    kept, bare = zip(*spans, strict=True)
    return Measured(
        name,
        tuple(sample for span in kept for sample in of(span)),
        tuple(sample for span in bare for sample in of(span)),
    )
