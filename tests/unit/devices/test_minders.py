"""A minder comes back after a loss, and stops when told."""

from __future__ import annotations

import threading

from kiosk.devices.minders import BACK_OFF_S, DeviceLost, Minder, Watch


def test_a_minder_takes_turns_until_it_is_stopped() -> None:
    losses: list[str] = []
    third = threading.Event()

    def turn(watch: Watch) -> None:
        watch.settle()
        raise DeviceLost(f"turn {len(losses) + 1}")

    def on_lost(lost: DeviceLost) -> None:
        losses.append(str(lost))
        if len(losses) == 3:
            third.set()

    minder = Minder("test", turn, on_lost)
    minder.start()

    assert third.wait(5)
    assert minder.stop()
    assert losses[:3] == ["turn 1", "turn 2", "turn 3"]


def test_a_loss_because_of_the_stop_is_no_loss() -> None:
    losses: list[DeviceLost] = []
    began = threading.Event()

    def turn(watch: Watch) -> None:
        began.set()
        watch.pause(60)
        raise DeviceLost

    minder = Minder("test", turn, losses.append)
    minder.start()

    assert began.wait(5)
    assert minder.stop()
    assert losses == []


def test_pauses_grow_with_failures_in_a_row_and_shrink_when_the_device_answers() -> None:
    pauses: list[float] = []

    class Listening(Watch):
        def pause(self, duration_s: float) -> None:
            pauses.append(duration_s)

    watch = Listening()
    for _ in range(len(BACK_OFF_S) + 1):
        watch.back_off()
    watch.settle()
    watch.back_off()

    assert pauses == [*BACK_OFF_S, BACK_OFF_S[-1], BACK_OFF_S[0]]
