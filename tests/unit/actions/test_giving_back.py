"""Giving a place back: by its own worker, before departure, and never for the next person at this kiosk."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.actions.check_in import check_in
from kiosk.actions.faults import Refused
from kiosk.actions.give_back import Reason, give_back
from kiosk.actions.recognise import Recognition, standing_of
from kiosk.actions.take_place import take_place
from kiosk.domain.ids import PlacementId
from kiosk.domain.placements import PlacementState
from kiosk.domain.slips import SlipState
from kiosk.messages.events import PlaceGivenBack
from kiosk.messages.feed import CapsuleContent, CapsulePlacement
from tests.halls import SampleKiosk
from tests.unit.actions.visits import place_of, register, slip_of, version_of


def told_of(kiosk: SampleKiosk, met: Recognition, **changed: object) -> Recognition:
    """Return somebody whose capsule says this, besides who he is."""
    facts: dict[str, object] = {
        "worker": met.worker,
        "person_kind": "citizen",
        "notice_version": 1,
        "phone": None,
        "trades": [],
        "span": None,
        "first_seen": kiosk.hall.now(),
        "checked_in_on": None,
        "check_in_queue_number": None,
        "certificates": [],
        "classes": [],
        "placements": [],
    }
    return replace(met, capsule=CapsuleContent.model_validate(facts | changed))


def a_place_elsewhere(kiosk: SampleKiosk, hours: float = 3) -> CapsulePlacement:
    starts = kiosk.hall.now() + timedelta(hours=hours)
    return CapsulePlacement(
        placement="p-far", title="摘果", starts=starts, ends=starts + timedelta(hours=8), slip="PG-XZ-1"
    )


def test_a_place_given_back_voids_its_slip_and_its_numbers_stay_spent_here(kiosk: SampleKiosk) -> None:
    met = register(kiosk, "miao")
    taken = place_of(kiosk)
    give_back(kiosk.hall, met, taken.placement.id, Reason.ILL)
    assert slip_of(kiosk, taken.slip).state is SlipState.VOID
    with kiosk.hall.store.reading() as records:
        known = records.placements.by_id(taken.placement.id)
        assert known is not None
        assert known.state is PlacementState.CANCELLED
        assert standing_of(records, met.worker, met, kiosk.hall).engagements == ()
        for item in taken.placement.spent:
            assert item.number not in records.rights.free(item.quota)
    entry = kiosk.opened.sync_book.outgoing(100).events[-1].parsed()
    assert isinstance(entry, PlaceGivenBack)
    assert (entry.placement, entry.reason, len(entry.spent)) == (taken.placement.id, "ill", 2)


def test_after_giving_back_the_day_is_free_for_other_work(kiosk: SampleKiosk) -> None:
    met = register(kiosk, "miao")
    taken = place_of(kiosk)
    give_back(kiosk.hall, met, taken.placement.id, Reason.OTHER)
    job = taken.placement.job
    again = take_place(kiosk.hall, met, job, version_of(kiosk, job))
    assert not set(again.placement.spent) & set(taken.placement.spent)


def test_a_place_is_given_back_once_and_by_its_own_worker(kiosk: SampleKiosk) -> None:
    met, other = register(kiosk, "miao"), register(kiosk, "tian")
    taken = place_of(kiosk)
    with pytest.raises(Refused, match=r"hiring\.not_possible"):
        give_back(kiosk.hall, other, taken.placement.id, Reason.ILL)
    give_back(kiosk.hall, met, taken.placement.id, Reason.ILL)
    with pytest.raises(Refused, match=r"hiring\.not_possible"):
        give_back(kiosk.hall, met, taken.placement.id, Reason.ILL)


def test_once_the_coach_has_left_a_place_is_not_given_back_at_the_kiosk(kiosk: SampleKiosk) -> None:
    met = register(kiosk, "miao")
    taken = place_of(kiosk)
    kiosk.clock.pass_time((taken.placement.starts - kiosk.hall.now()).total_seconds())
    with pytest.raises(Refused, match="too_late"):
        give_back(kiosk.hall, met, taken.placement.id, Reason.ILL)


def test_a_slip_on_its_way_to_paper_is_given_back_when_it_is_out(kiosk: SampleKiosk) -> None:
    met = register(kiosk, "miao")
    taken = place_of(kiosk)
    with kiosk.hall.store.writing() as records:
        records.slips.update(replace(slip_of(kiosk, taken.slip), state=SlipState.SENDING))
    with pytest.raises(Refused, match="printing"):
        give_back(kiosk.hall, met, taken.placement.id, Reason.ILL)
    with kiosk.hall.store.reading() as records:
        assert len(records.placements.open_of(met.worker)) == 1


def test_a_place_of_another_kiosk_is_given_back_by_what_the_capsule_tells(kiosk: SampleKiosk) -> None:
    place = a_place_elsewhere(kiosk)
    met = told_of(kiosk, register(kiosk, "miao"), placements=[place])
    with kiosk.hall.store.reading() as records:
        assert len(standing_of(records, met.worker, met, kiosk.hall).engagements) == 1
    give_back(kiosk.hall, met, PlacementId(place.placement), Reason.FAMILY)
    with kiosk.hall.store.reading() as records:
        assert standing_of(records, met.worker, met, kiosk.hall).engagements == ()
    entry = kiosk.opened.sync_book.outgoing(100).events[-1].parsed()
    assert isinstance(entry, PlaceGivenBack)
    assert (entry.placement, entry.slip, entry.spent) == ("p-far", "PG-XZ-1", [])
    with pytest.raises(Refused, match=r"hiring\.not_possible"):
        give_back(kiosk.hall, met, PlacementId(place.placement), Reason.FAMILY)


def test_a_place_of_another_kiosk_that_has_begun_is_not_given_back(kiosk: SampleKiosk) -> None:
    place = a_place_elsewhere(kiosk, hours=0)
    met = told_of(kiosk, register(kiosk, "miao"), placements=[place])
    with pytest.raises(Refused, match="too_late"):
        give_back(kiosk.hall, met, PlacementId(place.placement), Reason.FAMILY)


def test_the_kiosk_that_made_a_place_hears_that_it_was_given_back_elsewhere(kiosk: SampleKiosk) -> None:
    met = register(kiosk, "miao")
    taken = place_of(kiosk)
    back = told_of(kiosk, met, given_back=[taken.placement.id])
    check_in(kiosk.hall, back)
    check_in(kiosk.hall, back)
    assert slip_of(kiosk, taken.slip).state is SlipState.VOID
    with kiosk.hall.store.reading() as records:
        assert records.placements.open_of(met.worker) == []
    types = [entry.type for entry in kiosk.opened.sync_book.outgoing(100).events]
    assert types.count("place_given_back") == 0
    assert types.count("slip_state_changed") == 1
