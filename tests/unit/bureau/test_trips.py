"""What halls do with coaches goes up as entries and comes down to the hall's other devices as rows."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.actions.faults import Refused
from kiosk.actions.recognise import worker_id_of
from kiosk.bureau.doors import give_door
from kiosk.bureau.erasing import erase_in
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish, retract
from kiosk.bureau.tables import quota
from kiosk.domain.ids import NumberHash
from kiosk.messages.events import (
    BlockAcknowledged,
    DoorClosed,
    DriverRecorded,
    EventBody,
    PassengersChanged,
    PlaceGivenBack,
    SeatGiven,
    TripCrewed,
    TripDeparted,
    TripFormed,
    VehicleRecorded,
)
from kiosk.messages.feed import FeedRow, JobBody, RiderBody, TripBody
from kiosk.messages.fleet import DriverBody, VehicleBody
from kiosk.messages.personal import Kind
from kiosk.messages.sync import Want
from tests.unit.bureau.rehearsal import (
    DAWN,
    TODAY,
    Machine,
    employer,
    job,
    new_machine,
    number_of,
    pulse,
    registered,
    taken,
    trip,
)

PLATE = "示A·00006"


@pytest.fixture
def desks(bureau: Office, folder: Path) -> tuple[Machine, Machine]:
    """Two devices of one hall, the first of which placed three people in work without a coach."""
    publish(bureau.database, "city", [employer(), trip(), job("j1", headcount=5)])
    first, second = (new_machine(bureau, folder, no=no) for no in (1, 2))
    pulse(bureau, first, [Want(quota="places:j1", count=5)])
    pulse(bureau, second)
    for number in (1, 2, 3):
        first.do(registered(f"w{number}", number_of(number)))
        first.do(taken(f"w{number}", f"p{number}", number))
    pulse(bureau, first)
    return first, second


def formed(name: str = "f1") -> TripFormed:
    return TripFormed(
        trip=name,
        label="A101",
        day=TODAY,
        departs_at=time(7, 20),
        bay="6",
        destination="甲村",
        returns_at=time(18),
        seats=5,
        plate=PLATE,
        phone="",
        actor="s1",
    )


def seated(*places: tuple[int, str], left: tuple[str, ...] = (), of: str = "f1") -> PassengersChanged:
    given = [SeatGiven(seat=seat, placement=who, slip=f"PG-{who}") for seat, who in places]
    return PassengersChanged(trip=of, left=list(left), seated=given, actor="s1")


def heard(bureau: Office, machine: Machine, topic: str) -> list[FeedRow]:
    """Let a device speak and listen, and return the rows of a topic that it heard."""
    return [row for page in pulse(bureau, machine).pages for row in page.rows if row.topic == topic]


def refusals(bureau: Office, machine: Machine, *bodies: EventBody) -> list[str]:
    for body in bodies:
        machine.do(body)
    return [refused.reason for refused in pulse(bureau, machine).refusals]


def test_papers_seen_at_one_desk_are_known_at_the_next(
    bureau: Office, desks: tuple[Machine, Machine]
) -> None:
    first, second = desks
    vehicle = VehicleBody(
        plate=PLATE,
        kind="minibus",
        approved=6,
        crew=1,
        owner="测试客运",
        permit_no="1",
        permit_to=TODAY,
        inspection_to=TODAY,
        insurance_to=None,
    )
    driver = DriverBody(
        worker="w-9",
        name="测试丁",
        phone="13900000001",
        birth_date=TODAY,
        licence_class="A1",
        licence_to=TODAY,
        qualification_no="1",
        qualification_to=TODAY,
    )
    first.do(VehicleRecorded(**vehicle.model_dump(), actor="s1"))
    first.do(DriverRecorded(**driver.model_dump(), actor="s1"))
    assert "测试丁" not in first.journal[-1].body
    pulse(bureau, first)
    [row] = heard(bureau, second, "vehicle")
    assert VehicleBody.model_validate_json(row.body) == vehicle
    first.do(VehicleRecorded(**vehicle.model_dump() | {"kind": "balloon"}, actor="s1"))
    [refused] = pulse(bureau, first).refusals
    assert refused.reason == "bureau.refused.malformed"
    with bureau.database.reading() as connection:
        found = [
            DriverBody.model_validate_json(text)
            for (text,) in connection.exec_driver_sql("SELECT body FROM feed_row WHERE topic = 'driver'")
        ]
    assert found == [driver]


def test_a_driver_who_is_erased_is_taken_back_at_every_device_though_he_never_registered(
    bureau: Office, desks: tuple[Machine, Machine], folder: Path
) -> None:
    """One-line break: in `_forget`, take no driver back. He would be told to whoever is enrolled tomorrow."""
    first, second = desks
    card = number_of(9)
    driver = worker_id_of(NumberHash(bureau.reader.hash_of(card)))
    told = DriverBody(
        worker=driver,
        name="测试丁",
        phone="13900000001",
        birth_date=TODAY,
        licence_class="A1",
        licence_to=TODAY,
        qualification_no="1",
        qualification_to=TODAY,
    )
    first.do(DriverRecorded(**told.model_dump(), actor="s1"))
    pulse(bureau, first)
    assert [row.id for row in heard(bureau, second, "driver")] == [driver]
    for _ in range(2):
        [erased] = erase_in(bureau.database, bureau.reader, card, [Kind.STATUTORY], DAWN)
        assert (erased.worker, erased.is_destroyed) == (driver, True)
    assert [(row.id, row.is_deleted, row.body) for row in heard(bureau, second, "driver")] == [
        (driver, True, "")
    ]
    third = new_machine(bureau, folder, no=3)
    assert heard(bureau, third, "driver") == []
    with pytest.raises(Refused):
        erase_in(bureau.database, bureau.reader, number_of(8), [Kind.STATUTORY], DAWN)


def test_a_formed_trip_is_told_with_its_door_and_sells_nothing(
    bureau: Office, desks: tuple[Machine, Machine], folder: Path
) -> None:
    first, second = desks
    first.do(formed())
    first.do(seated((1, "p1"), (2, "p2")))
    first.do(TripCrewed(trip="f1", plate="示A·00046", driver="w-9", seats=45, actor="s1"))
    assert refusals(bureau, first) == []
    [row] = heard(bureau, second, "trip")
    told = TripBody.model_validate_json(row.body)
    assert (told.door, told.is_formed, told.plate, told.driver) == (first.stream, True, "示A·00046", "w-9")
    assert told.seats == 45
    with bureau.database.reading() as connection:
        assert "seats:f1" not in set(connection.execute(select(quota.c.id)).scalars())
    assert refusals(bureau, second, formed()) == ["bureau.refused.contradiction"]
    check_invariants(folder)


def test_a_seat_has_one_passenger_and_a_passenger_one_seat(
    bureau: Office, desks: tuple[Machine, Machine]
) -> None:
    first, _ = desks
    assert refusals(bureau, first, formed(), seated((1, "p1"), (2, "p2"))) == []
    assert refusals(bureau, first, seated((2, "p3"))) == ["bureau.refused.contradiction"]
    assert refusals(bureau, first, seated((3, "p1"))) == ["bureau.refused.contradiction"]
    assert refusals(bureau, first, seated((3, "p9"))) == ["bureau.refused.unknown_placement"]
    assert refusals(bureau, first, seated((1, "p3"), left=("p1",)), seated((3, "p1"))) == []


def test_a_passenger_who_gives_his_place_back_elsewhere_is_kept_out(
    bureau: Office, desks: tuple[Machine, Machine]
) -> None:
    first, second = desks
    assert refusals(bureau, first, formed(), seated((1, "p1"))) == []
    second.do(PlaceGivenBack(placement="p1", slip="PG-p1", spent=[], reason="sick"))
    pulse(bureau, second)
    [row] = heard(bureau, first, "block")
    assert '"trip":"f1"' in row.body
    before = free_places(bureau)
    assert refusals(bureau, first, BlockAcknowledged(trip="f1", slips=["PG-p1"])) == []
    assert free_places(bureau) == before + 1


def test_who_rides_with_a_formed_trip_is_known_at_the_halls_other_devices(
    bureau: Office, desks: tuple[Machine, Machine], folder: Path
) -> None:
    """Broken by keeping them at the bureau alone: at the next door nobody could say with which coach they go.

    One-line breaks: in `change_passengers`, say no rider, or take nobody back who left.
    """
    first, second = desks
    assert refusals(bureau, first, formed(), seated((1, "p1"), (2, "p2"))) == []

    def heard_riders() -> dict[str, tuple[str, int] | None]:
        return {row.id: _seat_in(row) for row in heard(bureau, second, "rider")}

    assert heard_riders() == {"PG-p1": ("f1", 1), "PG-p2": ("f1", 2)}
    assert refusals(bureau, first, seated((1, "p3"), left=("p1",))) == []
    assert heard_riders() == {"PG-p1": None, "PG-p3": ("f1", 1)}
    assert refusals(bureau, first, PlaceGivenBack(placement="p2", slip="PG-p2", spent=[], reason="")) == []
    assert heard_riders() == {"PG-p2": None}
    third = new_machine(bureau, folder, no=3)
    pulse(bureau, third)
    first.do(DoorClosed(trip="f1", boarded=[]))
    pulse(bureau, first)
    give_door(folder, "f1", third.reply.kiosk, DAWN)
    retract(bureau.database, "hall:NZ", "trip", "f1")
    assert heard_riders() == {"PG-p3": None}
    assert check_invariants(folder) == []


def _seat_in(row: FeedRow) -> tuple[str, int] | None:
    if row.is_deleted:
        return None
    told = RiderBody.model_validate_json(row.body)
    return told.trip, told.seat


def free_places(bureau: Office) -> int:
    with bureau.database.reading() as connection:
        free = select(quota.c.free_count).where(quota.c.id == "places:j1")
        return int(connection.execute(free).scalar_one())


def test_a_coach_that_left_sells_nothing_and_its_jobs_are_closed(
    bureau: Office, desks: tuple[Machine, Machine], folder: Path
) -> None:
    """Broken by telling of a departure and leaving the seats on sale."""
    first, second = desks
    publish(bureau.database, "city", [job("j2").model_copy(update={"trip": "t1"})])
    give_door(folder, "t1", second.reply.kiosk, DAWN)
    gone = TripDeparted(
        trip="t1",
        plate="甘G00000",
        driver="w-9",
        departed_at=DAWN,
        digest="0" * 64,
        listed=0,
        aboard=[],
        actor="s1",
    )
    assert refusals(bureau, first, gone) == ["bureau.refused.not_the_door"]
    pulse(bureau, second)
    assert refusals(bureau, second, gone) == []
    rows = {(row.topic, row.id): row.body for page in pulse(bureau, first).pages for row in page.rows}
    assert TripBody.model_validate_json(rows["trip", "t1"]).state == "departed"
    assert JobBody.model_validate_json(rows["job", "j2"]).state == "closed"
    with bureau.database.reading() as connection:
        assert connection.execute(select(quota.c.is_closed).where(quota.c.id == "seats:t1")).scalar_one()
    assert refusals(bureau, second, gone) == ["bureau.refused.contradiction"]
