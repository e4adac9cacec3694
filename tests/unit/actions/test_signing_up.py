"""From signing up to a place that both sides said yes to: the order of calls, and what is kept for whom."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kiosk.actions.call_next import call_next, not_come
from kiosk.actions.check_in import check_in
from kiosk.actions.faults import Refused
from kiosk.actions.leave_line import leave_line
from kiosk.actions.move_in_line import move_in_line
from kiosk.actions.take_place import take_place
from kiosk.actions.talk_over import agree, begin_talk, part
from kiosk.actions.why_not import why_not
from kiosk.domain.ids import JobId
from kiosk.domain.placements import PlacementState
from kiosk.domain.slips import SlipKind
from kiosk.messages.events import PlaceTaken
from tests.halls import SampleKiosk
from tests.unit.actions.lines import STAFF, come, in_line, line_of, now_of, talked_over
from tests.unit.actions.recomputing import recomputes
from tests.unit.actions.visits import register, version_of


def types_of(kiosk: SampleKiosk) -> list[str]:
    return [entry.type for entry in kiosk.opened.sync_book.outgoing(500).events]


def test_signing_up_spends_nothing_and_is_done_once(kiosk: SampleKiosk) -> None:
    job, met = talked_over(kiosk), come(kiosk, 1)
    first = in_line(kiosk, met, job)
    assert in_line(kiosk, met, job) == first
    assert line_of(kiosk, job) == ["A1"]
    assert types_of(kiosk).count("signed_up") == 1
    with kiosk.hall.store.reading() as records:
        line = records.board.line(job, kiosk.hall.now())
    assert line is not None
    assert line.open_here == 5


def test_a_job_that_is_talked_over_is_not_taken_before_the_employer_said_yes(kiosk: SampleKiosk) -> None:
    job, met = talked_over(kiosk), come(kiosk, 1)
    version = version_of(kiosk, job)
    with pytest.raises(Refused, match=r"hiring\.talk_first"):
        take_place(kiosk.hall, met, job, version)
    item = in_line(kiosk, met, job)
    call_next(kiosk.hall, job, "2", STAFF)
    begin_talk(kiosk.hall, item.id, STAFF)
    with pytest.raises(Refused, match=r"hiring\.talk_first"):
        take_place(kiosk.hall, met, job, version)


def test_both_say_yes_and_then_the_numbers_are_spent_and_the_slip_promises(kiosk: SampleKiosk) -> None:
    job, met = talked_over(kiosk), come(kiosk, 1)
    item = in_line(kiosk, met, job)
    kiosk.clock.pass_time(60)
    called = call_next(kiosk.hall, job, "2", STAFF)
    assert (called.id, called.spot, called.state) == (item.id, "2", PlacementState.PROPOSED)
    kiosk.clock.pass_time(60)
    begin_talk(kiosk.hall, item.id, STAFF)
    kiosk.clock.pass_time(60)
    agree(kiosk.hall, item.id, STAFF)
    kiosk.clock.pass_time(60)
    taken = take_place(kiosk.hall, met, job, version_of(kiosk, job))
    assert taken.placement.kind is SlipKind.DISPATCH
    assert taken.placement.state is PlacementState.CONFIRMED
    stages = now_of(kiosk, item)
    assert stages.state is PlacementState.CONFIRMED
    times = [stages.signed_at, stages.called_at, stages.talked_at, stages.agreed_at, stages.ended_at]
    gaps = [int((later - earlier).total_seconds()) for earlier, later in pairwise(times) if earlier and later]
    assert gaps == [60, 60, 60, 60]
    entry = kiosk.opened.sync_book.outgoing(500).events[-1].parsed()
    assert isinstance(entry, PlaceTaken)
    assert entry.sign_up == item.id
    assert line_of(kiosk, job) == []


def test_calls_follow_who_came_first_and_not_who_signed_up_first(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    people = [come(kiosk, number) for number in range(1, 4)]
    for met in reversed(people):
        kiosk.clock.pass_time(5)
        in_line(kiosk, met, job)
    called = [call_next(kiosk.hall, job, "1", STAFF).queue_number for _ in people]
    assert called == ["A1", "A2", "A3"]


def test_as_many_are_called_as_there_are_numbers_and_no_more(kiosk: SampleKiosk) -> None:
    """Broken by a choice that forgets what is kept."""
    job = talked_over(kiosk)
    items = [in_line(kiosk, come(kiosk, number), job) for number in range(1, 8)]
    for _ in range(5):
        call_next(kiosk.hall, job, "1", STAFF)
    with pytest.raises(Refused, match=r"actions\.take\.full"):
        call_next(kiosk.hall, job, "1", STAFF)
    begin_talk(kiosk.hall, items[0].id, STAFF)
    part(kiosk.hall, items[0].id, STAFF)
    assert call_next(kiosk.hall, job, "1", STAFF).queue_number == "A6"


def test_who_does_not_come_is_called_again_and_then_goes_behind_the_next(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    items = [in_line(kiosk, come(kiosk, number), job) for number in range(1, 4)]
    for _ in range(2):
        assert call_next(kiosk.hall, job, "1", STAFF).id == items[0].id
        not_come(kiosk.hall, items[0].id, STAFF)
    assert line_of(kiosk, job) == ["A2", "A1", "A3"]
    assert call_next(kiosk.hall, job, "1", STAFF).id == items[1].id
    assert now_of(kiosk, items[0]).queue_number == "A1"


def test_a_rule_passes_somebody_over_and_the_answer_says_which(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    busy, next_one = come(kiosk, 1), come(kiosk, 2)
    items = [in_line(kiosk, met, job) for met in (busy, next_one)]
    day = next(line for line in kiosk.sample.jobs if line.id == job).shift
    other = next(
        line
        for line in kiosk.sample.jobs
        if line.is_instant
        and line.shift.first_day == day.first_day
        and line.shift.starts_at < day.ends_at
        and not (line.certificates or line.needs_classes or line.trip or line.is_dangerous)
        and line.open_places
    )
    take_place(kiosk.hall, busy, JobId(other.id), other.version)
    assert call_next(kiosk.hall, job, "1", STAFF).id == items[1].id
    (told,) = why_not(kiosk.hall, items[0].id)
    assert told.answer.rule == "TIME-01"
    assert told.rule is not None
    assert told.rule.key == "rulebook.kiosk.time_01"


def test_why_not_me_names_the_number_and_both_times_of_arrival(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    items = [in_line(kiosk, come(kiosk, number), job) for number in range(1, 4)]
    call_next(kiosk.hall, job, "1", STAFF)
    (told,) = why_not(kiosk.hall, items[2].id)
    assert told.sentence.key == "hiring.why.earlier"
    assert told.sentence.args == {"number": "A1", "came": "05:10", "own": "05:11"}
    assert [answer.sentence.key for answer in why_not(kiosk.hall, items[0].id)] == ["hiring.why.called"]


def test_every_decision_decides_the_same_again(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    items = [in_line(kiosk, come(kiosk, number), job) for number in range(1, 30)]
    call_next(kiosk.hall, job, "1", STAFF)
    move_in_line(kiosk.hall, items[20].id, items[3].id, "带孩子来的", STAFF)
    not_come(kiosk.hall, items[0].id, STAFF)
    for _ in range(4):
        call_next(kiosk.hall, job, "1", STAFF)
    with kiosk.hall.store.reading() as records:
        decisions = records.decisions.of_job(job, kiosk.hall.today())
    calls = [item for item in decisions if item.kind.value == "call"]
    assert len(calls) == 5
    assert all(recomputes(item) for item in calls)


def test_a_move_by_hand_needs_a_reason_and_stands_in_the_day_book(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    items = [in_line(kiosk, come(kiosk, number), job) for number in range(1, 4)]
    with pytest.raises(Refused, match="reason_missing"):
        move_in_line(kiosk.hall, items[2].id, items[0].id, " ", STAFF)
    move_in_line(kiosk.hall, items[2].id, items[0].id, "带孩子来的", STAFF)
    assert line_of(kiosk, job) == ["A3", "A1", "A2"]
    with kiosk.hall.store.reading() as records:
        newest = records.desk.audit_lines(1)[0]
    assert (newest.act, newest.entity_id) == ("move_in_line", items[2].id)
    assert newest.reason == "A3 → A1 · 带孩子来的"
    call_next(kiosk.hall, job, "1", STAFF)
    assert why_not(kiosk.hall, items[0].id)[0].sentence.key == "hiring.why.moved"


def test_nobody_leaves_the_line_for_somebody_else(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    one, other = come(kiosk, 1), come(kiosk, 2)
    item = in_line(kiosk, one, job)
    with pytest.raises(Refused, match=r"hiring\.not_possible"):
        leave_line(kiosk.hall, other, item.id)
    leave_line(kiosk.hall, one, item.id)
    assert line_of(kiosk, job) == []


def test_what_a_rule_refuses_is_kept_with_its_number_and_once(kiosk: SampleKiosk) -> None:
    person = kiosk.people["qiu"]
    met = register(kiosk, "qiu")
    job = JobId(str(person.tries))
    for _ in range(2):
        with pytest.raises(Refused):
            take_place(kiosk.hall, met, job, version_of(kiosk, job))
    with kiosk.hall.store.reading() as records:
        (kept,) = records.decisions.about(met.worker, kiosk.hall.today())
    assert kept.outcome == person.refused_by
    assert str(met.card.number) not in kept.inputs


def test_a_second_tap_leaves_the_place_in_the_line_alone(kiosk: SampleKiosk) -> None:
    job = talked_over(kiosk)
    met = come(kiosk, 1)
    in_line(kiosk, met, job)
    come(kiosk, 2)
    check_in(kiosk.hall, met)
    assert line_of(kiosk, job) == ["A1"]
