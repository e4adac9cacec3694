"""Whoever acts for somebody does no more than that person could, and never without a name and a reason."""

from __future__ import annotations

import pytest

from kiosk.actions.act_for import jobs_for, take_for, withdraw_for
from kiosk.actions.faults import Refused
from kiosk.actions.find_jobs import look_at_job
from kiosk.domain.ids import WorkerId
from tests.halls import CLERK, SampleKiosk
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
