"""What systemd hears of a kiosk: frames and nothing else."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.watchdog import SHARE, Watchdog

PATIENCE_S = 20


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(0)
        yield listening


class Seconds:
    """A monotonic clock moved by hand."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def watchdog(systemd: socket.socket, seconds: Seconds) -> Watchdog:
    environment = {"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": str(PATIENCE_S * 1_000_000)}
    return Watchdog(seconds, environment)


def heard(systemd: socket.socket) -> list[str]:
    """Return everything that was said since the last time."""
    words = []
    while True:
        try:
            words.append(systemd.recv(1024).decode())
        except BlockingIOError:
            return words


def test_nothing_is_said_before_the_first_frame(systemd: socket.socket, watchdog: Watchdog) -> None:
    assert watchdog.is_watched
    assert heard(systemd) == []


def test_the_first_frame_says_ready(systemd: socket.socket, watchdog: Watchdog) -> None:
    watchdog.frame_shown()
    assert heard(systemd) == ["READY=1\nWATCHDOG=1"]


def test_a_thousand_frames_a_second_are_one_sign_of_life(
    systemd: socket.socket, watchdog: Watchdog, seconds: Seconds
) -> None:
    watchdog.frame_shown()
    heard(systemd)
    for _ in range(1000):
        watchdog.frame_shown()
    assert heard(systemd) == []
    seconds.now_s += PATIENCE_S / SHARE
    for _ in range(1000):
        watchdog.frame_shown()
    assert heard(systemd) == ["WATCHDOG=1"]


def test_time_without_frames_is_silence(systemd: socket.socket, watchdog: Watchdog, seconds: Seconds) -> None:
    watchdog.frame_shown()
    heard(systemd)
    seconds.now_s += 100 * PATIENCE_S
    assert heard(systemd) == []


def test_an_end_on_purpose_is_told(systemd: socket.socket, watchdog: Watchdog) -> None:
    watchdog.stopping()
    assert heard(systemd) == ["STOPPING=1"]


def test_an_abstract_address_is_understood(seconds: Seconds, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{tmp_path}")
        listening.settimeout(0)
        Watchdog(seconds, {"NOTIFY_SOCKET": f"@{tmp_path}"}).frame_shown()
        assert heard(listening) == ["READY=1\nWATCHDOG=1"]


def test_without_a_patience_ready_is_all_that_is_said(systemd: socket.socket, seconds: Seconds) -> None:
    watchdog = Watchdog(seconds, {"NOTIFY_SOCKET": systemd.getsockname()})
    watchdog.frame_shown()
    seconds.now_s += 3600
    watchdog.frame_shown()
    assert heard(systemd) == ["READY=1\nWATCHDOG=1"]


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": "/nobody/listens/here"}])
def test_a_kiosk_nobody_watches_runs_on(seconds: Seconds, environment: dict[str, str]) -> None:
    watchdog = Watchdog(seconds, environment)
    watchdog.frame_shown()
    watchdog.stopping()
    assert watchdog.is_watched == bool(environment)
