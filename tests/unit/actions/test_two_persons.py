"""Some acts nobody does alone; and what two people settle opens no more than the rules left to the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.actions.export_ledger import record_export
from kiosk.actions.faults import Refused
from kiosk.actions.merge_people import merge_people
from kiosk.actions.override_review import doubts_about, override_review
from kiosk.actions.ports import Staff
from kiosk.actions.record_act import record_act
from kiosk.actions.settle_slip import void_slip
from kiosk.actions.take_place import take_place
from kiosk.actions.two_persons import Pair, Present, second_by_badge, second_by_pin
from kiosk.actions.unmask_number import unmask_number
from kiosk.domain.duties import SECONDS, Act, Role
from kiosk.domain.ids import JobId, StaffId
from kiosk.messages.badge_codes import ProvenBadge
from tests.halls import CLERK, SampleKiosk, employ, open_sample_kiosk
from tests.pins import quick_hash
from tests.unit.actions.pair_deeds import REASON, closed_export, doubted
from tests.unit.actions.visits import doubled, register, version_of

PIN = "246802"
BOSS = Staff(StaffId("boss"), "测试庚", Role.MANAGER.value, quick_hash(PIN), is_active=True, badge_serial=9)
BADGE = ProvenBadge(BOSS.id, 9)
HERE = Present(CLERK, is_by_pin=True)


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[SampleKiosk]:
    """A kiosk with an attendant and a manager."""
    sample = open_sample_kiosk(tmp_path)
    employ(sample.hall, BOSS)
    yield sample
    sample.opened.close()


def both(kiosk: SampleKiosk, act: Act = Act.UNMASK_NUMBER) -> Pair:
    return second_by_pin(kiosk.hall, HERE, PIN, act)


def test_a_number_is_shown_to_two_and_both_are_named(kiosk: SampleKiosk) -> None:
    worker = register(kiosk, "miao").worker
    number = unmask_number(kiosk.hall, worker, REASON, both(kiosk))
    assert number == kiosk.people["miao"].card.number
    with kiosk.hall.store.reading() as records:
        [line] = records.desk.audit_lines(1)
    assert (line.actor, line.second, line.act, line.reason) == (CLERK.id, BOSS.id, "unmask_number", REASON)
    assert number not in repr(line)
    told = kiosk.opened.sync_book.outgoing(500).events[-1]
    assert BOSS.id in told.body


@pytest.mark.parametrize("act", SECONDS)
def test_nobody_does_it_alone(kiosk: SampleKiosk, act: Act) -> None:
    with (
        pytest.raises(Refused, match=r"second\.missing"),
        kiosk.hall.store.writing() as records,
    ):
        record_act(kiosk.hall, records, BOSS, act, "worker", "w")


def test_two_people_do_nothing_without_a_reason(kiosk: SampleKiosk) -> None:
    """Broken by taking any reason in `record_export`, or in one of the others."""
    (met, job), export, hall = doubted(kiosk), closed_export(kiosk), kiosk.hall
    version = version_of(kiosk, job)
    twin, other = doubled(kiosk, met).worker, register(kiosk, "tian").worker
    acts: dict[Act, Callable[[Pair], object]] = {
        Act.UNMASK_NUMBER: lambda pair: unmask_number(hall, met.worker, " ", pair),
        Act.OVERRIDE_REVIEW: lambda pair: override_review(hall, met.worker, job, version, " ", pair),
        Act.EXPORT_LEDGER: lambda pair: record_export(hall, export, "HALL", " ", pair),
        Act.UNMASK_LEDGER: lambda pair: record_export(
            hall, replace(export, act=Act.UNMASK_LEDGER), "HALL", " ", pair
        ),
        Act.MERGE_PEOPLE: lambda pair: merge_people(hall, met.worker, twin, " ", pair),
        Act.MERGE_UNLIKE: lambda pair: merge_people(hall, met.worker, other, " ", pair),
    }
    assert set(acts) == set(SECONDS)
    employ(kiosk.hall, replace(CLERK, id=StaffId("r1"), role=Role.REVIEWER.value, badge_serial=5))
    for act, do in acts.items():
        is_reviewed = SECONDS[act] == {Role.REVIEWER}
        reviewed = second_by_badge(hall, HERE, ProvenBadge(StaffId("r1"), 5), act) if is_reviewed else None
        with pytest.raises(Refused, match="reason_missing"):
            do(reviewed or both(kiosk, act))
    with hall.store.reading() as records:
        assert not set(acts) & {line.act for line in records.desk.audit_lines(50)}


def test_nobody_is_two(kiosk: SampleKiosk) -> None:
    with pytest.raises(Refused, match=r"second\.same"):
        second_by_pin(kiosk.hall, Present(BOSS, is_by_pin=True), PIN, Act.UNMASK_NUMBER)


def test_two_attendants_are_not_enough(kiosk: SampleKiosk) -> None:
    other = replace(CLERK, id=StaffId("s2"), badge_serial=3)
    employ(kiosk.hall, other)
    with pytest.raises(Refused, match=r"second\.not_theirs"):
        second_by_badge(kiosk.hall, HERE, ProvenBadge(other.id, 3), Act.UNMASK_NUMBER)


def test_two_badges_are_not_enough(kiosk: SampleKiosk) -> None:
    with pytest.raises(Refused, match=r"second\.pin"):
        second_by_badge(kiosk.hall, Present(CLERK, is_by_pin=False), BADGE, Act.UNMASK_NUMBER)
    assert second_by_badge(kiosk.hall, HERE, BADGE, Act.UNMASK_NUMBER).second.staff == BOSS


def test_a_wrong_pin_of_the_second_counts_as_a_miss(kiosk: SampleKiosk) -> None:
    for _ in range(3):
        with pytest.raises(Refused, match=r"sign_in"):
            second_by_pin(kiosk.hall, HERE, "111111", Act.UNMASK_NUMBER)
    with pytest.raises(Refused, match=r"sign_in\.wait"):
        both(kiosk)


def test_a_doubt_that_two_settled_lets_that_person_take_that_job(kiosk: SampleKiosk) -> None:
    met, job = doubted(kiosk)
    version = version_of(kiosk, job)
    with pytest.raises(Refused):
        take_place(kiosk.hall, met, job, version)
    assert job in [doubt.job.id for doubt in doubts_about(kiosk.hall, met.worker)]
    override_review(kiosk.hall, met.worker, job, version, REASON, both(kiosk, Act.OVERRIDE_REVIEW))
    assert job not in [doubt.job.id for doubt in doubts_about(kiosk.hall, met.worker)]
    taken = take_place(kiosk.hall, met, job, version)
    void_slip(kiosk.hall, taken.slip, REASON, CLERK)


def test_what_is_settled_for_one_is_settled_for_nobody_else_and_no_other_version(kiosk: SampleKiosk) -> None:
    met, job = doubted(kiosk)
    with pytest.raises(Refused, match="changed"):
        override_review(kiosk.hall, met.worker, job, 999, REASON, both(kiosk, Act.OVERRIDE_REVIEW))
    override_review(
        kiosk.hall, met.worker, job, version_of(kiosk, job), REASON, both(kiosk, Act.OVERRIDE_REVIEW)
    )
    other = register(kiosk, next(key for key in kiosk.people if key != "miao")).worker
    with kiosk.hall.store.reading() as records:
        assert records.proofs.releases(met.worker)
        assert not records.proofs.releases(other)


def test_what_a_rule_forbids_nobody_settles(kiosk: SampleKiosk) -> None:
    refused = next(item for item in kiosk.people.values() if item.refused_by is not None and item.tries)
    someone, job = register(kiosk, refused.key).worker, JobId(str(refused.tries))
    with pytest.raises(Refused, match=r"review\.not_possible"):
        override_review(
            kiosk.hall, someone, job, version_of(kiosk, job), REASON, both(kiosk, Act.OVERRIDE_REVIEW)
        )
