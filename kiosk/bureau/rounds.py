"""One round of sync as one transaction: entries in, rights and state out; the same request has one effect."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, and_, exists, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from kiosk.bureau import ingesting
from kiosk.bureau.feeds import CITY, Changes, hall_scope, page_of, read_positions
from kiosk.bureau.init import meta_value
from kiosk.bureau.problems import NotApplicable, RequestRefused
from kiosk.bureau.projections.apply import project
from kiosk.bureau.projections.ground import Ground, Source
from kiosk.bureau.quotas import Peer, answer_wants, grants_to_tell, open_places
from kiosk.bureau.returns import return_rights
from kiosk.bureau.tables import dead_letter, enrolment_code, kiosk, notice, stream
from kiosk.domain.ids import StreamId
from kiosk.messages.events import FIRST_HASH, Event, RightsReturned
from kiosk.messages.sync import Refusal, SyncReply, SyncRequest

FORK = "bureau.refused.fork"
UNKNOWN_TYPE = "bureau.refused.unknown_type"
_HERE_FOR = timedelta(minutes=10)
_COUNTS_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Speaker:
    """The kiosk that speaks, as it is enrolled."""

    kiosk: str
    station: str
    profile: str

    @property
    def scopes(self) -> tuple[str, str]:
        """The feeds this kiosk reads."""
        return (CITY, hall_scope(self.station))


@dataclass(frozen=True, slots=True)
class Round:
    """One transaction of one speaker. `hash_of` finds a person by number."""

    connection: Connection
    speaker: Speaker
    hash_of: Callable[[str], str]
    now: datetime

    def answer(self, request: SyncRequest) -> SyncReply:
        """Carry a round out. What a forked stream says is kept aside, and it gets no rights any more."""
        begun = self._stream(request)
        known = ingesting.Known(begun.id, begun.acked, begun.boot, begun.boottime_ms)
        hashes = ingesting.known_hashes(self.connection, begun.id, request)
        verdict = ingesting.judge(known, request, hashes)
        if isinstance(verdict, ingesting.Fork) or begun.state == "forked":
            return self._reply(request, self._keep_aside(request, begun.acked))
        if isinstance(verdict, ingesting.Gap):
            return self._reply(request, begun.acked, need_from=verdict.need_from)
        changes = Changes()
        for entry in verdict.events:
            self._take_in(request.stream, entry, changes)
        changes.stamp(self.connection)
        acked = begun.acked + len(verdict.events)
        self._advance(request, verdict.events, known)
        if begun.state == "live" and self.speaker.profile == "worker":
            self._grant(request)
        return self._reply(request, acked)

    def _stream(self, request: SyncRequest) -> Row[tuple[object, ...]]:
        """Return the stream that speaks. A new one takes the place of the kiosk's earlier one.

        One that the kiosk gave up before we first heard it takes nobody's place: rights are for the present.
        """
        found = self.connection.execute(select(stream).where(stream.c.id == request.stream)).first()
        if found is not None:
            if found.kiosk != self.speaker.kiosk:
                raise RequestRefused(403, "bureau.problem.not_your_stream")
            return found
        if not request.is_old:
            self.connection.execute(
                update(stream)
                .where(stream.c.kiosk == self.speaker.kiosk, stream.c.state == "live")
                .values(state="superseded")
            )
        self.connection.execute(
            insert(stream).values(
                id=request.stream,
                kiosk=self.speaker.kiosk,
                state="superseded" if request.is_old else "live",
                acked=0,
                head_hash=FIRST_HASH,
                boot=request.clock.boot,
                boottime_ms=request.clock.boottime_ms,
                cursors="{}",
                began_at=self.now,
            )
        )
        return self.connection.execute(select(stream).where(stream.c.id == request.stream)).one()

    def _keep_aside(self, request: SyncRequest, acked: int) -> int:
        """End a stream that forked, keep what it says for a person, and return what to acknowledge.

        The watermark stays, but the tail is acknowledged, so that no queue waits for it. A kiosk that went
        back in time hears of more entries than it ever wrote, which tells it to begin a new stream.
        """
        for entry in request.events:
            ingesting.bury(self.connection, request.stream, entry, FORK, self.now)
        self.connection.execute(update(stream).where(stream.c.id == request.stream).values(state="forked"))
        return max(acked, request.first - 1 + len(request.events))

    def _take_in(self, stream_id: str, entry: Event, changes: Changes) -> None:
        ingesting.keep(self.connection, stream_id, entry, self.now)
        speaker, at = self.speaker, ingesting.said_at(entry)
        source = Source(stream_id, entry.seq, speaker.kiosk, speaker.station, at, self.now)
        reason = apply_entry(self.connection, source, entry, changes, self.hash_of)
        if reason is not None:
            ingesting.bury(self.connection, stream_id, entry, reason, self.now)

    def _advance(self, request: SyncRequest, events: Iterable[Event], known: ingesting.Known) -> None:
        values: dict[str, object] = {}
        for entry in events:
            values = {"acked": entry.seq, "head_hash": entry.hash}
        clock = request.clock
        if clock.boot != known.boot or clock.boottime_ms >= known.boottime_ms:
            read = read_positions(self.connection, request.cursors)
            values |= {"boot": clock.boot, "boottime_ms": clock.boottime_ms, "cursors": json.dumps(read)}
        if values:
            self.connection.execute(update(stream).where(stream.c.id == request.stream).values(**values))

    def _grant(self, request: SyncRequest) -> None:
        if not request.wants:
            return
        answer_wants(
            self.connection,
            StreamId(request.stream),
            request.wants,
            request.rights,
            self.speaker.scopes,
            self._peers(),
            self.now,
        )

    def _peers(self) -> list[Peer]:
        """Return the other worker kiosks that may ask: heard of lately, or announced by a ticket."""
        rows = self.connection.execute(
            select(kiosk.c.station, kiosk.c.seen_at, stream.c.id, stream.c.cursors)
            .outerjoin(stream, and_(stream.c.kiosk == kiosk.c.id, stream.c.state == "live"))
            .where(kiosk.c.profile == "worker", kiosk.c.id != self.speaker.kiosk)
            .where(kiosk.c.seen_at >= self.now - _COUNTS_FOR)
        )
        heard_of = [
            Peer(
                station=row.station,
                stream=StreamId(row.id) if row.id else None,
                is_here=row.seen_at >= self.now - _HERE_FOR,
                read=json.loads(row.cursors or "{}"),
            )
            for row in rows
        ]
        return heard_of + self._announced()

    def _announced(self) -> list[Peer]:
        """Return the kiosks still to be enrolled: without them the first one would get everything."""
        is_there = exists().where(
            kiosk.c.station == enrolment_code.c.station, kiosk.c.kiosk_no == enrolment_code.c.kiosk_no
        )
        stations = self.connection.scalars(
            select(enrolment_code.c.station).where(
                enrolment_code.c.profile == "worker",
                enrolment_code.c.used_by.is_(None),
                enrolment_code.c.expires_at > self.now,
                ~is_there,
            )
        )
        return [Peer(station=station, stream=None, is_here=False, read={}) for station in stations]

    def _reply(self, request: SyncRequest, acked: int, need_from: int | None = None) -> SyncReply:
        connection, scopes = self.connection, self.speaker.scopes
        state = connection.execute(select(stream.c.state).where(stream.c.id == request.stream)).scalar_one()
        told = grants_to_tell(connection, StreamId(request.stream), request.rights) if state == "live" else []
        cursors = {cursor.scope: cursor for cursor in request.cursors}
        return SyncReply(
            stream=request.stream,
            generation=meta_value(connection, "generation"),
            server_time=self.now,
            acked=acked,
            prune_ok=0,  # nothing may be pruned before a backup of ours was verified, and none is made yet
            need_from=need_from,
            rights=told,
            refusals=refusals(connection, request.stream, request.first, acked),
            pages=[page_of(connection, scope, cursors.get(scope)) for scope in scopes],
            open_places=open_places(connection, scopes, self.now),
        )


def apply_entry(
    connection: Connection,
    source: Source,
    entry: Event,
    changes: Changes,
    hash_of: Callable[[str], str],
    *,
    is_replay: bool = False,
) -> str | None:
    """Apply one entry, or leave everything as it was and return the key of the reason why not.

    Whatever is wrong with one entry, the next one gets its turn: only the disk's troubles stop a round.
    """
    said = Changes(dict(changes.said))
    try:
        body = entry.parsed()
        if body is None:
            return UNKNOWN_TYPE
        with connection.begin_nested():
            if isinstance(body, RightsReturned) and not is_replay:
                return_rights(connection, StreamId(source.stream), body)
            project(Ground(connection, source, said, hash_of, is_replay), body)
    except NotApplicable as refused:
        return refused.reason
    except IntegrityError:
        return "bureau.refused.contradiction"
    except OperationalError:
        raise  # the disk is in trouble, not the entry
    except (ValueError, OverflowError, StatementError):
        return "bureau.refused.malformed"
    changes.said = said.said
    return None


def refusals(connection: Connection, stream_id: str, first: int, last: int) -> list[Refusal]:
    """Return what a kiosk must put into its tray of entries first..last; repeated until it stops asking."""
    reasons: dict[int, str] = {}
    for table in (notice, dead_letter):
        rows = connection.execute(
            select(table.c.seq, table.c.reason).where(
                table.c.stream == stream_id, table.c.seq >= first, table.c.seq <= last
            )
        )
        reasons |= {row.seq: row.reason for row in rows}
    return [Refusal(seq=seq, reason=reasons[seq]) for seq in sorted(reasons)]
