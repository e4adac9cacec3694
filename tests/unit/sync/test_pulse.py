"""When the pulse beats: hurried by a nudge, but not at a bureau that was away a moment ago."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.bureau.init import init_bureau
from kiosk.sync import pulse as pulses
from kiosk.sync.http_bureau import HttpBureau
from kiosk.sync.pulse import Pulse
from kiosk.sync.rounds import Attempt, Schedule
from kiosk.system_clock import SystemClock
from tests.stores import open_new_store

PATIENCE_S = 60.0


@contextmanager
def beating(folder: Path, on_round: Callable[[Attempt], None]) -> Iterator[Pulse]:
    """A pulse over a real database, whose bureau listens nowhere; it runs until the block has ended."""
    ca = init_bureau(folder / "bureau", "测试人社局").ca_certificate
    (folder / "kiosk").mkdir()
    opened = open_new_store(folder / "kiosk", SystemClock())
    with HttpBureau("https://127.0.0.1:1", ca) as nobody:
        pulse = Pulse(
            book=opened.sync_book,
            bureau=nobody,
            kiosk="NZ-01",
            key=Ed25519PrivateKey.generate(),
            clock=SystemClock(),
            schedule=Schedule(interval_s=60.0, jitter=0.2),
            boot="b",
            on_round=on_round,
        )
        thread = threading.Thread(target=pulse.run)
        thread.start()
        try:
            yield pulse
        finally:
            pulse.stop()
            thread.join(PATIENCE_S)
            opened.close()
    assert not thread.is_alive()


def test_a_bureau_that_is_away_is_not_asked_again_at_every_touch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken by `self._stopped.wait(0)`: each nudge would knock at a closed door at once."""
    rest_s = 0.5
    monkeypatch.setattr(pulses, "_FAILED_REST_S", rest_s)
    rounds: list[float] = []
    three = threading.Event()
    running: list[Pulse] = []
    started = threading.Event()

    def touch_at_once(attempt: Attempt) -> None:
        assert not attempt.is_success
        rounds.append(time.monotonic())
        started.wait(PATIENCE_S)
        running[0].nudge()
        if len(rounds) == 3:
            three.set()

    with beating(tmp_path, touch_at_once) as pulse:
        running.append(pulse)
        started.set()
        assert three.wait(PATIENCE_S)
    assert rounds[1] - rounds[0] >= rest_s
    assert rounds[2] - rounds[1] >= rest_s


def test_a_kiosk_that_is_told_to_stop_does_not_rest_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulses, "_FAILED_REST_S", 10 * PATIENCE_S)
    failed = threading.Event()
    with beating(tmp_path, lambda _attempt: failed.set()):
        assert failed.wait(PATIENCE_S)
