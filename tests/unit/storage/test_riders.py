"""Who goes with a coach: what was sold here and what the bureau told of other kiosks, as one list by seat."""

from __future__ import annotations

from datetime import timedelta

from kiosk.actions.door_ports import Holding, Rider
from kiosk.domain.ids import JobId, PlacementId, SlipNumber, TripId, WorkerId
from kiosk.domain.placements import PlacementState
from kiosk.domain.workers import EducationState
from kiosk.messages.feed import BlockBody, FeedRow, RiderBody
from kiosk.storage.opening import OpenedStore
from tests import answers
from tests.unit.storage.plans import scans, statements_of
from tests.unit.storage.samples import NOW, check_in, feed, grant, job_body, person, row, take, trip_body

TRIP = TripId("T1")


def tell(kept: OpenedStore, *rows: FeedRow) -> None:
    with kept.database.reading() as connection:
        pos = connection.exec_driver_sql("SELECT max(pos) FROM cursor WHERE scope = 'hall:NZ'").scalar() or 0
    placed = [item.model_copy(update={"pos": pos + n}) for n, item in enumerate(rows, 1)]
    answers.tell(kept, placed, pos + len(rows), scope="hall:NZ")


def rider(slip: str, seat: int, worker: str = "w-9", **facts: object) -> FeedRow:
    body = RiderBody(
        trip=TRIP, slip=slip, seat=seat, placement=f"P-{slip}", worker=worker, job="J1", queue_number="B7"
    )
    return row("rider", body.model_copy(update=facts), 1, slip)


def sold_here(kept: OpenedStore) -> SlipNumber:
    """Let a person who is here take seat 1 at this kiosk."""
    feed(kept, trip_body(seats=9), job_body(trip="T1"))
    grant(kept, "places:J1", 1, 5)
    grant(kept, "seats:T1", 1, 5)
    with kept.store.writing() as records:
        records.workers.add(person(1))
        check_in(records, person(1).id)
    with kept.store.writing() as records:
        return take(records, person(1).id, JobId("J1"), trip=TRIP).slip


def listed(kept: OpenedStore) -> list[tuple[str, int]]:
    with kept.store.reading() as records:
        return [(item.slip, item.seat) for item in records.riders.of(TRIP)]


def test_both_are_one_list_and_only_people_of_this_device_are_named(kept: OpenedStore) -> None:
    own = sold_here(kept)
    tell(kept, rider("S9", 4, education="held"), rider(own, 1, worker=person(1).id, education="missing"))
    with kept.store.reading() as records:
        ours, theirs = records.riders.of(TRIP)
        known = records.workers.by_id(person(1).id)
        assert known is not None
        assert (ours.slip, ours.name, ours.education) == (own, known.name, EducationState.MISSING)
        assert theirs == Rider(
            slip=SlipNumber("S9"),
            trip=TRIP,
            seat=4,
            placement=PlacementId("P-S9"),
            worker=WorkerId("w-9"),
            job=JobId("J1"),
            queue_number="B7",
            name="",
            number_tail="",
            education=EducationState.HELD,
        )
        assert records.riders.by_slip(SlipNumber("S9")) == theirs
        assert [item.slip for item in records.riders.seats_of(WorkerId("w-9"))] == ["S9"]


def test_what_this_kiosk_knows_of_its_own_place_counts_before_what_the_bureau_told(kept: OpenedStore) -> None:
    """Broken by telling of a slip what the bureau said although its place was given back here."""
    own = sold_here(kept)
    tell(kept, rider(own, 1))
    with kept.store.writing() as records:
        placement = records.placements.by_slip(own)
        assert placement is not None
        records.placements.set_state(placement.id, PlacementState.CANCELLED)
    assert listed(kept) == []
    with kept.store.reading() as records:
        assert records.riders.is_given_back(own)


def test_a_place_of_another_kiosk_that_was_given_back_here_is_nobodys_seat(kept: OpenedStore) -> None:
    feed(kept, trip_body(seats=9))
    tell(kept, rider("S9", 4))
    with kept.store.writing() as records:
        records.placements.note_left(PlacementId("P-S9"), WorkerId("w-9"), NOW)
    assert listed(kept) == []
    with kept.store.reading() as records:
        assert records.riders.is_given_back(SlipNumber("S9"))


def test_whoever_the_door_before_let_in_is_aboard_and_whoever_gave_back_is_no_rider(
    kept: OpenedStore,
) -> None:
    """Both are told as blocks; the bureau calls only the first of them a rider still."""
    own = sold_here(kept)
    tell(kept, rider("S8", 3), rider("S9", 4))
    with kept.store.writing() as records:
        records.doors.come_aboard(TRIP, SlipNumber("S8"), NOW)
    blocked = [row("block", BlockBody(trip=TRIP, slip=slip), 1, slip) for slip in ("S8", "S9", own, "S7")]
    tell(kept, *blocked)
    with kept.store.reading() as records:
        told = {item.slip: item.came_before for item in records.riders.of(TRIP)}
        assert told == {"S8": False, "S9": True}
        over = [slip for slip in ("S7", "S8", "S9", own) if records.riders.is_given_back(SlipNumber(slip))]
        assert over == ["S7", own]


def test_a_rider_who_gave_his_seat_back_leaves_the_list(kept: OpenedStore) -> None:
    tell(kept, rider("S9", 4))
    tell(kept, rider("S9", 5))
    assert listed(kept) == [("S9", 5)]
    tell(kept, FeedRow(topic="rider", id="S9", pos=1, is_deleted=True))
    assert listed(kept) == []


def test_riders_are_forgotten_thirty_days_after_their_coach(kept: OpenedStore) -> None:
    feed(kept, trip_body(seats=9))
    tell(kept, rider("S9", 4))
    for days, left in ((29, 1), (32, 0)):
        kept.forget_closed(NOW + timedelta(days=days))
        assert len(listed(kept)) == left


def test_a_door_that_is_closed_stays_closed_in_this_life(kept: OpenedStore) -> None:
    tell(kept, row("trip", trip_body().model_copy(update={"door": kept.health().stream}), 1))
    with kept.store.writing() as records:
        assert records.doors.holding(TRIP) is Holding.OPEN
        records.doors.close(TRIP, NOW)
        assert records.doors.holding(TRIP) is Holding.CLOSED
        assert records.doors.book(TRIP, SlipNumber("S1")).is_closed
        assert records.doors.holding(TripId("T2")) is Holding.ELSEWHERE


def test_no_question_at_the_door_reads_a_whole_table(kept: OpenedStore) -> None:
    own = sold_here(kept)
    tell(kept, rider("S9", 4))
    with statements_of(kept.database) as heard, kept.store.writing() as records:
        records.riders.of(TRIP)
        records.riders.by_slip(own)
        records.riders.seats_of(WorkerId("w-9"))
        records.riders.is_given_back(own)
        records.doors.holding(TRIP)
        records.doors.aboard(TRIP)
        records.doors.came_aboard(own)
        records.doors.close(TRIP, NOW)
    assert scans(kept.database, heard) == []
