"""A sample kiosk and an emulated printer for the tests of the app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.halls import SampleKiosk, open_sample_kiosk
from tests.unit.devices.printer_stand import Stand, standing_printer


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[SampleKiosk]:
    """A kiosk on the sample morning, alone with all rights."""
    sample = open_sample_kiosk(tmp_path / "kiosk")
    yield sample
    sample.opened.close()


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[Stand]:
    """A printer in a process of its own."""
    with standing_printer(tmp_path) as stand:
        yield stand
