"""One opened store a test, closed behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.storage.opening import OpenedStore
from tests.unit.storage.samples import TurnedClock, opened


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock()


@pytest.fixture
def kept(tmp_path: Path, clock: TurnedClock) -> Iterator[OpenedStore]:
    store = opened(tmp_path / "data", clock)
    yield store
    store.close()
