"""A kiosk without a machine: journal, numbers and cursors in memory, and the real protocol to speak of them.

Its rounds are worded, packed, signed and sent over TLS as a kiosk's are, on a connection of its own. What
nobody asks of it while rounds are measured, a durable store above all, it has not got.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.domain.clock import Clock
from kiosk.domain.ids import JobId, TripId, places_of, seats_of
from kiosk.domain.quotas import NumberSet
from kiosk.messages.events import FIRST_HASH, Event, EventBody, chain_hash
from kiosk.messages.feed import Cursor
from kiosk.messages.sealing import WorkerKey, sealed_json
from kiosk.messages.sync import RightView, SyncReply, SyncRequest, Want
from kiosk.protocol.generations import NONE_YET
from kiosk.sync.http_bureau import HttpBureau
from kiosk.sync.rounds import clock_view
from tools.figures.visits import Visits

ASKED = 12
"""Numbers of each quota that it asks for at its first round: more than a peak hour needs."""


@dataclass(slots=True)
class LightKiosk:
    """One kiosk; `visits` tells of one job, and its numbers are those that the bureau grants."""

    name: str
    key: Ed25519PrivateKey = field(repr=False)
    wire: HttpBureau
    visits: Visits
    clock: Clock
    boot: str
    stream: str = field(default_factory=lambda: secrets.token_hex(16))
    machine: str = field(default_factory=lambda: secrets.token_hex(32))
    generation: str = NONE_YET
    hello: str = ""
    head: int = 0
    head_hash: str = FIRST_HASH
    acked: int = 0
    waiting: list[Event] = field(default_factory=list)
    granted: dict[str, NumberSet] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    read: dict[tuple[str, str], int] | None = None
    """Where a reader that is watched has read what, by topic and key; None of one that is not."""
    known: int = 0
    """So many people were registered here on days before."""
    _bodies: Iterator[EventBody] | None = None
    _keys: dict[tuple[str, str], WorkerKey] = field(default_factory=dict)

    @property
    def quotas(self) -> list[str]:
        """Return the quotas that its one job spends of."""
        [job] = self.visits.sample.jobs
        return [places_of(JobId(job.id)), *([seats_of(TripId(job.trip))] if job.trip else [])]

    @property
    def has_numbers(self) -> bool:
        """Return whether people may come."""
        return all(len(self.granted.get(quota, NumberSet())) >= ASKED for quota in self.quotas)

    def remember(self, known: int) -> None:
        """Write how so many people were registered."""
        self.known = known
        for body in self.visits.known(known):
            self._append(body)

    def journal(self, count: int) -> None:
        """Write so many entries, each on the chain of those before."""
        if self._bodies is None:
            numbers = {
                quota: [at for item in held.ranges for at in range(item.first, item.last + 1)]
                for quota, held in self.granted.items()
            }
            self._bodies = replace(self.visits, numbers=numbers).entries(self.known)
        for _ in range(count):
            self._append(next(self._bodies))

    def round(self) -> bool:
        """Speak once; return whether there is more to say or to read."""
        said = self._request()
        reply = self.wire.sync(said, self.key)
        self._take_in(reply)
        return bool(reply.hello or self.waiting or any(page.has_more for page in reply.pages))

    def _append(self, body: EventBody) -> None:
        seq, text = self.head + 1, body.model_dump_json() if body.sealing is None else self._sealed(body)
        after = chain_hash(self.stream, seq, body.type, body.v, self.head_hash, text)
        clock = clock_view(self.clock, self.boot)
        self.waiting.append(
            Event(
                seq=seq,
                type=body.type,
                v=body.v,
                at=clock.wall,
                boot=clock.boot,
                boottime_ms=clock.boottime_ms,
                prev_hash=self.head_hash,
                hash=after,
                body=text,
            )
        )
        self.head, self.head_hash = seq, after
        for item in getattr(body, "spent", ()):
            self.spent[item.quota] = self.spent.get(item.quota, 0) + 1

    def _sealed(self, body: EventBody) -> str:
        assert body.sealing is not None, "only what is sealed comes here"
        whose = body.sealed_worker, body.sealing.kind.value
        fresh = WorkerKey(worker=whose[0], kind=whose[1], secret=secrets.token_hex(16))
        return sealed_json(body, self._keys.setdefault(whose, fresh).secret, self.stream, self.head + 1)

    def _request(self) -> SyncRequest:
        return SyncRequest(
            kiosk=self.name,
            stream=self.stream,
            generation=self.generation,
            head=self.head,
            first=self.acked + 1,
            prev_hash=self.waiting[0].prev_hash if self.waiting else self.head_hash,
            events=list(self.waiting),
            rights=[
                RightView(quota=quota, granted=held.pairs, returned=[], spent=self.spent.get(quota, 0))
                for quota, held in self.granted.items()
            ],
            wants=[Want(quota=quota, count=ASKED) for quota in self.quotas if not self.has_numbers],
            cursors=list(self.cursors.values()),
            clock=clock_view(self.clock, self.boot),
            backlog=len(self.waiting),
            machine=self.machine,
            hello=self.hello,
            keys=list(self._keys.values()) if self.waiting else [],
        )

    def _take_in(self, reply: SyncReply) -> None:
        if reply.stream != self.stream or reply.refusals or reply.is_superseded or reply.is_forked:
            raise RuntimeError(f"{self.name} was answered {reply.refusals or reply}")
        self.generation, self.hello = reply.generation, reply.hello or self.hello
        self.acked = max(self.acked, reply.acked)
        self.waiting = [entry for entry in self.waiting if entry.seq > self.acked]
        if not self.waiting:
            self._keys.clear()
        for grant in reply.rights:
            held = self.granted.get(grant.quota, NumberSet())
            self.granted[grant.quota] = held | NumberSet.of_pairs(grant.granted)
        for page in reply.pages:
            self.cursors[page.scope] = Cursor(scope=page.scope, feed_gen=page.feed_gen, pos=page.pos)
            if self.read is not None:
                self.read |= {(row.topic, row.id): row.pos for row in page.rows}
