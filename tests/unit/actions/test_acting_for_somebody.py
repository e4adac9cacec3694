"""Whoever acts for somebody does no more than that person could, and never without a name and a reason."""

from __future__ import annotations

import pytest

from kiosk.actions.act_for import agreed_for, jobs_for, take_for, withdraw_for
from kiosk.actions.call_next import call_next
from kiosk.actions.faults import Refused
from kiosk.actions.find_jobs import look_at_job
from kiosk.actions.talk_over import agree, begin_talk
from kiosk.domain.ids import WorkerId
from kiosk.domain.placements import PlacementState
from tests.halls import CLERK, SampleKiosk
from tests.unit.actions.lines import come, in_line, now_of, talked_over
from tests.unit.actions.visits import place_of, register

WHY = "本人在，证丢了"


def acts(kiosk: SampleKiosk) -> list[tuple[str, str, str, str]]:
    with kiosk.hall.store.reading() as records:
        lines = records.desk.audit_lines(9)
    return [(line.act, line.actor, line.entity_id, line.reason) for line in lines]


def test_a_place_is_taken_for_somebody_and_both_are_in_the_log(kiosk: SampleKiosk) -> None:
    """One-line break: leave out `record_act` in `_in_his_name`."""
    worker = register(kiosk, "miao").worker
    job = jobs_for(kiosk.hall, worker)[0]
    taken = take_for(kiosk.hall, worker, job, WHY, CLERK)
    assert taken.placement.worker == worker
    assert acts(kiosk) == [("take_for", CLERK.id, worker, WHY)]


def test_the_rules_are_those_of_the_person_himself(kiosk: SampleKiosk) -> None:
    taken = place_of(kiosk).placement
    looked = look_at_job(kiosk.hall, taken.job, None)
    assert looked is not None
    assert taken.job not in {job.id for job in jobs_for(kiosk.hall, taken.worker)}
    with kiosk.hall.store.reading() as records:
        before = records.placements.count()
    with pytest.raises(Refused):
        take_for(kiosk.hall, taken.worker, looked.line.job, WHY, CLERK)
    with kiosk.hall.store.reading() as records:
        assert records.placements.count() == before


def test_nobody_acts_without_a_reason_or_for_who_is_not_known_here(kiosk: SampleKiosk) -> None:
    worker = register(kiosk, "miao").worker
    with pytest.raises(Refused, match="reason"):
        withdraw_for(kiosk.hall, worker, " ", CLERK)
    with pytest.raises(Refused, match="gone"):
        withdraw_for(kiosk.hall, WorkerId("w-nobody"), WHY, CLERK)
    assert acts(kiosk) == []


def test_who_agreed_at_the_table_without_a_card_has_his_place_by_his_yes(kiosk: SampleKiosk) -> None:
    """One-line break: let anybody in the line say yes in `agreed_for`, before the employer has."""
    met, job = come(kiosk, 1), talked_over(kiosk)
    in_line(kiosk, met, job)
    assert agreed_for(kiosk.hall, met.worker) == []
    called = call_next(kiosk.hall, job, "3", CLERK)
    begin_talk(kiosk.hall, called.id, CLERK)
    assert agreed_for(kiosk.hall, met.worker) == []
    agree(kiosk.hall, called.id, CLERK)
    [agreed] = agreed_for(kiosk.hall, met.worker)
    assert agreed.id == job
    taken = take_for(kiosk.hall, met.worker, agreed, WHY, CLERK)
    assert (taken.placement.worker, taken.placement.job) == (met.worker, job)
    assert now_of(kiosk, called).state is PlacementState.CONFIRMED
    assert agreed_for(kiosk.hall, met.worker) == []
