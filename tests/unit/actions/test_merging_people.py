"""One human under two registrations: everything that counts people counts him once, until that is undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.actions.check_in import register_and_check_in
from kiosk.actions.faults import Refused
from kiosk.actions.give_back import Reason, give_back
from kiosk.actions.merge_people import compare, merge_people, undo_merge
from kiosk.actions.own_data import ask_erasure, look_at
from kiosk.actions.ports import Staff
from kiosk.actions.recognise import Recognition, recognise
from kiosk.actions.restrict_use import restrict_use
from kiosk.actions.sign_up import own_sign_up, sign_up
from kiosk.actions.take_place import TakenPlace, take_place
from kiosk.actions.take_together import MemberRefused, take_together
from kiosk.actions.two_persons import Pair, Present
from kiosk.domain.duties import Act, Role
from kiosk.domain.ids import JobId, MergeId, StaffId, WorkerId
from kiosk.domain.merges import Merge, shown_as, shown_people
from kiosk.domain.workers import HeldEducation
from kiosk.messages.events import ErasureAsked, MergeUndone, UseRestricted, WorkersMerged
from kiosk.messages.feed import FeedRow
from kiosk.messages.merge_bodies import MergeBody
from tests import answers
from tests.halls import CLERK, MORNING, SampleKiosk, employ, open_sample_kiosk
from tests.unit.actions.visits import doubled, register, version_of
from tools.figures.people import citizen_card

WHY = "同一个人两张证"
SECONDS = {
    role: Staff(StaffId(role.value), "测试庚", role.value, "", is_active=True)
    for role in (Role.MANAGER, Role.REVIEWER)
}


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[SampleKiosk]:
    """A kiosk with an attendant, a manager and a reviewer."""
    sample = open_sample_kiosk(tmp_path)
    employ(sample.hall, *SECONDS.values())
    yield sample
    sample.opened.close()


@pytest.fixture
def met(kiosk: SampleKiosk) -> Recognition:
    """Somebody by the card that the sample knows."""
    return register(kiosk, "miao")


def with_a(second: Role) -> Pair:
    return Pair(Present(CLERK, is_by_pin=True), Present(SECONDS[second], is_by_pin=False))


def merge(kiosk: SampleKiosk, kept: Recognition, joined: Recognition) -> MergeId:
    return merge_people(kiosk.hall, kept.worker, joined.worker, WHY, with_a(Role.MANAGER))


def take(kiosk: SampleKiosk, met: Recognition) -> TakenPlace:
    job = JobId(str(kiosk.people["miao"].takes))
    return take_place(kiosk.hall, met, job, version_of(kiosk, job))


def test_who_has_a_place_takes_no_other_of_that_time_with_his_other_card(
    kiosk: SampleKiosk, met: Recognition
) -> None:
    """Broken by looking at the places of one registration alone."""
    other = doubled(kiosk, met)
    made = merge(kiosk, met, other)
    taken = take(kiosk, met)
    with pytest.raises(Refused, match=r"time|overlap"):
        take(kiosk, other)
    with kiosk.hall.store.reading() as records:
        assert [item.id for item in records.placements.open_of(other.worker)] == [taken.placement.id]
    undo_merge(kiosk.hall, made, WHY, CLERK)
    assert take(kiosk, other).placement.worker == other.worker
    with kiosk.hall.store.reading() as records:
        assert [item.id for item in records.placements.open_of(met.worker)] == [taken.placement.id]


def test_the_other_card_gives_the_place_back(kiosk: SampleKiosk, met: Recognition) -> None:
    """Broken by asking for the very card that took the place."""
    other = doubled(kiosk, met)
    taken = take(kiosk, met)
    with pytest.raises(Refused, match="not_possible"):
        give_back(kiosk.hall, other, taken.placement.id, Reason.ILL)
    merge(kiosk, met, other)
    give_back(kiosk.hall, other, taken.placement.id, Reason.ILL)
    with kiosk.hall.store.reading() as records:
        assert records.placements.open_of(met.worker) == []


def test_what_one_card_learned_counts_for_both_and_the_earlier_number_stands(
    kiosk: SampleKiosk, met: Recognition
) -> None:
    other = doubled(kiosk, met)
    with kiosk.hall.store.writing() as records:
        today = kiosk.hall.today()
        held = HeldEducation("height", today, today + timedelta(days=30))
        records.workers.add_education(met.worker, held)
        own = records.check_ins.of(met.worker, today)
    made = merge(kiosk, other, met)
    seen = look_at(kiosk.hall, other)
    assert held in seen.standing.education
    assert own is not None
    assert seen.visit == own
    undo_merge(kiosk.hall, made, WHY, CLERK)
    seen = look_at(kiosk.hall, other)
    assert held not in seen.standing.education
    assert seen.visit is not None
    assert seen.visit.worker == other.worker


def test_whoever_restricts_and_erases_does_so_for_all_of_his_registrations(
    kiosk: SampleKiosk, met: Recognition
) -> None:
    """Broken by telling the wish of one registration alone."""
    other = doubled(kiosk, met)
    restrict_use(kiosk.hall, met, is_restricted=True)
    merge(kiosk, met, other)
    assert look_at(kiosk.hall, other).is_restricted
    assert restrict_use(kiosk.hall, other, is_restricted=False)
    assert not look_at(kiosk.hall, met).is_restricted
    assert ask_erasure(kiosk.hall, other)
    with kiosk.hall.store.reading() as records:
        assert [records.workers.by_id(of) for of in (met.worker, other.worker)] == [None, None]
    told = [entry.parsed() for entry in kiosk.opened.sync_book.outgoing(500).events]
    wishes = [(body.worker, body.kind) for body in told if isinstance(body, ErasureAsked)]
    assert sorted(wishes) == sorted(
        (of, kind) for of in (met.worker, other.worker) for kind in ("optional", "statutory")
    )
    freed = [body.worker for body in told if isinstance(body, UseRestricted) and not body.is_restricted]
    assert sorted(freed) == sorted((met.worker, other.worker))


def test_one_human_is_no_team(kiosk: SampleKiosk, met: Recognition) -> None:
    """Broken by comparing cards: both members would be one human."""
    other = doubled(kiosk, met)
    merge(kiosk, met, other)
    job = JobId(str(kiosk.people["miao"].takes))
    with pytest.raises(MemberRefused):
        take_together(kiosk.hall, [met, other], job, version_of(kiosk, job))


def test_nobody_merges_alone_and_a_reviewer_looks_at_those_who_look_unlike(
    kiosk: SampleKiosk, met: Recognition
) -> None:
    """Broken by taking day of birth and sex of two cards for alike."""
    born = met.card.birth_date
    assert born is not None
    card = citizen_card(date(born.year + 1, 1, 1), 501)
    register_and_check_in(kiosk.hall, recognise(kiosk.hall, card))
    unlike = recognise(kiosk.hall, card)
    assert compare(kiosk.hall, met.worker, unlike.worker).act is Act.MERGE_UNLIKE
    with pytest.raises(Refused, match="not_theirs"):
        merge(kiosk, met, unlike)
    with kiosk.hall.store.reading() as records:
        assert records.merges.ids_of(met.worker) == (met.worker,)
    merge_people(kiosk.hall, met.worker, unlike.worker, WHY, with_a(Role.REVIEWER))
    with kiosk.hall.store.reading() as records:
        [line] = records.desk.audit_lines(1)
    assert (line.act, line.actor, line.second) == ("merge_unlike", CLERK.id, Role.REVIEWER.value)
    assert line.entity_id == met.worker
    assert unlike.worker in line.reason


def test_what_speaks_against_a_merge_is_said_before_it_is_tried(kiosk: SampleKiosk, met: Recognition) -> None:
    """Broken by merging two who hold places of one time: one of these has to be given back first."""
    other = doubled(kiosk, met)
    taken = take(kiosk, met)
    take(kiosk, other)
    against = compare(kiosk.hall, met.worker, other.worker).speaks_against
    assert against is not None
    assert against.key == "actions.merge.clash"
    with pytest.raises(Refused, match=r"merge\.clash"):
        merge(kiosk, met, other)
    give_back(kiosk.hall, met, taken.placement.id, Reason.OTHER)
    merge(kiosk, met, other)
    with pytest.raises(Refused, match=r"merge\.same"):
        merge(kiosk, other, met)
    erased = doubled(kiosk, met, 1)
    ask_erasure(kiosk.hall, erased)
    with pytest.raises(Refused, match="gone"):
        merge(kiosk, met, erased)


def test_chains_are_one_person_and_each_link_is_undone_alone(kiosk: SampleKiosk, met: Recognition) -> None:
    second, third = doubled(kiosk, met), doubled(kiosk, met, 1)
    first = merge(kiosk, met, second)
    merge(kiosk, third, second)
    with kiosk.hall.store.reading() as records:
        for each in (met, second, third):
            assert set(records.merges.ids_of(each.worker)) == {met.worker, second.worker, third.worker}
            assert records.merges.shown_as(each.worker) == third.worker
        assert len(records.merges.of(second.worker)) == 2
    undo_merge(kiosk.hall, first, WHY, CLERK)
    with pytest.raises(Refused, match=r"merge\.undone"):
        undo_merge(kiosk.hall, first, WHY, CLERK)
    with kiosk.hall.store.reading() as records:
        assert records.merges.ids_of(met.worker) == (met.worker,)
        assert set(records.merges.ids_of(second.worker)) == {second.worker, third.worker}
    told = [entry.parsed() for entry in kiosk.opened.sync_book.outgoing(500).events]
    kinds = [type(body) for body in told if isinstance(body, WorkersMerged | MergeUndone)]
    assert kinds == [WorkersMerged, WorkersMerged, MergeUndone]


def test_a_merge_that_was_undone_here_stands_again_for_nothing_that_is_told(
    kiosk: SampleKiosk, met: Recognition
) -> None:
    """Broken by believing the feed, which has not heard yet that it was undone."""
    other = doubled(kiosk, met)
    made = merge(kiosk, met, other)
    told = MergeBody(kept=met.worker, joined=other.worker, merged_at=MORNING)
    undo_merge(kiosk.hall, made, WHY, CLERK)
    row = FeedRow(topic="merge", id=made, pos=9998, body=told.model_dump_json())
    answers.tell(kiosk.opened, [row], 9998, feed_gen="g")
    elsewhere = row.model_copy(update={"id": "another", "pos": 9999})
    with kiosk.hall.store.reading() as records:
        assert records.merges.ids_of(met.worker) == (met.worker,)
    answers.tell(kiosk.opened, [elsewhere], 9999, feed_gen="g")
    with kiosk.hall.store.reading() as records:
        assert set(records.merges.ids_of(met.worker)) == {met.worker, other.worker}


def test_in_a_line_he_stands_where_he_came_first(kiosk: SampleKiosk, met: Recognition) -> None:
    other = doubled(kiosk, met)
    job = next(item for item in kiosk.sample.jobs if item.is_talked_over)
    later = sign_up(kiosk.hall, other, JobId(job.id), job.version)
    first = sign_up(kiosk.hall, met, JobId(job.id), job.version)
    assert first.turn < later.turn
    merge(kiosk, other, met)
    with kiosk.hall.store.reading() as records:
        for each in (met, other):
            assert own_sign_up(kiosk.hall, records, each, JobId(job.id)) == first
    assert sign_up(kiosk.hall, other, JobId(job.id), job.version) == first


def test_who_stands_for_a_person_is_the_same_in_whichever_order_merges_are_told() -> None:
    """Two desks in the dark may say it each the other way round, or name two who stand for one."""
    a, b, c = (WorkerId(name) for name in "abc")
    ring = [Merge(MergeId("1"), a, b, MORNING), Merge(MergeId("2"), b, a, MORNING)]
    assert {shown_as(each, order) for each in (a, b) for order in (ring, ring[::-1])} == {b}
    fork = [Merge(MergeId("1"), b, a, MORNING), Merge(MergeId("2"), c, a, MORNING)]
    assert shown_people(fork) == shown_people(fork[::-1]) == {a: c, b: c, c: c}
    assert shown_as(a, []) == a
