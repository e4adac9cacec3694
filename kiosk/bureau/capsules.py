"""Sealing what a city's kiosks may know of people, after the answers that changed it have been sent.

A person whose rows changed is marked in `capsule_due` within the change's own transaction. Sealing happens
outside, for many people at once; a mark that moved meanwhile stays, and a crash leaves the mark, never a gap.
A capsule's key is slow to derive, so that nobody guesses numbers with a stolen city key. It is done once of
each number, and kept with the person's other keys: it goes with them.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, literal, select, update

from kiosk.actions.faults import StorageFault
from kiosk.bureau.capsule_contents import Shown, shown_of
from kiosk.bureau.databases import Database
from kiosk.bureau.districts import Capsule, say_capsules
from kiosk.bureau.endings import forget_what_is_over
from kiosk.bureau.erasing import destroy_what_law_let_go
from kiosk.bureau.feeds import CAPSULE, Changes
from kiosk.bureau.init import meta_value
from kiosk.bureau.met import KEPT, mark_due
from kiosk.bureau.portable import among, listed
from kiosk.bureau.readings import Reader, is_unread
from kiosk.bureau.tables import capsule_due, feed_row, meta, worker
from kiosk.bureau.turns import Turns
from kiosk.domain.clock import hall_day
from kiosk.messages.capsules import content_key, seal
from kiosk.messages.feed import CapsuleBody
from kiosk.statements import Statement

AT_ONCE = 64
"""So many people are asked about and told together."""
_PEOPLE = listed("people")
_DUE = Statement(
    select(capsule_due)
    .where(capsule_due.c.worker > bindparam("behind"))
    .order_by(capsule_due.c.worker)
    .limit(bindparam("most"))
)
_STILL_DUE = Statement(
    select(capsule_due)
    .where(among(capsule_due.c.worker, _PEOPLE))
    .order_by(capsule_due.c.worker)
    .with_for_update()
)
_DONE = Statement(delete(capsule_due).where(among(capsule_due.c.worker, _PEOPLE)))


@dataclass(slots=True)
class Sealer:
    """Seals due capsules, one thread of one server at a time; nobody waits for the one that is at it."""

    database: Database
    reader: Reader
    turns: Turns
    lock: threading.Lock = field(default_factory=threading.Lock)
    swept: set[date] = field(default_factory=set)
    """The days whose work is known to be done, so that nobody asks again with every round."""
    reached: str = ""
    """Whose turn it was last: it goes round by ids, so that nobody waits behind those who change often."""
    at_once: int = AT_ONCE
    """One, while somebody is looked for who cannot be sealed."""

    def seal_due(self, now: datetime, most: int | None = None) -> int:
        """Seal every capsule that is due, or so many, and return how many; once a day let old ones go.

        Where another thread or server is sealing, that one does it: it looks again after it has let go of
        the lock.
        """
        count, today = 0, hall_day(now)
        if today not in self.swept:
            with self._first() as is_first:
                if is_first:
                    self._sweep(now)
                    self.swept.add(today)
        while self._next_due(1):
            with self._first() as is_first:
                while is_first and count != most:
                    due = self._next_due(self.at_once if most is None else min(self.at_once, most - count))
                    if not due:
                        break
                    self._seal_or_pass(due, now)
                    count += len(due)
                    self.reached = max(due)
            if not is_first or count == most:
                break
        return count

    @contextmanager
    def _first(self) -> Iterator[bool]:
        if not self.lock.acquire(blocking=False):
            yield False
            return
        try:
            with self.database.sealing() as is_first:
                yield is_first
        finally:
            self.lock.release()

    def _next_due(self, most: int) -> dict[str, int]:
        """Return the next people who are due, and each one's mark."""
        with self.database.reading() as connection:
            rows = _DUE.all(connection, {"behind": self.reached, "most": most})
            if not rows and self.reached:
                rows = _DUE.all(connection, {"behind": "", "most": most})
        return {row.worker: row.mark for row in rows}

    def _seal_or_pass(self, due: Mapping[str, int], now: datetime) -> None:
        """Seal some people. What goes wrong is raised, and next time they are tried one by one.

        Whoever it was is passed over then, so that nobody else waits for him; his mark stays.
        """
        try:
            self._seal(due, now)
        except StorageFault:
            raise
        except Exception:
            is_found = len(due) == 1
            self.reached, self.at_once = (max(due), AT_ONCE) if is_found else (self.reached, 1)
            raise

    def _seal(self, due: Mapping[str, int], now: datetime) -> None:
        """Seal the capsules of some people and say what is new of them; who changed meanwhile stays due."""
        with self.database.reading() as connection:
            shown = shown_of(connection, self.reader, due, now)
        kept = self._kept_keys(shown)
        fresh = self._derived([item for item in shown if item.worker not in kept and item.is_told])
        found = [item for item in shown if not is_unread(item.number_hash)]
        capsules = {item.worker: self._capsule(item, {**kept, **fresh}) for item in found}

        def say(connection: Connection) -> None:
            # Whoever was at it before us, or has told something since, has a newer view than ours.
            marked = _STILL_DUE.all(connection, {"people": json.dumps(sorted(due))})
            ours = {row.worker for row in marked if row.mark == due[row.worker]}
            _DONE.send(connection, {"people": json.dumps(sorted(ours))})
            changes = Changes()
            say_capsules(connection, changes, [capsules[name] for name in capsules if name in ours], now)
            changes.stamp(connection)
            for item in shown:
                if item.worker in fresh.keys() & ours:
                    self.reader.keys.tell_capsule_key(item.worker, item.number_hash, fresh[item.worker])

        self.turns.take(say)

    def _kept_keys(self, shown: Sequence[Shown]) -> dict[str, bytes]:
        found = ((item.worker, self.reader.keys.capsule_key(item.worker, item.number_hash)) for item in shown)
        return {name: key for name, key in found if key is not None}

    def _derived(self, shown: Sequence[Shown]) -> dict[str, bytes]:
        """Derive the keys of these people's capsules on half of the cores; whoever speaks has the others."""
        numbers = {item.worker: item.identity.number for item in shown if item.identity is not None}
        if not numbers:
            return {}
        with ThreadPoolExecutor(max(1, (os.cpu_count() or 1) // 2)) as cores:
            keys = cores.map(lambda number: content_key(self.reader.city_key, number), numbers.values())
            return dict(zip(numbers, keys, strict=True))

    @staticmethod
    def _capsule(item: Shown, keys: Mapping[str, bytes]) -> Capsule:
        body = None
        if item.is_told:
            sealed = seal(item.content, key=keys[item.worker], found_by=item.number_hash)
            body = CapsuleBody(sealed=sealed)
        return Capsule(item.number_hash, item.everybody, body)

    def _sweep(self, now: datetime) -> None:
        """Do the work of a day: let old capsules go, what law held until today, and what is over."""
        today = hall_day(now).isoformat()
        with self.database.reading() as connection:
            if meta_value(connection, "capsules_swept_on") == today:
                return
        with self.database.writing() as connection:
            stale = connection.scalars(
                select(worker.c.id)
                .join(feed_row, feed_row.c.id == worker.c.number_hash)
                .where(feed_row.c.topic == CAPSULE, feed_row.c.is_deleted.is_(False))
                .where(worker.c.last_seen < now - KEPT)
            )
            mark_due(connection, stale.all())
            connection.execute(update(meta).where(meta.c.key == "capsules_swept_on").values(value=today))
        destroy_what_law_let_go(self.database, self.reader.keys, now)
        forget_what_is_over(self.database, now)


def seal_again(connection: Connection) -> None:
    """Ask for every capsule that there was to be sealed again, since no backup holds any."""
    connection.execute(delete(capsule_due))
    had = select(worker.c.id, literal(1)).distinct().join(feed_row, feed_row.c.id == worker.c.number_hash)
    connection.execute(
        insert(capsule_due).from_select(["worker", "mark"], had.where(feed_row.c.topic == CAPSULE))
    )
