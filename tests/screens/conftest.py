"""What every screen test stands on: one application, and stages that are taken down again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from tests.screens.staging import Stage, set_stage
from tests.screens.tour import Tour

SetStage = Callable[..., Tour]


@pytest.fixture
def stages(qapp: QGuiApplication, tmp_path: Path) -> Iterator[SetStage]:
    """Set stages as a test needs them; each is closed when the test is over."""
    opened: list[Stage] = []

    def set_one(*args: object, **kwargs: object) -> Tour:
        stage = set_stage(tmp_path / f"stage{len(opened)}", *args, **kwargs)  # type: ignore[arg-type]
        opened.append(stage)
        return Tour(stage)

    yield set_one
    for stage in opened:
        stage.close()


@pytest.fixture
def tour(stages: SetStage) -> Tour:
    """A walker before a portrait screen in Chinese."""
    return stages()
