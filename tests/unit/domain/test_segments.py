"""Who answers for people on a trip: told in full it is always one, and what was not told is not smoothed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import TripId
from kiosk.domain.segments import (
    Boundary,
    Fault,
    Flaw,
    HandOver,
    Party,
    Proof,
    flaws,
    in_force,
    next_boundary,
)

DAWN = datetime(2026, 9, 17, 21, 0, tzinfo=UTC)
NIGHT = DAWN + timedelta(hours=20)
TIMES = st.lists(st.integers(1, 1100), min_size=4, max_size=4, unique=True).map(sorted)


def after(minutes: int) -> datetime:
    return DAWN + timedelta(minutes=minutes)


def handed(boundary: Boundary, minutes: int, noted: int = 0) -> HandOver:
    return HandOver(
        id=f"{boundary}-{minutes}",
        trip=TripId("T1"),
        boundary=boundary,
        at=after(minutes),
        noted_at=after(noted),
        place="",
        headcount=20,
        expected=20,
        signer="",
        proof=Proof.PHONE,
    )


def whole(times: Sequence[int], noted: Sequence[int] = (0, 0, 0, 0)) -> list[HandOver]:
    return [handed(*each) for each in zip(Boundary, times, noted, strict=True)]


@given(TIMES, st.permutations(range(4)), st.lists(st.integers(-900, 900), min_size=4, max_size=4))
def test_a_trip_of_which_every_hand_over_is_told_has_exactly_one_party_at_every_instant(
    times: list[int], order: list[int], noted: list[int]
) -> None:
    """Clocks of those who wrote them down, and the order in which they came, change nothing.

    One-line break: in `_passed`, take boundaries in the order in which they were told.
    """
    told = whole(times, noted)
    shuffled = [told[at] for at in order]
    assert flaws(shuffled, DAWN, NIGHT) == ()
    for at in range(0, 1200, 37):
        taken = [each.boundary.taker for each in told if each.at <= after(at)]
        assert in_force(shuffled, after(at)) is (taken[-1] if taken else Party.OPERATOR)


@given(TIMES, st.sets(st.sampled_from(Boundary), min_size=1))
def test_what_was_not_told_between_two_hand_overs_is_a_gap_of_that_length(
    times: list[int], left_out: set[Boundary]
) -> None:
    """One-line break: in `_gaps`, look only where two boundaries are missing."""
    told = [each for each in whole(times) if each.boundary not in left_out]
    kept = [-1, *(at for at, each in enumerate(Boundary) if each not in left_out)]
    moments = [DAWN, *(each.at for each in told)]
    expected = [
        (moments[at], moments[at + 1])
        for at, (before, behind) in enumerate(pairwise(kept))
        if behind > before + 1
    ]
    found = flaws(told, DAWN, NIGHT)
    assert [(flaw.begins, flaw.until) for flaw in found] == expected
    assert all(flaw.fault is Fault.GAP for flaw in found)


def test_a_gap_names_who_had_people_before_and_who_behind_and_how_long() -> None:
    told = [handed(Boundary.DEPARTURE, 80), handed(Boundary.PICK_UP, 680)]
    [gap] = flaws(told, DAWN, NIGHT)
    assert gap == Flaw(Fault.GAP, (Party.TRANSPORT, Party.EMPLOYER), after(80), after(680))
    assert gap.lasts == timedelta(hours=10)


def test_a_hand_over_told_at_two_times_has_two_who_answer_between_them() -> None:
    """One-line break: in `_stretches`, end a stretch with the first telling of its end."""
    told = [handed(Boundary.DEPARTURE, 80), handed(Boundary.DEPARTURE, 95), handed(Boundary.ARRIVAL, 150)]
    both = (Party.OPERATOR, Party.TRANSPORT)
    assert flaws(told, DAWN, NIGHT) == (Flaw(Fault.OVERLAP, both, after(80), after(95)),)


def test_an_arrival_before_its_departure_is_an_overlap() -> None:
    told = [handed(Boundary.DEPARTURE, 90), handed(Boundary.ARRIVAL, 60)]
    both = (Party.OPERATOR, Party.EMPLOYER)
    assert flaws(told, DAWN, NIGHT) == (Flaw(Fault.OVERLAP, both, after(60), after(90)),)


def test_a_trip_waits_for_the_boundary_behind_the_last_it_passed() -> None:
    assert next_boundary([]) is Boundary.DEPARTURE
    assert next_boundary([handed(Boundary.ARRIVAL, 60)]) is Boundary.PICK_UP
    assert next_boundary(whole([1, 2, 3, 4])) is None
