"""One round of sync as one transaction: entries in, rights and state out; the same request has one effect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from sqlalchemy import Connection, and_, bindparam, exists, false, select, true, union_all

from kiosk.bureau.allotting import Allotting
from kiosk.bureau.books import SqlBook, numbers_in
from kiosk.bureau.crowds import Crowd
from kiosk.bureau.desk_feed import any_page_of
from kiosk.bureau.feeds import DISTRICT, PEOPLE, foresee_page, nothing_of
from kiosk.bureau.postgres import is_beside
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.projections.places import PLACED_TWICE
from kiosk.bureau.quotas import grants_to_tell, lock, open_places
from kiosk.bureau.readings import Reader
from kiosk.bureau.registries import Registry
from kiosk.bureau.speakers import Speaker
from kiosk.bureau.tables import dead_letter, meta, notice, placement, stream
from kiosk.bureau.trust_tables import kiosk_call
from kiosk.domain.ids import StreamId
from kiosk.messages.desk_feed import DESK
from kiosk.messages.sync import Recall, Refusal, SyncReply, SyncRequest
from kiosk.protocol.bureau_side import Heard, NotYourStream, hear
from kiosk.protocol.generations import NONE_YET
from kiosk.protocol.profiles import rights_of
from kiosk.statements import Statement

_STANDING = Statement(
    select(meta.c.value, exists().where(kiosk_call.c.kiosk == bindparam("kiosk")).label("is_called")).where(
        meta.c.key == "generation"
    )
)
_BACKED_UP = Statement(select(stream.c.backup_upto).where(stream.c.id == bindparam("stream")))
_LATE = Statement(
    select(notice.c.stream, notice.c.seq, notice.c.reason)
    .join(placement, and_(placement.c.stream == notice.c.stream, placement.c.seq == notice.c.seq))
    .join(stream, stream.c.id == notice.c.stream)
    .where(stream.c.kiosk == bindparam("kiosk"), stream.c.machine == bindparam("machine"))
    .where(notice.c.reason == PLACED_TWICE, placement.c.ends > bindparam("now"))
    .order_by(notice.c.stream, notice.c.seq)
)
_REFUSED = Statement(
    union_all(
        *(
            select(table.c.seq, table.c.reason, is_dead.label("is_dead"))
            .where(table.c.stream == bindparam("stream"), table.c.reason != PLACED_TWICE)
            .where(table.c.seq >= bindparam("first"), table.c.seq <= bindparam("last"))
            for table, is_dead in ((notice, false()), (dead_letter, true()))
        )
    )
)


@dataclass(frozen=True, slots=True)
class Round:
    """One transaction of one speaker. `reader` opens what is sealed."""

    connection: Connection
    registry: Registry
    crowd: Crowd
    speaker: Speaker
    reader: Reader
    now: datetime

    def answer(self, request: SyncRequest) -> SyncReply:
        """Carry a round out by the rules of `protocol.bureau_side`. Raises RequestRefused."""
        _refuse_scopes_of_others(self.speaker, request)
        if is_beside(self.connection):
            lock(self.connection, numbers_in(request))
        book = SqlBook(self.connection, self.registry, self.speaker, self.reader, self.now, request)
        try:
            heard = hear(book, self.speaker.kiosk, request, is_revoked=self.speaker.is_revoked)
        except NotYourStream:
            raise RequestRefused(403, "bureau.problem.not_your_stream") from None
        book.changes.stamp(self.connection)
        asked_back: list[Recall] = []
        if heard.may_grant and rights_of(self.speaker.profile).holds_numbers and not self.speaker.is_revoked:
            asked_back = Allotting(self.connection, self.crowd, self.speaker, self.now).answer(request)
        return self._reply(request, heard, asked_back)

    def _reply(self, request: SyncRequest, heard: Heard, asked_back: list[Recall]) -> SyncReply:
        standing = _STANDING.ask(self.connection, {"kiosk": self.speaker.kiosk})
        told = self._asked(request, heard)
        [(generation, is_called)] = standing.all()
        said = SyncReply(
            stream=request.stream,
            generation=generation,
            server_time=self.now,
            acked=heard.acked,
            prune_ok=0,
            need_from=heard.need_from,
            rights=[],
            refusals=[],
            pages=[],
            asks_older=heard.asks_older,
            hello=heard.hello,
            is_superseded=heard.is_superseded,
            is_forked=heard.is_forked,
            is_revoked=self.speaker.is_revoked,
            calls_in=not self.speaker.is_revoked and bool(is_called),
            recalls=asked_back,
        )
        if heard.hello or request.generation not in {NONE_YET, generation}:
            return said  # nothing else was heard, so nothing else is answered
        return said.model_copy(update=told())

    def _asked(self, request: SyncRequest, heard: Heard) -> Callable[[], dict[str, object]]:
        """Ask what goes down besides the acknowledgement, all of it in one journey."""
        connection, scopes, name = self.connection, self.speaker.scopes, request.stream
        backup = _BACKED_UP.ask(connection, {"stream": name})
        refused = refusals(connection, name, request.first, heard.acked)
        late = late_notices(connection, self.speaker.kiosk, name, request.machine, self.now)
        places = open_places(connection, scopes, self.now)
        rights = grants_to_tell(connection, StreamId(name), scopes, request.rights, self.now)
        for scope in self.speaker.feeds:
            if not scope.startswith(DESK):
                foresee_page(connection, scope)

        def told() -> dict[str, object]:
            """Return what was asked; next to nothing of it to a stream given up."""
            [(backed_up,)] = backup.all()
            may_prune = min(heard.acked, backed_up)
            of_entries = {"prune_ok": may_prune, "refusals": [*refused(), *late()]}
            if request.is_old or self.speaker.is_revoked:
                return of_entries
            cursors = {cursor.scope: cursor for cursor in request.cursors}
            pages = [
                any_page_of(connection, self.reader, scope, cursors.get(scope))
                for scope in self.speaker.feeds
            ]
            pages += [nothing_of(scope) for scope in _left(self.speaker, request)]
            of_state = {"pages": pages, "open_places": places()}
            return of_entries | of_state | ({"rights": rights()} if heard.may_grant else {})

        return told


def _refuse_scopes_of_others(speaker: Speaker, request: SyncRequest) -> None:
    """Refuse whoever asks for the entries of a hall without being its desk."""
    asked = {cursor.scope for cursor in request.cursors if cursor.scope.startswith(DESK)}
    if not asked <= {*speaker.feeds}:
        raise RequestRefused(403, "bureau.problem.not_your_scope")


def _left(speaker: Speaker, request: SyncRequest) -> list[str]:
    """Return the scopes of districts of which a kiosk knows something and in which its hall lies no more."""
    known = {cursor.scope for cursor in request.cursors if cursor.pos}
    return sorted(scope for scope in known.difference(speaker.feeds) if scope.startswith((DISTRICT, PEOPLE)))


def late_notices(
    connection: Connection, name: str, stream_id: str, machine: str, now: datetime
) -> Callable[[], list[Refusal]]:
    """Ask what became known of entries taken in long ago, also of a machine's streams before this one.

    It is told until the work is over: nobody says that he has read it, and told twice it lies there once.
    """
    asked = _LATE.ask(connection, {"kiosk": name, "machine": machine, "now": now})
    return lambda: [
        Refusal(seq=row.seq, reason=row.reason, stream="" if row.stream == stream_id else row.stream)
        for row in asked.all()
    ]


def refusals(connection: Connection, stream_id: str, first: int, last: int) -> Callable[[], list[Refusal]]:
    """Ask what a kiosk must put into its tray of entries first..last; repeated until it stops asking."""
    asked = _REFUSED.ask(connection, {"stream": stream_id, "first": first, "last": last})

    def answer() -> list[Refusal]:
        reasons = {row.seq: row.reason for row in sorted(asked.all(), key=attrgetter("is_dead"))}
        return [Refusal(seq=seq, reason=reasons[seq]) for seq in sorted(reasons)]

    return answer
