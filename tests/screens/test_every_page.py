"""Every page is walked past and looked at: by who measures, who cannot read and who has pages read to him.

A walk takes longer than all that is looked at on it, so that upright in Chinese one walk serves everybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.ui.appearances import NORMAL, Appearance
from kiosk.ui.journeys import Step
from kiosk.ui.windows import usual_width_mm
from tests.screens.conftest import SetStage
from tests.screens.measures import findings, high_keys, needless_parts
from tests.screens.read_aloud import wrongly_read
from tests.screens.staging import PORTRAIT, set_stage
from tests.screens.stretches.whole import every_page
from tests.screens.tour import Tour
from tests.screens.wordless import alike, controls_in, go_plates

LANDSCAPE = (1920, 1080)


@dataclass(slots=True)
class Walk:
    """What was seen past every page, each line with the name of its page; corners in pixels."""

    steps: set[Step] = field(default_factory=set)
    unfit: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    go_corners: set[tuple[int, int]] = field(default_factory=set)
    wrongly_read: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def upright(qapp: QGuiApplication, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """What everybody sees on an upright screen in Chinese."""
    stage = set_stage(tmp_path_factory.mktemp("upright"))
    tour, walk = Tour(stage), Walk()
    for page in every_page(tour):
        walk.steps.add(tour.screen.visit.step)
        walk.unfit += _unfit(tour, page, PORTRAIT, NORMAL)
        walk.alike += [f"{page} {name}" for name in alike(controls_in(tour.screen))]
        for plate in go_plates(tour.screen):
            edge = plate.mapToScene(plate.boundingRect().bottomRight())
            walk.go_corners.add((round(edge.x()), round(edge.y())))
        walk.wrongly_read += [f"{page} {line}" for line in wrongly_read(tour.screen.window)]
    stage.close()
    return walk


def test_every_step_has_a_page_that_fits_upright_glass(upright: Walk) -> None:
    """A costly part that is hidden, and not left out, breaks it."""
    assert upright.unfit == []
    assert upright.steps == set(Step)


@pytest.mark.parametrize(
    ("size", "language", "appearance"),
    [
        (LANDSCAPE, "en", Appearance(is_large=True)),
        (PORTRAIT, "zh_CN", Appearance(is_high_contrast=True, is_low=True)),
    ],
    ids=["landscape-en-large", "low-zh-contrast"],
)
def test_every_step_has_a_page_that_fits_other_glass_too(
    stages: SetStage, size: tuple[int, int], language: str, appearance: Appearance
) -> None:
    """The whole matrix is `./run look`."""
    tour = stages(size, language, appearance=appearance)
    seen, wrong = set(), []
    for page in every_page(tour):
        seen.add(tour.screen.visit.step)
        wrong += _unfit(tour, page, size, appearance)
    assert wrong == []
    assert seen == set(Step)


def test_every_control_of_every_page_has_a_picture_of_its_own_and_yellow_stands_in_one_place(
    upright: Walk,
) -> None:
    assert upright.alike == []
    assert upright.go_corners == {(1032, 1692)}


def test_every_control_has_a_name_and_a_role_and_is_read_from_above(upright: Walk) -> None:
    assert upright.wrongly_read == []


def _unfit(tour: Tour, page: str, size: tuple[int, int], appearance: Appearance) -> list[str]:
    """Return all that does not fit what the screen shows now."""
    found = [
        *findings(tour.screen.window, usual_width_mm(*size), appearance),
        *high_keys(tour.screen.window),
        *needless_parts(tour.screen.window),
    ]
    return [f"{page} {finding}" for finding in found]
