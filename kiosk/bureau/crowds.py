"""Who waits where, and who took how much lately, as a server remembers it of its last rounds.

Losing it costs a round, so a server alone keeps it nowhere. Servers that share a database write a kiosk's
word into the row that each round changes anyway, and look there for what was said at the others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select

from kiosk.bureau.tables import kiosk, placement, stream
from kiosk.protocol.allotment import HERE_S
from kiosk.statements import Statement

HERE = timedelta(seconds=HERE_S)
_HISTORY = timedelta(days=14)
_WEIGHED_FOR = timedelta(hours=1)
_HEARD_EVERY = timedelta(seconds=2)
"""A kiosk speaks once a minute, and somebody who waits at another server is known there this much later."""
_MOST_BEHIND = timedelta(seconds=20)
"""A word counts from the beginning of its round and is read at its end; clocks of servers differ, too."""
_WORDS = Statement(
    select(kiosk.c.id, kiosk.c.seen_at, kiosk.c.here_since, kiosk.c.waits)
    .where(kiosk.c.seen_at >= bindparam("since"))
    .where(kiosk.c.here_since.is_not(None))
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A kiosk's last round: here since when, heard when, and how many people wait there for which quota."""

    since: datetime
    at: datetime
    people: Mapping[str, int]

    def is_heard(self, now: datetime) -> bool:
        """Return whether it still counts: whoever is silent for long is away."""
        return now - self.at <= HERE


@dataclass(slots=True)
class Crowd:
    """What kiosks said last. `is_shared`: there may be other servers, and they hear it, too.

    `asking` has the few of them where somebody waits: every round looks for those among thousands.
    """

    is_shared: bool = False
    said: dict[str, _Word] = field(default_factory=dict)
    asking: dict[str, _Word] = field(default_factory=dict)
    takes: dict[str, int] = field(default_factory=dict)
    weighed_at: datetime | None = None
    caught_up_at: datetime | None = None

    def hear(self, connection: Connection, name: str, people: Mapping[str, int], now: datetime) -> None:
        """Remember a round of a kiosk; one that was away for a while begins to be here anew."""
        if self.is_shared:
            self._catch_up(connection, now)
        before = self.said.get(name)
        is_here_still = before is not None and before.is_heard(now)
        self._note(name, _Word(before.since if before and is_here_still else now, now, people))

    def kept(self, name: str) -> Mapping[str, object]:
        """Return what other servers are to read of a kiosk, as columns of its row."""
        word = self.said.get(name)
        if word is None or not self.is_shared:
            return {}
        waits = {quota: count for quota, count in word.people.items() if count}
        return {"here_since": word.since, "waits": json.dumps(waits) if waits else ""}

    def waiting(self, name: str, quota_id: str, now: datetime) -> int:
        """Return how many people a kiosk said stand there for a quota; old words count for nothing."""
        word = self.said.get(name)
        return word.people.get(quota_id, 0) if word is not None and word.is_heard(now) else 0

    def is_steady(self, name: str, now: datetime) -> bool:
        """Return whether a kiosk has been here for longer than the time after which one counts as away."""
        word = self.said.get(name)
        return word is not None and word.is_heard(now) and now - word.since > HERE

    def scarce(self, now: datetime) -> list[str]:
        """Return the quotas for which somebody waits somewhere."""
        here = [word for word in list(self.asking.values()) if word.is_heard(now)]
        return sorted({name for word in here for name, count in word.people.items() if count})

    def weight(self, connection: Connection, name: str, now: datetime) -> int:
        """Return the takes at a kiosk in the last fortnight plus one, counted anew every hour."""
        if self.weighed_at is None or now - self.weighed_at >= _WEIGHED_FOR:
            rows = connection.execute(
                select(stream.c.kiosk, func.count().label("takes"))
                .join(placement, placement.c.stream == stream.c.id)
                .where(placement.c.taken_at >= now - _HISTORY)
                .group_by(stream.c.kiosk)
            )
            self.takes, self.weighed_at = {row.kiosk: row.takes for row in rows}, now
        return self.takes.get(name, 0) + 1

    def _catch_up(self, connection: Connection, now: datetime) -> None:
        """Take over what kiosks said since at other servers."""
        if self.caught_up_at is not None and now - self.caught_up_at < _HEARD_EVERY:
            return
        last = (self.caught_up_at or now - HERE) - _MOST_BEHIND
        for row in _WORDS.all(connection, {"since": max(last, now - HERE)}):
            own = self.said.get(row.id)
            if own is None or own.at < row.seen_at:
                people = json.loads(row.waits) if row.waits else {}
                self._note(row.id, _Word(row.here_since, row.seen_at, people))
        self.caught_up_at = now

    def _note(self, name: str, word: _Word) -> None:
        self.said[name] = word
        if any(word.people.values()):
            self.asking[name] = word
        else:
            self.asking.pop(name, None)
