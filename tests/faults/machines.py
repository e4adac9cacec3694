"""Machines whose clock died: what the operating system tells a kiosk that was started on one.

Everything of the kiosk is as it is; only the two clocks and the name of the boot are this machine's.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from kiosk.app import machine as machine_of_app
from kiosk.app.courier import ERRANDS
from kiosk.app.pulse import run_pulse
from kiosk.app.settings import read_settings
from kiosk.app.sticks import UsbStick
from kiosk.storage import machines
from kiosk.system_clock import SystemClock
from tests.faults.lives import live
from tests.journeys.actors import Told, started

FIRST_SECOND = 5.0


@dataclass(frozen=True, slots=True)
class Boot:
    """One run of a machine: its clock said `wall` when it began, and `file` holds the name of this boot."""

    file: Path
    wall: datetime

    def take_over(self) -> None:
        """Make this process one of this boot, for good."""
        began_s, change = time.monotonic() - FIRST_SECOND, pytest.MonkeyPatch()
        ahead = self.wall - datetime.now(UTC)
        change.setattr(SystemClock, "now", lambda _: datetime.now(UTC) + ahead)
        change.setattr(SystemClock, "monotonic", lambda _: time.monotonic() - began_s)
        change.setattr(machines, "_BOOT_ID", self.file)
        change.setattr(machine_of_app, "_BOOT_ID", self.file)

    def lives(self, data_dir: Path, workers: Sequence[int]) -> list[Told]:
        """Let these workers come to a kiosk of this machine; return what the kiosk told."""
        told = started(_live, self, data_dir, list(workers)).heard()
        assert told, "the kiosk did not start"
        return told

    def beats(self, data_dir: Path) -> None:
        """Do one beat of sync on this machine."""
        assert started(_beat, self, data_dir).heard() == [("beaten", "")]

    def errand(self, what: str, data_dir: Path, mounted_at: Path) -> None:
        """Do an errand with a stick on this machine."""
        assert started(_errand, self, what, data_dir, mounted_at).heard() == [("done", "")]


def boot(folder: Path, name: str, wall: datetime) -> Boot:
    """Return a run of a machine that has this name and began at this time of its clock."""
    file = folder / f"boot-{name}"
    file.write_text(f"{name}\n", encoding="ascii")
    return Boot(file, wall)


def _live(machine: Boot, data_dir: Path, workers: list[int], told: Connection) -> None:
    machine.take_over()
    live(data_dir, workers, told)


def _beat(machine: Boot, data_dir: Path, told: Connection) -> None:
    machine.take_over()
    run_pulse(read_settings(data_dir), is_once=True)
    told.send(("beaten", ""))


def _errand(machine: Boot, what: str, data_dir: Path, mounted_at: Path, told: Connection) -> None:
    machine.take_over()
    ERRANDS[what](read_settings(data_dir), UsbStick(mounted_at))
    told.send(("done", ""))
