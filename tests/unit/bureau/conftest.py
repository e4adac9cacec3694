"""A bureau made once and copied for each test, open without a wire or served over TLS."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kiosk.bureau.init import init_bureau
from kiosk.bureau.offices import Office, office
from tests.unit.bureau.rehearsal import HandClock, on_the_wire


@pytest.fixture(scope="session")
def fresh_bureau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a new bureau; copy it, never open it."""
    folder = tmp_path_factory.mktemp("bureau") / "new"
    init_bureau(folder, "测试人社局")
    return folder


@pytest.fixture
def folder(fresh_bureau: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fresh_bureau, tmp_path / "bureau"))


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
