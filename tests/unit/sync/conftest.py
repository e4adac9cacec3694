"""A bureau, a kiosk that nobody carried anything for yet, and an empty stick."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.sticks import UsbStick
from kiosk.bureau.offices import Office, office
from kiosk.bureau.publishing import publish
from tests.unit.bureau.rehearsal import HandClock, employer, job
from tests.unit.sync.errands import Kiosk, enrolled


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def bureau(bureau_dir: Path, clock: HandClock) -> Iterator[Office]:
    with office(bureau_dir, clock) as opened:
        publish(opened.database, "city", [employer(), job()])
        yield opened


@pytest.fixture
def kiosk(bureau: Office, bureau_dir: Path, clock: HandClock, tmp_path: Path) -> Iterator[Kiosk]:
    made = enrolled(bureau, bureau_dir, clock, tmp_path / "kiosk", 1)
    yield made
    made.opened.close()


@pytest.fixture
def stick(tmp_path: Path) -> UsbStick:
    (tmp_path / "stick").mkdir()
    return UsbStick(tmp_path / "stick")
