"""The sync process's side of the database: what to say next, and places for what comes down.

Old streams are told too, in every second round, so that neither waits for the other; they carry no wants and
no cursors. One that the bureau has whole, but no backup of it yet, asks for that now and then.

What the bureau said of a life is carried out in that life only: each transaction looks first whether the
database still lives it. What a request must repeat is kept in memory: a restart asks once more, nothing is
written for it, and an old copy of the database cannot say it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kiosk.actions.faults import IntegrityFault, StorageFault
from kiosk.domain.clock import Clock
from kiosk.domain.ids import QuotaId
from kiosk.domain.quotas import NumberSet
from kiosk.domain.sentences import Sentence
from kiosk.messages.events import RightsReturned
from kiosk.messages.feed import Cursor, FeedPage
from kiosk.messages.sync import MAX_ROWS_A_PAGE, OldStream, Recall, Refusal
from kiosk.protocol import holdings, kiosk_side, lives, watermarks
from kiosk.protocol.generations import NONE_YET, Belief, belief_in
from kiosk.protocol.holdings import Holding
from kiosk.protocol.ports import Outgoing, Since
from kiosk.protocol.watermarks import Told
from kiosk.storage import book_keeping, erasures, refused_entries, sign_ups, told_parts
from kiosk.storage.asking import wants
from kiosk.storage.database import Database
from kiosk.storage.demand import Looks
from kiosk.storage.doors import answer_blocks, keep_blocks, parted
from kiosk.storage.feed_pages import ROWS_A_BITE, alone_with_pages, cursor_of, keep_page, yield_turn
from kiosk.storage.feed_rows import set_open_places
from kiosk.storage.feed_tables import cursor
from kiosk.storage.journal import SqlJournal
from kiosk.storage.known_streams import (
    KnownStream,
    entries_after,
    hash_at,
    keep_mark,
    old_streams,
    present_stream,
    stream_in,
)
from kiosk.storage.machines import Machine
from kiosk.storage.marker import Marker
from kiosk.storage.openings import open_at_bureau, refresh_openings
from kiosk.storage.paces import Paces
from kiosk.storage.rights import (
    current_right_views,
    holding_of,
    orphan_holdings,
    right_views,
    store_grants,
    store_returns,
    views_of,
)
from kiosk.storage.search_terms import TradeNames
from kiosk.storage.streams import begin_stream
from kiosk.storage.tables import current_stream, sync_round
from kiosk.storage.told_parameters import note_told
from kiosk.storage.worker_keys import keys_for

_CONTENT = "content"
_ASKS_OF_BACKUPS_EVERY = 64
"""So many rounds are an hour when nothing hurries them; a backup is made once a day."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One transaction of the sync process that may say something itself."""

    connection: Connection
    journal: SqlJournal

    def committed_head(self) -> tuple[str, int, str, Mapping[str, int]] | None:
        """Return what the marker must follow; this process counts no series."""
        return None if self.journal.appended is None else (*self.journal.appended, {})


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the next request in a life must repeat or tell."""

    since: Since
    hello: str
    asks_older: bool


class SqlSyncBook:
    """Every method is one short transaction or several, so a tap never waits long for sync."""

    def __init__(
        self, database: Database, marker: Marker, clock: Clock, machine: Machine, trade_names: TradeNames
    ) -> None:
        """Speak for one database; nothing is read yet."""
        self._database = database
        self._marker = marker
        self._clock = clock
        self._machine = machine
        self._trade_names = trade_names
        self._rounds = 0
        self._heard: _Heard | None = None
        self._asked: frozenset[str] = frozenset()
        self._paces = Paces()
        self.looks = Looks(clock.monotonic)

    def outgoing(self, limit: int) -> Outgoing:
        """Return what to say now, with at most `limit` entries."""
        with self._database.reading() as connection:
            present, old = present_stream(connection), old_streams(connection)
            spoken = _whose_turn(old, self._rounds) or present
            self._rounds += 1
            said = _told(connection, spoken, limit, self._machine)
            if spoken.is_old:
                return replace(said, rights=views_of(self._held_before(connection).get(spoken.id, {})))
            heard = self._heard_in(Since(present.id, present.generation))
            older = self._held_before(connection).items() if heard.asks_older else None
            now = self._clock.now()
            asked = wants(connection, now, self.looks)
            self._asked = frozenset(want.quota for want in asked)
            return replace(
                said,
                rights=right_views(connection) if heard.asks_older else current_right_views(connection, now),
                wants=asked,
                cursors=_cursors(connection),
                older=None
                if older is None
                else tuple(OldStream(stream=name, rights=list(views_of(held))) for name, held in older),
                hello=heard.hello,
            )

    def generation(self) -> str:
        """Return the bureau's generation as it is known here."""
        with self._database.reading() as connection:
            return present_stream(connection).generation

    def adopt_generation(self, generation: str) -> None:
        """Store a newer generation durably; but for the first one, everything kept is offered again."""
        with self._database.writing() as connection:
            present = present_stream(connection)
            if belief_in(generation, present.generation) is not Belief.NEWER:
                return
            connection.execute(update(current_stream).values(generation=generation))
            if present.generation == NONE_YET:
                return
            for known in (present, *old_streams(connection)):
                keep_mark(connection, known, watermarks.in_new_generation(known.mark))
        self._heard = _Heard(Since(present.id, generation), "", asks_older=True)

    def note_hello(self, since: Since, hello: str, *, asks_older: bool) -> None:
        """Remember what the next request must repeat, and whether it must tell of older streams."""
        with self._database.reading() as connection:
            known = stream_in(connection, since)
        if known is not None and not known.is_old:
            self._heard = _Heard(since, hello, asks_older)

    def note_revoked(self, now: datetime) -> None:
        """Remember that this machine is no kiosk any more, and forget people once everything is told."""
        from kiosk.storage.revocation import (
            note_revoked,  # it knows every table, and hardly any kiosk needs it
        )

        with self._database.writing() as connection:
            note_revoked(connection, now)

    def missing(self, since: Since, granted: Mapping[str, NumberSet]) -> Mapping[str, NumberSet]:
        """Return what of a grant is not known here yet; nothing for a stream that is not the present one.

        Whoever grants has answered what was asked; not so a bureau that waits for others to report first.
        """
        with self._database.reading() as connection:
            if not _is_present(connection, since):
                return {}
            if not self._heard_in(since).asks_older:
                self.looks.answer(self._asked)
            return {
                of: numbers
                for of, numbers in granted.items()
                if len(numbers - holding_of(connection, of).granted)
            }

    def remember_granted(self, since: Since, granted: Mapping[str, NumberSet]) -> None:
        """Keep granted numbers in the marker, outside the database."""
        self._marker.raise_granted(since.stream, granted)

    def store_granted(self, since: Since, granted: Mapping[str, NumberSet]) -> None:
        """Add granted numbers to the database, where they can be spent from now on."""
        with self._database.writing() as connection:
            if _is_present(connection, since):
                store_grants(connection, granted.items())

    def return_surplus(self, since: Since, recalls: Iterable[Recall]) -> bool:
        """Give back what the bureau asks for, but what is kept for people called; return whether any went."""
        asked = {recall.quota: recall.keep for recall in recalls}
        if not asked:
            return False
        with self._drafting() as draft:
            if not _is_present(draft.connection, since):
                return False
            kept = sign_ups.kept_here(draft.connection)
            surplus = {
                of: holdings.surplus(holding_of(draft.connection, of), max(keep, kept[QuotaId(of)]))
                for of, keep in asked.items()
            }
            returns = {of: numbers for of, numbers in surplus.items() if len(numbers)}
            for of, numbers in returns.items():
                ranges = [(item.first, item.last) for item in numbers.ranges]
                draft.journal.append(RightsReturned(quota=of, ranges=ranges), self._clock.now())
            store_returns(draft.connection, returns)
            return bool(returns)

    def acknowledge(
        self, since: Since, told: Told, acked: int, need_from: int | None = None, prune_ok: int = 0
    ) -> None:
        """Move the watermark, or begin a new stream where the bureau knows more than was ever written.

        A bureau that acknowledges more than was written here proves that the database went back in time.
        """
        with self._database.writing() as connection:
            known = stream_in(connection, since)
            if known is None:
                return
            if not known.is_old and lives.bureau_knows_more(acked, known.mark.head):
                begin_stream(connection, self._marker, self._machine, self._clock.now())
            elif watermarks.is_answer_to(told, known.mark, hash_at(connection, known, told.last)):
                keep_mark(connection, known, watermarks.heard(known.mark, told, acked, need_from, prune_ok))

    def refuse(self, since: Since, refusals: Iterable[Refusal], at: datetime) -> None:
        """Put refused entries into the tray; told twice, they lie there once."""
        told = list(refusals)
        if not told:
            return
        with self._database.writing() as connection:
            refused_entries.put_into_tray(connection, since, told, at)

    def begin_stream(self, since: Since) -> None:
        """Begin a new stream where this one can never go on."""
        with self._database.writing() as connection:
            if _is_present(connection, since):
                begin_stream(connection, self._marker, self._machine, self._clock.now())

    def apply_page(self, page: FeedPage, leads_on: Callable[[Cursor | None], bool] = lambda _: True) -> None:
        """Apply at most 500 rows a few at a time, the cursor with the last ones; a late page is ignored.

        Blocks of a door are kept with the last ones and acknowledged in the same transaction, erasures kept
        and carried out. One process at a time is within a page, and asks there whether it still leads on: two
        would leave an older row behind a newer cursor.
        """
        if len(page.rows) > MAX_ROWS_A_PAGE:
            raise ValueError("a page holds too many rows")
        if any(row.topic == _CONTENT for row in page.rows) and not self._database.ballast.may_download:
            raise StorageFault(Sentence("storage.disk_low"))
        told, others = book_keeping.parted(page.scope, page.rows)
        blocks, others = parted(others)
        signed_up, others = sign_ups.parted(others)
        parts, others = told_parts.parted(others)
        erased, rows = erasures.parted(others)

        @contextmanager
        def last_transaction() -> Iterator[Connection]:
            with self._drafting() as draft:
                yield draft.connection
                note_told(draft.connection, rows, self._clock.now())
                keep_blocks(draft.connection, blocks, rows, page.feed_gen, self._clock.now())
                sign_ups.keep_told(draft.connection, signed_up)
                told_parts.keep_told(draft.connection, parts)
                stream = present_stream(draft.connection).id
                answer_blocks(draft.connection, draft.journal, stream, self._clock.now())
                erasures.carry_out(draft.connection, page.scope, erased)

        with alone_with_pages(self._database.path.parent):
            with self._database.reading() as connection:
                known = cursor_of(connection, page.scope)
            if not leads_on(known):
                return
            if book_keeping.begins_anew(page, known):
                with self._database.writing_what_can_be_told_again() as connection:
                    book_keeping.empty_books(connection)
            keep_page(
                self._database,
                page,
                rows,
                self._trade_names,
                paces=self._paces,
                told=told,
                keep_told=book_keeping.keep_told,
                last_transaction=last_transaction,
            )

    def set_open_places(self, open_places: Mapping[str, int]) -> None:
        """Remember what the bureau believes is open (quota → numbers), a few changes a transaction."""
        with self._database.reading() as connection:
            known = open_at_bureau(connection, open_places)
        changed = [(of, count) for of, count in open_places.items() if known.get(of) != count]
        for at in range(0, len(changed), ROWS_A_BITE):
            part = changed[at : at + ROWS_A_BITE]
            with self._database.writing() as connection:
                set_open_places(connection, part)
                refresh_openings(connection, [of for of, _ in part])
            yield_turn()

    def note_attempt(
        self,
        at: datetime,
        *,
        success: bool,
        problem: str,
        next_try_at: datetime,
        server_time: datetime | None,
    ) -> None:
        """Remember how the last round went; a failure keeps the time of the last success."""
        values: dict[str, object] = {"attempted_at": at, "next_try_at": next_try_at, "problem": problem}
        if success:
            values["last_success_at"] = at
        if server_time is not None:
            values["server_time"] = server_time
        statement = upsert(sync_round).values(only=1, **values)
        with self._database.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["only"], set_=values))

    def _drafting(self) -> AbstractContextManager[Draft]:
        return kiosk_side.followed_by_marker(self._transaction(), self._marker.raise_head)

    @contextmanager
    def _transaction(self) -> Iterator[Draft]:
        with self._database.writing() as connection:
            yield Draft(connection, SqlJournal(connection, self._clock, self._machine.boot))

    def _heard_in(self, since: Since) -> _Heard:
        if self._heard is None or self._heard.since != since:
            return _Heard(since, "", asks_older=False)
        return self._heard

    def _held_before(self, connection: Connection) -> dict[str, dict[str, Holding]]:
        """Return what each older stream was ever given, as database and marker together know it."""
        held = {known.id: orphan_holdings(connection, known.id) for known in old_streams(connection)}
        marked = self._marker.read_granted()
        for older in marked.older if marked else ():
            of_stream = held.setdefault(older.stream, {})
            for of, numbers in older.granted.items():
                here = of_stream.get(of) or Holding(spent=holding_of(connection, of).spent)
                of_stream[of] = replace(here, granted=here.granted | numbers)
        return held


def _whose_turn(old: Sequence[KnownStream], rounds: int) -> KnownStream | None:
    """Return the old stream that speaks in this round, None when it is the present one's."""
    if rounds % _ASKS_OF_BACKUPS_EVERY == _ASKS_OF_BACKUPS_EVERY - 1:
        unsaved = [known for known in old if known.mark.prune_ok < known.mark.head]
        return unsaved[rounds // _ASKS_OF_BACKUPS_EVERY % len(unsaved)] if unsaved else None
    unfinished = (known for known in old if known.mark.acked < known.mark.head)
    return next(unfinished, None) if rounds % 2 else None


def _told(connection: Connection, known: KnownStream, limit: int, machine: Machine) -> Outgoing:
    """Return what is said of any stream; rights, wants and cursors are added by whoever knows them."""
    mark = known.mark
    before = hash_at(connection, known, mark.acked)
    if before is None:
        raise IntegrityFault(f"entry {mark.acked} of stream {known.id} is missing")
    events = entries_after(connection, known, mark.acked, limit)
    return Outgoing(
        stream=known.id,
        generation=known.generation,
        head=mark.head,
        first=mark.acked + 1,
        prev_hash=before,
        events=events,
        rights=(),
        wants=(),
        cursors=(),
        backlog=mark.head - mark.acked,
        refused_open=refused_entries.count_open(connection),
        is_old=known.is_old,
        floor=mark.floor,
        machine=machine.digest,
        keys=keys_for(connection, events),
    )


def _is_present(connection: Connection, since: Since) -> bool:
    """Return whether the database still lives the life of which something was said."""
    known = stream_in(connection, since)
    return known is not None and not known.is_old


def _cursors(connection: Connection) -> tuple[Cursor, ...]:
    rows = connection.execute(select(cursor).order_by(cursor.c.scope))
    return tuple(Cursor(scope=row.scope, feed_gen=row.feed_gen, pos=row.pos) for row in rows)
