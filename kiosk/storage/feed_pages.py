"""A page of the feed, kept a few rows at a time, so that whoever takes a place gets his turn in between.

    read the page ─▶ learn new wordings ─▶ slice ─▶ slice ─▶ … ─▶ flush ─▶ last slice and the cursor

A slice ends when somebody waits to write, and holds no more rows than a commit encrypts in some three
milliseconds on this machine, as the one before it told: that is what whoever comes has to wait for. Only the
last one waits for the disk, and by then a flush without the lock has brought the others there.

Everything is read before the file is locked. Rows are whole present values, so a page that is torn between
two slices is simply told again: the cursor moves with the last one. A page that makes its scope be forgotten
first puts the cursor into a life that no feed has, so that torn then, the scope is told from its beginning.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.faults import StorageFault
from kiosk.domain.sentences import Sentence
from kiosk.messages.feed import Cursor, FeedPage, FeedRow
from kiosk.storage.database import Database
from kiosk.storage.feed_rows import Change, learned_scopes, read_changes, told_by, write_changes
from kiosk.storage.feed_tables import cursor as cursors
from kiosk.storage.paces import Pace, Paces
from kiosk.storage.search_terms import TradeNames, Wording, add_wordings, known_wordings, with_terms

ROWS_A_BITE = 20
"""Rows that are written without looking whether somebody waits."""
_WORDINGS_A_SLICE = 2
"""Each brings some sixty terms."""
_YIELD_S = 0.001
"""Whoever waits to write looks three times in a millisecond."""
_TURN_S = 0.02
"""Who waits may find no processor to look with; so long the file is left to him."""
_NO_LIFE = ""
_LOCK_FILE = "pages.lock"
_T = TypeVar("_T")


def keep_page(
    database: Database,
    page: FeedPage,
    rows: Sequence[FeedRow],
    trade_names: TradeNames,
    *,
    paces: Paces,
    told: Sequence[FeedRow],
    keep_told: Callable[[Connection, Sequence[FeedRow]], None],
    last_transaction: Callable[[], AbstractContextManager[Connection]],
) -> None:
    """Keep one page of a scope and move its cursor; a late page is ignored.

    `rows` are those of the page that are for tables of the feed, `told` those for the books of a desk, which
    `keep_told` writes and which change nothing when they come again. `paces` say how long a slice may be, and
    learn from each. `last_transaction` lends the connection for the last slice, and may add to it what
    belongs to the page.
    """
    moved = Cursor(scope=page.scope, feed_gen=page.feed_gen, pos=page.pos)
    changes = list(read_changes(moved.scope, rows))
    wanted = {change.wording for change in changes if change.wording is not None}
    with database.reading() as connection:
        known = cursor_of(connection, moved.scope)
        if known is not None and not page.is_snapshot and _is_late(moved, known):
            return
        # Later pages of one snapshot go on where the page before them ended; only the first one forgets.
        is_forgetting = page.is_snapshot and not _goes_on(page.rows, moved, known)
        forgotten = told_by(connection, moved.scope) if is_forgetting else []
        wordings = known_wordings(connection, wanted)
    if is_forgetting:
        _move(database, Cursor(scope=moved.scope, feed_gen=_NO_LIFE, pos=0))
    wordings |= _learned(database, sorted(wanted - wordings.keys()), trade_names)
    changed = [*forgotten, *changes]
    # Beside the first year of a desk's books people take places: there it is never a whole page a commit.
    is_known = known is not None or bool(told)
    pace = paces.of(page.scope, is_known=is_known, has_more=page.has_more)

    def write(connection: Connection, part: Sequence[Change]) -> None:
        write_changes(connection, moved.scope, part, wordings)

    last = _write_early(database, changed, write, pace)
    last_told = _write_early(database, told, keep_told, pace)
    database.flush_log()
    with last_transaction() as connection:
        write(connection, changed[last:])
        keep_told(connection, told[last_told:])
        set_cursor(connection, moved)


@contextmanager
def alone_with_pages(folder: Path) -> Iterator[None]:
    """Wait until no other process is within a page. Raises StorageFault where no lock can be made."""
    try:
        handle = os.open(folder / _LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as fault:
        raise StorageFault(Sentence("storage.folder_unwritable")) from fault
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)  # gives the lock back


def cursor_of(connection: Connection, scope: str) -> Cursor | None:
    """Return how far a scope was read, None before its first page."""
    row = connection.execute(select(cursors).where(cursors.c.scope == scope)).one_or_none()
    return None if row is None else Cursor(scope=row.scope, feed_gen=row.feed_gen, pos=row.pos)


def set_cursor(connection: Connection, moved: Cursor) -> None:
    """Remember how far a scope was read."""
    statement = upsert(cursors).values(**moved.model_dump())
    values = {"feed_gen": moved.feed_gen, "pos": moved.pos}
    connection.execute(statement.on_conflict_do_update(index_elements=["scope"], set_=values))


def read_again_what_was_learned(connection: Connection) -> None:
    """Read those scopes from their beginning of which an earlier version could not understand a row."""
    for scope in sorted(learned_scopes(connection)):
        set_cursor(connection, Cursor(scope=scope, feed_gen=_NO_LIFE, pos=0))


def yield_turn() -> None:
    """Stay away from the file for a moment after a transaction that was not a tap's."""
    time.sleep(_YIELD_S)


def give_way(database: Database, rest_s: float = 0.0) -> None:
    """Let whoever waits to write have his turn, and rest in any case as long as the pace says."""
    if not database.is_awaited():
        time.sleep(rest_s)
        return
    until_s = time.monotonic() + _TURN_S
    yield_turn()
    while database.is_awaited() and time.monotonic() < until_s:
        yield_turn()


def _write_early(
    database: Database, told: Sequence[_T], write: Callable[[Connection, Sequence[_T]], None], pace: Pace
) -> int:
    """Write what may be told again, slice by slice, but for the last few; return how many were written."""
    last = max(0, len(told) - min(pace.rows, ROWS_A_BITE))
    at = 0
    while at < last:
        with database.writing_what_can_be_told_again() as connection:
            began = at
            for bite in _sliced(told[at : min(at + pace.rows, last)], ROWS_A_BITE):
                write(connection, bite)
                at += len(bite)
                if database.is_awaited():
                    pace.somebody_waited(time.monotonic())
                    break
            written_s = time.monotonic()
        ended_s = time.monotonic()
        pace.learn(at - began, ended_s - written_s, ended_s)
        give_way(database, pace.rest_s(ended_s))
    return last


def _is_late(moved: Cursor, known: Cursor) -> bool:
    return known.feed_gen == moved.feed_gen and moved.pos < known.pos


def _goes_on(rows: Sequence[FeedRow], moved: Cursor, known: Cursor | None) -> bool:
    is_same_life = known is not None and known.feed_gen == moved.feed_gen
    return is_same_life and known is not None and bool(rows) and min(row.pos for row in rows) > known.pos


def _move(database: Database, moved: Cursor) -> None:
    with database.writing_what_can_be_told_again() as connection:
        set_cursor(connection, moved)
    give_way(database)


def _learned(database: Database, unknown: Sequence[Wording], trade_names: TradeNames) -> dict[Wording, int]:
    """Keep wordings nobody used before; one without a job harms nobody, so they may come first."""
    learned: dict[Wording, int] = {}
    for part in _sliced(with_terms(unknown, trade_names), _WORDINGS_A_SLICE):
        with database.writing_what_can_be_told_again() as connection:
            learned |= add_wordings(connection, part)
        give_way(database)
    return learned


def _sliced(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    return (items[at : at + size] for at in range(0, len(items), size))
