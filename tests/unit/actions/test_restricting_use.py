"""Restricted use: what was allowed is kept and ranks nobody, at any kiosk, until its person says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.actions.ask_paper import ask_paper, papers_for
from kiosk.actions.board_ports import BoardQuery
from kiosk.actions.check_in import check_in, give_first_answers
from kiosk.actions.own_data import ask_erasure, correct_phone, look_at
from kiosk.actions.rank_jobs import rank_jobs
from kiosk.actions.recognise import Recognition, recognise
from kiosk.actions.restrict_use import restrict_use
from kiosk.actions.take_place import take_place
from kiosk.actions.verify_hardship import verify_hardship
from kiosk.domain.hardships import Hardship, HeldHardship
from kiosk.domain.ids import JobId
from kiosk.domain.papers import PaperKind
from kiosk.domain.restrictions import Restriction, later_of
from kiosk.domain.workers import FirstAnswers, WorkSpan
from kiosk.messages.events import UseRestricted
from tests.capsules import tell_capsule
from tests.halls import SampleKiosk
from tests.unit.actions.lines import STAFF
from tests.unit.actions.visits import register, version_of

SAID = FirstAnswers("13900000001", ("masonry",), WorkSpan.LONG)


@pytest.fixture
def met(kiosk: SampleKiosk) -> Recognition:
    """Somebody who came, said what he wants, and proved that he is helped first."""
    found = register(kiosk, "miao")
    give_first_answers(kiosk.hall, found.worker, SAID)
    verify_hardship(kiosk.hall, found.worker, HeldHardship(Hardship.LOW_INCOME, None), STAFF)
    return found


def order(kiosk: SampleKiosk, met: Recognition) -> list[tuple[str, int, tuple[str, ...]]]:
    """Return all jobs in somebody's own order, with score and reasons."""
    ranking = rank_jobs(kiosk.hall, met, BoardQuery(order="fit"))
    with kiosk.hall.store.reading() as records:
        page = ranking.page(records, kiosk.hall.now(), 0, 200)
    return [(item.line.job.id, item.fit.score, tuple(why.key for why in item.fit.reasons)) for item in page]


def said(kiosk: SampleKiosk) -> list[UseRestricted]:
    bodies = [entry.parsed() for entry in kiosk.opened.sync_book.outgoing(500).events]
    return [body for body in bodies if isinstance(body, UseRestricted)]


def is_restricted(kiosk: SampleKiosk, met: Recognition) -> bool:
    return look_at(kiosk.hall, met).is_restricted


def test_nobody_is_ranked_by_what_he_restricted_and_all_of_it_is_kept(
    kiosk: SampleKiosk, met: Recognition
) -> None:
    """Broken by ranking somebody who restricted it by his answers."""
    stranger = register(kiosk, "tian")
    own = order(kiosk, met)
    assert any("finding.fit.wished" in reasons for _, _, reasons in own)
    assert restrict_use(kiosk.hall, met, is_restricted=True)
    restrict_use(kiosk.hall, stranger, is_restricted=True)
    scores = {job: (score, why) for job, score, why in order(kiosk, met)}
    assert scores == {job: (score, why) for job, score, why in order(kiosk, stranger)}
    assert not any("finding.fit.wished" in why for _, why in scores.values())
    assert look_at(kiosk.hall, met).answers == SAID
    assert restrict_use(kiosk.hall, met, is_restricted=False)
    assert order(kiosk, met) == own


def test_what_is_said_is_journalled_once_and_counted(kiosk: SampleKiosk, met: Recognition) -> None:
    assert not restrict_use(kiosk.hall, met, is_restricted=False)
    assert [restrict_use(kiosk.hall, met, is_restricted=True) for _ in range(2)] == [True, False]
    restrict_use(kiosk.hall, met, is_restricted=False)
    assert [(entry.is_restricted, entry.step) for entry in said(kiosk)] == [(True, 1), (False, 2)]


def test_work_is_taken_and_answers_corrected_all_the_same(kiosk: SampleKiosk, met: Recognition) -> None:
    restrict_use(kiosk.hall, met, is_restricted=True)
    job = JobId(str(kiosk.people["miao"].takes))
    assert take_place(kiosk.hall, met, job, version_of(kiosk, job)).slip
    correct_phone(kiosk.hall, met, "13900000002")
    assert look_at(kiosk.hall, met).answers == replace(SAID, phone="13900000002")
    assert is_restricted(kiosk, met), "another number is not allowed to be used either"


def test_another_kiosk_hears_it_with_the_capsule_and_the_later_word_holds(kiosk: SampleKiosk) -> None:
    """Broken by believing a capsule of before."""
    card = kiosk.people["tian"].card
    register(kiosk, "tian")
    tell_capsule(kiosk, card, 700, restriction=Restriction(is_restricted=True, step=3))
    met = recognise(kiosk.hall, card)
    check_in(kiosk.hall, met)
    assert is_restricted(kiosk, met)
    restrict_use(kiosk.hall, met, is_restricted=False)
    assert said(kiosk)[-1].step == 4
    check_in(kiosk.hall, recognise(kiosk.hall, card))
    assert not is_restricted(kiosk, met), "the capsule is of before"


def test_the_receipt_says_that_what_is_kept_is_not_used(kiosk: SampleKiosk, met: Recognition) -> None:
    restrict_use(kiosk.hall, met, is_restricted=True)
    offer = next(item for item in papers_for(kiosk.hall, met.worker) if item.kind is PaperKind.REGISTRATION)
    assert '"is_restricted":true' in ask_paper(kiosk.hall, met.worker, offer.number, str).document


def test_whoever_had_everything_erased_comes_again_unrestricted(kiosk: SampleKiosk, met: Recognition) -> None:
    restrict_use(kiosk.hall, met, is_restricted=True)
    ask_erasure(kiosk.hall, met)
    assert not restrict_use(kiosk.hall, met, is_restricted=True), "nobody is kept here"
    again = register(kiosk, "miao")
    assert not is_restricted(kiosk, again)
    assert restrict_use(kiosk.hall, again, is_restricted=True)
    assert [(entry.step, entry.epoch) for entry in said(kiosk)] == [(1, 0), (1, 1)]


words = st.builds(Restriction, st.booleans(), st.integers(0, 5))


@given(words, words, words)
def test_in_whatever_order_words_are_heard_the_same_holds(
    one: Restriction, other: Restriction, third: Restriction
) -> None:
    assert later_of(later_of(one, other), third) == later_of(one, later_of(third, other))
    assert later_of(Restriction(True, 2), Restriction(False, 2)).is_restricted  # noqa: FBT003 - the fields
