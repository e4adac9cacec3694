"""A small hall for storage tests: a clock to turn, one machine, and values that look like a morning."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from kiosk.actions.paper_ports import PaperRecord
from kiosk.actions.ports import CheckIn, Records, SlipRecord
from kiosk.domain.cards import CardKind, Sex
from kiosk.domain.clock import hall_day
from kiosk.domain.ids import (
    JobId,
    NumberHash,
    PaperNumber,
    PlacementId,
    QuotaId,
    SlipNumber,
    TripId,
    WorkerId,
    places_of,
    seats_of,
)
from kiosk.domain.orders import OrderKey
from kiosk.domain.papers import PaperKind
from kiosk.domain.placements import Placement, PlacementState, SpentNumber
from kiosk.domain.slips import SlipKind, SlipState
from kiosk.domain.workers import FirstAnswers, Worker
from kiosk.messages.events import CheckedIn, PlaceTaken, Spent
from kiosk.messages.feed import FeedRow, JobBody, PayBody, PlaceBody, ShiftBody, TripBody
from kiosk.messages.wire import Wire
from kiosk.storage.machines import Machine
from kiosk.storage.opening import OpenedStore, join_store
from tests import answers
from tests.stores import open_new_store

NOW = datetime(2025, 9, 17, 21, 10, tzinfo=UTC)
"""05:10 on the 18th in the hall."""
DAY = date(2025, 9, 18)
MACHINE = Machine("this machine", "boot-1")
TRADE_NAMES = {"fruit_picker": ("摘果工", "果园工"), "bricklayer": ("砌筑工", "泥瓦工")}


class TurnedClock:
    """A clock that stands until a test turns it."""

    def __init__(self, instant: datetime = NOW) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant

    def monotonic(self) -> float:
        return (self.instant - NOW).total_seconds() + 100.0


def opened(data_dir: Path, clock: TurnedClock | None = None, machine: Machine = MACHINE) -> OpenedStore:
    """Open the screen process's store."""
    return open_new_store(data_dir, clock or TurnedClock(), trade_names=TRADE_NAMES, machine=machine)


def joined(data_dir: Path, machine: Machine = MACHINE) -> OpenedStore:
    """Open the store as a second process does."""
    return join_store(data_dir, TurnedClock(), trade_names=TRADE_NAMES, machine=machine)


def job_body(number: int = 1, **changed: object) -> JobBody:
    """Return a published job: picking apples, 160 yuan a day, five places, no coach."""
    body = JobBody(
        id=f"J{number}",
        version=1,
        employer="E1",
        station="NZ",
        trade="fruit_picker",
        family="farm",
        title="摘苹果",
        title_en="Apple picking",
        content="采摘、装筐",
        content_en="Pick and pack",
        headcount=5,
        pay=PayBody(fen=16_000, unit="day", rule="same_day", way="cash", payer="果园"),
        shift=ShiftBody(first_day=DAY, last_day=DAY, starts_at=time(7), ends_at=time(18), break_min=60),
        place=PlaceBody(town="河西镇", spot="果园", distance_m=12_000, travel_min=30),
        trip=None,
        has_meal=True,
        has_lodging=False,
        hazards=["ladder"],
        ppe=["gloves"],
        certificates=[],
        insurance="accident",
        age_min=16,
        is_instant=True,
        is_dangerous=False,
        needs_education=None,
        meeting_point="南门",
        valid_until=NOW + timedelta(hours=20),
        state="published",
        open_places=5,
    )
    return JobBody.model_validate(body.model_dump() | changed)


def trip_body(number: int = 1, seats: int = 2) -> TripBody:
    """Return a planned coach."""
    return TripBody(
        id=f"T{number}",
        station="NZ",
        label="1",
        day=DAY,
        departs_at=time(6, 20),
        bay="3",
        destination="河西镇",
        returns_at=time(19),
        seats=seats,
        plate="",
        phone="13900000001",
        state="planned",
    )


def row(topic: str, body: Wire, pos: int, row_id: str | None = None) -> FeedRow:
    """Return a feed row of a body with an id of its own."""
    return FeedRow(topic=topic, id=row_id or body.id, pos=pos, body=body.model_dump_json())  # type: ignore[attr-defined]


def feed(
    store: OpenedStore, *bodies: JobBody | TripBody, from_pos: int = 1, is_snapshot: bool = False
) -> None:
    """Let jobs and trips come down in one page of the city's feed."""
    rows = [
        row("job" if isinstance(body, JobBody) else "trip", body, pos)
        for pos, body in enumerate(bodies, from_pos)
    ]
    answers.tell(store, rows, from_pos + len(rows) - 1, is_snapshot=is_snapshot)


def grant(store: OpenedStore, quota: str, first: int, last: int) -> None:
    """Let the bureau grant a range of numbers to the present stream."""
    answers.grant(store, {quota: [(first, last)]})


def a_morning(kept: OpenedStore) -> OpenedStore:
    """Let a store have a job with three of its places here, one of them taken, after one visit."""
    feed(kept, job_body())
    grant(kept, PLACES, 1, 3)
    with kept.store.writing() as records:
        check_in(records, person(1).id)
    with kept.store.writing() as records:
        take(records, person(1).id, JobId("J1"))
    return kept


def person(number: int = 1) -> Worker:
    """Return a fictitious person of region 999999."""
    return Worker(
        id=WorkerId(f"W{number}"),
        number_hash=NumberHash(f"hash-{number}"),
        kind=CardKind.CITIZEN,
        name="样例人",
        number=f"99999919700101{number:04d}",
        sex=Sex.MALE,
        birth_date=date(1970, 1, 1),
        region="999999",
        notice_version=1,
        answers=FirstAnswers(),
        first_seen=NOW,
    )


def check_in(records: Records, worker: WorkerId, now: datetime = NOW, day: date = DAY) -> CheckIn:
    """Check a person in as the action does: the visit and its entry in one transaction."""
    sequence = records.check_ins.next_sequence(day)
    visit = CheckIn(f"C-{worker}-{day}", worker, OrderKey(day, now, "K1", sequence), f"A{sequence}", "card")
    records.check_ins.add(visit)
    records.journal.append(
        CheckedIn(
            check_in=visit.id,
            worker=worker,
            hall_day=day,
            queue_number=visit.queue_number,
            sequence=sequence,
            arrived_at=now,
            method="card",
        ),
        now,
    )
    return visit


def take(
    records: Records,
    worker: WorkerId,
    job: JobId,
    trip: TripId | None = None,
    name: str = "P1",
    *,
    now: datetime = NOW,
    kiosk_no: int = 2,
) -> Placement:
    """Take a place as the action does: lowest numbers, placement, slip and entry in one transaction."""
    quotas = [places_of(job), *([seats_of(trip)] if trip else [])]
    lowest = [(quota, records.rights.lowest_free(quota)) for quota in quotas]
    spent = tuple(SpentNumber(quota, number) for quota, number in lowest if number is not None)
    day = hall_day(now)
    slip = SlipNumber(f"PG-NZ-{day:%m%d}-{kiosk_no:02d}-{records.slips.next_counter(day):04d}")
    taken = Placement(
        id=PlacementId(name),
        worker=worker,
        job=job,
        job_version=1,
        trip=trip,
        kind=SlipKind.DISPATCH,
        slip=slip,
        spent=spent,
        starts=now + timedelta(hours=1),
        ends=now + timedelta(hours=14),
        taken_at=now,
        state=PlacementState.CONFIRMED,
    )
    records.placements.add(taken)
    for item in spent:
        records.rights.spend(item, taken.id)
    records.slips.add(SlipRecord(slip, taken.id, SlipState.QUEUED, 0, "{}", "t", "", now))
    records.journal.append(place_taken(taken), now)
    return taken


def turn_slip(records: Records, taken: Placement, state: SlipState) -> None:
    """Let the slip of a place have come so far."""
    slip = records.slips.by_number(taken.slip)
    assert slip is not None
    records.slips.update(replace(slip, state=state))


def ticket(worker: WorkerId, words: str = "{}") -> PaperRecord:
    """Return a number ticket of somebody that waits to be printed."""
    number = PaperNumber(f"PD-{worker}")
    return PaperRecord(number, PaperKind.NUMBER_TICKET, worker, SlipState.QUEUED, 0, words, "abcd", "", NOW)


def place_taken(taken: Placement) -> PlaceTaken:
    """Return the entry of a placement."""
    return PlaceTaken(
        placement=taken.id,
        worker=taken.worker,
        job=taken.job,
        job_version=1,
        trip=taken.trip,
        kind="dispatch",
        slip=taken.slip,
        spent=[Spent(quota=item.quota, number=item.number) for item in taken.spent],
        starts=taken.starts,
        ends=taken.ends,
        title="摘苹果",
        promise="",
    )


PLACES = QuotaId("places:J1")
