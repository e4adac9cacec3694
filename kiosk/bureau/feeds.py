"""The state feed: each scope numbers its changes densely, and a page is everything changed after a position.

A change moves its row to the scope's next position, so a reader that pages by position sees every row at
its newest value at least once and misses none. Positions are given last in a transaction, under the
scope's own row, so a position is never seen before a smaller one is committed.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from kiosk.bureau.rows import add, put
from kiosk.bureau.tables import feed_row, scope_head
from kiosk.messages.feed import TOPIC_ORDER, Cursor, FeedPage, FeedRow
from kiosk.messages.sync import MAX_ROWS_A_PAGE
from kiosk.messages.wire import Wire
from kiosk.statements import Statement

CITY = "city"
_IS_THE_ROW = (
    (feed_row.c.scope == bindparam("scope"))
    & (feed_row.c.topic == bindparam("topic"))
    & (feed_row.c.id == bindparam("id"))
    & feed_row.c.is_deleted.is_(False)
)
_BODY = Statement(select(feed_row.c.body).where(_IS_THE_ROW))
_HEADS = Statement(select(scope_head))
_HEAD = Statement(select(scope_head).where(scope_head.c.scope == bindparam("scope")))
_MOVE_HEAD = Statement(
    update(scope_head).where(scope_head.c.scope == bindparam("at")).values(pos=scope_head.c.pos + 1)
)
_LATER = (
    select(feed_row)
    .where(feed_row.c.scope == bindparam("scope"), feed_row.c.pos > bindparam("after"))
    .order_by(feed_row.c.pos)
    .limit(bindparam("most"))
)
_CHANGED = Statement(_LATER)
_PRESENT = Statement(_LATER.where(feed_row.c.is_deleted.is_(False)))


def hall_scope(station: str) -> str:
    """Return the scope of one hall, such as `hall:NZ`."""
    return f"hall:{station}"


@dataclass(slots=True)
class Changes:
    """What one transaction says to the halls, kept until the end, when it gets its positions.

    `seen` are the people of whom it was noted already that they were in a hall, and when.
    """

    said: dict[tuple[str, str, str], str | None] = field(default_factory=dict)
    seen: set[tuple[str, datetime]] = field(default_factory=set)

    def copied(self) -> Changes:
        """Return a copy for a part that may come to nothing."""
        return Changes(dict(self.said), set(self.seen))

    def become(self, other: Changes) -> None:
        """Say what a copy says by now."""
        self.said, self.seen = other.said, other.seen

    def say(self, scope: str, topic: str, row_id: str, body: Wire) -> None:
        """Say the newest value of a thing."""
        self.said[scope, topic, row_id] = body.model_dump_json()

    def take_back(self, scope: str, topic: str, row_id: str) -> None:
        """Say that a thing is gone."""
        self.said[scope, topic, row_id] = None

    def stamp(self, connection: Connection) -> None:
        """Write everything that is really new, employers before jobs, and give it positions."""
        by_topic = sorted(self.said.items(), key=lambda item: TOPIC_ORDER.index(item[0][1]))
        for (scope, topic, row_id), body in by_topic:
            if _is_news(connection, scope, topic, row_id, body):
                put(
                    connection,
                    feed_row,
                    {"scope": scope, "topic": topic, "id": row_id},
                    {"pos": _next_pos(connection, scope), "is_deleted": body is None, "body": body or ""},
                )
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


def bodies(connection: Connection, scope: str, topic: str) -> list[str]:
    """Return the bodies of a topic in the order of their ids."""
    rows = connection.scalars(
        select(feed_row.c.body)
        .where(feed_row.c.scope == scope, feed_row.c.topic == topic, feed_row.c.is_deleted.is_(False))
        .order_by(feed_row.c.id)
    )
    return list(rows)


def page_of(
    connection: Connection, scope: str, cursor: Cursor | None, limit: int = MAX_ROWS_A_PAGE
) -> FeedPage:
    """Return what changed in a scope after a cursor, at most `limit` rows.

    A cursor of another life of the feed, or one ahead of it, gets the scope from its beginning.
    """
    head = _HEAD.first(connection, {"scope": scope})
    if head is None:
        return FeedPage(scope=scope, feed_gen="", rows=[], pos=0, has_more=False)
    is_known = cursor is not None and cursor.feed_gen == head.feed_gen and cursor.pos <= head.pos
    after = cursor.pos if cursor is not None and is_known else 0
    if is_known and after == head.pos:
        found = []  # as in nearly every round
    else:
        wanted = _CHANGED if is_known else _PRESENT
        found = wanted.all(connection, {"scope": scope, "after": after, "most": limit + 1})
    rows = [
        FeedRow(topic=row.topic, id=row.id, pos=row.pos, is_deleted=row.is_deleted, body=row.body)
        for row in found[:limit]
    ]
    has_more = len(found) > limit
    return FeedPage(
        scope=scope,
        feed_gen=head.feed_gen,
        rows=rows,
        pos=rows[-1].pos if has_more else head.pos,
        has_more=has_more,
        is_snapshot=not is_known,
    )


def read_positions(connection: Connection, cursors: Iterable[Cursor]) -> dict[str, int]:
    """Return how far a kiosk has read each scope in its present life."""
    lives = {row.scope: row.feed_gen for row in _HEADS.all(connection)}
    return {item.scope: item.pos for item in cursors if lives.get(item.scope) == item.feed_gen}


def _is_news(connection: Connection, scope: str, topic: str, row_id: str, body: str | None) -> bool:
    return _stamped_body(connection, scope, topic, row_id) != body


def _stamped_body(connection: Connection, scope: str, topic: str, row_id: str) -> str | None:
    found = _BODY.scalar(connection, {"scope": scope, "topic": topic, "id": row_id})
    return None if found is None else str(found)


def _next_pos(connection: Connection, scope: str) -> int:
    if _MOVE_HEAD.run(connection, {"at": scope}) == 0:
        add(connection, scope_head, {"scope": scope, "feed_gen": secrets.token_hex(8), "pos": 1})
        return 1
    [head] = _HEAD.all(connection, {"scope": scope})
    pos: int = head.pos
    return pos
