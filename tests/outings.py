"""A coach on its way: so many people took seats, came aboard at this device, and are out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kiosk.actions.board_coach import board_coach
from kiosk.domain.ids import SlipNumber, TripId
from kiosk.protocol.doors import Entry
from tests.halls import SampleKiosk
from tests.screens.full_days import fill, tell_coaches

COACH = TripId("T1")


def go_out(kiosk: SampleKiosk, people: int) -> Sequence[SlipNumber]:
    """Let so many people come aboard of one coach, and half an hour pass; return their slips."""
    tell_coaches(kiosk, 1, kiosk.opened.health().stream)
    fill(kiosk, range(1, people + 1), 1)
    with kiosk.hall.store.reading() as records:
        slips = [slip.number for slip in records.slips.all()]
    assert [board_coach(kiosk.hall, COACH, slip) for slip in slips] == [Entry.WELCOME] * people
    kiosk.clock.pass_time(timedelta(minutes=30).seconds)
    return slips
