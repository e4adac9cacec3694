"""The shares that the bureau gives out fill a job, though a third of the kiosks say nothing all day."""

from __future__ import annotations

import pytest

from tests.simulation.fill import Morning, mean, play

AS_GOOD_AS_REACHABLE = 0.7
"""So many percent may get lost between what was reachable and what was filled."""


@pytest.mark.parametrize(("capacity", "mornings", "least_percent"), [(40, 60, 97.0), (8, 30, 90.0)])
def test_a_job_is_filled_though_three_kiosks_of_ten_are_dark_all_day(
    capacity: int, mornings: int, least_percent: float
) -> None:
    """Broken by `DAWN_PERCENT = 100`: what dark kiosks do not use is lost for everybody."""
    filled, reachable, _ = mean(
        (play(Morning(capacity, dark_percent=30), seed) for seed in range(mornings)), capacity
    )
    assert filled >= least_percent + 0.3
    assert filled >= reachable - AS_GOOD_AS_REACHABLE


def test_a_dark_kiosk_serves_people_from_its_dawn_share_and_a_pool_alone_serves_none_there() -> None:
    served = []
    for dawn_percent in (0, 35, 100):
        told = [play(Morning(40, 30, dawn_percent), seed) for seed in range(4)]
        _, _, in_the_dark = mean(told, 40)
        served.append(in_the_dark)
    assert served[0] == 0
    assert 10 < served[1] < 30 < served[2]


def test_in_the_last_hour_nobody_waits_for_kiosks_that_were_never_heard() -> None:
    told = [play(Morning(40, 30, is_dark_from_the_start=True), seed) for seed in range(10)]
    filled, reachable, _ = mean(told, 40)
    assert filled >= reachable - AS_GOOD_AS_REACHABLE


def test_kiosks_that_speak_at_once_serve_people_who_do_not_wait() -> None:
    told = [play(Morning(40, 30, patience_s=0, is_hurried=True), seed) for seed in range(10)]
    filled, reachable, _ = mean(told, 40)
    assert filled >= reachable - 3 * AS_GOOD_AS_REACHABLE


def test_people_who_ask_and_go_keep_few_places_from_those_who_take_one() -> None:
    told = [play(Morning(40, 30, lookers_a_taker=1), seed) for seed in range(10)]
    filled, reachable, _ = mean(told, 40)
    assert filled >= reachable - 3 * AS_GOOD_AS_REACHABLE


def test_a_morning_comes_out_of_its_seed_alone() -> None:
    assert play(Morning(8, 30), 7) == play(Morning(8, 30), 7)


def test_desks_that_ask_for_who_stands_there_keep_no_place_from_anybody() -> None:
    """`play` sees that no number goes out twice, at whichever of them people stand.

    Broken by giving a desk a stock: numbers would lie where hardly anybody takes one.
    """
    told = [play(Morning(40, 30, desks=5), seed) for seed in range(20)]
    filled, reachable, _ = mean(told, 40)
    assert filled >= reachable - AS_GOOD_AS_REACHABLE
