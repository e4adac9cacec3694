"""Numbers follow demand: a dawn share for everyone, a pool for people who stand somewhere, and recalls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import KioskId, StreamId
from kiosk.domain.quotas import NumberSet
from kiosk.protocol.allotment import (
    LATE_S,
    MELTS_FROM_S,
    Offer,
    Standing,
    dawn_shares,
    due,
    recalls,
    unmet,
)
from kiosk.protocol.quotas import QuotaState, give_back, grant, grantable, opened_quota

A, B, C = (KioskId(name) for name in "ABC")
EARLY = Offer(free=20, closes_in_s=MELTS_FROM_S)
LATE = Offer(free=20, closes_in_s=LATE_S)

COUNTS = st.integers(0, 6)
OFFERS = st.builds(Offer, COUNTS, st.floats(0, 20_000))


def standings_of(*names: KioskId) -> st.SearchStrategy[list[Standing]]:
    return st.tuples(
        *(
            st.builds(Standing, st.just(name), *[COUNTS] * 6, is_here=st.booleans(), is_steady=st.booleans())
            for name in names
        )
    ).map(list)


def test_a_want_is_met_by_numbers_whose_grant_was_lost_on_the_way() -> None:
    assert (unmet(3, 3, 0), unmet(3, 3, 3), unmet(1, 3, 0)) == (0, 3, 0)


# --- the dawn share -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capacity", "percent", "weights", "shares"),
    [
        (5, 100, {A: 1, B: 1}, {A: 3, B: 2}),
        (40, 50, {A: 3, B: 1}, {A: 15, B: 5}),
        (8, 35, {A: 1, B: 5, C: 1}, {A: 0, B: 2, C: 0}),
        (2, 35, {A: 1, B: 1}, {A: 0, B: 0}),
        (40, 35, {A: 1}, {A: 40}),
        (40, 35, {}, {}),
    ],
)
def test_dawn_shares(
    capacity: int, percent: int, weights: dict[KioskId, float], shares: dict[KioskId, int]
) -> None:
    assert dawn_shares(capacity, percent, weights) == shares


@given(st.integers(0, 60), st.integers(0, 100), st.lists(st.integers(1, 50), min_size=2, max_size=9))
def test_dawn_gives_out_its_part_and_never_more_to_a_quieter_kiosk(
    capacity: int, percent: int, weights: list[int]
) -> None:
    """Broken by dividing by the share itself, not by the share and one: one kiosk gets all there is."""
    shares = dawn_shares(capacity, percent, {KioskId(f"{no}"): float(at) for no, at in enumerate(weights)})
    assert sum(shares.values()) == capacity * percent // 100
    by_weight = sorted(zip(weights, shares.values(), strict=True))
    for (quieter, less), (busier, more) in pairwise(by_weight):
        assert less <= more or quieter == busier
        assert more <= (less + 1) * busier / quieter


@given(
    st.integers(0, 400),
    st.integers(0, 100),
    st.lists(st.floats(1e-3, 1e3) | st.integers(1, 9).map(float), min_size=2, max_size=9),
)
def test_dawn_shares_are_those_of_giving_each_number_by_itself(
    capacity: int, percent: int, weights: list[float]
) -> None:
    """Broken by rounding up what each gets at least: then the quiet ones are short of it."""
    one_by_one = [0] * len(weights)
    for _ in range(capacity * percent // 100):
        serves = [weight / (share + 1) for weight, share in zip(weights, one_by_one, strict=True)]
        one_by_one[serves.index(max(serves))] += 1
    shares = dawn_shares(capacity, percent, {KioskId(f"{no}"): at for no, at in enumerate(weights)})
    assert list(shares.values()) == one_by_one


def test_a_kiosk_that_asks_first_gets_its_dawn_share_and_no_stock() -> None:
    assert due(EARLY, 9, Standing(A, dawn=2, is_steady=False), [Standing(B, dawn=1)]) == 2
    assert due(EARLY, 9, Standing(A, dawn=0, is_steady=False), [Standing(B, dawn=1)]) == 0


def test_what_the_others_have_not_fetched_yet_is_kept_for_them() -> None:
    silent = [Standing(B, dawn=15, is_here=False)]
    crowd = Standing(A, given=1, waiting=20)
    assert due(EARLY, 20, crowd, silent) == 5
    half_way = replace(EARLY, closes_in_s=(MELTS_FROM_S + LATE_S) / 2)
    assert due(half_way, 20, crowd, silent) == 12
    assert due(replace(EARLY, closes_in_s=24 * 3600), 20, crowd, silent) == 5


def test_in_the_last_hour_nothing_is_kept_back_for_silent_kiosks() -> None:
    assert due(LATE, 20, Standing(A, given=1, waiting=20), [Standing(B, dawn=15, is_here=False)]) == 20


# --- people and stocks ----------------------------------------------------------------------------


def test_somebody_who_waits_gets_the_last_number_of_the_pool() -> None:
    thirty = [Standing(KioskId(f"{no}"), given=1, is_here=True) for no in range(30)]
    assert due(replace(EARLY, free=1), 1, Standing(A, waiting=1), thirty) == 1
    assert due(replace(EARLY, free=1), 1, Standing(A), thirty) == 0


def test_a_kiosk_keeps_a_stock_of_what_it_used_in_half_an_hour_and_at_least_one() -> None:
    assert due(EARLY, 9, Standing(A, given=1), [Standing(B, given=1)]) == 1
    assert due(EARLY, 9, Standing(A, given=9, used=4, idle=1), [Standing(B, given=1)]) == 3
    assert due(EARLY, 9, Standing(A, given=9, used=20), [Standing(B, given=1)]) == 5


def test_a_stock_leaves_a_number_for_everybody_who_waits_elsewhere() -> None:
    """Broken by `elsewhere = 0`: what A lays in is what somebody at B waits for."""
    offer = replace(EARLY, free=4)
    assert due(offer, 9, Standing(A, given=1), [Standing(B, given=1)]) == 1
    assert due(offer, 9, Standing(A, given=1), [Standing(B, given=1, waiting=2)]) == 0


@given(OFFERS, st.integers(0, 9), standings_of(A, B, C))
def test_nobody_gets_more_than_he_wants_or_may_have_or_what_is_kept_for_others(
    offer: Offer, wanted: int, standings: list[Standing]
) -> None:
    """Broken by leaving `offer.free - asker.barred` out: a number is promised that A cannot be given."""
    asker, *others = standings
    count = due(offer, wanted, asker, others)
    assert 0 <= count <= min(wanted, max(0, offer.free - asker.barred))
    own = 0 if asker.given else asker.dawn
    kept = sum(other.dawn for other in others if not other.given)
    if offer.closes_in_s >= MELTS_FROM_S:
        assert count <= max(own, offer.free - kept)


# --- recalls --------------------------------------------------------------------------------------


def test_nothing_is_asked_back_while_the_pool_serves_everybody() -> None:
    standings = [Standing(A, given=9, idle=9), Standing(B, given=1, waiting=2)]
    assert recalls(replace(EARLY, free=2), standings) == {}
    assert recalls(replace(EARLY, free=1), standings) == {A: 8}


def test_a_number_serves_nobody_who_gave_it_back_himself() -> None:
    """Broken by leaving `barred` out of `_short`: he waits beside it, and nobody is asked for another."""
    standings = [Standing(A, given=2, waiting=1, barred=2), Standing(B, given=3, idle=3)]
    assert recalls(replace(EARLY, free=2), standings) == {B: 2}


def test_who_has_most_beyond_its_own_use_gives_first() -> None:
    standings = [
        Standing(A, given=9, idle=3, used=3),
        Standing(B, given=9, idle=3, used=1),
        Standing(C, given=9, waiting=9),
    ]
    assert recalls(replace(EARLY, free=0), standings) == {B: 1}


def test_a_kiosk_keeps_a_number_for_everybody_who_waits_there() -> None:
    """Broken by `_kept` returning 0: two kiosks take a number from each other in turn."""
    both = [Standing(A, given=2, idle=1, waiting=1), Standing(B, given=1, idle=0, waiting=1)]
    assert recalls(replace(LATE, free=0), both) == {}


def test_in_the_last_hour_one_number_waits_in_the_pool_for_whoever_comes_next() -> None:
    standings = [Standing(A, given=2, idle=2, used=2), Standing(B, given=1, idle=1)]
    assert recalls(replace(LATE, free=0), standings) == {B: 0}
    assert recalls(replace(LATE, free=1), standings) == {}
    assert recalls(replace(EARLY, free=0), standings) == {}


def test_nobody_is_asked_who_cannot_hear() -> None:
    standings = [Standing(A, given=9, idle=9, is_here=False), Standing(B, given=1, waiting=1)]
    assert recalls(replace(LATE, free=0), standings) == {}


def test_a_capacity_that_was_cut_takes_back_what_is_idle() -> None:
    standings = [Standing(A, given=3, idle=3, used=3, waiting=1), Standing(B, given=1, idle=1)]
    assert recalls(replace(EARLY, free=0, over=2), standings) == {A: 2, B: 0}
    assert recalls(replace(EARLY, free=0, over=9), standings) == {A: 0, B: 0}


@given(OFFERS, standings_of(A, B, C))
def test_only_idle_numbers_are_asked_back_and_no_more_than_are_missing(
    offer: Offer, standings: list[Standing]
) -> None:
    """Broken by counting `used` numbers as idle ones, or by asking every kiosk for all that is missing."""
    keep = recalls(offer, standings)
    asked = [(of, of.idle - keep[of.kiosk]) for of in standings if of.kiosk in keep]
    assert all(of.is_here and 0 < count <= of.idle - of.waiting for of, count in asked)
    missing = sum(max(0, of.waiting - of.idle) for of in standings if of.is_here)
    assert sum(count for _, count in asked) <= max(missing, int(offer.is_late))


@dataclass
class _Town:
    """Three kiosks, the people before them, and one quota in its last hour; used numbers play no part."""

    state: QuotaState
    waiting: dict[KioskId, int]
    free: dict[KioskId, NumberSet]

    def stand(self, name: KioskId) -> Standing:
        right = self.state.right_of(StreamId(name))
        barred = len(self.state.free) - len(grantable(self.state, StreamId(name)))
        return Standing(
            name,
            given=len(right.granted),
            idle=len(self.free[name]),
            waiting=self.waiting[name],
            barred=barred,
        )

    def offer(self) -> Offer:
        return replace(LATE, free=len(self.state.free))

    def speak(self, name: KioskId) -> bool:
        """Hold one round, serve whom it can, return what is asked; tell whether anything moved."""
        stream, before = StreamId(name), self.state
        others = [self.stand(other) for other in self.free if other != name]
        count = due(self.offer(), 9, self.stand(name), others)
        self.state = grant(self.state, stream, count)
        self.free[name] |= self.state.right_of(stream).granted - before.right_of(stream).granted
        keep = recalls(self.offer(), [self.stand(other) for other in self.free]).get(name)
        served = self.free[name].lowest(self.waiting[name])
        self.waiting[name] -= len(served)
        self.free[name] -= served
        if keep is not None:
            back = self.free[name] - self.free[name].lowest(keep)
            self.state, self.free[name] = give_back(self.state, stream, back), self.free[name] - back
        return self.state != before or len(served) > 0


PEOPLE = st.lists(st.tuples(st.sampled_from([A, B, C]), st.integers(1, 3)), max_size=6)


@given(st.integers(1, 7), PEOPLE, st.permutations([A, B, C]))
def test_in_the_end_nobody_waits_while_another_kiosk_holds_a_number_he_could_have(
    capacity: int, people: list[tuple[KioskId, int]], order: list[KioskId]
) -> None:
    """Broken by `for_people = 0`: only a kiosk's stock is filled, and that from half of the pool.

    And it ends: a number leaves each stream at most once, so there is no playing ball.
    """
    town = _Town(opened_quota(capacity), dict.fromkeys(order, 0), dict.fromkeys(order, NumberSet()))
    for name, count in [*people, (A, 0)]:
        town.waiting[name] += count
        most_moves = 2 * capacity * len(order) + sum(town.waiting.values())
        for _ in range(most_moves + 1):
            moved = [town.speak(one) for one in order]
            if not any(moved):
                break
        else:
            raise AssertionError("numbers go to and fro")
        for one in order:
            if town.waiting[one]:
                assert len(grantable(town.state, StreamId(one))) == 0
                assert all(len(town.free[other]) == 0 for other in order)
