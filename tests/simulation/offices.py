"""A simulated bureau: the real rules over dictionaries; a restore puts back a copy of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kiosk.domain.ids import StreamId
from kiosk.domain.quotas import NumberSet
from kiosk.messages.events import (
    BlockAcknowledged,
    DoorClosed,
    Event,
    EventBody,
    PlaceGivenBack,
    PlaceTaken,
    RightsReturned,
    SlipBoarded,
    SlipScannedIn,
    SlipStateChanged,
)
from kiosk.messages.feed import Cursor, FeedPage, FeedRow
from kiosk.messages.sync import Recall, Refusal, RightGrant, SyncReply, SyncRequest
from kiosk.protocol import bureau_side, doors, generations, quotas
from kiosk.protocol.carrying import is_late
from kiosk.protocol.generations import Quarantine
from kiosk.protocol.ports import StreamRecord
from kiosk.protocol.quotas import NotHeld, QuotaState
from tests.simulation.disks import EPOCH, TRIP
from tests.simulation.office_rows import Kept, Placed, Registry, copied
from tests.simulation.terms import SCOPE


class SimBureau:
    """The port `BureauBook`, and what stands around it."""

    def __init__(self, capacities: Mapping[str, int], bodies: Mapping[str, EventBody]) -> None:
        self.kept = Kept()
        self.registry = Registry()
        self.backed_up: Kept | None = None
        self.backup_upto: dict[str, int] = {}
        self.has_changed = True
        self.first_told: dict[tuple[str, str], int] = {}
        self._checked: dict[str, QuotaState] = {}
        self._bodies = bodies
        for name, capacity in capacities.items():
            self.kept.quotas[name] = quotas.opened_quota(capacity)

    # --- one round ---------------------------------------------------------------------------

    def answer(self, kiosk: str, request: SyncRequest, draw: random.Random | None) -> SyncReply:
        """Answer a kiosk; grants and recalls are drawn at random, for safety must not hang on a policy."""
        self.has_changed = True
        heard = bureau_side.hear(self, kiosk, request)
        if heard.may_grant and draw is not None:
            self._grant(request.stream, draw)
        granted = self.granted_of(request.stream, self.kept.quotas) if heard.may_grant else {}
        known = self.kept.streams.get(request.stream)
        return SyncReply.model_construct(
            stream=request.stream,
            generation=self.kept.generation,
            server_time=EPOCH,
            acked=heard.acked,
            prune_ok=min(heard.acked, self.backup_upto.get(request.stream, 0)),
            need_from=heard.need_from,
            rights=[_grant_of(name, numbers) for name, numbers in granted.items() if numbers.ranges],
            refusals=self._refusals(request, heard.acked),
            pages=[] if request.is_old or known is None else [self._page()],
            open_places={},
            retry_after_s=None,
            recalls=self._recalls(request.stream, draw) if heard.may_grant and draw is not None else [],
            asks_older=heard.asks_older,
            hello=heard.hello,
            is_superseded=heard.is_superseded,
            is_forked=heard.is_forked,
        )

    def answer_carried(self, kiosk: str, request: SyncRequest, draw: random.Random) -> SyncReply:
        """Answer a round that came by stick; one that was overtaken hears how far it is known, no more."""
        known = self.kept.streams.get(request.stream)
        last = request.first + len(request.events) - 1
        is_ours = known is not None and request.generation in {"", self.kept.generation}
        if known and is_ours and is_late(known, request, self.hashes(known.id, request.first - 1, last)):
            return SyncReply.model_construct(
                stream=known.id,
                generation=self.kept.generation,
                server_time=EPOCH,
                acked=known.acked,
                prune_ok=0,
                rights=[],
                refusals=self._refusals(request, last),
                pages=[],
            )
        reply = self.answer(kiosk, request, draw)
        return reply.model_copy(update={"pages": [self._page_after(request.cursors)] if reply.pages else []})

    def _grant(self, stream: str, draw: random.Random) -> None:
        for name, state in self.kept.quotas.items():
            free = len(quotas.grantable(state, StreamId(stream)))
            if free and draw.random() < 0.7:
                count = min(free, draw.randint(1, 4))
                self.kept.quotas[name] = quotas.grant(state, StreamId(stream), count)

    def _recalls(self, stream: str, draw: random.Random) -> list[Recall]:
        """Ask numbers of a stream back; they are its own until the entry of their return is heard."""
        asked = [
            Recall.model_construct(quota=name, keep=draw.randint(0, 3))
            for name in self.kept.quotas
            if draw.random() < 0.1
        ]
        return asked  # noqa: RET504 - a line of its own, so that a break can stand before it

    def _refusals(self, request: SyncRequest, acked: int) -> list[Refusal]:
        told = {**self.kept.notices, **self.kept.dead}
        if (state := self.kept.streams.get(request.stream)) and state.state == bureau_side.FORKED:
            told |= {(request.stream, entry.seq): "bureau.refused.fork" for entry in request.events}
        return [
            Refusal.model_construct(seq=seq, reason=reason)
            for (stream, seq), reason in told.items()
            if stream == request.stream and request.first <= seq <= acked
        ]

    def _page(self) -> FeedPage:
        """Return all that the feed says: on a wire that reorders, a page must stand for itself."""
        self._stamp()
        rows = list(self.kept.rows.values())
        return _page_of(self.kept.generation, self.kept.pos, rows, is_snapshot=True)

    def _page_after(self, cursors: Sequence[Cursor]) -> FeedPage:
        """Return what changed since a request was written, or all where it knew nothing of this life."""
        self._stamp()
        kept = self.kept
        at = next((item.pos for item in cursors if item.feed_gen == kept.generation), None)
        rows = [row for row in kept.rows.values() if row.pos > (at or 0)]
        return _page_of(kept.generation, kept.pos, rows, is_snapshot=at is None)

    def _stamp(self) -> None:
        """Give what is new a position of its own."""
        named = " ".join([self.kept.door.stream, *sorted(self.kept.aboard)])
        blocks = sorted(self.kept.door.open_blocks | self.kept.door.settled)
        for topic, row_id, body in [("trip", TRIP, named), *(("block", slip, "") for slip in blocks)]:
            before = self.kept.rows.get(row_id)
            if before is None or before.body != body:
                self.kept.pos += 1
                self.kept.rows[row_id] = FeedRow.model_construct(
                    topic=topic, id=row_id, pos=self.kept.pos, is_deleted=False, body=body
                )
                self.first_told.setdefault((self.kept.generation, row_id), self.kept.pos)

    # --- what people at the bureau do --------------------------------------------------------

    def resize(self, name: str, capacity: int) -> None:
        self.has_changed = True
        self.kept.quotas[name] = quotas.resize(self.kept.quotas.get(name) or quotas.opened_quota(0), capacity)

    def back_up(self) -> None:
        """Keep a verified copy; what it holds may be pruned at the kiosks."""
        self.backed_up = copied(self.kept)
        self.backup_upto = {name: record.acked for name, record in self.kept.streams.items()}

    def restore(self) -> None:
        """Put the copy back by the command, which begins a new generation."""
        assert self.backed_up is not None
        ended = self.kept.generation
        self.kept = copied(self.backed_up)
        self.backup_upto = {}
        self.begin_generation(ended)

    def write_off(self, stream: str, machine: str, counts: Mapping[str, int]) -> None:
        self.has_changed = True
        quarantine = self.kept.quarantine
        is_all_told = quarantine is None or machine in quarantine.reported
        if stream in self.kept.streams:
            self.set_state(stream, bureau_side.SUPERSEDED)
        for name, state in self.kept.quotas.items():
            count = counts.get(name, 0)
            settled = quotas.write_off(state, StreamId(stream), count, is_all_told=is_all_told)
            self.kept.quotas[name] = settled

    def give_up(self, machine: str) -> None:
        """Await a machine no more, because its streams were written off by count."""
        self.registry.machines.discard(machine)
        self._end_quarantine_if_over()

    # --- the port ----------------------------------------------------------------------------

    def generation(self) -> str:
        return self.kept.generation

    def begin_generation(self, after: str) -> None:
        known = max(after, self.kept.generation, key=generations.number_of)
        self.kept.generation = generations.following(known, "r")
        self.kept.quarantine = Quarantine()
        self.backup_upto = {}

    def is_quarantined(self) -> bool:
        return self.kept.quarantine is not None

    def await_machine(self, kiosk: str, machine: str) -> None:
        self.registry.machines.add(machine)

    def note_report(self, kiosk: str, machine: str) -> None:
        if self.kept.quarantine is not None:
            self.kept.quarantine = self.kept.quarantine.with_report(machine)
        self._end_quarantine_if_over()

    def _end_quarantine_if_over(self) -> None:
        if self.kept.quarantine and self.kept.quarantine.is_over(frozenset(self.registry.machines)):
            self.kept.quarantine = None

    def stream(self, name: str) -> StreamRecord | None:
        return self.kept.streams.get(name)

    def open_stream(self, record: StreamRecord) -> None:
        self.kept.streams[record.id] = record
        self.kept.log[record.id] = []

    def supersede(self, kiosk: str, but: str) -> None:
        for name, record in self.kept.streams.items():
            if record.kiosk == kiosk and record.state == bureau_side.LIVE and name != but:
                self.set_state(name, bureau_side.SUPERSEDED)

    def set_state(self, stream: str, state: str) -> None:
        self.kept.streams[stream] = replace(self.kept.streams[stream], state=state)

    def advance(self, record: StreamRecord) -> None:
        self.kept.streams[record.id] = record

    def hello_of(self, kiosk: str, machine: str, *, makes_new: bool) -> str:
        if makes_new:
            self.kept.hello[machine] = self.kept.hello.get(machine, 0) + 1
        return f"{self.kept.generation}/{self.kept.hello.get(machine, 0)}"

    def hashes(self, stream: str, first: int, last: int) -> Mapping[int, str]:
        return {entry.seq: entry.hash for entry in self.kept.log[stream] if first <= entry.seq <= last}

    def take_in(self, record: StreamRecord, events: Iterable[Event]) -> None:
        for entry in events:
            self.kept.log[record.id].append(entry)
            self.kept.order.append((record.id, entry))
            reason = self.apply(record.id, entry.seq, self._bodies[entry.hash])
            if reason:
                self.kept.dead[record.id, entry.seq] = reason

    def keep_aside(self, stream: str, events: Iterable[Event]) -> None:
        self.kept.aside |= {(stream, entry.hash) for entry in events}

    def note_loss(self, stream: str, first: int, last: int, head_hash: str) -> None:
        self.kept.lost.append((stream, first, last))

    def granted_of(self, stream: str, quotas: Iterable[str]) -> Mapping[str, NumberSet]:
        known = self.kept.quotas.keys() & set(quotas)
        return {name: self.kept.quotas[name].right_of(StreamId(stream)).granted for name in known}

    def quota(self, name: str) -> QuotaState | None:
        return self.kept.quotas.get(name)

    def save_claim(self, name: str, stream: str, state: QuotaState) -> None:
        self.kept.quotas[name] = state

    # --- what entries mean for numbers ---------------------------------------------------------

    def apply(self, stream: str, seq: int, body: EventBody) -> str:
        if isinstance(body, PlaceTaken):
            return self._take(stream, seq, body)
        if isinstance(body, PlaceGivenBack):
            return self._settle(body.slip, "given_back")
        if isinstance(body, RightsReturned):
            return self._return(stream, body)
        if isinstance(body, SlipStateChanged) and (placed := self.kept.placed.get(body.slip)):
            self.kept.placed[body.slip] = replace(placed, copies=placed.copies + 1)
        if isinstance(body, SlipBoarded):
            self.kept.aboard.add(body.slip)
        if isinstance(body, SlipScannedIn):
            placed = self.kept.placed.get(body.slip)
            copies, is_over = (placed.copies, placed.state == "given_back") if placed else (0, False)
            kept, slip = self.kept, body.slip
            kept.door, freed = doors.scanned_in(kept.door, slip, copies, is_over=is_over)
            kept.no_coach, more = doors.scanned_in(kept.no_coach, slip, copies, is_over=is_over)
            self._free(freed | more)
        if isinstance(body, DoorClosed) and stream == self.kept.door.stream:
            self.kept.aboard |= {*body.boarded}
            self.kept.is_door_closed = True
        if isinstance(body, BlockAcknowledged):
            door = self.kept.door
            self.kept.door, freed = doors.acknowledged(door, stream, body.slips, body.aboard)
            self._free(freed)
        return ""

    def _take(self, stream: str, seq: int, body: PlaceTaken) -> str:
        spent = tuple((item.quota, item.number) for item in body.spent)
        for name, number in spent:
            if number not in self.kept.quotas[name].right_of(StreamId(stream)).granted:
                return "number_not_granted"
        first = next(
            (
                item
                for item in self.kept.placed.values()
                if item.worker == body.worker and item.state == "open"
            ),
            None,
        )
        self.kept.placed[body.slip] = Placed(body.worker, stream, spent, "duplicate" if first else "open")
        if first:
            self.kept.notices[stream, seq] = "time_overlap"
            self._block(body.slip)
        for name, _ in spent:
            used = sum(
                item.stream == stream and name in dict(item.spent) for item in self.kept.placed.values()
            )
            state = quotas.notice_spent(self.kept.quotas[name], StreamId(stream), used)
            self.kept.quotas[name] = state
        return ""

    def _settle(self, slip: str, state: str) -> str:
        placed = self.kept.placed.get(slip)
        if placed is None:
            return "unknown_placement"
        self.kept.placed[slip] = replace(placed, state=state)
        self._block(slip)
        return ""

    def _block(self, slip: str) -> None:
        """Keep a slip out of its coach; where no coach goes, only its paper can prove that it is gone."""
        if any(name.startswith("seats:") for name, _ in self.kept.placed[slip].spent):
            self.kept.door = doors.blocked(self.kept.door, slip)
        else:
            self.kept.no_coach = doors.blocked(self.kept.no_coach, slip)

    def _return(self, stream: str, body: RightsReturned) -> str:
        numbers = NumberSet.of_pairs(body.ranges)
        spent = {
            number
            for item in self.kept.placed.values()
            if item.stream == stream
            for name, number in item.spent
            if name == body.quota
        }
        if any(number in spent for number in numbers):
            return "number_spent"
        try:
            state = quotas.give_back(self.kept.quotas[body.quota], StreamId(stream), numbers)
        except NotHeld:
            return "number_not_granted"
        self.kept.quotas[body.quota] = state
        return ""

    def _free(self, slips: Iterable[str]) -> None:
        for slip in sorted(slips):
            placed = self.kept.placed[slip]
            for name, number in placed.spent:
                state, stream = self.kept.quotas[name], StreamId(placed.stream)
                if number in state.right_of(stream).committed:
                    self.kept.quotas[name] = quotas.give_back(state, stream, NumberSet.single(number))

    # --- what must be true -------------------------------------------------------------------

    def violations(self) -> Iterator[str]:
        """Yield what is wrong: I3 conservation, and I5 dense streams but for noted losses."""
        for name, state in self.kept.quotas.items():
            if self._checked.get(name) is state:
                continue
            self._checked[name] = state
            yield from (f"{name}: {wrong}" for wrong in quotas.violations(state, is_settled=False))
        for name, record in self.kept.streams.items():
            gone = {seq for s, first, last in self.kept.lost if s == name for seq in range(first, last + 1)}
            there = [entry.seq for entry in self.kept.log[name]]
            if sorted({*there, *gone}) != list(range(1, record.acked + 1)) or len(there) != len(set(there)):
                yield f"I5: {name} is not a dense prefix up to {record.acked}"


def _page_of(feed_gen: str, pos: int, rows: list[FeedRow], *, is_snapshot: bool) -> FeedPage:
    return FeedPage.model_construct(
        scope=SCOPE, feed_gen=feed_gen, rows=rows, pos=pos, has_more=False, is_snapshot=is_snapshot
    )


def _grant_of(name: str, numbers: NumberSet) -> RightGrant:
    return RightGrant.model_construct(quota=name, granted=numbers.pairs)
