"""The order of the day stands on the agreed clock: a hand on the wall clock moves nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.actions.call_help import call_help
from kiosk.actions.check_in import check_in, register_and_check_in
from kiosk.actions.ports import CheckIn
from kiosk.actions.recognise import recognise
from kiosk.app.agreed_time import LONGEST_OFF, AgreedTime, HeardTime, keep_heard, take_over_heard
from kiosk.messages.events import HelpCalled
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


def test_what_was_heard_outlives_the_screen_process_and_tells_another_boot_the_earliest_it_can_be(
    kiosk: SampleKiosk,
) -> None:
    store = kiosk.hall.store
    keep_heard(store, HeardTime(boot="b1", server_time=MORNING + HOUR, at_monotonic_s=1000.0))
    fresh, rebooted = AgreedTime(kiosk.clock), AgreedTime(kiosk.clock)
    take_over_heard(fresh, store, "b1")
    take_over_heard(rebooted, store, "b2")
    assert fresh.now() == MORNING + HOUR
    assert rebooted.now() == MORNING + HOUR
    kiosk.clock.instant += 2 * HOUR
    later = AgreedTime(kiosk.clock)
    take_over_heard(later, store, "b2")
    assert later.now() == MORNING + 2 * HOUR


@pytest.mark.parametrize(
    "wrong", [timedelta(days=-20_000), -HOUR, LONGEST_OFF, timedelta(days=5000)], ids=str
)
def test_a_boot_without_a_network_goes_on_behind_the_last_entry_when_its_clock_is_wrong(
    kiosk: SampleKiosk, wrong: timedelta
) -> None:
    """Breaks when `AgreedTime.begin_behind` leaves the wall clock's word."""
    keep_heard(kiosk.hall.store, HeardTime(boot="b1", server_time=MORNING - HOUR, at_monotonic_s=1000.0))
    call_help(kiosk.hall, "home", None)
    kiosk.clock.instant += wrong
    for _ in range(2):
        agreed = AgreedTime(kiosk.clock)
        take_over_heard(agreed, kiosk.hall.store, "b2")
        assert agreed.now() == MORNING


def test_an_entry_of_a_clock_that_was_years_ahead_is_not_believed_behind_the_bureaus_word(
    kiosk: SampleKiosk,
) -> None:
    with kiosk.hall.store.writing() as records:
        records.journal.append(HelpCalled(call="h", screen="home", worker=None), MORNING + 2 * LONGEST_OFF)
    keep_heard(kiosk.hall.store, HeardTime(boot="b1", server_time=MORNING + HOUR, at_monotonic_s=1000.0))
    agreed = AgreedTime(kiosk.clock)
    take_over_heard(agreed, kiosk.hall.store, "b2")
    assert agreed.now() == MORNING + HOUR
