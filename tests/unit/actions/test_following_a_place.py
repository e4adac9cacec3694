"""After the slip: employers' parts come back, people are heard of, and nobody is awaited for ever."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from kiosk.actions.answer_pay import due_questions
from kiosk.actions.faults import Refused
from kiosk.actions.follow_place import PartInHand, confirm_arrival, take_return_part
from kiosk.actions.outcome_ports import Answer
from kiosk.actions.read_scan import read_scan
from kiosk.actions.recognise import recognise
from kiosk.actions.scan_readings import ReturnReading
from kiosk.actions.take_place import TakenPlace, take_place
from kiosk.domain.ids import JobId, SlipNumber
from kiosk.domain.outcomes import AWAITED, Outcome, WhyNot, Witness, after_arrival, after_return
from kiosk.domain.placements import OPEN_STATES, PlacementState
from kiosk.domain.slips import SlipKind
from kiosk.messages.feed import FeedRow
from kiosk.messages.part_bodies import PartBody
from kiosk.storage.code_keys import SqlCodeKeys
from tests import answers
from tests.halls import CLERK, SampleKiosk
from tests.unit.actions.scans import return_code_of, told_keys
from tests.unit.actions.visits import place_of, register, version_of

HIRED = Answer(Outcome.HIRED, None, date(2026, 9, 18), time(7, 30), 18_000)
NOT_HIRED = Answer(Outcome.NOT_HIRED, WhyNot.FULL)
ON_FOOT = "miao"


def plain_job(kiosk: SampleKiosk, *, is_instant: bool) -> JobId:
    """Return a job that anybody may take and reach alone."""
    return JobId(
        next(
            job.id
            for job in kiosk.sample.jobs
            if job.is_instant is is_instant
            and not (job.trip or job.certificates or job.needs_education or job.is_talked_over)
            and not (job.is_dangerous or job.open_places < 1)
        )
    )


def take(kiosk: SampleKiosk, *, is_instant: bool = True) -> TakenPlace:
    met, job = register(kiosk, ON_FOOT), plain_job(kiosk, is_instant=is_instant)
    return take_place(kiosk.hall, met, job, version_of(kiosk, job))


def scanned(kiosk: SampleKiosk, keys: SqlCodeKeys, slip: SlipNumber) -> PartInHand:
    """Hold the return part of a slip before the scanner."""
    reading = read_scan(kiosk.hall, keys, return_code_of(kiosk, slip))
    assert isinstance(reading, ReturnReading)
    assert reading.returned is not None
    return PartInHand(reading.returned.slip, reading.returned.day, is_keyed=False)


def state_of(kiosk: SampleKiosk, taken: TakenPlace) -> PlacementState:
    with kiosk.hall.store.reading() as records:
        found = records.placements.by_id(taken.placement.id)
    assert found is not None
    return found.state


def test_a_part_that_was_scanned_moves_its_place_and_says_so_when_it_is_scanned_again(
    kiosk: SampleKiosk,
) -> None:
    """Broken by asking for nothing in `take_return_part`: one paper is counted as often as it is shown."""
    taken = place_of(kiosk)
    part = scanned(kiosk, told_keys(kiosk), taken.slip)
    take_return_part(kiosk.hall, part, HIRED, CLERK)
    assert state_of(kiosk, taken) is PlacementState.ARRIVED
    with pytest.raises(Refused, match="read_before"):
        take_return_part(kiosk.hall, part, NOT_HIRED, CLERK)
    assert state_of(kiosk, taken) is PlacementState.ARRIVED
    with kiosk.hall.store.reading() as records:
        kept = records.outcomes.returned(part.slip, part.day)
        line = records.desk.audit_lines(1)[0]
    assert kept is not None
    assert (kept.answer, kept.placement, kept.is_keyed) == (HIRED, taken.placement.id, False)
    assert (line.act, line.entity_id, line.reason) == ("record_return", taken.slip, "hired")


@pytest.mark.parametrize("is_brought", [False, True])
def test_who_was_not_hired_has_his_time_back_and_is_not_asked_for_his_pay(
    kiosk: SampleKiosk, is_brought: bool
) -> None:
    """Broken by leaving the payday: somebody who never worked is asked whether he was paid."""
    taken = place_of(kiosk)
    if is_brought:
        with kiosk.hall.store.writing() as records:
            records.placements.set_state(taken.placement.id, PlacementState.BOARDED)
    take_return_part(kiosk.hall, PartInHand(taken.slip, kiosk.hall.today(), is_keyed=True), NOT_HIRED, CLERK)
    assert state_of(kiosk, taken) is (PlacementState.ENDED if is_brought else PlacementState.CANCELLED)
    kiosk.clock.pass_time(3 * 24 * 3600)
    assert due_questions(kiosk.hall, recognise(kiosk.hall, kiosk.people["miao"].card)) == []
    with kiosk.hall.store.reading() as records:
        assert records.placements.open_of(taken.placement.worker) == []


def test_a_part_of_another_kiosk_is_kept_and_a_slip_of_another_year_is_another_slip(
    kiosk: SampleKiosk,
) -> None:
    """Broken by looking up the number alone: last year's part would end this year's place."""
    taken = place_of(kiosk)
    strange = PartInHand(SlipNumber("TJ-DZ-0918-03-0041"), kiosk.hall.today(), is_keyed=False)
    assert take_return_part(kiosk.hall, strange, HIRED, CLERK).placement is None
    old = PartInHand(taken.slip, kiosk.hall.today() - timedelta(days=365), is_keyed=False)
    assert take_return_part(kiosk.hall, old, NOT_HIRED, CLERK).placement is None
    assert state_of(kiosk, taken) is PlacementState.CONFIRMED


def test_a_day_of_arrival_before_the_slip_or_after_today_is_refused(kiosk: SampleKiosk) -> None:
    taken = place_of(kiosk)
    part = PartInHand(taken.slip, kiosk.hall.today(), is_keyed=False)
    for days in (-1, 1):
        wrong = Answer(Outcome.HIRED, None, part.day + timedelta(days=days))
        with pytest.raises(Refused, match="no_such_day"):
            take_return_part(kiosk.hall, part, wrong, CLERK)


def test_who_went_alone_is_awaited_until_somebody_says_that_he_came(kiosk: SampleKiosk) -> None:
    taken = take(kiosk)
    with kiosk.hall.store.reading() as records:
        since, starts = taken.placement.starts - timedelta(days=1), taken.placement.starts
        assert records.outcomes.expected(since, starts - timedelta(seconds=1), 9) == []
        (awaited,) = records.outcomes.expected(since, starts, 9)
    assert (awaited.slip, awaited.name) == (taken.slip, kiosk.people[ON_FOOT].card.name)
    confirm_arrival(kiosk.hall, taken.placement.id, Witness.EMPLOYER, CLERK)
    with pytest.raises(Refused, match="not_awaited"):
        confirm_arrival(kiosk.hall, taken.placement.id, Witness.EMPLOYER, CLERK)
    with kiosk.hall.store.reading() as records:
        assert records.outcomes.expected(since, starts, 9) == []
        assert records.days.counts(kiosk.hall.today()).arrived == 1


def test_a_referral_is_listed_from_the_day_its_part_is_due_until_that_comes(kiosk: SampleKiosk) -> None:
    taken, today = take(kiosk, is_instant=False), kiosk.hall.today()
    assert taken.placement.kind is SlipKind.REFERRAL
    dispatched = take_of_another(kiosk)
    with kiosk.hall.store.reading() as records:
        assert records.outcomes.parts_due(today - timedelta(days=9), today - timedelta(days=1), 9) == []
        (due,) = records.outcomes.parts_due(today, today, 9)
    assert due.placement == taken.placement.id != dispatched.placement.id
    take_return_part(kiosk.hall, PartInHand(taken.slip, today, is_keyed=False), NOT_HIRED, CLERK)
    with kiosk.hall.store.reading() as records:
        assert records.outcomes.parts_due(today, today, 9) == []


def take_of_another(kiosk: SampleKiosk) -> TakenPlace:
    other = next(key for key, person in kiosk.people.items() if person.takes and key != ON_FOOT)
    return place_of(kiosk, other)


@pytest.mark.parametrize("state", list(PlacementState))
def test_no_word_from_outside_revives_a_place_or_takes_back_that_somebody_came(state: PlacementState) -> None:
    """Broken by `return _S.ARRIVED` in `after_arrival`: a place that was given back is somebody's again."""
    for then in (after_arrival(state), *(after_return(state, outcome) for outcome in Outcome)):
        assert then is state or state in AWAITED | {PlacementState.ARRIVED}
        assert then not in OPEN_STATES or state in OPEN_STATES
    brought = {PlacementState.BOARDED, PlacementState.ARRIVED}
    if state in brought:
        assert after_return(state, Outcome.NOT_HIRED) is PlacementState.ENDED


def test_what_a_part_said_at_another_kiosk_moves_the_place_here_and_is_believed_once(
    kiosk: SampleKiosk,
) -> None:
    """Broken by keeping the part and leaving its place: its worker is awaited here for ever."""
    taken = take(kiosk, is_instant=False)
    day = kiosk.hall.today()
    told = PartBody(
        slip=taken.slip,
        day=day,
        placement=taken.placement.id,
        outcome="not_hired",
        why="full",
        is_keyed=False,
        read_at=kiosk.hall.now(),
    )
    other = told.model_copy(update={"slip": "TJ-XZ-0918-07-0001", "placement": "of-another-kiosk"})
    rows = [
        FeedRow(topic="part", id=part.slip, pos=nth, body=part.model_dump_json())
        for nth, part in enumerate((told, other), 1)
    ]
    with kiosk.hall.store.reading() as records:
        assert [item.slip for item in records.outcomes.parts_due(day, day, 9)] == [taken.slip]
    for _ in range(2):
        answers.tell(kiosk.opened, rows, 2, scope="hall:NZ", is_snapshot=True)
    assert state_of(kiosk, taken) is PlacementState.CANCELLED
    with kiosk.hall.store.reading() as records:
        assert records.outcomes.parts_due(day, day, 9) == []
    for part in (told, other):
        part_in_hand = PartInHand(SlipNumber(part.slip), day, is_keyed=False)
        with pytest.raises(Refused, match="read_before"):
            take_return_part(kiosk.hall, part_in_hand, HIRED, CLERK)
