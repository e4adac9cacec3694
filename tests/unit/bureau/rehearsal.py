"""A kiosk's half of the conversation, for tests of the bureau: real keys and real chains."""

from __future__ import annotations

import asyncio
import base64
import secrets
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from stdnum.iso7064 import mod_11_2

from kiosk.bureau.enrol import Post, Profile, issue_code
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.limits import Limits
from kiosk.bureau.server import listen, run
from kiosk.domain.clock import Clock
from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.messages.events import (
    FIRST_HASH,
    CheckedIn,
    Event,
    EventBody,
    Person,
    PlaceTaken,
    Spent,
    WorkerRegistered,
    chain_hash,
)
from kiosk.messages.feed import (
    Cursor,
    EmployerBody,
    JobBody,
    ParameterBody,
    PayBody,
    PlaceBody,
    ShiftBody,
    TripBody,
)
from kiosk.messages.personal import Kind
from kiosk.messages.sealing import WorkerKey, needed_by, new_key, sealed_json
from kiosk.messages.signing import sign_request
from kiosk.messages.sync import ClockView, EnrolReply, EnrolRequest, RightView, SyncReply, SyncRequest, Want

DAWN = datetime(2026, 9, 17, 21, 10, tzinfo=UTC)
TODAY = date(2026, 9, 18)


@dataclass(slots=True)
class HandClock:
    """A clock that moves when a test says so."""

    instant: datetime = DAWN

    def now(self) -> datetime:
        return self.instant

    def monotonic(self) -> float:
        return self.instant.timestamp()

    def forward(self, by: timedelta) -> None:
        self.instant += by


@dataclass(slots=True)
class Machine:
    """One kiosk: it journals, remembers what it was told, and signs what it says."""

    reply: EnrolReply
    key: Ed25519PrivateKey
    stream: str = field(default_factory=lambda: secrets.token_hex(16))
    journal: list[Event] = field(default_factory=list)
    acked: int = 0
    granted: dict[str, NumberSet] = field(default_factory=dict)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    machine: str = "machine-1"
    hello: str = ""
    boot: str = "boot-1"
    boottime_ms: int = 0
    keys: dict[tuple[str, Kind, int], WorkerKey] = field(default_factory=dict)
    epochs: dict[tuple[str, Kind], int] = field(default_factory=dict)

    def do(self, body: EventBody, at: datetime = DAWN) -> int:
        """Journal one entry, personal fields sealed as a kiosk seals them, and return its seq."""
        if body.sealing is None:
            return self.write(body.type, body.v, body.model_dump_json(), at)
        key = self.key_of(body.sealed_worker, body.sealing.kind)
        text = sealed_json(body, key.secret, self.stream, len(self.journal) + 1)
        return self.write(body.type, body.v, text, at)

    def key_of(self, worker: str, kind: Kind) -> WorkerKey:
        """Return a worker's present key, made at first use."""
        epoch = self.epochs.get((worker, kind), 0)
        return self.keys.setdefault((worker, kind, epoch), new_key(worker, kind, epoch))

    def write(self, kind: str, v: int, body: str, at: datetime = DAWN) -> int:
        seq = len(self.journal) + 1
        before = self.journal[-1].hash if self.journal else FIRST_HASH
        entry = Event(
            seq=seq,
            type=kind,
            v=v,
            at=at,
            boot=self.boot,
            boottime_ms=seq,
            prev_hash=before,
            hash=chain_hash(self.stream, seq, kind, v, before, body),
            body=body,
        )
        self.journal.append(entry)
        return seq

    def request(self, first: int | None = None, count: int = 500, wants: Sequence[Want] = ()) -> SyncRequest:
        """Return what this kiosk says now, from `first` (default: behind what it knows is acknowledged)."""
        first = self.acked + 1 if first is None else first
        self.boottime_ms += 1
        told = self.journal[first - 1 : first - 1 + count]
        return SyncRequest(
            kiosk=self.reply.kiosk,
            stream=self.stream,
            generation=self.reply.generation,
            head=len(self.journal),
            first=first,
            prev_hash=self.journal[first - 2].hash if first > 1 else FIRST_HASH,
            events=told,
            rights=[
                RightView(quota=quota, granted=[(r.first, r.last) for r in held.ranges], returned=[], spent=0)
                for quota, held in self.granted.items()
            ],
            wants=list(wants),
            cursors=list(self.cursors.values()),
            clock=ClockView(wall=DAWN, boot=self.boot, boottime_ms=self.boottime_ms),
            backlog=len(self.journal) - self.acked,
            machine=self.machine,
            hello=self.hello,
            keys=list(needed_by(told, self.keys.values())),
        )

    def headers(self, body: bytes, token: str | None = None) -> dict[str, str]:
        """Return the signed headers of a body, as HTTP libraries spell them."""
        return sign_request(self.key, "POST", "/sync", self.reply.kiosk, token or secrets.token_hex(16), body)

    def hear(self, reply: SyncReply) -> None:
        """Take an answer in as a kiosk does: acked and rights only ever grow."""
        self.acked = max(self.acked, reply.acked)
        for right in reply.rights:
            ranges = NumberSet.of(NumberRange(first, last) for first, last in right.granted)
            self.granted[right.quota] = self.granted.get(right.quota, NumberSet()) | ranges
        for page in reply.pages:
            self.cursors[page.scope] = Cursor(scope=page.scope, feed_gen=page.feed_gen, pos=page.pos)


class Hears(Protocol):
    """A bureau, or whoever carries a signed round to one."""

    def sync(self, headers: Mapping[str, str], body: bytes) -> SyncReply:
        """Carry one round out; names of headers have small letters."""
        ...


class Listening(Hears, Protocol):
    """A bureau that a kiosk can be enrolled at, with a wire between or without."""

    @property
    def clock(self) -> Clock:
        """Tells the time there."""
        ...

    def enrol(self, body: bytes) -> EnrolReply:
        """Make the holder of a one-time code a kiosk."""
        ...


def say(bureau: Hears, machine: Machine, request: SyncRequest) -> SyncReply:
    """Carry a request to the bureau without a wire between; a new stream repeats the bureau's hello."""
    reply = say_once(bureau, machine, request)
    if reply.hello:
        machine.hello = reply.hello
        reply = say_once(bureau, machine, request.model_copy(update={"hello": reply.hello}))
    return reply


def say_once(bureau: Hears, machine: Machine, request: SyncRequest) -> SyncReply:
    """Carry one signed request to the bureau, whatever it answers."""
    body = request.model_dump_json().encode()
    headers = {name.lower(): value for name, value in machine.headers(body).items()}
    return bureau.sync(headers, body)


def pulse(bureau: Hears, machine: Machine, wants: Sequence[Want] = ()) -> SyncReply:
    """Do a whole round: speak, listen, remember."""
    reply = say(bureau, machine, machine.request(wants=wants))
    machine.hear(reply)
    return reply


def new_machine(
    bureau: Listening, folder: Path, station: str = "NZ", no: int = 1, profile: Profile = "worker"
) -> Machine:
    """Enrol a machine at a hall."""
    post = Post(station, f"{station}站", no, "ABCDEFGHJK"[no - 1], profile)
    code = issue_code(folder, post, bureau.clock.now())
    key = Ed25519PrivateKey.generate()
    reply = bureau.enrol(enrol_request(code, key).model_dump_json().encode())
    return Machine(reply, key)


def enrol_request(code: str, key: Ed25519PrivateKey) -> EnrolRequest:
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    return EnrolRequest(code=code, public_key=public, device="bench")


@contextmanager
def on_the_wire(folder: Path, clock: HandClock, limits: Limits | None = None) -> Iterator[httpx.Client]:
    """Run the real server over TLS on loopback and return a client that trusts its authority alone."""
    server, listening = listen(folder, "127.0.0.1", 0, clock, limits)
    ready = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(run(server, listening, ready.set)))
    thread.start()
    try:
        assert ready.wait(20)
        context = ssl.create_default_context(cafile=str(BureauFolder(folder).ca_certificate))
        address = f"https://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(base_url=address, verify=context, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


def number_of(sequence: int, born: str = "19680312") -> str:
    """Return a number of region 999999, which no person has."""
    stem = f"999999{born}{sequence:03d}"
    return stem + mod_11_2.calc_check_digit(stem)


def registered(worker: str, number: str = "", notice_version: int = 1) -> WorkerRegistered:
    person = Person(
        kind="citizen",
        name="测试甲",
        number=number or number_of(1),
        sex="1",
        birth_date=date(1968, 3, 12),
        region="999999",
    )
    return WorkerRegistered(worker=worker, person=person, notice_version=notice_version, method="card")


def checked_in(worker: str, check_in: str = "c1", day: date = TODAY) -> CheckedIn:
    return CheckedIn(
        check_in=check_in,
        worker=worker,
        hall_day=day,
        queue_number="A1",
        sequence=1,
        arrived_at=DAWN,
        method="card",
    )


def taken(worker: str, placement: str, number: int, job: str = "j1", hours: float = 0) -> PlaceTaken:
    """Return a dispatch of eight hours that begins `hours` after the usual start."""
    starts = DAWN + timedelta(hours=2 + hours)
    return PlaceTaken(
        placement=placement,
        worker=worker,
        job=job,
        job_version=1,
        trip=None,
        kind="dispatch",
        slip=f"PG-{placement}",
        spent=[Spent(quota=f"places:{job}", number=number)],
        starts=starts,
        ends=starts + timedelta(hours=8),
        title="摘辣椒",
        promise="00",
    )


def employer(verified: bool = True) -> EmployerBody:
    return EmployerBody(
        id="e1",
        name="测试家庭农场",
        type="household",
        uscc=None,
        contact_name="测试乙",
        contact_phone="0936-0000012",
        address="甲村",
        is_verified=verified,
    )


def job(
    job_id: str = "j1",
    headcount: int = 5,
    version: int = 1,
    station: str = "NZ",
    dawn_percent: int | None = 100,
) -> JobBody:
    """Return a job whose places are all given out at dawn, so that a test knows who gets which."""
    return JobBody(
        id=job_id,
        version=version,
        employer="e1",
        station=station,
        trade="pick",
        family="farm",
        title="摘辣椒",
        title_en="Pick peppers",
        content="在地里摘红辣椒，装筐。",
        content_en="Pick red peppers into baskets.",
        headcount=headcount,
        pay=PayBody(fen=18000, unit="day", rule="same_day", way="cash", payer="测试家庭农场"),
        shift=ShiftBody(first_day=TODAY, last_day=TODAY, starts_at=time(7), ends_at=time(16), break_min=60),
        place=PlaceBody(town="甲镇", spot="村口", distance_m=12000, travel_min=25),
        trip=None,
        has_meal=True,
        has_lodging=False,
        hazards=[],
        ppe=[],
        certificates=[],
        insurance="accident",
        age_min=16,
        is_instant=True,
        is_dangerous=False,
        needs_education=None,
        meeting_point="1 号口",
        valid_until=DAWN + timedelta(hours=12),
        state="published",
        open_places=headcount,
        dawn_percent=dawn_percent,
    )


def trip(seats: int = 3) -> TripBody:
    """Return a coach whose seats are all given out at dawn."""
    return TripBody(
        id="t1",
        station="NZ",
        label="K1",
        day=TODAY,
        departs_at=time(6, 20),
        bay="3",
        destination="甲镇",
        returns_at=time(17),
        seats=seats,
        plate="甘G00000",
        phone="13900000001",
        state="planned",
        dawn_percent=100,
    )


def parameters() -> list[ParameterBody]:
    """Return the numbers the publish gate asks for."""
    values = {
        "age.minimum_years": "16",
        "age.adult_years": "18",
        "wage.minimum_hour_fen": "2000",
        "wage.minimum_month_fen": "200000",
        "wage.part_time_cycle_days": "15",
        "wage.longest_cycle_days": "31",
        "hours.normal_day_min": "480",
        "hours.longest_day_min": "660",
    }
    return [
        ParameterBody(key=key, value=value, unit="", source="测试", effective_from=date(2020, 1, 1))
        for key, value in values.items()
    ]
