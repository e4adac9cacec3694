"""A visit at home in the sample hall, for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.ui.visit_rig import VisitRig, set_up


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[VisitRig]:
    rig = set_up(tmp_path)
    yield rig
    rig.close()
