"""A kiosk under systemd's eyes: a resting screen is alive, and an end that was asked for is a clean one."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.demo.bureau_side import enrol_demo_kiosk, prepare_bureau

LIMIT_S = 30.0
PATIENCE_USEC = 2_000_000
OF_THE_LOG = re.compile(r"\d{4}-\d\d-\d\d [\d:,]+ \[(INFO|WARNING)\] ")
"""A word of the log, of a bureau and a printer that are not there; whatever else comes is a complaint."""


@pytest.mark.parametrize("way", [[], ["--full-screen"]])
def test_a_resting_home_screen_keeps_saying_that_it_lives(tmp_path: Path, way: list[str]) -> None:
    bureau = prepare_bureau(tmp_path / "bureau")
    bureau.start()
    enrol_demo_kiosk(bureau, tmp_path / "kiosk", 1, "worker")
    bureau.stop()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(LIMIT_S)
        environment = {
            **os.environ,
            "NOTIFY_SOCKET": str(tmp_path / "notify"),
            "WATCHDOG_USEC": str(PATIENCE_USEC),
            "KIOSK_PRINTER_URL": "tcp://127.0.0.1:9",  # nobody prints here
        }
        kiosk = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", "--data", str(tmp_path / "kiosk"), *way],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            assert systemd.recv(1024) == b"READY=1\nWATCHDOG=1"
            assert [systemd.recv(1024) for _ in range(3)] == [b"WATCHDOG=1"] * 3
            kiosk.send_signal(signal.SIGTERM)
            while (said := systemd.recv(1024)) == b"WATCHDOG=1":
                continue
            assert said == b"STOPPING=1"
            _, complaints = kiosk.communicate(timeout=LIMIT_S)
        finally:
            kiosk.kill()
            kiosk.wait(LIMIT_S)
    assert kiosk.returncode == 0
    assert [line for line in complaints.decode().splitlines() if not OF_THE_LOG.match(line)] == []
