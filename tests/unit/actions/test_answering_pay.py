"""Were you paid? Asked at the first tap after payday, one place after the other, and never twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.actions.answer_pay import answer_pay, due_questions
from kiosk.actions.print_slip import begin_printing, record_printed
from kiosk.actions.recognise import Recognition, recognise
from kiosk.actions.settle_slip import void_slip
from kiosk.actions.take_place import TakenPlace
from kiosk.domain.ids import PlacementId
from kiosk.domain.paydays import ASKED_FOR, PayAnswer
from kiosk.domain.placements import PlacementState
from kiosk.messages.feed import CapsulePay, FeedRow
from tests import answers
from tests.capsules import owed, tell_capsule
from tests.halls import CLERK, SampleKiosk
from tests.unit.actions.visits import place_of


@pytest.fixture
def taken(kiosk: SampleKiosk) -> TakenPlace:
    """A place that somebody took this morning, with its slip in his hand."""
    taken = place_of(kiosk)
    begin_printing(kiosk.hall, taken.slip)
    record_printed(kiosk.hall, taken.slip, "token")
    return taken


def tap(kiosk: SampleKiosk) -> Recognition:
    """Lay the card of whoever took the place down again."""
    return recognise(kiosk.hall, kiosk.people["miao"].card)


def wait_for_payday(kiosk: SampleKiosk, taken: TakenPlace) -> None:
    """Let time pass until the money is due."""
    due_at = taken.placement.pay_due_at
    assert due_at is not None
    kiosk.clock.pass_time((due_at - kiosk.hall.now()).total_seconds())


def state_of(kiosk: SampleKiosk, taken: TakenPlace) -> PlacementState:
    """Return the state of the place."""
    with kiosk.hall.store.reading() as records:
        found = records.placements.by_id(taken.placement.id)
    assert found is not None
    return found.state


def asked(kiosk: SampleKiosk, met: Recognition | None = None) -> list[str]:
    """Return the places that a tap asks about."""
    return [item.placement for item in due_questions(kiosk.hall, met or tap(kiosk))]


def test_nobody_is_asked_before_payday_and_everybody_from_it_on(
    kiosk: SampleKiosk, taken: TakenPlace
) -> None:
    assert asked(kiosk) == []
    wait_for_payday(kiosk, taken)
    [question] = due_questions(kiosk.hall, tap(kiosk))
    job = next(job for job in kiosk.sample.jobs if job.id == taken.placement.job)
    assert (question.placement, question.title) == (taken.placement.id, job.title)
    assert (question.trade, question.fen, question.unit) == (job.trade, job.pay.fen, job.pay.unit)


def test_a_question_that_is_put_off_comes_again_at_the_next_tap(
    kiosk: SampleKiosk, taken: TakenPlace
) -> None:
    wait_for_payday(kiosk, taken)
    assert asked(kiosk) == asked(kiosk) == [taken.placement.id]


def test_after_a_month_nobody_is_asked_any_more(kiosk: SampleKiosk, taken: TakenPlace) -> None:
    wait_for_payday(kiosk, taken)
    kiosk.clock.pass_time(ASKED_FOR.total_seconds() - 1)
    assert asked(kiosk) == [taken.placement.id]
    kiosk.clock.pass_time(1)
    assert asked(kiosk) == []


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (PayAnswer.FULL, PlacementState.SETTLED),
        (PayAnswer.PARTIAL, PlacementState.DISPUTED),
        (PayAnswer.NONE, PlacementState.DISPUTED),
    ],
)
def test_an_answer_is_journalled_moves_the_place_and_is_not_asked_again(
    kiosk: SampleKiosk, taken: TakenPlace, answer: PayAnswer, state: PlacementState
) -> None:
    wait_for_payday(kiosk, taken)
    met = tap(kiosk)
    answer_pay(kiosk.hall, met, taken.placement.id, answer)
    assert state_of(kiosk, taken) is state
    assert asked(kiosk) == []
    entry = kiosk.opened.sync_book.outgoing(50).events[-1]
    assert entry.type == "pay_answered"
    assert f'"answer":"{answer.value}"' in entry.body
    assert met.card.number not in entry.body


def test_a_place_that_was_voided_is_not_asked_about(kiosk: SampleKiosk, taken: TakenPlace) -> None:
    void_slip(kiosk.hall, taken.slip, "没去", CLERK)
    wait_for_payday(kiosk, taken)
    assert asked(kiosk) == []


def test_pay_of_an_advertisement_that_changed_since_is_not_put_into_anybodys_mouth(
    kiosk: SampleKiosk, taken: TakenPlace
) -> None:
    job = next(job for job in kiosk.sample.jobs if job.id == taken.placement.job)
    newer = job.model_copy(update={"version": job.version + 1})
    row = FeedRow(topic="job", id=job.id, pos=10_000, body=newer.model_dump_json())
    answers.tell(kiosk.opened, [row], 10_000, feed_gen="g")
    wait_for_payday(kiosk, taken)
    [question] = due_questions(kiosk.hall, tap(kiosk))
    assert (question.title, question.fen) == (job.title, None)


# --- what the capsule tells ---------------------------------------------------------------------


def with_capsule(kiosk: SampleKiosk, due: list[CapsulePay], answered: list[str]) -> Recognition:
    """Lay a card down whose capsule tells this of money."""
    card = kiosk.people["tian"].card
    tell_capsule(kiosk, card, 20_000, due, answered)
    return recognise(kiosk.hall, card)


def test_a_dark_kiosk_asks_by_what_the_capsule_tells_the_oldest_first(kiosk: SampleKiosk) -> None:
    met = with_capsule(kiosk, [owed(kiosk, "p2", 1), owed(kiosk, "p1", 30), owed(kiosk, "p3", -1)], [])
    assert asked(kiosk, met) == ["p1", "p2"]


def test_what_was_answered_here_is_not_asked_again_by_an_older_capsule(kiosk: SampleKiosk) -> None:
    met = with_capsule(kiosk, [owed(kiosk, "p1", 1)], [])
    answer_pay(kiosk.hall, met, PlacementId("p1"), PayAnswer.NONE)
    assert asked(kiosk, met) == []


def test_a_place_given_back_here_is_not_asked_about_by_an_older_capsule(kiosk: SampleKiosk) -> None:
    """Broken by looking at answers alone: nobody earned there, and the bureau may not have heard yet."""
    met = with_capsule(kiosk, [owed(kiosk, "p1", 1)], [])
    with kiosk.hall.store.writing() as records:
        records.placements.note_left(PlacementId("p1"), met.worker, kiosk.hall.now())
    assert asked(kiosk, met) == []


def test_what_was_answered_at_another_kiosk_is_not_asked_again_where_the_place_was_taken(
    kiosk: SampleKiosk, taken: TakenPlace
) -> None:
    wait_for_payday(kiosk, taken)
    met = tap(kiosk)
    capsule = with_capsule(kiosk, [], [taken.placement.id]).capsule
    assert asked(kiosk, met) == [taken.placement.id]
    assert asked(kiosk, replace(met, capsule=capsule)) == []


def test_a_unit_of_a_later_version_is_asked_without_its_figure(kiosk: SampleKiosk) -> None:
    item = owed(kiosk, "p1", 1).model_copy(update={"unit": "moon"})
    [question] = due_questions(kiosk.hall, with_capsule(kiosk, [item], []))
    assert question.fen is None
