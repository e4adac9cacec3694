"""Slips that are scanned at the desk: those this kiosk gave out, by their numbers; others are told of."""

from __future__ import annotations

from kiosk.actions.scan_readings import ReturnReading, ReturnShown, SlipReading, SlipShown
from kiosk.domain.ids import SlipNumber
from kiosk.messages.code_envelopes import Verdict
from kiosk.ui.desk.scene import DeskScene
from kiosk.ui.presenting import spoken


def slip_from_here(scene: DeskScene, reading: SlipReading | ReturnReading) -> SlipNumber | None:
    """Return the slip that was given out here; None where it is not genuine or from elsewhere, which is told.

    A number alone carries no year and would not prove that it is from here.
    """
    found = reading.slip if isinstance(reading, SlipReading) else reading.returned
    if reading.verdict is not Verdict.GENUINE or found is None:
        scene.tell("stop", spoken(scene.say(), reading.sentence))
        return None
    number = found.number if isinstance(found, SlipShown) else found.slip
    if not _is_from_here(found):
        scene.tell("warn", scene.say()("desk.people.slip_unknown"))
        return None
    return number


def _is_from_here(found: SlipShown | ReturnShown) -> bool:
    return found.state is not None if isinstance(found, SlipShown) else found.placement is not None
