"""A seeded morning at one kiosk: what its journal says of invented people, the same each time.

One seed is one morning: ids, hours and who does what come from it. The actions are the hall's own, so the
entries are what the kiosk really writes, over a real store.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.actions.call_help import call_help
from kiosk.actions.check_in import check_in, count_anonymously, give_first_answers, register_and_check_in
from kiosk.actions.faults import Refused
from kiosk.actions.hall import Hall
from kiosk.actions.print_slip import begin_printing, record_printed
from kiosk.actions.recognise import Recognition, recognise
from kiosk.actions.take_place import take_place
from kiosk.app.agreed_time import AgreedTime
from kiosk.app.signing import SlipKey
from kiosk.codes import load_trades, spoken_names
from kiosk.domain.cards import IdentityCard
from kiosk.domain.ids import JobId, TripId, places_of, seats_of
from kiosk.domain.workers import FirstAnswers, WorkSpan
from kiosk.messages.events import FIRST_HASH, Event, EventBody, chain_hash
from kiosk.messages.feed import Cursor, FeedPage
from kiosk.messages.sealing import WorkerKey, needed_by, sealed_json
from kiosk.messages.sealing import opened as opened_body
from kiosk.messages.sync import (
    MAX_EVENTS_A_ROUND,
    ClockView,
    RightGrant,
    RightView,
    SyncReply,
    SyncRequest,
)
from kiosk.protocol.kiosk_side import keep_granted, told_in
from kiosk.protocol.ports import Since
from kiosk.sample.loader import SampleHall, sample_rows
from kiosk.storage.opening import OpenedStore, open_store
from tools.figures.halls import CITY, IDENTITY, feed_pages
from tools.figures.people import person_card

BEGAN = datetime(2026, 9, 17, 21, 0, tzinfo=UTC)
"""05:00 in the hall."""
ROOM = 5_000
_KNOWN_SHARE = 0.7
"""Seven of ten who come were here before."""
_KNOWN = 90
_TAKES_SHARE = 0.7
_PAUSE_S = 20.0
_DAY_S = 24 * 3600.0
_SCREENS = ("greeting", "board", "detail", "confirm")


class PassingClock:
    """A clock that goes on by itself: each look is some microseconds later, and a visitor takes his time."""

    def __init__(self, draw: random.Random, began: datetime = BEGAN) -> None:
        """Begin in the morning, with a machine that has been on for an hour or two."""
        self._draw = draw
        self._began = began
        self._passed = timedelta()
        self._up_s = draw.uniform(3600.0, 7200.0)

    def now(self) -> datetime:
        """Return the wall clock's instant."""
        self._passed += timedelta(microseconds=self._draw.randrange(20, 400))
        return self._began + self._passed

    def monotonic(self) -> float:
        """Return the monotonic second."""
        return self._up_s + self._passed.total_seconds()

    def pass_time(self, seconds: float) -> None:
        """Let time pass."""
        self._passed += timedelta(microseconds=int(seconds * 1e6))


@dataclass(frozen=True, slots=True)
class Morning:
    """What a kiosk journalled, and what it holds: everything of which messages are made."""

    stream: str
    boot: str
    generation: str
    machine: str
    events: tuple[Event, ...]
    keys: tuple[WorkerKey, ...]
    sample: SampleHall
    lives: dict[str, str]

    def request(self, first: int, count: int) -> SyncRequest:
        """Return the request that tells `count` entries from seq `first` on; none is a round with no news."""
        told = list(self.events[first - 1 : first - 1 + count])
        last = told[-1] if told else self.events[first - 2]
        return SyncRequest(
            kiosk="nz-1",
            stream=self.stream,
            generation=self.generation,
            head=first + count - 1,
            first=first,
            prev_hash=self.events[first - 2].hash if first > 1 else FIRST_HASH,
            events=told,
            rights=[
                RightView(quota=grant.quota, granted=grant.granted, returned=[], spent=number % 7)
                for number, grant in enumerate(self.rights())
            ],
            wants=[],
            cursors=[Cursor(scope=scope, feed_gen=life, pos=412) for scope, life in self.lives.items()],
            clock=ClockView(
                wall=last.at + timedelta(seconds=1.7),
                boot=self.boot,
                boottime_ms=last.boottime_ms + 1701,
            ),
            backlog=count,
            machine=self.machine,
            keys=list(needed_by(told, self.keys)),
        )

    def reply(self, said: SyncRequest, *pages: FeedPage) -> SyncReply:
        """Return what a bureau answers when all is well."""
        empty = [
            FeedPage(scope=at.scope, feed_gen=at.feed_gen, rows=[], pos=at.pos, has_more=False)
            for at in said.cursors
        ]
        return SyncReply(
            stream=said.stream,
            generation=said.generation,
            server_time=said.clock.wall + timedelta(milliseconds=431, microseconds=77),
            acked=said.head,
            prune_ok=max(0, said.first - 300),
            rights=self.rights(),
            refusals=[],
            pages=list(pages) or empty,
            open_places={grant.quota: 3 + number for number, grant in enumerate(self.rights())},
        )

    def rights(self) -> list[RightGrant]:
        """Return a few numbers of every quota of the hall."""
        jobs = [places_of(JobId(job.id)) for job in self.sample.jobs]
        trips = [seats_of(TripId(trip.id)) for trip in self.sample.trips]
        return [
            RightGrant(quota=quota, granted=[(3 * number + 1, 3 * number + 4)])
            for number, quota in enumerate([*jobs, *trips])
        ]


def a_morning(folder: Path, seed: int, entries: int, *, words: int = 0) -> Morning:
    """Let people come until the journal holds so many entries of one day, in a new data folder.

    `words` other than nought writes the work in other words, as in another town, by so many signs further on.
    """
    draw = random.Random(seed)
    clock = PassingClock(draw, BEGAN + timedelta(days=seed % 300))
    trades = load_trades()
    opened = open_store(folder, clock, trade_names=spoken_names(trades))
    try:
        sample = _with_ids(sample_rows(clock.now() + timedelta(seconds=_DAY_S)), draw, words)
        hall = _hall(opened, clock, draw)
        _furnish(opened, sample)
        known = _yesterday(hall, draw)
        clock.pass_time(_DAY_S)
        before = opened.sync_book.outgoing(1).head
        visits = _visits(hall, clock, draw, known, [JobId(job.id) for job in sample.jobs])
        while opened.sync_book.outgoing(1).head < before + entries:
            next(visits)
        told = [_plain(*said) for said in list(_told(opened, before + entries))[before:]]
    finally:
        opened.close()
    return _told_again(told, draw, sample)


def _hall(opened: OpenedStore, clock: PassingClock, draw: random.Random) -> Hall:
    trades = load_trades()
    key = Ed25519PrivateKey.from_private_bytes(draw.randbytes(32))
    return Hall(
        store=opened.store,
        clock=clock,
        identity=replace(IDENTITY, city_key=draw.randbytes(32), scopes=(CITY, "hall:NZ")),
        agreed_now=AgreedTime(clock).now,
        fresh_id=lambda: draw.randbytes(16).hex(),
        signer=SlipKey(key, 0x0A1B2C),
        picture_of=lambda job: trades.by_key[job.trade].pictogram,
    )


def _furnish(opened: OpenedStore, sample: SampleHall) -> None:
    for page in feed_pages(sample, len(sample.jobs)):
        opened.sync_book.apply_page(page)
    granted = [RightGrant(quota=places_of(JobId(job.id)), granted=[(1, ROOM)]) for job in sample.jobs]
    granted += [RightGrant(quota=seats_of(TripId(trip.id)), granted=[(1, ROOM)]) for trip in sample.trips]
    keep_granted(opened.sync_book, Since(opened.health().stream, opened.sync_book.generation()), granted)


def _with_ids(sample: SampleHall, draw: random.Random, words: int) -> SampleHall:
    """Return the sample with ids as a bureau gives them."""
    jobs = [
        job.model_copy(update={"id": draw.randbytes(16).hex(), "title": _reworded(job.title, words)})
        for job in sample.jobs
    ]
    return replace(sample, jobs=tuple(jobs))


def _reworded(text: str, words: int) -> str:
    return "".join(chr(ord(sign) + words) if sign.isalpha() else sign for sign in text)


def _yesterday(hall: Hall, draw: random.Random) -> list[IdentityCard]:
    """Let people come who said yes to the notice then, and need not today."""
    known = [_card(draw) for _ in range(_KNOWN)]
    for card in known:
        met = recognise(hall, card)
        with suppress(Refused):
            register_and_check_in(hall, met)
    return known


def _visits(
    hall: Hall, clock: PassingClock, draw: random.Random, known: list[IdentityCard], jobs: list[JobId]
) -> Iterator[None]:
    """Let one person after another come; most of them were here before."""
    while True:
        clock.pass_time(draw.expovariate(1 / _PAUSE_S))
        is_known = known and draw.random() < _KNOWN_SHARE
        card = known.pop(draw.randrange(len(known))) if is_known else _card(draw)
        _visit(hall, clock, draw, card, jobs)
        if draw.random() < 0.04:
            count_anonymously(hall, draw.choice(("notice_refused", "under_age")))
        if draw.random() < 0.03:
            call_help(hall, draw.choice(_SCREENS), recognise(hall, card).worker)
        yield


def _card(draw: random.Random) -> IdentityCard:
    name = "测" + "".join(chr(draw.randrange(0x4E00, 0x5E00)) for _ in range(2))
    return replace(person_card(draw.randrange(12_000)), name=name)


def _visit(
    hall: Hall, clock: PassingClock, draw: random.Random, card: IdentityCard, jobs: list[JobId]
) -> None:
    met = recognise(hall, card)
    with hall.store.reading() as records:
        is_new = records.workers.by_id(met.worker) is None
    clock.pass_time(draw.uniform(1, 8))
    (register_and_check_in if is_new else check_in)(hall, met)
    if is_new:
        clock.pass_time(draw.uniform(2, 12))
        give_first_answers(hall, met.worker, _answers(draw))
    if draw.random() < _TAKES_SHARE:
        clock.pass_time(draw.uniform(3, 20))
        _take(hall, clock, draw, recognise(hall, card), jobs)


def _answers(draw: random.Random) -> FirstAnswers:
    phone = f"1390{draw.randrange(10**7):07d}" if draw.random() < 0.7 else None
    trades = tuple(sorted(load_trades().by_key))
    return FirstAnswers(phone, tuple(draw.sample(trades, draw.randrange(4))), draw.choice(list(WorkSpan)))


def _take(hall: Hall, clock: PassingClock, draw: random.Random, met: Recognition, jobs: list[JobId]) -> None:
    """Take the first of a few places that the rules allow this person, and print its slip."""
    for job in draw.sample(jobs, 6):
        with hall.store.reading() as records:
            line = records.board.line(job, hall.now())
        if line is None:
            continue
        try:
            taken = take_place(hall, met, job, line.job.version)
        except Refused:
            continue
        begin_printing(hall, taken.slip)
        clock.pass_time(draw.uniform(1.2, 2.5))
        record_printed(hall, taken.slip, "reply_behind_cut")
        return


def _told(opened: OpenedStore, entries: int) -> Iterator[tuple[Event, str, list[str]]]:
    acked = 0
    while acked < entries:
        said = opened.sync_book.outgoing(MAX_EVENTS_A_ROUND)
        for event in said.events:
            yield event, said.stream, [key.secret for key in needed_by([event], said.keys)]
        acked = said.events[-1].seq
        opened.sync_book.acknowledge(Since(said.stream, said.generation), told_in(said), acked)


def _plain(event: Event, stream: str, secrets: list[str]) -> tuple[Event, EventBody | None]:
    """Return an entry, and what it says where that is sealed: the store draws its keys from the system."""
    body = event.parsed() if secrets else None
    return event, None if body is None else opened_body(body, secrets, stream, event.seq)


def _told_again(
    told: list[tuple[Event, EventBody | None]], draw: random.Random, sample: SampleHall
) -> Morning:
    """Tell the entries as those of a seeded stream with seeded keys, in place of those drawn by the store."""
    stream, boot = draw.randbytes(16).hex(), _uuid(draw)
    events: list[Event] = []
    keys: dict[tuple[str, str], WorkerKey] = {}
    before = FIRST_HASH
    for seq, (event, body) in enumerate(told, 1):
        text = event.body
        if body is not None and body.sealing is not None:
            whose = body.sealed_worker, body.sealing.kind.value
            if whose not in keys:
                keys[whose] = WorkerKey(worker=whose[0], kind=whose[1], secret=draw.randbytes(16).hex())
            text = sealed_json(body, keys[whose].secret, stream, seq)
        after = chain_hash(stream, seq, event.type, event.v, before, text)
        changes = {"seq": seq, "boot": boot, "prev_hash": before, "hash": after, "body": text}
        events.append(event.model_copy(update=changes))
        before = after
    return Morning(
        stream=stream,
        boot=boot,
        generation=f"1-{draw.randbytes(16).hex()}",
        machine=draw.randbytes(32).hex(),
        events=tuple(events),
        keys=tuple(sorted(keys.values(), key=lambda key: (key.kind, key.worker))),
        sample=sample,
        lives={"city": draw.randbytes(8).hex(), "hall:NZ": draw.randbytes(8).hex()},
    )


def _uuid(draw: random.Random) -> str:
    digits = draw.randbytes(16).hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
