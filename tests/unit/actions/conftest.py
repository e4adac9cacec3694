"""A sample kiosk for the tests of actions, and the keys that codes are proven with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.storage.code_keys import SqlCodeKeys
from tests.halls import SampleKiosk, open_sample_kiosk
from tests.unit.actions.scans import told_keys


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[SampleKiosk]:
    """A kiosk on the sample morning, alone with all rights."""
    sample = open_sample_kiosk(tmp_path)
    yield sample
    sample.opened.close()


@pytest.fixture
def keys(kiosk: SampleKiosk) -> SqlCodeKeys:
    """The keys of two kiosks and the bureau, as they come down."""
    return told_keys(kiosk)
