"""Waiting for a place of a full job: who waited first is called, and nobody has what is kept for another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event

from kiosk.actions.call_next import call_next, call_waiting, expect_call
from kiosk.actions.faults import Refused
from kiosk.actions.leave_line import leave_line
from kiosk.actions.recognise import Recognition
from kiosk.actions.sign_up import sign_up
from kiosk.actions.take_place import take_place
from kiosk.actions.take_together import take_together
from kiosk.actions.why_not import why_not
from kiosk.domain.ids import JobId, KioskId, QuotaId, places_of
from kiosk.domain.sign_ups import SignUp, Way
from kiosk.messages.feed import FeedRow
from kiosk.messages.sync import Recall
from tests import answers
from tests.halls import SampleKiosk, open_sample_kiosk, take_back
from tests.unit.actions.lines import STAFF, come, full_job, in_line, line_of, now_of, talked_over
from tests.unit.actions.visits import version_of
from tests.unit.storage.plans import statements_of

ANSWER_S = 10 * 60


def comes_free(kiosk: SampleKiosk, job: JobId, count: int) -> None:
    """Let so many new numbers of a job come to this kiosk, as when places were given back elsewhere."""
    answers.grant(kiosk.opened, {places_of(job): [(900, 899 + count)]})


def open_elsewhere(kiosk: SampleKiosk, job: JobId, count: int) -> None:
    """Let the bureau say that so many places of a job are open in the city."""
    body = next(item for item in kiosk.sample.jobs if item.id == job)
    told = body.model_copy(update={"open_places": count}).model_dump_json()
    answers.tell(kiosk.opened, [FeedRow(topic="job", id=job, pos=9000, body=told)], 9000, feed_gen="g")


def take(kiosk: SampleKiosk, met: Recognition, job: JobId) -> int:
    taken = take_place(kiosk.hall, met, job, version_of(kiosk, job))
    return taken.placement.spent[0].number


def test_a_full_job_can_be_waited_for_and_the_first_is_called_when_a_number_comes(kiosk: SampleKiosk) -> None:
    job = full_job(kiosk)
    first, second = come(kiosk, 1), come(kiosk, 2)
    with pytest.raises(Refused, match=r"actions\.take\.full"):
        take(kiosk, first, job)
    items = [in_line(kiosk, met, job) for met in (second, first)]
    assert {item.way for item in items} == {Way.PLACE}
    assert call_waiting(kiosk.hall) == []
    comes_free(kiosk, job, 1)
    (called,) = call_waiting(kiosk.hall)
    assert (called.queue_number, called.spot, called.held_at) == ("A1", "A", "kiosk-A")
    assert call_waiting(kiosk.hall) == []
    assert take(kiosk, first, job) == 900
    assert line_of(kiosk, job) == ["A2"]


def test_a_line_asks_for_as_many_as_stand_in_it_and_says_the_same_each_time(kiosk: SampleKiosk) -> None:
    """Broken by asking only while no number at all lies here: one kept for the first serves nobody else."""
    job = full_job(kiosk)
    for number in (1, 2, 3):
        in_line(kiosk, come(kiosk, number), job)
    told: list[Mapping[QuotaId, int]] = []
    hall = replace(kiosk.hall, lacking=told.append)
    call_waiting(hall)
    assert told == [], "nothing is open anywhere"
    open_elsewhere(kiosk, job, 5)
    for _ in range(2):
        call_waiting(hall)
    assert told == [{places_of(job): 3}] * 2
    comes_free(kiosk, job, 1)
    call_waiting(hall)
    told.clear()
    call_waiting(hall)
    assert told == [{places_of(job): 1 + 2}]


def test_the_kiosks_of_a_hall_ask_for_their_line_once_and_not_each_for_all_of_it(kiosk: SampleKiosk) -> None:
    """Broken by asking for the whole line: three kiosks would ask the city for three times its people."""
    job = full_job(kiosk)
    for number in range(1, 6):
        at = kiosk if number < 4 else at_kiosk(kiosk, "kiosk-B")
        sign_up(at.hall, come(at, number), job, version_of(kiosk, job))
    open_elsewhere(kiosk, job, 9)
    asked = {}
    for name in ("kiosk-A", "kiosk-B", "kiosk-C"):
        told: list[Mapping[QuotaId, int]] = []
        call_waiting(replace(at_kiosk(kiosk, name).hall, lacking=told.append))
        asked[name] = [numbers[places_of(job)] for numbers in told]
    assert asked == {"kiosk-A": [3], "kiosk-B": [2], "kiosk-C": [1]}, "one, for a kiosk that is dark"


def test_whoever_calls_where_no_number_lies_is_not_told_that_all_is_full(kiosk: SampleKiosk) -> None:
    """Broken by calling every empty hand full: a desk holds no number, and could call nobody."""
    job = talked_over(kiosk)
    surplus = [Recall(quota=places_of(job), keep=0)]
    kiosk.opened.sync_book.return_surplus(answers.life(kiosk.opened), surplus)
    told: list[Mapping[QuotaId, int]] = []
    hall = replace(kiosk.hall, lacking=told.append)
    expect_call(hall, job)
    assert told == [], "nobody waits"
    for number in (1, 2):
        in_line(kiosk, come(kiosk, number), job)
    with pytest.raises(Refused, match=r"hiring\.number_asked"):
        call_next(hall, job, "2", STAFF)
    comes_free(kiosk, job, 1)
    assert call_next(hall, job, "2", STAFF).queue_number == "A1"
    expect_call(hall, job)
    assert told == [{places_of(job): 1}, {places_of(job): 1 + 1}], "beside the one that is kept"


def at_kiosk(kiosk: SampleKiosk, name: str) -> SampleKiosk:
    """Return the same rows as another kiosk of the hall has them."""
    return replace(
        kiosk, hall=replace(kiosk.hall, identity=replace(kiosk.hall.identity, kiosk=KioskId(name)))
    )


def test_what_is_kept_for_somebody_is_taken_by_nobody_else(kiosk: SampleKiosk) -> None:
    job = full_job(kiosk)
    first, second, passer_by = (come(kiosk, number) for number in (1, 2, 3))
    for met in (first, second):
        in_line(kiosk, met, job)
    comes_free(kiosk, job, 1)
    for met in (passer_by, second):
        with pytest.raises(Refused, match=r"hiring\.kept_for_others"):
            take(kiosk, met, job)
    assert take(kiosk, first, job) == 900


def test_who_waits_comes_before_who_just_came_by_although_nobody_called_yet(kiosk: SampleKiosk) -> None:
    """Broken by a take that does not call who waits."""
    job = full_job(kiosk)
    waiting, passer_by = come(kiosk, 1), come(kiosk, 2)
    in_line(kiosk, waiting, job)
    comes_free(kiosk, job, 1)
    with pytest.raises(Refused, match=r"hiring\.kept_for_others"):
        take(kiosk, passer_by, job)


@pytest.mark.parametrize("people", [1, 2])
def test_where_nobody_waits_a_take_reads_all_it_needs_in_its_own_transaction(
    kiosk: SampleKiosk, people: int
) -> None:
    """Broken by looking for who waits before the transaction, or for each one's place in a line of nobody."""
    job, team = full_job(kiosk), [come(kiosk, number) for number in range(1, people + 1)]
    comes_free(kiosk, job, people)
    version = version_of(kiosk, job)
    begun: list[Connection] = []
    with kiosk.opened.database.reading() as connection:
        engine = connection.engine
    event.listen(engine, "begin", begun.append)
    with statements_of(kiosk.opened.database) as heard:
        if people == 1:
            take_place(kiosk.hall, team[0], job, version)
        else:
            take_together(kiosk.hall, team, job, version)
    assert begun == []
    asked_by_person = [text for text, _ in heard if "FROM sign_up" in text and "sign_up.worker = ?" in text]
    assert asked_by_person == []


def test_an_offer_nobody_answers_goes_to_the_next_and_the_first_stays_in_the_line(kiosk: SampleKiosk) -> None:
    job = full_job(kiosk)
    people = [come(kiosk, number) for number in (1, 2)]
    items = [in_line(kiosk, met, job) for met in people]
    comes_free(kiosk, job, 1)
    call_waiting(kiosk.hall)
    kiosk.clock.pass_time(ANSWER_S - 1)
    assert call_waiting(kiosk.hall) == []
    kiosk.clock.pass_time(1)
    assert [item.id for item in call_waiting(kiosk.hall)] == [items[1].id]
    assert line_of(kiosk, job) == ["A2", "A1"]
    with pytest.raises(Refused, match=r"hiring\.kept_for_others"):
        take(kiosk, people[0], job)


def test_a_place_does_not_wait_for_people_who_went_home(kiosk: SampleKiosk) -> None:
    """Broken by calling the absent again."""
    job = full_job(kiosk)
    gone = in_line(kiosk, come(kiosk, 1), job)
    comes_free(kiosk, job, 1)
    call_waiting(kiosk.hall)
    kiosk.clock.pass_time(ANSWER_S)
    assert call_waiting(kiosk.hall) == []
    assert why_not(kiosk.hall, gone.id)[0].sentence.key == "hiring.why.absent"
    assert take(kiosk, come(kiosk, 2), job) == 900


def test_who_went_away_and_comes_back_is_called_again(kiosk: SampleKiosk) -> None:
    job = full_job(kiosk)
    met = come(kiosk, 1)
    item = in_line(kiosk, met, job)
    comes_free(kiosk, job, 1)
    call_waiting(kiosk.hall)
    kiosk.clock.pass_time(ANSWER_S)
    call_waiting(kiosk.hall)
    assert [again.id for again in call_waiting(kiosk.hall, present=[met.worker])] == [item.id]
    assert take(kiosk, met, job) == 900


def test_of_a_team_that_comes_back_everybody_counts_as_here(kiosk: SampleKiosk) -> None:
    """Broken by calling for one member after another: whoever stands behind has what is the second's."""
    job = full_job(kiosk)
    team = [come(kiosk, number) for number in (1, 2)]
    for met in team:
        in_line(kiosk, met, job)
    comes_free(kiosk, job, 2)
    call_waiting(kiosk.hall)
    kiosk.clock.pass_time(ANSWER_S)
    assert call_waiting(kiosk.hall) == []
    behind = in_line(kiosk, come(kiosk, 3), job)
    taken = take_together(kiosk.hall, team, job, version_of(kiosk, job))
    assert [item.spent[0].number for item in taken.placements] == [900, 901]
    assert now_of(kiosk, behind).calls == 0


def test_who_leaves_the_line_leaves_the_number_to_the_next(kiosk: SampleKiosk) -> None:
    job = full_job(kiosk)
    first, second = come(kiosk, 1), come(kiosk, 2)
    item, other = in_line(kiosk, first, job), in_line(kiosk, second, job)
    comes_free(kiosk, job, 1)
    call_waiting(kiosk.hall)
    leave_line(kiosk.hall, first, item.id)
    assert [called.id for called in call_waiting(kiosk.hall)] == [other.id]


def test_a_number_that_is_kept_does_not_go_back_to_the_bureau(kiosk: SampleKiosk) -> None:
    """Broken by a return that forgets what is kept."""
    job = full_job(kiosk)
    met = come(kiosk, 1)
    in_line(kiosk, met, job)
    comes_free(kiosk, job, 3)
    call_waiting(kiosk.hall)
    with kiosk.hall.store.writing() as records:
        records.settings.adopt(kiosk.hall.identity)
    kiosk.opened.sync_book.return_surplus(answers.life(kiosk.opened), [Recall(quota=places_of(job), keep=0)])
    assert take(kiosk, met, job) == 900


def test_without_the_bureaus_number_of_minutes_nothing_is_kept_for_anybody(kiosk: SampleKiosk) -> None:
    job = full_job(kiosk)
    item = in_line(kiosk, come(kiosk, 1), job)
    take_back(kiosk, "line.answer_min")
    comes_free(kiosk, job, 1)
    assert call_waiting(kiosk.hall) == []
    assert now_of(kiosk, item).is_waiting


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(
        st.one_of(
            st.tuples(st.just("grant"), st.integers(1, 2)),
            st.tuples(st.just("pass"), st.integers(60, 700)),
            st.tuples(st.just("take"), st.integers(0, 5)),
            st.tuples(st.just("sign"), st.integers(0, 5)),
            st.tuples(st.just("leave"), st.integers(0, 5)),
        ),
        max_size=25,
    )
)
def test_never_are_two_called_for_one_number(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    kiosk = open_sample_kiosk(tmp_path_factory.mktemp("line"))
    job = full_job(kiosk)
    people = [come(kiosk, number) for number in range(1, 7)]
    items: dict[int, SignUp] = {}
    granted, took = 0, 0
    for act, value in acts:
        try:
            if act == "grant":
                answers.grant(kiosk.opened, {places_of(job): [(900 + granted, 899 + granted + value)]})
                granted += value
            elif act == "pass":
                kiosk.clock.pass_time(value)
            elif act == "take":
                take(kiosk, people[value], job)
                took += 1
            elif act == "sign":
                items[value] = in_line(kiosk, people[value], job)
            elif value in items:
                leave_line(kiosk.hall, people[value], items[value].id)
        except Refused:
            pass
        call_waiting(kiosk.hall)
        with kiosk.hall.store.reading() as records:
            line = records.sign_ups.line_of(job, kiosk.hall.today())
            free = len(records.rights.free(places_of(job)))
        called = sum(item.held_at == "kiosk-A" for item in line)
        assert called <= free == granted - took
    kiosk.opened.close()
