"""A machine that is no kiosk any more says one sentence, and nothing on it can be touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.messages.badge_codes import ProvenBadge
from kiosk.ui.hands import Hands
from kiosk.ui.journeys import Step
from tests.halls import CLERK
from tests.screens.staging import PORTRAIT, set_stage
from tests.screens.tour import Tour, check_in, settle, shown

LYING = (1920, 1080)


@pytest.mark.parametrize("size", [PORTRAIT, LYING], ids=["portrait", "landscape"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_revoked_machine_ends_its_visit_and_takes_no_touch(
    qapp: QGuiApplication, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    """Broken by covering the pages without catching touches."""
    assert qapp is not None
    stage = set_stage(tmp_path / "kiosk", size, language)
    try:
        tour = Tour(stage)
        check_in(tour)
        tour.lift_card()
        stage.screen.lock()
        settle()
        assert shown(tour) is Step.HOME
        assert stage.screen.find("revoked.title") is not None
        hands, go = Hands(stage.screen), stage.screen.find("go")
        assert go is not None
        hands.press(hands.middle(go))
        hands.release(hands.middle(go))
        stage.screen.ears.card_sensed()
        stage.screen.hear_badge(ProvenBadge(CLERK.id, 1))
        settle()
        assert shown(tour) is Step.HOME
        if folder := os.environ.get("PICTURES"):
            stage.screen.grab().save(f"{folder}/revoked-{language}-{size[0]}.png")
    finally:
        stage.close()
