"""A sample kiosk for the tests of actions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.halls import SampleKiosk, open_sample_kiosk


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[SampleKiosk]:
    """A kiosk on the sample morning, alone with all rights."""
    sample = open_sample_kiosk(tmp_path)
    yield sample
    sample.opened.close()
