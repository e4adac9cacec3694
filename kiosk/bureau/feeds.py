"""The state feed: each scope numbers its changes densely, and a page is everything changed after a position.

A change moves its row to the scope's next position, so a reader that pages by position sees every row at
its newest value at least once and misses none. Positions are given last in a transaction, under the
scope's own row, so a position is never seen before a smaller one is committed.

What is gone is told as a tombstone to whoever may have been told of it. A snapshot of several pages is read
in a life named after the position at which it began: what was gone by then is in none of its pages, so its
reader hears of no tombstone from before. Tombstones older than `TOLD_GONE` end; a reader that never heard of
one reads its scope from the beginning.
"""

from __future__ import annotations

import json
import secrets
import string
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select, update

from kiosk.bureau.kept_tables import kept_body
from kiosk.bureau.portable import among, listed
from kiosk.bureau.postgres import is_beside
from kiosk.bureau.progress import Progress, Step, told, untold
from kiosk.bureau.rows import add, put
from kiosk.bureau.tables import feed_row, scope_head
from kiosk.messages.feed import TOPIC_ORDER, Cursor, FeedPage, FeedRow
from kiosk.messages.sync import MAX_ROWS_A_PAGE
from kiosk.messages.wire import Wire
from kiosk.statements import Row, Statement

CITY = "city"
DISTRICT = "district:"
PEOPLE = "people:"
CAPSULE = "capsule"
TOLD_GONE = timedelta(days=90)
"""So long it is told that something is gone."""
_STAMPED_AT_ONCE = 200
_BEGAN_DIGITS = 8
_HEX = frozenset(string.hexdigits)
_Said = tuple[tuple[str, str, str], str | None]
"""Scope, topic and id of a thing, and what is said of it; None says that it is gone."""
_IS_THE_ROW = (
    (feed_row.c.scope == bindparam("scope"))
    & (feed_row.c.topic == bindparam("topic"))
    & (feed_row.c.id == bindparam("id"))
    & feed_row.c.is_deleted.is_(False)
)
_BODY = Statement(select(feed_row.c.body).where(_IS_THE_ROW))
_CAPSULES_IN = Statement(
    select(feed_row.c.id, feed_row.c.scope).where(
        among(feed_row.c.id, listed("ids")), feed_row.c.topic == CAPSULE, feed_row.c.is_deleted.is_(False)
    )
)
_HEADS = Statement(select(scope_head))
_HEADS_OF = Statement(select(scope_head).where(among(scope_head.c.scope, listed("names"))))
_HEAD = Statement(select(scope_head).where(scope_head.c.scope == bindparam("scope")))
_LOCK_HEADS = Statement(
    select(scope_head.c.scope)
    .where(among(scope_head.c.scope, listed("names")))
    .order_by(scope_head.c.scope)
    .with_for_update(key_share=True)
)
_MOVE_HEAD = Statement(
    update(scope_head)
    .where(scope_head.c.scope == bindparam("at"))
    .values(pos=scope_head.c.pos + bindparam("many"))
    .returning(scope_head.c.pos)
)
_LATER = (
    select(feed_row)
    .where(feed_row.c.scope == bindparam("scope"), feed_row.c.pos > bindparam("after"))
    .order_by(feed_row.c.pos)
    .limit(bindparam("most"))
)
_CHANGED = Statement(_LATER.where(or_(feed_row.c.is_deleted.is_(False), feed_row.c.pos > bindparam("began"))))
_PRESENT = Statement(_LATER.where(feed_row.c.is_deleted.is_(False)))


def hall_scope(station: str) -> str:
    """Return the scope of one hall, such as `hall:NZ`."""
    return f"hall:{station}"


def work_scope(district: str) -> str:
    """Return the scope of the work of a district's halls; without districts it is the city's own."""
    return DISTRICT + district if district else CITY


def scopes_of(station: str, district: str) -> tuple[str, ...]:
    """Return the scopes that the work at a hall is told in, the widest first."""
    return (*dict.fromkeys((CITY, work_scope(district))), hall_scope(station))


def people_scope(district: str) -> str:
    """Return the scope of who was seen in a district's halls; without districts it is the city's own."""
    return PEOPLE + district if district else CITY


@dataclass(slots=True)
class Changes:
    """What one transaction says to the halls, kept until the end, when it gets its positions."""

    said: dict[tuple[str, str, str], str | None] = field(default_factory=dict)

    def copied(self) -> Changes:
        """Return a copy for a part that may come to nothing."""
        return Changes(dict(self.said))

    def become(self, other: Changes) -> None:
        """Say what a copy says by now."""
        self.said = other.said

    def say(self, scope: str, topic: str, row_id: str, body: Wire) -> None:
        """Say the newest value of a thing."""
        self.said[scope, topic, row_id] = body.model_dump_json()

    def take_back(self, scope: str, topic: str, row_id: str) -> None:
        """Say that a thing is gone."""
        self.said[scope, topic, row_id] = None

    def stamp(self, connection: Connection, tell: Progress = untold) -> None:
        """Write everything that is really new, employers before jobs, and give it positions."""
        _lock_scopes(connection, {scope for scope, _, _ in self.said})
        by_topic = sorted(self.said.items(), key=lambda item: TOPIC_ORDER.index(item[0][1]))
        saying = told(by_topic, tell, Step.SAY, len(by_topic))
        while some := list(islice(saying, _STAMPED_AT_ONCE)):
            _stamp(connection, _news(connection, some))
        self.said.clear()


def current_body(
    connection: Connection, changes: Changes, scopes: Iterable[str], topic: str, row_id: str
) -> tuple[str, str] | None:
    """Return (scope, body) of a thing as it was last said, also just now; None when unknown or gone."""
    for scope in scopes:
        if (scope, topic, row_id) in changes.said:
            body = changes.said[scope, topic, row_id]
        else:
            body = _stamped_body(connection, scope, topic, row_id)
        if body is not None:
            return scope, body
    return None


def capsule_scopes(connection: Connection, row_ids: Iterable[str]) -> dict[str, set[str]]:
    """Return, by capsule, the scopes that tell it now."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _CAPSULES_IN.all(connection, {"ids": json.dumps(sorted(row_ids))}):
        found[row.id].add(row.scope)
    return found


def kept(connection: Connection, topic: str, row_id: str) -> tuple[str, str] | None:
    """Return (scope, body) of a job or coach that is over, None of every other."""
    is_it = and_(kept_body.c.topic == topic, kept_body.c.id == row_id)
    row = connection.execute(select(kept_body.c.scope, kept_body.c.body).where(is_it)).one_or_none()
    return None if row is None else (row.scope, row.body)


def bodies(connection: Connection, scope: str, topic: str) -> list[str]:
    """Return the bodies of a topic in the order of their ids."""
    rows = connection.scalars(
        select(feed_row.c.body)
        .where(feed_row.c.scope == scope, feed_row.c.topic == topic, feed_row.c.is_deleted.is_(False))
        .order_by(feed_row.c.id)
    )
    return list(rows)


def foresee_page(connection: Connection, scope: str) -> None:
    """Ask ahead how far a scope is told."""
    _HEAD.foresee(connection, {"scope": scope})


def page_of(
    connection: Connection, scope: str, cursor: Cursor | None, limit: int = MAX_ROWS_A_PAGE
) -> FeedPage:
    """Return what changed in a scope after a cursor, at most `limit` rows.

    A cursor of another life of the feed, or one ahead of it, gets the scope from its beginning, and so does
    one that stands where tombstones have ended.
    """
    head = _HEAD.first(connection, {"scope": scope})
    if head is None:
        return FeedPage(scope=scope, feed_gen="", rows=[], pos=0, has_more=False)
    began = None if cursor is None else _snapshot_of(head, cursor)
    if cursor is None or began is None:
        found = _PRESENT.all(connection, {"scope": scope, "after": 0, "most": limit + 1})
        life = _life(head) if len(found) > limit else head.feed_gen
    else:
        asked = {"scope": scope, "after": cursor.pos, "began": began, "most": limit + 1}
        # Nothing is new in nearly every round.
        found = [] if cursor.pos == head.pos else _CHANGED.all(connection, asked)
        life = cursor.feed_gen
    has_more = len(found) > limit
    rows = [
        FeedRow(topic=row.topic, id=row.id, pos=row.pos, is_deleted=row.is_deleted, body=row.body)
        for row in found[:limit]
    ]
    return FeedPage(
        scope=scope,
        feed_gen=life,
        rows=rows,
        pos=rows[-1].pos if has_more else head.pos,
        has_more=has_more,
        is_snapshot=began is None,
    )


def nothing_of(scope: str) -> FeedPage:
    """Return the page that lets a reader forget a scope; he stands at its beginning then."""
    return FeedPage(scope=scope, feed_gen="", rows=[], pos=0, has_more=False, is_snapshot=True)


def read_positions(connection: Connection, cursors: Iterable[Cursor]) -> dict[str, int]:
    """Return how far a kiosk has read each scope in its present life."""
    cursors = [*cursors]
    names = json.dumps([item.scope for item in cursors])
    heads = {row.scope: row for row in _HEADS_OF.all(connection, {"names": names})}
    return {
        item.scope: item.pos
        for item in cursors
        if item.scope in heads and _began(heads[item.scope], item.feed_gen) is not None
    }


def end_tombstones(connection: Connection, today: date) -> None:
    """Forget what is gone for long; whoever never heard of it reads its scope from the beginning.

    A tombstone ages from the first of these sweeps that sees it. The newest row of a scope stays.
    """
    is_gone = feed_row.c.is_deleted.is_(True)
    connection.execute(update(feed_row).where(is_gone, feed_row.c.gone_on.is_(None)).values(gone_on=today))
    for head in _HEADS.all(connection):
        told_long = (feed_row.c.scope == head.scope) & is_gone & (feed_row.c.gone_on < today - TOLD_GONE)
        ended = told_long & (feed_row.c.pos < head.pos)
        last = connection.execute(select(func.max(feed_row.c.pos)).where(ended)).scalar()
        if last is not None:
            connection.execute(delete(feed_row).where(ended))
            floor = max(last, head.floor)
            connection.execute(update(scope_head).where(scope_head.c.scope == head.scope).values(floor=floor))


def _life(head: Row) -> str:
    """Return the name of a life that a reader begins now, with a snapshot of several pages."""
    return f"{head.feed_gen}{head.pos:0{_BEGAN_DIGITS}x}"


def _began(head: Row, life: str) -> int | None:
    """Return the position at which the snapshot of a life began, 0 where its name tells none.

    None for a life that is not of this feed.
    """
    digits = life.removeprefix(head.feed_gen)
    if digits == life:
        return None
    if not digits:
        return 0
    if len(digits) != _BEGAN_DIGITS or not _HEX.issuperset(digits):
        return None
    began = int(digits, 16)
    return began if began <= head.pos else None


def _snapshot_of(head: Row, cursor: Cursor) -> int | None:
    """Return where the snapshot began that led to a cursor, None where only a new one leads on."""
    began = _began(head, cursor.feed_gen)
    if began is None or cursor.pos > head.pos or max(cursor.pos, began) < head.floor:
        return None
    return began


def _news(connection: Connection, said: Sequence[_Said]) -> list[_Said]:
    """Return what stands otherwise so far, in its order."""
    stood = [
        _BODY.ask(connection, {"scope": scope, "topic": topic, "id": row_id})
        for (scope, topic, row_id), _ in said
    ]
    before = [next((row.body for row in rows.all()), None) for rows in stood]
    return [item for item, body in zip(said, before, strict=True) if item[1] != body]


def _stamp(connection: Connection, news: Sequence[_Said]) -> None:
    """Write rows at the next positions of their scopes."""
    pos = _positions(connection, Counter(scope for (scope, _, _), _ in news))
    for (scope, topic, row_id), body in news:
        values = {"pos": next(pos[scope]), "is_deleted": body is None, "body": body or "", "gone_on": None}
        put(connection, feed_row, {"scope": scope, "topic": topic, "id": row_id}, values)


def _stamped_body(connection: Connection, scope: str, topic: str, row_id: str) -> str | None:
    found = _BODY.scalar(connection, {"scope": scope, "topic": topic, "id": row_id})
    return None if found is None else str(found)


def _lock_scopes(connection: Connection, scopes: Iterable[str]) -> None:
    """Let nobody else give positions until the transaction ends: a reader never sees one before a smaller."""
    wanted = sorted(scopes)
    if wanted and is_beside(connection):
        _LOCK_HEADS.all(connection, {"names": json.dumps(wanted)})


def _positions(connection: Connection, counts: Mapping[str, int]) -> dict[str, Iterator[int]]:
    """Return, by scope, as many positions as are wanted of it; nobody else gets them."""
    moved = {
        scope: _MOVE_HEAD.ask(connection, {"at": scope, "many": counts[scope]}) for scope in sorted(counts)
    }
    last: dict[str, int] = {}
    for scope, heads in moved.items():
        last[scope] = next((head.pos for head in heads.all()), 0)
        if not last[scope]:
            last[scope] = counts[scope]
            add(
                connection, scope_head, {"scope": scope, "feed_gen": secrets.token_hex(8), "pos": last[scope]}
            )
    return {scope: iter(range(last[scope] - counts[scope] + 1, last[scope] + 1)) for scope in counts}
