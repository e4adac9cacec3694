"""Numbers follow demand: what the rules of allotment ask for, from rows and from the last words heard."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, String, and_, bindparam, exists, func, or_, select, union_all

from kiosk.bureau.crowds import HERE, Crowd
from kiosk.bureau.enrol import kiosk_id
from kiosk.bureau.feeds import CITY, scopes_of
from kiosk.bureau.portable import among, listed
from kiosk.bureau.quotas import right_of, save
from kiosk.bureau.speakers import Speaker
from kiosk.bureau.tables import (
    enrolment_code,
    feed_row,
    hall_district,
    kiosk,
    placement,
    quota,
    rights,
    spent_number,
    stream,
)
from kiosk.bureau.trust_tables import revoked_key
from kiosk.domain.ids import KioskId, QuotaId, StreamId
from kiosk.domain.quotas import NumberSet
from kiosk.messages.sync import Recall, RightView, SyncRequest
from kiosk.protocol.allotment import (
    DAWN_PERCENT,
    LATE_S,
    Offer,
    Standing,
    dawn_shares,
    due,
    recalls,
    unmet,
)
from kiosk.protocol.bureau_side import LIVE
from kiosk.protocol.profiles import RIGHTS, rights_of
from kiosk.protocol.quotas import QuotaState, Right, grant
from kiosk.statements import Row, Statement

_HOLDERS = tuple(sorted(name for name, may in RIGHTS.items() if may.holds_numbers))
_STOCKED = tuple(name for name in _HOLDERS if not RIGHTS[name].is_on_demand)
_NAMES = listed("names")
_SHORT = Statement(
    select(quota.c.id)
    .where(among(quota.c.id, _NAMES))
    .where(
        or_(
            quota.c.over_count > 0,
            and_(quota.c.free_count == 0, quota.c.closes_at <= bindparam("late")),
        )
    )
)
_PUBLISHED = Statement(
    select(quota, feed_row.c.pos)
    .join(
        feed_row,
        and_(
            feed_row.c.scope == quota.c.scope,
            feed_row.c.topic == quota.c.topic,
            feed_row.c.id == quota.c.entity,
        ),
    )
    .where(among(quota.c.id, _NAMES))
    .where(among(quota.c.scope, listed("scopes")))
    .where(quota.c.is_closed.is_(False), quota.c.closes_at > bindparam("now"))
    .order_by(quota.c.id)
)
_ELSEWHERE = Statement(
    select(quota.c.id)
    .where(among(quota.c.id, _NAMES), quota.c.scope != "", ~among(quota.c.scope, listed("scopes")))
    .where(quota.c.closes_at > bindparam("now"))
    .order_by(quota.c.id)
)
_HELD = Statement(select(rights).where(among(rights.c.quota, _NAMES)))
_SPENT = Statement(
    select(
        spent_number.c.quota,
        placement.c.stream,
        func.count().label("taken"),
        func.count().filter(placement.c.taken_at >= bindparam("lately")).label("used"),
    )
    .join(placement, placement.c.id == spent_number.c.placement)
    .where(among(spent_number.c.quota, _NAMES))
    .group_by(spent_number.c.quota, placement.c.stream)
)
_HEARD_OF = (
    select(
        kiosk.c.id,
        kiosk.c.station,
        hall_district.c.district,
        kiosk.c.profile,
        kiosk.c.seen_at,
        stream.c.id.label("stream"),
        stream.c.cursors,
    )
    .outerjoin(stream, and_(stream.c.kiosk == kiosk.c.id, stream.c.state == LIVE))
    .outerjoin(hall_district, hall_district.c.station == kiosk.c.station)
    .where(or_(*(kiosk.c.profile == profile for profile in _HOLDERS)), kiosk.c.id != bindparam("speaker"))
    .where(kiosk.c.public_key.not_in(select(revoked_key.c.public_key)))
    .where(kiosk.c.seen_at >= bindparam("since"))
)
_PEERS = Statement(_HEARD_OF)
_NEAR = union_all(
    select(bindparam("station", type_=String).label("station")),
    select(hall_district.c.station).where(hall_district.c.district == bindparam("district")),
).subquery()
_NEIGHBOURS = Statement(_HEARD_OF.where(among(kiosk.c.station, select(_NEAR.c.station))))
_ANNOUNCED = Statement(
    select(enrolment_code.c.station, enrolment_code.c.kiosk_no, hall_district.c.district)
    .outerjoin(hall_district, hall_district.c.station == enrolment_code.c.station)
    .where(
        or_(*(enrolment_code.c.profile == profile for profile in _STOCKED)),
        enrolment_code.c.used_by.is_(None),
        enrolment_code.c.expires_at > bindparam("now"),
        ~exists().where(
            kiosk.c.station == enrolment_code.c.station, kiosk.c.kiosk_no == enrolment_code.c.kiosk_no
        ),
    )
)
_COUNTS_FOR = timedelta(hours=24)
_USED_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class _Peer:
    """A device that holds numbers: where it reads of work, its live stream (None before its first round).

    A worker kiosk has a share of everything; a desk gets numbers for people who stand at it.
    """

    kiosk: KioskId
    scopes: tuple[str, ...]
    stream: StreamId | None
    is_here: bool
    read: Mapping[str, int]
    is_on_demand: bool = False


@dataclass(frozen=True, slots=True)
class _Quota:
    """A quota as a round finds it; `published_pos` is where its job or trip stands in the feed."""

    id: QuotaId
    scope: str
    published_pos: int
    dawn_percent: int
    closes_at: datetime
    state: QuotaState
    spent: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Allotting:
    """One round of a live stream of a device that holds numbers."""

    connection: Connection
    crowd: Crowd
    speaker: Speaker
    now: datetime

    def answer(self, request: SyncRequest) -> list[Recall]:
        """Grant what is due of everything that is asked for, and return what is asked back."""
        people = {want.quota: want.waiting for want in request.wants}
        self.crowd.hear(self.connection, self.speaker.kiosk, people, self.now)
        # Two wants of one quota are one want: otherwise a repeated line would be paid twice.
        wanted = {want.quota: want.count for want in request.wants}
        views = {view.quota: view for view in request.rights}
        idle = [name for name, view in views.items() if _unspent(view)]
        if not wanted and not idle:
            return []
        elsewhere = self._elsewhere(idle)
        found = self._quotas(list(wanted), idle)
        if not found:
            return elsewhere()
        peers = self._peers(request.stream, {item.scope for item in found})
        asked = (self._answer_one(item, peers, wanted.get(item.id, 0), views.get(item.id)) for item in found)
        return [*elsewhere(), *(recall for recall in asked if recall is not None)]

    def _elsewhere(self, idle: list[str]) -> Callable[[], list[Recall]]:
        """Ask what lies idle here of work that is told to others, since a hall lies in another district now.

        All of that is asked back.
        """
        said = {"names": json.dumps(idle), "scopes": json.dumps(self.speaker.scopes), "now": self.now}
        asked = _ELSEWHERE.ask(self.connection, said)
        return lambda: [Recall(quota=row.id, keep=0) for row in asked.all()]

    def _answer_one(
        self, item: _Quota, peers: list[_Peer], wanted: int, view: RightView | None
    ) -> Recall | None:
        asker, others = self._standings(item, peers, view)
        offer = Offer(
            free=len(item.state.free),
            closes_in_s=(item.closes_at - self.now).total_seconds(),
            over=item.state.over_count,
        )
        me = peers[0].stream or StreamId("")
        seen = NumberSet.of_pairs(view.granted) if view else NumberSet()
        known = len(item.state.right_of(me).granted & seen)
        count = due(offer, unmet(wanted, asker.given, known), asker, others)
        if count:
            save(self.connection, item.id, grant(item.state, me, count), me)
            asker = replace(asker, given=asker.given + count, idle=asker.idle + count)
            offer = replace(offer, free=offer.free - count)
        keep = recalls(offer, [asker, *others]).get(asker.kiosk)
        return None if keep is None else Recall(quota=item.id, keep=keep)

    def _standings(
        self, item: _Quota, peers: list[_Peer], view: RightView | None
    ) -> tuple[Standing, list[Standing]]:
        """Return how the speaker, the first of the peers, and all the others stand to a quota."""
        inside = [peer for peer in peers if item.scope in peer.scopes]
        all_ = [self._standing(item, peer) for peer in inside]
        if view is not None:
            # Only the kiosk knows what it has spent, also of what we could not take in.
            all_[0] = replace(all_[0], idle=_unspent(view))
        if any(not standing.given and not standing.is_on_demand for standing in all_):
            weights = {
                peer.kiosk: self.crowd.weight(self.connection, peer.kiosk, self.now)
                for peer in sorted(inside, key=lambda peer: peer.kiosk)
                if not peer.is_on_demand
            }
            shares = dawn_shares(item.state.capacity, item.dawn_percent, weights)
            all_ = [
                replace(standing, dawn=shares.get(peer.kiosk, 0))
                for peer, standing in zip(inside, all_, strict=True)
                if peer is inside[0] or not _passed_over(item, peer)
            ]
        return all_[0], all_[1:]

    def _standing(self, item: _Quota, peer: _Peer) -> Standing:
        right = item.state.right_of(peer.stream) if peer.stream else Right()
        spent, used = item.spent.get(peer.stream or "", (0, 0))
        return Standing(
            kiosk=peer.kiosk,
            given=len(right.granted),
            idle=max(0, len(right.committed) - spent),
            used=used,
            waiting=self.crowd.waiting(peer.kiosk, item.id, self.now),
            barred=len(item.state.free & right.returned),
            is_here=peer.is_here,
            is_steady=self.crowd.is_steady(peer.kiosk, self.now),
            is_on_demand=peer.is_on_demand,
        )

    def _quotas(self, wanted: list[str], idle: list[str]) -> list[_Quota]:
        """Return the open quotas that are asked for, and those of which something may be asked back."""
        names = [*wanted, *self._short(idle)]
        if not names:
            return []
        scopes = json.dumps(self.speaker.scopes)
        asked = {"names": json.dumps(names), "scopes": scopes, "now": self.now}
        rows = _PUBLISHED.all(self.connection, asked)
        return self._read(rows) if rows else []

    def _short(self, idle: list[str]) -> list[str]:
        """Return of which quotas others may need what lies idle here, but for those that are closed."""
        late = self.now + timedelta(seconds=LATE_S)
        short = _SHORT.all(self.connection, {"names": json.dumps(idle), "late": late})
        return [*{row.id for row in short}, *set(self.crowd.scarce(self.now)).intersection(idle)]

    def _read(self, rows: Sequence[Row]) -> list[_Quota]:
        names = json.dumps([row.id for row in rows])
        held: dict[str, dict[StreamId, Right]] = defaultdict(dict)
        for item in _HELD.all(self.connection, {"names": names}):
            held[item.quota][item.stream] = right_of(item)
        spent = self._spent(names)
        return [
            _Quota(
                id=QuotaId(row.id),
                scope=row.scope,
                published_pos=row.pos,
                dawn_percent=DAWN_PERCENT if row.dawn_percent is None else row.dawn_percent,
                closes_at=row.closes_at,
                state=QuotaState(row.capacity, row.free, held[row.id]),
                spent=spent[row.id],
            )
            for row in rows
        ]

    def _spent(self, names: str) -> dict[str, dict[str, tuple[int, int]]]:
        """Return, by quota and stream, how many numbers were spent, and how many of them lately."""
        counted: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
        for row in _SPENT.all(self.connection, {"names": names, "lately": self.now - _USED_FOR}):
            counted[row.quota][row.stream] = (row.taken, row.used)
        return counted

    def _peers(self, stream_id: str, scopes: set[str]) -> list[_Peer]:
        """Return the speaker, then all others heard of lately, or worker kiosks announced by a ticket.

        Whoever reads none of `scopes` may be left out.
        """
        speaker = self.speaker
        me = _Peer(
            KioskId(speaker.kiosk),
            speaker.scopes,
            StreamId(stream_id),
            is_here=True,
            read={},
            is_on_demand=rights_of(speaker.profile).is_on_demand,
        )
        asked = {"speaker": speaker.kiosk, "since": self.now - _COUNTS_FOR}
        if CITY in scopes:
            rows = _PEERS.all(self.connection, asked)
        else:
            near = {"station": speaker.station, "district": speaker.district}
            rows = _NEIGHBOURS.all(self.connection, {**asked, **near})
        heard_of = [
            _Peer(
                kiosk=KioskId(row.id),
                scopes=scopes_of(row.station, row.district or ""),
                stream=StreamId(row.stream) if row.stream else None,
                is_here=row.seen_at >= self.now - HERE,
                read=json.loads(row.cursors or "{}"),
                is_on_demand=rights_of(row.profile).is_on_demand,
            )
            for row in rows
        ]
        return [me, *heard_of, *self._announced()]

    def _announced(self) -> list[_Peer]:
        """Return the kiosks still to be enrolled: without them the first one would get everything."""
        rows = _ANNOUNCED.all(self.connection, {"now": self.now})
        return [
            _Peer(
                kiosk=KioskId(kiosk_id(row.station, row.kiosk_no)),
                scopes=scopes_of(row.station, row.district or ""),
                stream=None,
                is_here=False,
                read={},
            )
            for row in rows
        ]


def _passed_over(item: _Quota, peer: _Peer) -> bool:
    """Return whether a kiosk had read the job or trip at its last round and never asked for it."""
    has_read = peer.read.get(item.scope, 0) >= item.published_pos
    return has_read and not (peer.stream and peer.stream in item.state.rights)


def _unspent(view: RightView) -> int:
    """Return how many free numbers a kiosk says it holds."""
    return max(0, len(NumberSet.of_pairs(view.granted)) - len(NumberSet.of_pairs(view.returned)) - view.spent)
