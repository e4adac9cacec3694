"""A team's numbers stand next to one another, and its turn is that of the last who came."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import QuotaId
from kiosk.domain.orders import OrderKey, Turn
from kiosk.domain.quotas import NumberRange, NumberSet
from kiosk.domain.teams import Stock, adjacent, lacking, most_together, turns_together

DAY = date(2026, 9, 18)
FIVE = datetime(2026, 9, 17, 21, 0, tzinfo=UTC)
PLACES, SEATS = QuotaId("places:j"), QuotaId("seats:t")
NUMBERS = st.sets(st.integers(1, 14)).map(
    lambda numbers: NumberSet.of(NumberRange(number, number) for number in numbers)
)


def numbers(*ranges: tuple[int, int]) -> NumberSet:
    return NumberSet.of_pairs(ranges)


def key(nth: int) -> OrderKey:
    return OrderKey(DAY, FIVE + timedelta(minutes=nth), "kiosk-A", nth)


def test_a_team_gets_the_lowest_run_that_is_long_enough_of_places_and_of_seats() -> None:
    shares = adjacent([Stock(PLACES, numbers((2, 3), (7, 9))), Stock(SEATS, numbers((11, 14)))], 3)
    assert shares is not None
    assert [[item.number for item in share] for share in shares] == [[7, 11], [8, 12], [9, 13]]


def test_numbers_that_are_not_next_to_one_another_are_none_for_a_team() -> None:
    stocks = [Stock(PLACES, numbers((1, 2), (4, 5)))]
    assert adjacent(stocks, 3) is None
    assert most_together(stocks) == 2


def test_what_is_kept_for_others_is_no_room_for_a_team() -> None:
    stocks = [Stock(PLACES, numbers((1, 4)), kept=2)]
    assert most_together(stocks) == 2
    assert adjacent(stocks, 3) is None


def test_a_team_lacks_what_it_counts_beyond_what_lies_here_in_one_piece_for_it() -> None:
    """Broken by returning `people` alone of each quota: what lies in pieces would be taken for room."""
    stocks = [
        Stock(PLACES, numbers((1, 2), (4, 4))),
        Stock(SEATS, numbers((1, 3)), kept=2),
        Stock(QuotaId("seats:u"), numbers((1, 4))),
    ]
    assert lacking(stocks, 4) == {PLACES: 3 + 4 - 2, SEATS: 3 + 4 - 1}
    assert lacking(stocks, 1) == {}


@given(NUMBERS, NUMBERS, st.integers(0, 4), st.integers(2, 8))
def test_a_team_gets_all_its_numbers_adjacent_and_free_or_none(
    places: NumberSet, seats: NumberSet, kept: int, people: int
) -> None:
    shares = adjacent([Stock(PLACES, places, kept), Stock(SEATS, seats)], people)
    fits = [
        any(all(first + nth in free for nth in range(people)) for first in range(1, 15))
        for free in (places, seats)
    ]
    assert (shares is not None) == (all(fits) and len(places) - kept >= people)
    if shares is not None:
        for nth, free in enumerate((places, seats)):
            taken = [share[nth].number for share in shares]
            assert taken == list(range(taken[0], taken[0] + people))
            assert all(number in free for number in taken)


@given(st.sets(st.integers(0, 40), min_size=2, max_size=6), st.sets(st.integers(0, 40)))
def test_a_team_overtakes_nobody_who_came_before_its_last_member(team: set[int], others: set[int]) -> None:
    together = turns_together([key(nth) for nth in team])
    alone = [Turn.of(key(nth)) for nth in others - team]
    line = sorted([*together, *alone])
    places = sorted(line.index(turn) for turn in together)
    assert places == list(range(places[0], places[0] + len(team)))
    assert all(turn < min(together) for turn in alone if turn.own < key(max(team)))
    assert all(turn > max(together) for turn in alone if turn.own > key(max(team)))
