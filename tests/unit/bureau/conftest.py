"""A bureau made once and copied for each test, open without a wire or served over TLS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kiosk.bureau.offices import Office, office
from tests.unit.bureau.rehearsal import HandClock, on_the_wire

ENGINES = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked `both_databases` once on each."""
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("engine", ENGINES)


@pytest.fixture
def engine() -> str:
    """The database of a test that is not marked."""
    return ENGINES[0]


@pytest.fixture
def folder(engine: str, request: pytest.FixtureRequest) -> Path:
    """The folder of a bureau that this test alone has, on the database it asks for."""
    made = request.getfixturevalue("bureau_dir" if engine == ENGINES[0] else "postgres_bureau_dir")
    assert isinstance(made, Path)
    return made


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
