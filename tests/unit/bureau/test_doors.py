"""The door of a coach: a number is handed out again only when its paper cannot bring anybody in any more."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.actions.faults import Refused
from kiosk.bureau.backups import back_up, copy_private
from kiosk.bureau.databases import opened
from kiosk.bureau.door_tables import block
from kiosk.bureau.door_tables import door as doors
from kiosk.bureau.doors import give_door
from kiosk.bureau.folders import BureauFolder
from kiosk.bureau.invariants import check_invariants
from kiosk.bureau.offices import Office
from kiosk.bureau.publishing import publish, retract
from kiosk.bureau.rebuilding import rebuild
from kiosk.bureau.registries import KnownDoor
from kiosk.bureau.restores import projections_digest, restore
from kiosk.bureau.tables import quota, spent_number
from kiosk.messages.events import (
    BlockAcknowledged,
    DoorClosed,
    PlaceGivenBack,
    PlaceTaken,
    SlipBoarded,
    SlipScannedIn,
    SlipStateChanged,
    Spent,
)
from kiosk.messages.feed import BlockBody, TripBody
from kiosk.messages.sync import SyncReply, Want
from tests.unit.bureau.rehearsal import (
    DAWN,
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

PLACES, SEATS = "places:j1", "seats:t1"


@pytest.fixture
def kiosks(bureau: Office, folder: Path) -> tuple[Machine, Machine]:
    """A worker kiosk that holds every number of a coach and its job, and the coach's door."""
    publish(bureau.database, "city", [employer(), trip(), job(headcount=3)])
    worker = new_machine(bureau, folder, no=1)
    pulse(bureau, worker, [Want(quota=name, count=3) for name in (PLACES, SEATS)])
    for number in (1, 2, 3):
        worker.do(registered(f"w{number}", number_of(number)))
    door = new_machine(bureau, folder, no=5, profile="door")
    pulse(bureau, door)
    give_door(folder, "t1", "NZ-05", DAWN)
    return worker, door


def ride(worker: str, placement: str, number: int, hours: float = 0) -> PlaceTaken:
    spent = [Spent(quota=name, number=number) for name in (PLACES, SEATS)]
    return taken(worker, placement, number, hours=hours).model_copy(update={"trip": "t1", "spent": spent})


def returned(placement: str) -> PlaceGivenBack:
    return PlaceGivenBack(placement=placement, slip=f"PG-{placement}", spent=[], reason="sick")


def kept_out(*placements: str, aboard: tuple[str, ...] = ()) -> BlockAcknowledged:
    slips = [f"PG-{name}" for name in placements]
    return BlockAcknowledged(trip="t1", slips=slips, aboard=[f"PG-{name}" for name in aboard])


def free(bureau: Office, name: str = SEATS) -> list[int]:
    with bureau.database.reading() as connection:
        return list(connection.execute(select(quota.c.free).where(quota.c.id == name)).scalar_one())


def told(reply: SyncReply, topic: str) -> list[str]:
    return [row.body for page in reply.pages for row in page.rows if row.topic == topic]


def give_back(bureau: Office, worker: Machine, placement: str = "p1", number: int = 1) -> None:
    worker.do(ride(f"w{number}", placement, number))
    worker.do(returned(placement))
    assert pulse(bureau, worker).refusals == []


def test_a_seat_given_back_is_free_when_the_door_keeps_its_paper_out(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    """Broken by freeing numbers when the place is given back: its paper would still let somebody in."""
    worker, door = kiosks
    give_back(bureau, worker)
    assert (free(bureau), free(bureau, PLACES)) == ([], [])
    assert told(pulse(bureau, door), "block") == [BlockBody(trip="t1", slip="PG-p1").model_dump_json()]
    door.do(kept_out("p1"))
    pulse(bureau, door)
    assert (free(bureau), free(bureau, PLACES)) == ([1], [1])
    assert check_invariants(folder) == []


def test_the_trip_tells_which_device_its_door_is_and_keeps_it_when_published_again(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    _, door = kiosks
    assert [TripBody.model_validate_json(text).door for text in told(pulse(bureau, door), "trip")] == [
        door.stream
    ]
    publish(bureau.database, "city", [trip(seats=4)])
    again = TripBody.model_validate_json(told(pulse(bureau, door), "trip")[0])
    assert (again.seats, again.door) == (4, door.stream)


def test_another_devices_word_frees_nothing(bureau: Office, kiosks: tuple[Machine, Machine]) -> None:
    worker, _ = kiosks
    give_back(bureau, worker)
    worker.do(kept_out("p1"))
    pulse(bureau, worker)
    assert free(bureau) == []


def test_a_slip_that_was_aboard_before_its_block_stays_aboard(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    worker, door = kiosks
    give_back(bureau, worker)
    door.do(kept_out("p1", aboard=("p1",)))
    door.do(kept_out("p1"))
    pulse(bureau, door)
    assert free(bureau) == []
    assert check_invariants(folder) == []


def test_a_slip_known_to_be_aboard_is_never_freed_whoever_answers(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    """Broken by believing the second door, which never saw who came in at the first."""
    worker, door = kiosks
    door.do(SlipBoarded(trip="t1", slip="PG-p1"))
    door.do(DoorClosed(trip="t1", boarded=["PG-p1"]))
    pulse(bureau, door)
    second = new_machine(bureau, folder, no=6, profile="door")
    pulse(bureau, second)
    give_door(folder, "t1", "NZ-06", DAWN)
    assert told(pulse(bureau, second), "block") == [BlockBody(trip="t1", slip="PG-p1").model_dump_json()]
    give_back(bureau, worker)
    second.do(kept_out("p1"))
    pulse(bureau, second)
    assert free(bureau) == []


def test_a_duplicates_paper_is_kept_out_and_its_seat_goes_to_somebody_else(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    worker, door = kiosks
    worker.do(ride("w1", "p1", 1))
    worker.do(ride("w1", "p2", 2))
    reply = pulse(bureau, worker)
    assert {(item.seq, item.reason) for item in reply.refusals} == {
        (4, "bureau.notice.placed_twice"),
        (5, "bureau.refused.time_overlap"),
    }
    door.do(kept_out("p2"))
    pulse(bureau, door)
    assert free(bureau) == [2]
    with bureau.database.reading() as connection:
        held = connection.execute(select(spent_number.c.placement).where(spent_number.c.is_held)).all()
    assert {row.placement for row in held} == {"p1"}
    assert check_invariants(folder) == []


def test_a_freed_number_goes_to_another_kiosk_and_the_log_still_tells_the_same(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    worker, door = kiosks
    give_back(bureau, worker)
    worker.do(ride("w2", "p2", 2))
    worker.do(ride("w2", "p3", 3))
    pulse(bureau, worker)
    door.do(kept_out("p1", "p3"))
    pulse(bureau, door)
    other = new_machine(bureau, folder, no=2)
    other.do(registered("x", number_of(9)))
    pulse(bureau, other, [Want(quota=name, count=2, waiting=9) for name in (PLACES, SEATS)])
    assert list(other.granted[SEATS]) == [1, 3]
    other.do(ride("x", "p9", 1))
    assert pulse(bureau, other).refusals == []
    assert check_invariants(folder) == []
    with bureau.database.reading() as connection:
        before = projections_digest(connection)
    assert rebuild(folder) > 0
    with bureau.database.reading() as connection:
        assert projections_digest(connection) == before
    assert check_invariants(folder) == []


def test_a_paper_that_was_scanned_in_frees_its_numbers_without_the_door(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    worker, _ = kiosks
    give_back(bureau, worker)
    worker.do(SlipScannedIn(slip="PG-p1", actor="s1"))
    pulse(bureau, worker)
    assert free(bureau) == [1]
    assert check_invariants(folder) == []


def test_a_paper_scanned_at_another_kiosk_counts_whichever_entry_comes_first(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    worker, _ = kiosks
    other = new_machine(bureau, folder, no=2)
    other.do(SlipScannedIn(slip="PG-p1", actor="s1"))
    assert pulse(bureau, other).refusals == []
    give_back(bureau, worker)
    assert free(bureau) == [1]


def test_one_scanned_paper_says_nothing_of_its_copies(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    worker, _ = kiosks
    worker.do(ride("w1", "p1", 1))
    worker.do(SlipStateChanged(slip="PG-p1", placement="p1", copy_no=1, state="printed", evidence="reply"))
    worker.do(returned("p1"))
    worker.do(SlipScannedIn(slip="PG-p1", actor="s1"))
    assert pulse(bureau, worker).refusals == []
    assert free(bureau) == []


def test_a_duplicates_scanned_paper_waits_until_its_own_kiosk_prints_no_more(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    worker, _ = kiosks
    worker.do(ride("w1", "p1", 1))
    worker.do(ride("w1", "p2", 2))
    worker.do(SlipScannedIn(slip="PG-p2", actor="s1"))
    pulse(bureau, worker)
    assert free(bureau) == []
    worker.do(returned("p2"))
    pulse(bureau, worker)
    assert free(bureau) == [2]


def test_a_place_without_a_coach_is_free_when_its_paper_was_scanned_in(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    worker, door = kiosks
    worker.do(taken("w1", "p1", 1))
    worker.do(returned("p1"))
    pulse(bureau, worker)
    assert told(pulse(bureau, door), "block") == []
    assert free(bureau, PLACES) == []
    worker.do(SlipScannedIn(slip="PG-p1", actor="s1"))
    pulse(bureau, worker)
    assert free(bureau, PLACES) == [1]
    assert check_invariants(folder) == []


def test_a_number_that_is_given_out_again_a_year_later_is_another_paper(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    """One-line break: in `slip_year`, call every slip one of the first year."""
    worker, _ = kiosks
    slip = "PG-NZ-0918-01-0001"
    for placement, number, years in (("p1", 1, 0), ("p2", 2, 1)):
        at = DAWN + timedelta(days=365 * years)
        place = taken(f"w{number}", placement, number, hours=24 * 365 * years)
        worker.do(place.model_copy(update={"slip": slip}), at)
        printed = SlipStateChanged(
            slip=slip, placement=placement, copy_no=0, state="printed", evidence="reply"
        )
        worker.do(printed, at)
        back = PlaceGivenBack(placement=placement, slip=slip, spent=[], reason="sick")
        worker.do(back, at)
        worker.do(SlipScannedIn(slip=slip, actor="s1"), at)
        assert pulse(bureau, worker).refusals == []
        assert free(bureau, PLACES) == [*range(1, number + 1)], "each paper frees the number of its own year"
    assert check_invariants(folder) == []
    with opened(folder) as database, database.reading() as connection:
        before = projections_digest(connection)
    rebuild(folder)
    with opened(folder) as database, database.reading() as connection:
        assert projections_digest(connection) == before


def test_a_door_goes_to_another_device_only_after_it_was_closed(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    _, door = kiosks
    second = new_machine(bureau, folder, no=6, profile="door")
    pulse(bureau, second)
    with pytest.raises(Refused) as refused:
        give_door(folder, "t1", "NZ-06", DAWN)
    assert refused.value.sentence.key == "bureau.door.still_open"
    second.do(DoorClosed(trip="t1", boarded=[]))
    pulse(bureau, second)
    with pytest.raises(Refused):
        give_door(folder, "t1", "NZ-06", DAWN)
    door.do(DoorClosed(trip="t1", boarded=[]))
    pulse(bureau, door)
    give_door(folder, "t1", "NZ-06", DAWN)
    assert bureau.registry.read().doors == {"t1": KnownDoor(stream=second.stream, unknown_aboard=0)}


def test_a_lost_door_written_off_by_count_keeps_as_many_seats_back(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path
) -> None:
    """Broken by freeing all that the new door keeps out: one of them came aboard at the lost one."""
    worker, _ = kiosks
    second = new_machine(bureau, folder, no=6, profile="door")
    pulse(bureau, second)
    give_door(folder, "t1", "NZ-06", DAWN, 1, "the driver counted one")
    for number in (1, 2):
        give_back(bureau, worker, f"p{number}", number)
    second.do(kept_out("p1", "p2"))
    pulse(bureau, second)
    assert len(free(bureau)) == 1
    assert check_invariants(folder) == []


def test_a_restore_takes_back_neither_a_door_nor_who_was_counted_aboard(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path, tmp_path: Path
) -> None:
    """Broken by a door inside the backup only: the lost one's word would free what the new one lets in."""
    back_up(folder, tmp_path / "backups", DAWN)
    second = new_machine(bureau, folder, no=6, profile="door")
    pulse(bureau, second)
    give_door(folder, "t1", "NZ-06", DAWN, 1, "the driver counted one")
    again = tmp_path / "again"
    again.mkdir()
    copy_private(BureauFolder(folder).registry, BureauFolder(again).registry)
    restore(again, tmp_path / "backups", DAWN)
    with opened(again) as database, database.reading() as connection:
        row = connection.execute(select(doors)).one()
    assert (row.stream, row.is_closed, row.unknown_aboard) == (second.stream, False, 1)


def test_no_door_changes_hands_while_a_restored_bureau_waits_for_what_it_forgot(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path, tmp_path: Path
) -> None:
    """One-line break: in `handed_to`, do not ask whether the bureau waits.

    The paper of a place that was given back after the backup would be let in by a door that was never told.
    """
    worker, door = kiosks
    second = new_machine(bureau, folder, no=6, profile="door")
    for machine in (worker, door, second):
        pulse(bureau, machine)
    back_up(folder, tmp_path / "backups", DAWN)
    give_back(bureau, worker)
    pulse(bureau, door)
    door.do(kept_out("p1"))
    door.do(DoorClosed(trip="t1", boarded=[]))
    pulse(bureau, door)
    again = tmp_path / "again"
    again.mkdir()
    copy_private(BureauFolder(folder).registry, BureauFolder(again).registry)
    restore(again, tmp_path / "backups", DAWN)
    with pytest.raises(Refused) as refused:
        give_door(again, "t1", "NZ-06", DAWN, 0, "the coach is empty")
    assert refused.value.sentence.key == "bureau.door.waits"
    give_door(again, "t1", "NZ-05", DAWN)  # whose it is already


@pytest.mark.parametrize(("trip_id", "kiosk"), [("t1", "NZ-09"), ("t9", "NZ-05")])
def test_a_door_needs_a_trip_and_a_device_that_speaks(
    bureau: Office, kiosks: tuple[Machine, Machine], folder: Path, trip_id: str, kiosk: str
) -> None:
    with pytest.raises(Refused):
        give_door(folder, trip_id, kiosk, DAWN)
    assert list(bureau.registry.read().doors) == ["t1"]


def test_a_trip_that_is_taken_back_takes_its_blocks_along(
    bureau: Office, kiosks: tuple[Machine, Machine]
) -> None:
    worker, door = kiosks
    give_back(bureau, worker)
    pulse(bureau, door)
    retract(bureau.database, "city", "trip", "t1")
    gone = [row.id for page in pulse(bureau, door).pages for row in page.rows if row.is_deleted]
    assert set(gone) == {"t1", "PG-p1"}
    with bureau.database.reading() as connection:
        assert connection.scalars(select(block.c.slip)).all() == ["PG-p1"]
