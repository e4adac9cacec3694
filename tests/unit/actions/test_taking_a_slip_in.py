"""A paper that is taken in at the desk: its place is nobody's, and waits for no door to keep it out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.actions.faults import Refused
from kiosk.actions.give_back import Reason, give_back
from kiosk.actions.take_slip_in import take_slip_in
from kiosk.domain.ids import SlipNumber
from kiosk.domain.placements import PlacementState
from kiosk.domain.slips import SlipState
from kiosk.messages.events import EventBody, PlaceGivenBack, SlipScannedIn
from tests.halls import CLERK, SampleKiosk
from tests.unit.actions.visits import place_of, register, slip_of


def told(kiosk: SampleKiosk) -> list[EventBody]:
    """Return what was journalled of papers and places that came back."""
    bodies = [entry.parsed() for entry in kiosk.opened.sync_book.outgoing(500).events]
    return [body for body in bodies if isinstance(body, PlaceGivenBack | SlipScannedIn)]


def test_a_paper_that_is_taken_in_gives_its_place_back_and_is_told_to_be_out_of_the_way(
    kiosk: SampleKiosk,
) -> None:
    """Broken by telling nobody of the paper: its number waits for a door that may never speak."""
    taken = place_of(kiosk)
    take_slip_in(kiosk.hall, taken.slip, Reason.FAMILY, CLERK)
    assert slip_of(kiosk, taken.slip).state is SlipState.VOID
    with kiosk.hall.store.reading() as records:
        known = records.placements.by_id(taken.placement.id)
        [line] = records.desk.audit_lines(1)
    assert known is not None
    assert known.state is PlacementState.CANCELLED
    assert (line.act, line.entity_id, line.actor) == ("give_back_for", taken.slip, CLERK.id)
    back, paper = told(kiosk)
    assert isinstance(back, PlaceGivenBack)
    assert (back.placement, back.reason) == (taken.placement.id, "family")
    assert paper == SlipScannedIn(slip=taken.slip, actor=CLERK.id)


def test_a_paper_whose_place_was_given_back_before_is_just_kept(kiosk: SampleKiosk) -> None:
    met = register(kiosk, "miao")
    taken = place_of(kiosk)
    give_back(kiosk.hall, met, taken.placement.id, Reason.ILL)
    take_slip_in(kiosk.hall, taken.slip, Reason.OTHER, CLERK)
    assert [type(body) for body in told(kiosk)] == [PlaceGivenBack, SlipScannedIn]


def test_no_paper_is_taken_in_of_work_that_has_begun_or_of_another_kiosk(kiosk: SampleKiosk) -> None:
    """Broken by keeping the paper of somebody who has gone: his place would be sold twice."""
    taken = place_of(kiosk)
    with pytest.raises(Refused, match="not_possible"):
        take_slip_in(kiosk.hall, SlipNumber("PG-XZ-0918-01-0001"), Reason.ILL, CLERK)
    kiosk.clock.pass_time(timedelta(hours=12).total_seconds())
    with pytest.raises(Refused, match="too_late"):
        take_slip_in(kiosk.hall, taken.slip, Reason.ILL, CLERK)
    assert told(kiosk) == []
    assert slip_of(kiosk, taken.slip).state is not SlipState.VOID
