"""The day at a glance, as storage tells it: seats over all kiosks, slips that wait, and never row by row."""

from __future__ import annotations

from datetime import date, time, timedelta

from kiosk.actions.day_ports import DayCounts, PersonOfDay
from kiosk.domain.ids import JobId, MergeId, PlacementId, SlipNumber, TripId, WorkerId, seats_of
from kiosk.domain.merges import Merge
from kiosk.domain.paydays import PayAnswer
from kiosk.domain.placements import PlacementState
from kiosk.domain.returns import ReturnMark, Whereabouts
from kiosk.domain.slips import SlipState
from kiosk.domain.workers import HeldEducation
from kiosk.storage.opening import OpenedStore
from tests.unit.storage.samples import (
    DAY,
    NOW,
    PLACES,
    check_in,
    feed,
    grant,
    job_body,
    person,
    take,
    trip_body,
    turn_slip,
)


def a_coach(kept: OpenedStore, seats: int = 20) -> None:
    feed(kept, trip_body(seats=seats), job_body(trip="T1"))
    grant(kept, PLACES, 1, 5)
    grant(kept, "seats:T1", 1, 5)


def open_seats(kept: OpenedStore) -> list[int | None]:
    with kept.store.reading() as records:
        return [coach.open_seats for coach in records.days.coaches(DAY)]


def test_seats_are_those_of_all_kiosks(kept: OpenedStore) -> None:
    a_coach(kept)
    kept.sync_book.set_open_places({seats_of(TripId("T1")): 8})
    with kept.store.reading() as records:
        (coach,) = records.days.coaches(DAY)
    assert (coach.open_seats, coach.taken) == (8, 12)


def test_a_seat_taken_here_is_taken_before_the_bureau_hears_of_it(kept: OpenedStore) -> None:
    a_coach(kept)
    kept.sync_book.set_open_places({seats_of(TripId("T1")): 8})
    with kept.store.writing() as records:
        records.workers.add(person())
        take(records, person().id, JobId("J1"), TripId("T1"))
    assert open_seats(kept) == [7]


def test_what_this_kiosk_holds_is_open_whatever_was_told(kept: OpenedStore) -> None:
    """Broken by `max(at_bureau, 0)` in `_open`: five numbers in hand would be sold out."""
    a_coach(kept)
    kept.sync_book.set_open_places({seats_of(TripId("T1")): 2})
    assert open_seats(kept) == [5]


def test_coaches_stand_by_departure_and_those_of_other_days_are_left_out(kept: OpenedStore) -> None:
    later = trip_body().model_copy(update={"departs_at": time(9)})
    other = trip_body(3).model_copy(update={"day": date(2025, 9, 19)})
    feed(kept, later, trip_body(2), other)
    with kept.store.reading() as records:
        assert [coach.trip.id for coach in records.days.coaches(DAY)] == ["T2", "T1"]


def test_a_slip_that_waits_is_told_with_its_person_and_without_whoever_was_forgotten(
    kept: OpenedStore,
) -> None:
    a_coach(kept)
    with kept.store.writing() as records:
        records.workers.add(person())
        take(records, person().id, JobId("J1"), TripId("T1"))
        torn = take(records, WorkerId("gone"), JobId("J1"), TripId("T1"), "P2")
        turn_slip(records, torn, SlipState.UNCERTAIN)
        turn_slip(records, take(records, person().id, JobId("J1"), TripId("T1"), "P3"), SlipState.PRINTED)
    with kept.store.reading() as records:
        told = records.days.open_slips()
    assert [slip.state for slip in told] == [SlipState.QUEUED, SlipState.UNCERTAIN]
    assert [(slip.name, slip.number_tail) for slip in told] == [
        (person().name, person().number[-4:]),
        ("", ""),
    ]


def test_numbers_of_the_day_are_told_of_those_who_have_one(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        records.workers.add(person())
        visit = check_in(records, person().id)
    with kept.store.reading() as records:
        told = records.days.queue_numbers([person().id, WorkerId("gone")], DAY)
        assert records.days.queue_numbers([], DAY) == {}
    assert told == {person().id: visit.queue_number}


def test_what_nobody_said_is_not_known(kept: OpenedStore) -> None:
    """Broken by `aboard=row.aboard` in `counts`: nobody was at a door, and none would be told aboard."""
    a_coach(kept)
    with kept.store.writing() as records:
        records.workers.add(person())
        check_in(records, person().id)
        take(records, person().id, JobId("J1"), TripId("T1"))
    assert counts(kept) == DayCounts(1, 1, 0, 0, aboard=None, arrived=None, back=None, paid=None)


def test_people_are_counted_as_far_as_they_came(kept: OpenedStore) -> None:
    a_coach(kept)
    feed(kept, trip_body().model_copy(update={"door": kept.health().stream}), from_pos=10)
    taken = []
    with kept.store.writing() as records:
        for number in (1, 2, 3):
            records.workers.add(person(number))
            check_in(records, person(number).id)
            taken.append(take(records, person(number).id, JobId("J1"), TripId("T1"), f"P{number}"))
        records.workers.add_education(person(1).id, HeldEducation("site", DAY, DAY))
        records.workers.add_education(person(2).id, HeldEducation("site", DAY, DAY - timedelta(days=1)))
        turn_slip(records, taken[0], SlipState.PRINTED)
        records.placements.set_state(taken[2].id, PlacementState.CANCELLED)
        records.doors.come_aboard(TripId("T1"), taken[0].slip, NOW)
        records.pays.answer(PlacementId("of yesterday"), PayAnswer.FULL, NOW)
        records.pays.answer(PlacementId("too little"), PayAnswer.PARTIAL, NOW)
        records.pays.answer(PlacementId("said before"), PayAnswer.FULL, NOW - timedelta(days=1))
    assert counts(kept) == DayCounts(3, 2, 1, 1, aboard=1, arrived=None, back=None, paid=1)


def test_who_came_under_two_registrations_came_once_until_that_is_undone(kept: OpenedStore) -> None:
    """Broken by counting visits instead of those they were of."""
    made = Merge(MergeId("m"), person(1).id, person(2).id, NOW)
    with kept.store.writing() as records:
        for number in (1, 2, 3):
            records.workers.add(person(number))
            check_in(records, person(number).id)
        records.merges.add(made)
    assert counts(kept).checked_in == 2
    with kept.store.writing() as records:
        records.merges.undo(made.id)
    assert counts(kept).checked_in == 3


def test_only_what_is_of_this_day_and_of_doors_here_is_counted(kept: OpenedStore) -> None:
    """Broken by leaving the day, or whose door it is, out of any of the counts."""
    a_coach(kept)
    door = kept.health().stream
    of_before, elsewhere = (
        trip_body(2).model_copy(update={"door": door, "day": DAY - timedelta(days=1)}),
        trip_body(3).model_copy(update={"door": "another device"}),
    )
    feed(kept, trip_body().model_copy(update={"door": door}), of_before, elsewhere, from_pos=10)
    with kept.store.writing() as records:
        records.workers.add(person())
        check_in(records, person().id)
        taken = take(records, person().id, JobId("J1"), TripId("T1"))
        take(records, person().id, JobId("J1"), TripId("T1"), "P2", now=NOW - timedelta(days=1))
        records.placements.set_state(taken.id, PlacementState.ENDED)
        records.outings.mark(TripId("T1"), [ReturnMark(taken.slip, Whereabouts.BACK, NOW)])
        records.outings.mark(TripId("T2"), [ReturnMark(SlipNumber("of before"), Whereabouts.BACK, NOW)])
        for coach in (of_before, elsewhere):
            records.doors.come_aboard(TripId(coach.id), SlipNumber(f"slip of {coach.id}"), NOW)
        for days, name in ((0, "P1"), (1, "told tomorrow"), (-1, "told before")):
            records.pays.answer(PlacementId(name), PayAnswer.FULL, NOW + timedelta(days=days))
    assert counts(kept) == DayCounts(1, 1, 0, 0, aboard=0, arrived=1, back=1, paid=1)


def test_an_answer_that_no_money_came_is_an_answer(kept: OpenedStore) -> None:
    with kept.store.writing() as records:
        records.pays.answer(PlacementId("P1"), PayAnswer.NONE, NOW)
    assert counts(kept).paid == 0


def counts(kept: OpenedStore) -> DayCounts:
    with kept.store.reading() as records:
        return records.days.counts(DAY)


def test_the_people_of_a_coach_are_those_who_still_have_a_seat_with_slip_job_and_number(
    kept: OpenedStore,
) -> None:
    a_coach(kept)
    with kept.store.writing() as records:
        records.workers.add(person(1))
        records.workers.add(person(2))
        visit = check_in(records, person(2).id)
        take(records, person(1).id, JobId("J1"), TripId("T1"), "P1")
        taken = take(records, person(2).id, JobId("J1"), TripId("T1"), "P2")
        records.placements.set_state(PlacementId("P1"), PlacementState.CANCELLED)
    with kept.store.reading() as records:
        (told,) = records.days.people([TripId("T1")])
        assert records.days.people([TripId("T2")]) == []
        assert records.days.people([]) == []
    assert told == PersonOfDay(
        worker=person(2).id,
        name=person(2).name,
        number_tail=person(2).number[-4:],
        queue_number=visit.queue_number,
        slip=taken.slip,
        slip_state=SlipState.QUEUED,
        job=JobId("J1"),
        title="摘苹果",
        trip=TripId("T1"),
        is_aboard=False,
    )


def test_who_is_aboard_is_not_missing_and_the_door_is_one_devices(kept: OpenedStore) -> None:
    """Broken by leaving `_IS_OURS` out of the coaches: a door elsewhere would make everybody missing.

    Nor is anybody missing who gave the place back.
    """
    a_coach(kept)
    with kept.store.writing() as records:
        take(records, person(1).id, JobId("J1"), TripId("T1"), "P1")
        taken = take(records, person(2).id, JobId("J1"), TripId("T1"), "P2")
        given_back = take(records, person(3).id, JobId("J1"), TripId("T1"), "P3")
        records.placements.set_state(given_back.id, PlacementState.CANCELLED)
        records.doors.come_aboard(TripId("T1"), taken.slip, NOW)
    assert missing(kept) == (False, 1)
    feed(kept, trip_body().model_copy(update={"door": kept.health().stream}), from_pos=10)
    assert missing(kept) == (True, 1)
    with kept.store.reading() as records:
        assert [person.is_aboard for person in records.days.people([TripId("T1")])] == [False, True]


def missing(kept: OpenedStore) -> tuple[bool, int]:
    with kept.store.reading() as records:
        (coach,) = records.days.coaches(DAY)
    return coach.is_door_here, coach.missing
