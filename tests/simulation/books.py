"""The sync process of a simulated kiosk: the port `SyncBook` over values, each method one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from kiosk.domain.quotas import NumberSet
from kiosk.messages.events import BlockAcknowledged, RightsReturned
from kiosk.messages.feed import Cursor, FeedPage
from kiosk.messages.sync import OldStream, Recall, Refusal, RightView
from kiosk.protocol import doors, holdings, lives, marks, watermarks
from kiosk.protocol.doors import DoorBook
from kiosk.protocol.holdings import Holding
from kiosk.protocol.ports import Outgoing, Since
from kiosk.protocol.watermarks import Told
from tests.simulation.disks import TRIP, Db, Draft, Orphan, Read, pruned
from tests.simulation.stores import SimStore
from tests.simulation.terms import SCOPE, Broken


class SimBook:
    """What sync asks of one kiosk's store."""

    def __init__(self, store: SimStore) -> None:
        self._store = store
        self._is_turn_of_old = False

    def outgoing(self, limit: int, skipped: int = 0) -> Outgoing:
        db = self._store.db
        unfinished = [name for name, orphan in db.orphans.items() if orphan.mark.acked < orphan.mark.head]
        self._is_turn_of_old = not self._is_turn_of_old
        if unfinished and self._is_turn_of_old:
            orphan = db.orphans[unfinished[0]]
            return self._outgoing(db, unfinished[0], orphan, (0, limit), is_old=True)
        current = Orphan(db.entries, db.mark, db.hash_at_floor, {})
        return self._outgoing(db, db.stream, current, (skipped, limit), is_old=False)

    def _outgoing(
        self, db: Db, stream: str, told: Orphan, window: tuple[int, int], *, is_old: bool
    ) -> Outgoing:
        mark, (skipped, limit) = told.mark, window
        at = min(mark.acked - mark.floor + skipped, len(told.entries))
        before = told.entries[at - 1].hash if at else told.hash_at_floor
        rights = _views(told.granted) if is_old else tuple(_view(*item) for item in db.holdings.items())
        return Outgoing(
            stream=stream,
            generation=db.generation,
            head=mark.head,
            first=mark.floor + at + 1,
            prev_hash=before,
            events=told.entries[at : at + limit],
            rights=rights,
            wants=(),
            cursors=() if is_old else self.cursors(),
            backlog=mark.head - mark.acked,
            refused_open=0,
            is_old=is_old,
            floor=mark.floor,
            older=self._older(db) if db.asks_older and not is_old else None,
            hello="" if is_old else db.hello,
            machine=self._store.machine,
        )

    def cursors(self) -> tuple[Cursor, ...]:
        """Return how far the feed was read."""
        read = self._store.db.read
        return () if read is None else (Cursor(scope=SCOPE, feed_gen=read.feed_gen, pos=read.pos),)

    def _older(self, db: Db) -> tuple[OldStream, ...]:
        known = {name: dict(orphan.granted) for name, orphan in db.orphans.items()}
        for item in self._store.disk.granted.older if self._store.disk.granted else ():
            known[item.stream] = marks.merged_rights(known.get(item.stream, {}), item.granted)
        return tuple(OldStream(stream=name, rights=list(_views(granted))) for name, granted in known.items())

    def generation(self) -> str:
        return self._store.db.generation

    def adopt_generation(self, generation: str) -> None:
        with self._store.writing() as draft:
            db = draft.db
            if db.generation == "":
                draft.db = replace(db, generation=generation)
                return
            orphans = {
                name: replace(orphan, mark=watermarks.in_new_generation(orphan.mark))
                for name, orphan in db.orphans.items()
            }
            mark = watermarks.in_new_generation(db.mark)
            draft.db = replace(db, generation=generation, mark=mark, orphans=orphans, asks_older=True)

    def note_hello(self, since: Since, hello: str, *, asks_older: bool) -> None:
        with self._writing_in(since) as draft:
            if draft is not None and since.stream == draft.db.stream:
                draft.db = replace(draft.db, hello=hello, asks_older=asks_older)

    def note_revoked(self, now: datetime) -> None:
        raise AssertionError("nobody is revoked in the simulation")

    def missing(self, since: Since, granted: Mapping[str, NumberSet]) -> Mapping[str, NumberSet]:
        db = self._store.db
        if since != Since(db.stream, db.generation):
            return {}
        return {
            name: numbers
            for name, numbers in granted.items()
            if len(numbers - db.holdings.get(name, Holding()).granted)
        }

    def remember_granted(self, since: Since, granted: Mapping[str, NumberSet]) -> None:
        marks.raise_granted(self._store.files, since.stream, granted)

    def store_granted(self, since: Since, granted: Mapping[str, NumberSet]) -> None:
        with self._writing_in(since) as draft:
            if draft is None or since.stream != draft.db.stream:
                return
            told = {
                name: holdings.told(draft.db.holdings.get(name, Holding()), numbers)
                for name, numbers in granted.items()
            }
            draft.db = replace(draft.db, holdings={**draft.db.holdings, **told})

    def return_surplus(self, since: Since, recalls: Iterable[Recall]) -> bool:
        has_returned = False
        with self._store.followed_writing() as draft:
            if Since(draft.db.stream, draft.db.generation) != since:
                return False
            for recall in recalls:
                holding = draft.db.holdings.get(recall.quota, Holding())
                numbers = holdings.surplus(holding, recall.keep)
                if not len(numbers):
                    continue
                draft.append(RightsReturned.model_construct(quota=recall.quota, ranges=numbers.pairs))
                returned = {recall.quota: holdings.give_back(holding, numbers)}
                draft.db = replace(draft.db, holdings={**draft.db.holdings, **returned})
                has_returned = True
        return has_returned

    def acknowledge(
        self, since: Since, told: Told, acked: int, need_from: int | None = None, prune_ok: int = 0
    ) -> None:
        with self._writing_in(since) as draft:
            if draft is None:
                return
            db = draft.db
            if since.stream == db.stream and lives.bureau_knows_more(acked, db.mark.head):
                self._store.begin_life(draft)
                return
            if since.stream == db.stream:
                if watermarks.is_answer_to(told, db.mark, db.hash_at(told.last)):
                    mark = watermarks.heard(db.mark, told, acked, need_from, prune_ok)
                    draft.db = pruned(replace(db, mark=mark))
                return
            orphan = db.orphans[since.stream]
            if watermarks.is_answer_to(told, orphan.mark, orphan.hash_at(told.last)):
                mark = watermarks.heard(orphan.mark, told, acked, need_from, prune_ok)
                draft.db = replace(db, orphans={**db.orphans, since.stream: replace(orphan, mark=mark)})

    def refuse(self, since: Since, refusals: Iterable[Refusal], at: datetime) -> None:
        told = frozenset((since.stream, item.seq) for item in refusals)
        with self._writing_in(since) as draft:
            if draft is not None and told:
                draft.db = replace(draft.db, tray=draft.db.tray | told)

    def begin_stream(self, since: Since) -> None:
        with self._writing_in(since) as draft:
            if draft is not None and since.stream == draft.db.stream:
                self._store.begin_life(draft)

    def apply_page(self, page: FeedPage, leads_on: Callable[[Cursor | None], bool]) -> None:
        """Keep the blocks that a page tells to the door, and acknowledge them in the same transaction.

        The row of the trip names the stream that holds the door, and who is aboard already.
        """
        with self._store.followed_writing() as draft:
            known = draft.db.read
            place = None if known is None else Cursor(scope=SCOPE, feed_gen=known.feed_gen, pos=known.pos)
            if not leads_on(place):
                return
            if known and known.feed_gen == page.feed_gen and page.pos < known.pos:
                if page.is_snapshot:
                    raise Broken(f"what was read to {known.pos} is read to {page.pos} again")
                return
            before = known.rows if known and known.feed_gen == page.feed_gen else frozenset()
            rows = before | {row.id for row in page.rows}
            db = draft.db = replace(draft.db, read=Read(page.feed_gen, page.pos, rows))
            named = next((row.body.split(" ") for row in page.rows if row.topic == "trip"), [""])
            if named[0] != db.stream:
                return
            if db.door.is_closed and db.closed_by != db.stream:
                db = replace(db, door=DoorBook(TRIP, aboard=frozenset(named[1:])))
            blocks = [row.id for row in page.rows if row.topic == "block"]
            slips = [slip for slip in blocks if (page.feed_gen, slip) not in db.told_blocks]
            draft.db = db
            if not slips:
                return
            book, aboard = doors.keep_out(db.door, slips)
            told = db.told_blocks | {(page.feed_gen, slip) for slip in slips}
            draft.db = replace(db, door=book, told_blocks=told)
            draft.append(BlockAcknowledged.model_construct(trip=TRIP, slips=slips, aboard=sorted(aboard)))

    def set_open_places(self, open_places: Mapping[str, int]) -> None:
        """Show nothing."""

    def note_attempt(
        self,
        at: datetime,
        *,
        success: bool,
        problem: str,
        next_try_at: datetime,
        server_time: datetime | None,
    ) -> None:
        """Show nothing."""

    @contextmanager
    def _writing_in(self, since: Since) -> Iterator[Draft | None]:
        """Run a transaction when the database still lives the life in which something was said."""
        with self._store.writing() as draft:
            db = draft.db
            is_known = since.stream == db.stream or since.stream in db.orphans
            yield draft if is_known and since.generation == db.generation else None


def _view(name: str, holding: Holding) -> RightView:
    granted, returned = holding.granted.pairs, holding.returned.pairs
    return RightView.model_construct(quota=name, granted=granted, returned=returned, spent=len(holding.spent))


def _views(granted: Mapping[str, NumberSet]) -> tuple[RightView, ...]:
    return tuple(_view(name, Holding(numbers)) for name, numbers in granted.items())
