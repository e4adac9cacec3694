"""The order of the day stands on the agreed clock: a hand on the wall clock moves nobody."""

from __future__ import annotations

from datetime import timedelta

from kiosk.actions.check_in import check_in, register_and_check_in
from kiosk.actions.ports import CheckIn
from kiosk.actions.recognise import recognise
from kiosk.app.agreed_time import AgreedTime, HeardTime, keep_heard, take_over_heard
from tests.halls import MORNING, MovableClock, SampleKiosk

HOUR = timedelta(hours=1)


def arrive(kiosk: SampleKiosk, key: str) -> CheckIn:
    arrival = register_and_check_in(kiosk.hall, recognise(kiosk.hall, kiosk.people[key].card))
    assert isinstance(arrival.check_in, CheckIn)
    return arrival.check_in


def test_setting_the_wall_clock_back_an_hour_does_not_change_the_order_of_the_day(
    kiosk: SampleKiosk,
) -> None:
    """Breaks when `Hall.now` reads the wall clock instead of the agreed one."""
    came: list[CheckIn] = []
    for key, hand in (("miao", timedelta(0)), ("tian", -HOUR), ("su", 3 * HOUR), ("wen", -24 * HOUR)):
        kiosk.clock.instant += hand
        came.append(arrive(kiosk, key))
        kiosk.clock.pass_time(60)
    assert sorted(came, key=lambda visit: visit.key) == came
    assert [visit.key.arrived_at - came[0].key.arrived_at for visit in came] == [
        timedelta(minutes=minutes) for minutes in range(4)
    ]
    assert {visit.key.day for visit in came} == {MORNING.date()}


def test_a_second_tap_after_a_hand_on_the_clock_is_still_the_same_visit(kiosk: SampleKiosk) -> None:
    first = arrive(kiosk, "miao")
    kiosk.clock.instant += timedelta(days=2)
    again = check_in(kiosk.hall, recognise(kiosk.hall, kiosk.people["miao"].card))
    assert (again.check_in, again.is_new) == (first, False)


def test_the_bureau_sets_a_wrong_clock_right() -> None:
    clock = MovableClock()
    agreed = AgreedTime(clock)
    clock.pass_time(10)
    agreed.hear(MORNING + HOUR, clock.monotonic() - 4)
    assert agreed.now() == MORNING + HOUR + timedelta(seconds=4)
    clock.instant -= HOUR
    assert agreed.now() == MORNING + HOUR + timedelta(seconds=4)


def test_the_wires_jitter_lets_nobody_overtake() -> None:
    clock = MovableClock()
    agreed = AgreedTime(clock)
    before = agreed.now()
    agreed.hear(MORNING - timedelta(seconds=1), clock.monotonic())
    assert agreed.now() == before
    agreed.hear(MORNING - timedelta(seconds=3), clock.monotonic())
    assert agreed.now() == MORNING - timedelta(seconds=3)


def test_what_was_heard_outlives_the_screen_process_but_not_the_boot(kiosk: SampleKiosk) -> None:
    store = kiosk.hall.store
    keep_heard(store, HeardTime(boot="b1", server_time=MORNING + HOUR, at_monotonic_s=1000.0))
    fresh, rebooted = AgreedTime(kiosk.clock), AgreedTime(kiosk.clock)
    take_over_heard(fresh, store, "b1")
    take_over_heard(rebooted, store, "b2")
    assert fresh.now() == MORNING + HOUR
    assert rebooted.now() == MORNING
