"""Records what this version says on the wire, for every later one to understand: all entries, all topics.

`python -m tests.faults.recording v2` writes a new folder beside this file's vectors; one that is there stays
as it is. Nobody in it is a real person.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from kiosk.codes import load_dictionaries
from kiosk.messages import events, feed
from kiosk.messages.events import FIRST_HASH, Event, EventBody, Person, Spent, chain_hash
from kiosk.messages.exchanges import Exchange
from kiosk.messages.feed import Cursor, FeedPage, FeedRow
from kiosk.messages.packing import Packing
from kiosk.messages.personal import Kind
from kiosk.messages.sealing import WorkerKey, sealed_json
from kiosk.messages.sync import (
    ClockView,
    OldStream,
    Recall,
    Refusal,
    RightGrant,
    RightView,
    SyncReply,
    SyncRequest,
    Want,
)
from kiosk.messages.wire import Wire

VECTORS = Path(__file__).parent / "vectors"
STREAM, OLDER, MACHINE = "0123456789abcdef" * 2, "fedcba9876543210" * 2, "ab" * 32
NOW, DAY = datetime(2026, 9, 17, 21, 10, 0, 123456, tzinfo=UTC), date(2026, 9, 18)
WORKER, ACTOR, PLACEMENT = "w-0123456789abcdef01234567", "staff-1", "0123456789abcdef0123456789abcdef"
NUMBER = "999999196803120018"
SECRETS = {Kind.STATUTORY: "ab" * 16, Kind.OPTIONAL: "cd" * 16}


def bodies() -> Sequence[EventBody]:
    """Return one entry of every type, as a day could have them."""
    return (
        *_of_people(),
        *_of_places(),
        events.HelpCalled(call="h-1", screen="board", worker=None),
        events.HelpAnswered(call="h-1", actor=ACTOR, waited_s=40),
        events.JobPosted(job={"id": "p1", "title": "摘辣椒", "pay": {"fen": 18000}}, actor=ACTOR),
        events.JobWithdrawn(job="p1", reason="rain", actor=ACTOR),
        events.RightsReturned(quota="places:j1", ranges=[(8, 9), (11, 11)]),
        events.SlipBoarded(trip="t1", slip="PG-NZ-0918-01-0001"),
        events.BlockAcknowledged(trip="t1", slips=["PG-NZ-0918-01-0002"], aboard=["PG-NZ-0918-01-0001"]),
        events.DoorClosed(trip="t1", boarded=["PG-NZ-0918-01-0001"]),
        events.CountsChanged(hall_day=DAY, kind="under_age", count=2),
        events.StaffActed(actor=ACTOR, act="settle", entity="slip", entity_id="PG-NZ-0918-01-0001"),
        events.DeviceSeen(kind="reader", device="SAM-0001", profile="sdt"),
    )


def _of_people() -> Sequence[EventBody]:
    person = Person(
        kind="citizen", name="测试甲", number=NUMBER, sex="1", birth_date=date(1968, 3, 12), region="999999"
    )
    return (
        events.WorkerRegistered(worker=WORKER, person=person, notice_version=1, method="card"),
        events.CheckedIn(
            check_in="c-1",
            worker=WORKER,
            hall_day=DAY,
            queue_number="A1",
            sequence=1,
            arrived_at=NOW,
            method="card",
        ),
        events.FirstAnswersGiven(worker=WORKER, phone="13900000001", trades=["pick"], span="day"),
        events.ErasureAsked(worker=WORKER, kind="optional", epoch=0, method="card"),
        events.CertificateRecorded(
            worker=WORKER,
            kind="electrician",
            number_tail="0018",
            valid_until=DAY,
            review_by=None,
            actor=ACTOR,
        ),
        events.ClassHeld(worker=WORKER, hazard_class="heights", held_on=DAY, valid_until=DAY, actor=ACTOR),
    )


def _of_places() -> Sequence[EventBody]:
    spent = [Spent(quota="places:j1", number=7), Spent(quota="seats:t1", number=3)]
    return (
        events.PlaceTaken(
            placement=PLACEMENT,
            worker=WORKER,
            job="j1",
            job_version=2,
            trip="t1",
            kind="dispatch",
            slip="PG-NZ-0918-01-0001",
            spent=spent,
            starts=NOW,
            ends=NOW,
            title="摘辣椒",
            promise="0011223344",
            education="held",
            educated_on=DAY,
        ),
        events.SlipStateChanged(
            slip="PG-NZ-0918-01-0001", placement=PLACEMENT, copy_no=0, state="printed", evidence="token"
        ),
        events.PlaceGivenBack(placement=PLACEMENT, slip="PG-NZ-0918-01-0001", spent=spent, reason="ill"),
        events.SlipScannedIn(slip="PG-NZ-0918-01-0001", actor=ACTOR),
    )


def rows() -> Sequence[tuple[str, str, Wire]]:
    """Return one thing of every topic that comes down: topic, id, body."""
    employer = feed.EmployerBody(
        id="e1",
        name="测试家庭农场",
        type="household",
        uscc=None,
        contact_name="测试乙",
        contact_phone="0936-0000012",
        address="甲村",
        is_verified=True,
    )
    parameter = feed.ParameterBody(
        key="age.minimum_years", value="16", unit="a", source="测试", effective_from=date(2020, 1, 1)
    )
    key = feed.KeyBody(key_id="0a1b2c", kiosk="NZ-02", station="NZ", public_key="A" * 43 + "=")
    staff = feed.StaffBody(id=ACTOR, name="测试丙", role="attendant", pin_hash="x", is_active=True)
    gone = feed.ErasureBody(worker="w-76543210fedcba9876543210", kind="optional", epoch=1, void=1)
    held = feed.ErasureBody(
        worker=gone.worker, kind="statutory", epoch=1, void=0, law="人力资源市场暂行条例", held_until=DAY
    )
    return (
        ("parameter", "age.minimum_years@2020-01-01", parameter),
        ("staff", ACTOR, staff),
        ("employer", "e1", employer),
        ("trip", "t1", _trip()),
        ("job", "j1", _job()),
        ("capsule", "ef" * 32, feed.CapsuleBody(sealed="0011")),
        ("key", "0a1b2c", key),
        ("erasure", f"{gone.worker}/{gone.kind}", gone),
        ("erasure", f"{held.worker}/{held.kind}", held),
        ("block", "PG-NZ-0918-01-0009", feed.BlockBody(trip="t1", slip="PG-NZ-0918-01-0009")),
    )


def _job() -> feed.JobBody:
    pay = feed.PayBody(fen=18000, unit="day", rule="same_day", way="cash", payer="测试家庭农场")
    shift = feed.ShiftBody(first_day=DAY, last_day=DAY, starts_at=time(7), ends_at=time(16), break_min=60)
    return feed.JobBody(
        id="j1",
        version=2,
        employer="e1",
        station="NZ",
        trade="fruit_picker",
        family="farm",
        title="摘辣椒",
        title_en="Pick peppers",
        content="在地里摘红辣椒，装筐。",
        content_en="Pick red peppers into baskets.",
        headcount=20,
        pay=pay,
        shift=shift,
        place=feed.PlaceBody(town="甲镇", spot="村口", distance_m=12000, travel_min=25),
        trip="t1",
        has_meal=True,
        has_lodging=False,
        hazards=["heat"],
        ppe=["gloves"],
        certificates=[],
        insurance="accident",
        age_min=16,
        is_instant=True,
        is_dangerous=False,
        needs_education=None,
        meeting_point="1 号口",
        valid_until=NOW.replace(year=2027),
        state="published",
        open_places=20,
        dawn_percent=40,
    )


def _trip() -> feed.TripBody:
    return feed.TripBody(
        id="t1",
        station="NZ",
        label="K1",
        day=DAY,
        departs_at=time(6, 20),
        bay="3",
        destination="甲镇",
        returns_at=time(17),
        seats=30,
        plate="甘G00000",
        phone="13900000001",
        state="planned",
    )


def request() -> SyncRequest:
    """Return the first word of a kiosk, with every entry."""
    entries, before = list[Event](), FIRST_HASH
    for seq, body in enumerate(bodies(), 1):
        text = body.model_dump_json()
        if body.sealing is not None:
            text = sealed_json(body, SECRETS[body.sealing.kind], STREAM, seq)
        digest = chain_hash(STREAM, seq, body.type, body.v, before, text)
        entry = Event(
            seq=seq,
            type=body.type,
            v=body.v,
            at=NOW,
            boot="boot-1",
            boottime_ms=1000 * seq,
            prev_hash=before,
            hash=digest,
            body=text,
        )
        entries.append(entry)
        before = digest
    held = RightView(quota="places:j1", granted=[(1, 9), (11, 11)], returned=[(8, 9)], spent=1)
    return SyncRequest(
        kiosk="NZ-01",
        stream=STREAM,
        generation="",
        head=len(entries),
        first=1,
        prev_hash=FIRST_HASH,
        events=entries,
        rights=[held],
        wants=[Want(quota="places:j1", count=4, waiting=2)],
        cursors=[Cursor(scope="city", feed_gen="0011223344556677", pos=12)],
        clock=ClockView(wall=NOW, boot="boot-1", boottime_ms=90_000),
        backlog=len(entries),
        refused_open=1,
        older=[OldStream(stream=OLDER, rights=[held.model_copy(update={"quota": "places:j0"})])],
        machine=MACHINE,
        keys=[WorkerKey(worker=WORKER, kind=kind, secret=secret) for kind, secret in SECRETS.items()],
    )


def reply() -> SyncReply:
    """Return the answer to it, with a row of every topic."""
    told = [
        FeedRow(topic=topic, id=row_id, pos=pos, body=body.model_dump_json())
        for pos, (topic, row_id, body) in enumerate(rows(), 1)
    ]
    told.append(FeedRow(topic="job", id="gone", pos=len(told) + 1, is_deleted=True))
    return SyncReply(
        stream=STREAM,
        generation="1-0123456789abcdef0123456789abcdef",
        server_time=NOW,
        acked=len(bodies()),
        prune_ok=4,
        rights=[RightGrant(quota="places:j1", granted=[(1, 9), (11, 12)])],
        refusals=[Refusal(seq=5, reason="bureau.refused.malformed")],
        pages=[
            FeedPage(
                scope="city", feed_gen="0011223344556677", rows=told, pos=20, has_more=False, is_snapshot=True
            ),
            FeedPage(scope="hall:NZ", feed_gen="8899aabbccddeeff", rows=[], pos=3, has_more=False),
        ],
        open_places={"places:j1": 11, "seats:t1": 0, "places:j2": 4, "places:j3": 1},
        recalls=[Recall(quota="places:j2", keep=1)],
    )


def main(name: str) -> int:
    """Record all of it in a new folder."""
    folder, packing = VECTORS / name, Packing(load_dictionaries())
    folder.mkdir(parents=True)
    said, answered = request(), reply()
    exchange = Exchange.of(said, answered)
    next_said = said.model_copy(
        update={"first": said.head + 1, "events": [], "generation": answered.generation}
    )
    next_answered = answered.model_copy(update={"pages": [], "refusals": []})
    for title, message, after in (
        ("request", said, None),
        ("reply", answered, None),
        ("next-request", next_said, exchange.request),
        ("next-reply", next_answered, exchange.reply),
    ):
        (folder / f"{title}.json").write_text(message.model_dump_json() + "\n", encoding="utf-8")
        (folder / f"{title}.packed").write_bytes(packing.pack(message, after=after))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
