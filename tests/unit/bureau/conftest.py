"""A bureau made once and copied for each test, open without a wire or served over TLS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kiosk.bureau.offices import Office, office
from tests.unit.bureau.rehearsal import HandClock, on_the_wire


@pytest.fixture
def folder(bureau_dir: Path) -> Path:
    return bureau_dir


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def bureau(folder: Path, clock: HandClock) -> Iterator[Office]:
    with office(folder, clock) as opened:
        yield opened


@pytest.fixture
def wire(folder: Path, clock: HandClock) -> Iterator[httpx.Client]:
    with on_the_wire(folder, clock) as client:
        yield client
