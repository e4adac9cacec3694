"""All that this version can say: one entry of every type, one thing of every topic. Nobody in it is real."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from kiosk.messages import events, feed
from kiosk.messages.audit_chain import AuditLine, audit_hash
from kiosk.messages.course_bodies import (
    AnswerBody,
    CourseBody,
    CoursePageBody,
    PictureBody,
    QuestionBody,
)
from kiosk.messages.events import EventBody, Person, Spent
from kiosk.messages.fleet import DriverBody, VehicleBody
from kiosk.messages.wire import Wire

NOW, DAY = datetime(2026, 9, 17, 21, 10, 0, 123456, tzinfo=UTC), date(2026, 9, 18)
WORKER, ACTOR, PLACEMENT = "w-0123456789abcdef01234567", "staff-1", "0123456789abcdef0123456789abcdef"
NUMBER = "999999196803120018"


def bodies() -> Sequence[EventBody]:
    """Return one entry of every type, as a day could have them."""
    return (
        *_of_people(),
        *_of_places(),
        *_of_lines(),
        *of_duty(),
        events.HelpCalled(call="h-1", screen="board", worker=None),
        events.HelpAnswered(call="h-1", actor=ACTOR, waited_s=40),
        events.JobPosted(job={"id": "p1", "title": "摘辣椒", "pay": {"fen": 18000}}, actor=ACTOR),
        events.JobWithdrawn(job="p1", reason="rain", actor=ACTOR),
        events.RightsReturned(quota="places:j1", ranges=[(8, 9), (11, 11)]),
        events.SlipBoarded(trip="t1", slip="PG-NZ-0918-01-0001"),
        events.BlockAcknowledged(trip="t1", slips=["PG-NZ-0918-01-0002"], aboard=["PG-NZ-0918-01-0001"]),
        events.RidersCalled(trip="t1", slips=["PG-NZ-0918-01-0003"], actor=ACTOR),
        events.DoorClosed(trip="t1", boarded=["PG-NZ-0918-01-0001"]),
        events.CountsChanged(hall_day=DAY, kind="under_age", count=2),
        events.StaffActed(
            actor=ACTOR,
            act="settle",
            entity="slip",
            entity_id="PG-NZ-0918-01-0001",
            reason="看过",
            second="s-2",
            line=1,
            at=NOW,
            prev_hash=events.FIRST_HASH,
            hash=audit_hash(
                AuditLine(1, NOW, ACTOR, "settle", "slip", "PG-NZ-0918-01-0001", "看过", "s-2"),
                events.FIRST_HASH,
            ),
        ),
        events.DeviceSeen(kind="reader", device="SAM-0001", profile="sdt"),
        *_of_trips(),
    )


def _of_trips() -> Sequence[EventBody]:
    crew: dict[str, Any] = {"trip": "f1", "plate": "示A·00006", "driver": WORKER, "actor": ACTOR}
    vehicle, driver = _fleet()
    seat = events.SeatGiven(seat=1, placement=PLACEMENT, slip="PG-NZ-0918-01-0001")
    return (
        events.VehicleRecorded(**vehicle.model_dump(), actor=ACTOR),
        events.DriverRecorded(**driver.model_dump(), actor=ACTOR),
        events.TripFormed(
            trip="f1",
            label="A101",
            day=DAY,
            departs_at=time(7, 20),
            bay="6",
            destination="甲村",
            returns_at=None,
            seats=5,
            plate="示A·00006",
            phone="0936-0000012",
            actor=ACTOR,
        ),
        events.PassengersChanged(trip="f1", left=["p9"], seated=[seat], actor=ACTOR),
        events.TripCrewed(seats=5, **crew),
        events.TripChecked(check="belts", is_good=True, **crew),
        events.TripDeparted(departed_at=NOW, digest="0" * 64, listed=1, aboard=[seat.slip], **crew),
    )


def _fleet() -> tuple[VehicleBody, DriverBody]:
    vehicle = VehicleBody(
        plate="示A·00006",
        kind="minibus",
        approved=6,
        crew=1,
        owner="测试客运",
        permit_no="000001",
        permit_to=DAY,
        inspection_to=DAY,
        insurance_to=None,
    )
    driver = DriverBody(
        worker=WORKER,
        name="测试丁",
        phone="13900000001",
        birth_date=date(1980, 1, 2),
        licence_class="A1",
        licence_to=DAY,
        qualification_no="000001",
        qualification_to=DAY,
    )
    return vehicle, driver


def _of_people() -> Sequence[EventBody]:
    person = Person(
        kind="citizen", name="测试甲", number=NUMBER, sex="1", birth_date=date(1968, 3, 12), region="999999"
    )
    return (
        events.WorkerRegistered(worker=WORKER, person=person, notice_version=1, method="card"),
        events.WorkerCorrected(
            worker=WORKER, name="测试乙", sex="1", birth_date=date(1968, 3, 12), actor=ACTOR
        ),
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
        events.UseRestricted(worker=WORKER, is_restricted=True, step=1, epoch=1, method="card"),
        events.CertificateRecorded(
            worker=WORKER,
            kind="electrician",
            number_tail="0018",
            valid_until=DAY,
            review_by=None,
            actor=ACTOR,
        ),
        events.HardshipVerified(worker=WORKER, kind="low_income", valid_until=DAY, actor=ACTOR),
        events.SkillRecorded(worker=WORKER, trade="mason", grade="4", actor=ACTOR),
        events.ClassHeld(
            worker=WORKER,
            hazard_class="height",
            held_on=DAY,
            valid_until=DAY,
            actor="",
            record="AJ-NZ-0918-01-0001",
            course_version=1,
            mode="alone",
            score_percent=80,
            tries=2,
            spent_min=6,
            signature="1:AAEC",
        ),
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
            due_h=12,
            sign_up="s-1",
            team=events.TeamPoint(team="g-1", nth=1, of=2),
        ),
        events.SlipStateChanged(
            slip="PG-NZ-0918-01-0001", placement=PLACEMENT, copy_no=0, state="printed", evidence="token"
        ),
        events.PlaceGivenBack(placement=PLACEMENT, slip="PG-NZ-0918-01-0001", spent=spent, reason="ill"),
        events.SlipScannedIn(slip="PG-NZ-0918-01-0001", actor=ACTOR),
        events.PayAnswered(placement=PLACEMENT, worker=WORKER, answer="partial"),
    )


def _of_lines() -> Sequence[EventBody]:
    own = events.OrderPoint(day=DAY, arrived_at=NOW, kiosk="NZ-02", sequence=1)
    turn = events.TurnPoint(at=own, shift=1)
    return (
        events.SignedUp(
            sign_up="s-1",
            worker=WORKER,
            job="j1",
            job_version=2,
            way="talk",
            queue_number="A1",
            own=own,
            turn=turn,
            team=events.TeamPoint(team="g-1", nth=2, of=2),
        ),
        events.SignUpCalled(
            sign_up="s-1",
            worker=WORKER,
            nth=1,
            spot="2",
            held_at="NZ-02",
            answer_by=NOW,
            actor=ACTOR,
            decision="d-1",
            order_version=1,
        ),
        events.SignUpMissed(sign_up="s-1", worker=WORKER, calls=1, turn=turn, actor=ACTOR),
        events.SignUpMoved(sign_up="s-1", worker=WORKER, turn=turn, reason="带小孩", actor=ACTOR),
        events.TalkBegun(sign_up="s-1", worker=WORKER, actor=ACTOR),
        events.TalkAgreed(sign_up="s-1", worker=WORKER, actor=ACTOR),
        events.SignUpEnded(sign_up="s-2", worker=WORKER, reason="left", actor=""),
    )


def of_duty() -> Sequence[EventBody]:
    """Return one entry of every type about the people of a trip on their way."""
    return (
        events.DutyHanded(
            hand_over="o-1",
            trip="t1",
            giver="operator",
            taker="transport",
            at=NOW,
            place="南站 3 号位",
            headcount=19,
            expected=20,
            signer="测＊",
            proof="signed",
            signature="ab" * 32,
            exceptions="一人没来",
            actor=ACTOR,
        ),
        events.IncidentNoted(
            incident="i-1",
            trip="t1",
            at=NOW,
            kind="injury",
            severity="IV",
            party="employer",
            people=1,
            done="送医院",
            told=["emergency", "bureau"],
            closed_at=NOW,
            outcome="回家了",
            actor=ACTOR,
        ),
        events.ReturnNoted(
            trip="t1",
            slips=["PG-NZ-0918-01-0001"],
            where="stayed",
            reason="活没完",
            until=DAY,
            actor=ACTOR,
        ),
        events.ReturnClosed(trip="t1", expected=20, back=18, stayed=1, missing=1, actor=ACTOR),
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
    staff = feed.StaffBody(
        id=ACTOR,
        name="测试丙",
        role="attendant",
        pin_hash="x",
        is_active=True,
        valid_until=DAY,
        badge_serial=7,
    )
    gone = feed.ErasureBody(worker="w-76543210fedcba9876543210", kind="optional", epoch=1, void=1)
    held = feed.ErasureBody(
        worker=gone.worker, kind="statutory", epoch=1, void=0, law="人力资源市场暂行条例", held_until=DAY
    )
    vehicle, driver = _fleet()
    return (
        ("parameter", "age.minimum_years@2020-01-01", parameter),
        ("staff", ACTOR, staff),
        ("employer", "e1", employer),
        ("vehicle", vehicle.plate, vehicle),
        ("driver", driver.worker, driver),
        ("trip", "t1", _trip()),
        ("job", "j1", _job()),
        ("capsule", "ef" * 32, feed.CapsuleBody(sealed="0011")),
        ("key", "0a1b2c", key),
        ("erasure", f"{gone.worker}/{gone.kind}", gone),
        ("erasure", f"{held.worker}/{held.kind}", held),
        ("course", "height", _course()),
        ("sign_up", "s-1", _signed_up()),
        ("block", "PG-NZ-0918-01-0009", feed.BlockBody(trip="t1", slip="PG-NZ-0918-01-0009")),
        (
            "rider",
            "PG-NZ-0918-01-0001",
            feed.RiderBody(
                trip="t1",
                slip="PG-NZ-0918-01-0001",
                seat=12,
                placement="p1",
                worker="w1",
                job="j1",
                queue_number="A001",
                education="held",
            ),
        ),
    )


def _course() -> CourseBody:
    picture = PictureBody(name="education/helmet_on")
    right = AnswerBody(picture="education/helmet_on", text="戴好", text_en="Wear it", is_right=True)
    wrong = AnswerBody(picture="education/helmet_off", text="不戴", text_en="Do not")
    return CourseBody(
        hazard_class="height",
        version=1,
        title="高处作业",
        title_en="Work at height",
        valid_days=365,
        pass_percent=80,
        sources=["安全生产法 第二十八条"],
        pages=[CoursePageBody(pictures=[picture], text="先戴好安全帽", text_en="Put the helmet on first")],
        questions=[
            QuestionBody(
                text="先做啥？",
                text_en="What first?",
                answers=[right, wrong],
                why="东西会掉",
                why_en="Things fall",
            )
        ],
    )


def _signed_up() -> feed.SignUpBody:
    return feed.SignUpBody(
        id="s-1",
        worker=WORKER,
        job="j1",
        job_version=2,
        way="talk",
        queue_number="A1",
        hall_day=DAY,
        own_arrived_at=NOW,
        own_kiosk="NZ-02",
        own_sequence=1,
        turn_arrived_at=NOW,
        turn_kiosk="NZ-02",
        turn_sequence=1,
        turn_shift=0,
        signed_at=NOW,
        state="negotiating",
        calls=1,
        spot="2",
        held_at="NZ-02",
        called_at=NOW,
        answer_by=NOW,
        talked_at=NOW,
        agreed_at=None,
        step=3,
        team="g-1",
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
        needs_education="heat",
        meeting_point="1 号口",
        valid_until=NOW.replace(year=2027),
        state="published",
        open_places=20,
        dawn_percent=40,
        needs_classes=["heat", "height"],
        strain=feed.StrainBody(lift_kg=22, lifts_an_hour=8),
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
