"""The bureau behind the wire: who speaks is proven first, then each request is one transaction.

Proving and reading a request keeps nobody waiting: the turn at the database is for what was understood.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import structlog
from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert  # SQLite's dialect writes it as well

from kiosk.bureau.applying import BESIDE_OTHERS
from kiosk.bureau.books import foresee
from kiosk.bureau.capsules import Sealer
from kiosk.bureau.courier_keys import CourierKeys, courier_keys
from kiosk.bureau.crowds import Crowd
from kiosk.bureau.databases import Database, opened
from kiosk.bureau.enrol import enrol
from kiosk.bureau.erasing import agree
from kiosk.bureau.figures import Figures
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.kept_beside import registry_of
from kiosk.bureau.limits import Limits
from kiosk.bureau.posts import answer_post
from kiosk.bureau.problems import RequestRefused
from kiosk.bureau.reaches import ReachWatch
from kiosk.bureau.readings import Reader, kept_with
from kiosk.bureau.registries import Reach, Registry
from kiosk.bureau.rounds import Round
from kiosk.bureau.rows import change
from kiosk.bureau.serving_locks import held
from kiosk.bureau.speakers import Enrolled, Speaker, Speakers, as_known_now
from kiosk.bureau.tables import kiosk, request_token
from kiosk.bureau.turns import Turns
from kiosk.bureau.wires import Wires
from kiosk.codes import load_dictionaries
from kiosk.domain.clock import Clock
from kiosk.domain.quotas import NumberSet
from kiosk.messages.packing import Packing
from kiosk.messages.sync import (
    EnrolReply,
    EnrolRequest,
    PostReply,
    PostRequest,
    RightView,
    SyncReply,
    SyncRequest,
)
from kiosk.messages.wire import PROTOCOL
from kiosk.statements import Statement

_TOKENS_KEPT = 1024
"""Requests of one kiosk whose tokens are remembered. A round repeated after that is still harmless."""
_FORGETS_EVERY = 64
"""About so many requests of all kiosks forget older tokens once: finding them takes longer than a round."""
_TOKEN_CHARACTERS = 64
_NAME_CHARACTERS = 64
_QUOTA_CHARACTERS = 80
_MOST_PLACES = 1_000_000
_MOST_AT_START = 50
"""A second of sealing; behind a restore everybody is due, and nobody waits for that."""
_LARGEST = 2**53
"""No kiosk counts further, and every database and JSON reader can keep it."""
_OLDEST_KEPT = (
    select(request_token.c.id)
    .where(request_token.c.kiosk == bindparam("kiosk"))
    .order_by(request_token.c.id.desc())
    .offset(_TOKENS_KEPT - 1)
    .limit(1)
    .scalar_subquery()
)
_USE_TOKEN = Statement(
    upsert(request_token)
    .on_conflict_do_nothing(index_elements=["kiosk", "token"])
    .returning(request_token.c.id),
    "kiosk",
    "token",
)
_FORGET = Statement(
    delete(request_token).where(
        request_token.c.kiosk == bindparam("kiosk"), request_token.c.id < _OLDEST_KEPT
    )
)
_log = structlog.get_logger("bureau")


@dataclass(frozen=True, slots=True)
class Office:
    """One open bureau."""

    database: Database
    turns: Turns
    registry: Registry
    city_key: bytes = field(repr=False)
    ca_pem: bytes
    clock: Clock
    sealer: Sealer
    reader: Reader
    courier: CourierKeys
    wires: Wires
    speakers: Speakers
    limits: Limits
    crowd: Crowd
    reach: ReachWatch
    figures: Figures = field(default_factory=Figures)

    def enrol(self, body: bytes) -> EnrolReply:
        """Make the holder of a one-time code a kiosk. Raises RequestRefused."""
        try:
            request = EnrolRequest.model_validate_json(body)
        except ValidationError:
            raise RequestRefused(400, "bureau.problem.malformed") from None
        with self.database.writing() as connection:
            reply = enrol(connection, self.registry, self.city_key, request, self.clock.now())
        _log.info("enrolled", kiosk=reply.kiosk, profile=reply.profile)
        return reply.model_copy(update={"courier_card": self.courier.card})

    def sync(self, headers: Mapping[str, str], body: bytes) -> SyncReply:
        """Carry one round out; `headers` have lower-case names. Raises RequestRefused."""
        proven = self._proven("/sync", headers, body)
        request = checked_round(proven.speaker, self.wires.request(proven.speaker.kiosk, headers, body))
        token = headers.get("kiosk-token", "")
        answer, heard = self.turns.take(
            lambda connection: self._round(connection, proven, token, request),
            is_alone=any(entry.type not in BESIDE_OTHERS for entry in request.events),
        )
        self.note_numbers(answer, heard)
        self.figures.count_round(proven.speaker.profile, request, answer)
        _log.info(
            "round",
            kiosk=request.kiosk,
            entries=len(request.events),
            acked=answer.acked,
            backlog=request.backlog,
            refused=len(answer.refusals),
        )
        return answer

    def note_numbers(self, answer: SyncReply, heard: int) -> None:
        """Return once no older database can give the numbers of an answer again; `heard` is what got them."""
        if answer.rights:
            self.reach.cover(Reach(generation=answer.generation, requests=heard))

    def _round(
        self, connection: Connection, proven: Enrolled, token: str, request: SyncRequest
    ) -> tuple[SyncReply, int]:
        foresee(connection, proven.speaker.kiosk, request)
        present, heard = self._admit(connection, proven, token)
        speaker = present.speaker
        now = self.clock.now()
        round_ = Round(connection, self.registry, self.crowd, speaker, self.reader, now)
        answer = round_.answer(request)
        self._note_seen(connection, speaker, self.crowd.kept(speaker.kiosk))
        return answer, heard

    def post(self, headers: Mapping[str, str], body: bytes) -> PostReply:
        """Tell a kiosk how it is called, and take the key that it was asked for. Raises RequestRefused."""
        proven = self._proven("/post", headers, body)
        try:
            request = PostRequest.model_validate_json(body)
        except ValidationError:
            raise RequestRefused(400, "bureau.problem.malformed") from None
        if request.kiosk != proven.speaker.kiosk:
            raise RequestRefused(403, "bureau.problem.not_your_stream")
        with self.database.writing() as connection:
            present, _ = self._admit(connection, proven, headers.get("kiosk-token", ""))
            _refuse_revoked(present.speaker)
            reply = answer_post(connection, self.registry, present, request, self.clock.now())
            self._note_seen(connection, present.speaker)
        self.speakers.forget(request.kiosk)
        _log.info("post", kiosk=request.kiosk, key=reply.key_id, asks_key=reply.asks_key)
        return reply

    def require_kiosk(self, path: str, headers: Mapping[str, str], body: bytes) -> None:
        """Raise RequestRefused unless an enrolled kiosk sends this, and for the first time."""
        proven = self._proven(path, headers, body)
        with self.database.writing() as connection:
            present, _ = self._admit(connection, proven, headers.get("kiosk-token", ""))
            _refuse_revoked(present.speaker)
            self._note_seen(connection, present.speaker)

    def seal_due(self) -> None:
        """Seal the capsules of everyone whose rows changed."""
        self.sealer.seal_due(self.clock.now())

    def _proven(self, path: str, headers: Mapping[str, str], body: bytes) -> Enrolled:
        proven = self.speakers.proven(path, headers, body)
        self.limits.admit_kiosk(proven.speaker.kiosk)
        return proven

    def _admit(self, connection: Connection, proven: Enrolled, token: str) -> tuple[Enrolled, int]:
        """Return who speaks as he is known by now, and the number of this request, which is heard once."""
        present = as_known_now(connection, proven)
        if present != proven:
            self.speakers.forget(proven.speaker.kiosk)
        if present is None:  # another machine, or another key, took its place meanwhile
            raise RequestRefused(401, "bureau.problem.bad_signature")
        return present, self.use_token(connection, present.speaker, token)

    def use_token(self, connection: Connection, speaker: Speaker, token: str) -> int:
        """Return the number of a request that nobody has heard so far. Raises RequestRefused."""
        if not 0 < len(token) <= _TOKEN_CHARACTERS:
            raise RequestRefused(400, "bureau.problem.malformed")
        used = _USE_TOKEN.first(connection, {"kiosk": speaker.kiosk, "token": token})
        if used is None:
            raise RequestRefused(409, "bureau.problem.token_used")
        if secrets.randbelow(_FORGETS_EVERY) == 0:
            _FORGET.send(connection, {"kiosk": speaker.kiosk})
        return int(used.id)

    def _note_seen(
        self, connection: Connection, speaker: Speaker, said: Mapping[str, object] = MappingProxyType({})
    ) -> None:
        change(connection, kiosk, {"id": speaker.kiosk}, {"seen_at": self.clock.now(), **said})


@contextmanager
def office(
    data_dir: Path, clock: Clock, *, is_server: bool = True, limits: Limits | None = None
) -> Iterator[Office]:
    """Open the bureau under a folder; the first capsules that a crash left due are sealed before.

    Whoever opens it beside a server is none itself. Without `limits` the usual ones hold.
    """
    folder = BureauFolder(data_dir)
    with held(folder, is_alone=False), opened(data_dir, is_server=is_server) as database:
        city_key, registry = folder.city_key.read_bytes(), registry_of(folder)
        reader = Reader(city_key, kept_with(database, folder))
        with database.writing() as connection:
            registry.complete(connection)
            agree(connection, reader.keys, clock.now())
        reach = ReachWatch(database, registry, reader.keys)
        reach.look()
        ca_pem = folder.ca_certificate.read_bytes()
        turns = Turns(database)
        bureau = Office(
            database=database,
            turns=turns,
            registry=registry,
            city_key=city_key,
            ca_pem=ca_pem,
            clock=clock,
            sealer=Sealer(database, reader, turns),
            reader=reader,
            courier=courier_keys(folder),
            wires=Wires(Packing(load_dictionaries())),
            speakers=Speakers(database),
            limits=limits or Limits(clock.monotonic),
            crowd=Crowd(is_shared=database.is_shared),
            reach=reach,
        )
        bureau.sealer.seal_due(clock.now(), _MOST_AT_START)
        try:
            yield bureau
        finally:
            reader.keys.close()


def _refuse_revoked(speaker: Speaker) -> None:
    if speaker.is_revoked:
        raise RequestRefused(403, "bureau.problem.revoked")


def checked_round(speaker: Speaker, request: SyncRequest) -> SyncRequest:
    """Return a request that may be heard; one that contradicts itself or its signer is refused."""
    if request.protocol != PROTOCOL:
        raise RequestRefused(426, "bureau.problem.protocol")
    if request.kiosk != speaker.kiosk:
        raise RequestRefused(403, "bureau.problem.not_your_stream")
    expected = range(request.first, request.first + len(request.events))
    is_dense = [entry.seq for entry in request.events] == list(expected)
    if not is_dense or not expected.stop - 1 <= request.head <= _LARGEST or not _is_sane(request):
        raise RequestRefused(400, "bureau.problem.malformed")
    return request


def _is_sane(request: SyncRequest) -> bool:
    """Return whether every number of the envelope is one a kiosk can have counted."""
    older = [item for old in request.older or [] for item in old.rights]
    if not all(_is_right(view) for view in [*request.rights, *older]):
        return False
    counted = [request.clock.boottime_ms, *(entry.boottime_ms for entry in request.events)]
    counted += [entry.v for entry in request.events]
    counted += [cursor.pos for cursor in request.cursors]
    counted += [request.floor, *(view.spent for view in request.rights)]
    names = [request.stream, *(old.stream for old in request.older or [])]
    is_named = all(0 < len(name) <= _NAME_CHARACTERS for name in names)
    is_named = is_named and len(request.machine) <= _NAME_CHARACTERS
    is_named = is_named and "\0" not in "".join([*names, request.machine, request.hello])
    return is_named and request.first >= 1 and all(0 <= number <= _LARGEST for number in counted)


def _is_right(view: RightView) -> bool:
    """Return whether a view names numbers that some coach or job could have."""
    try:
        granted, returned = NumberSet.of_pairs(view.granted), NumberSet.of_pairs(view.returned)
    except ValueError:
        return False
    highest = max(granted.highest, returned.highest)
    return 0 < len(view.quota) <= _QUOTA_CHARACTERS and highest <= _MOST_PLACES
