"""Who somebody is, put right at the desk: by whom and why is in the log, what in a sealed entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.actions.check_in_by_hand import KeyedCard, check_in_keyed, recognise_keyed
from kiosk.actions.correct_person import (
    answer_for,
    births_that_fit,
    correct_birth,
    correct_name,
    correct_sex,
)
from kiosk.actions.faults import Refused
from kiosk.domain.cards import CardKind, Sex
from kiosk.domain.ids import WorkerId
from kiosk.domain.workers import FirstAnswers, Worker
from tests.halls import CLERK, SampleKiosk
from tests.unit.actions.visits import register

WHY = "看了证件"


def known(kiosk: SampleKiosk, worker: WorkerId) -> Worker:
    with kiosk.hall.store.reading() as records:
        found = records.workers.by_id(worker)
    assert found is not None
    return found


def foreigner(kiosk: SampleKiosk, number: str = "CAN310081010122") -> WorkerId:
    met = recognise_keyed(kiosk.hall, KeyedCard(CardKind.FOREIGN_2017, number, "TEST PERSON"))
    assert met is not None
    check_in_keyed(kiosk.hall, met, CLERK)
    return met.worker


def journal(kiosk: SampleKiosk) -> list[tuple[str, str]]:
    return [(entry.type, entry.body) for entry in kiosk.opened.sync_book.outgoing(500).events]


def test_a_name_is_put_right_and_the_journal_hides_it(kiosk: SampleKiosk) -> None:
    """One-line break: seal only `sex` in `WorkerCorrected`."""
    worker = register(kiosk, "miao").worker
    correct_name(kiosk.hall, worker, " 测试乙 ", WHY, CLERK)
    assert known(kiosk, worker).name == "测试乙"
    told = dict(journal(kiosk))
    assert "worker_corrected" in told
    assert "测试乙" not in "".join(told.values())
    assert WHY in told["staff_acted"]
    # A card laid down again changes nothing of it, and nobody becomes somebody else.
    assert register(kiosk, "miao").worker == worker
    assert known(kiosk, worker).name == "测试乙"


def test_what_the_number_tells_stays(kiosk: SampleKiosk) -> None:
    worker = register(kiosk, "miao").worker
    before = known(kiosk, worker)
    with pytest.raises(Refused, match="fixed"):
        correct_sex(kiosk.hall, worker, Sex.FEMALE, WHY, CLERK)
    with pytest.raises(Refused, match="fixed"):
        correct_birth(kiosk.hall, worker, date(1970, 1, 1), WHY, CLERK)
    assert known(kiosk, worker) == before
    assert "worker_corrected" not in dict(journal(kiosk))


def test_nobody_becomes_too_young_or_of_another_day_by_a_correction(kiosk: SampleKiosk) -> None:
    """One-line break: leave out `age_on(born, hall.today()) < least`."""
    worker = foreigner(kiosk, "CAN310026123119")
    old, young = births_that_fit(known(kiosk, worker))
    assert (old.year, young.year) == (1926, 2026)
    for born in (young, date(1980, 1, 1)):
        with pytest.raises(Refused, match="birth"):
            correct_birth(kiosk.hall, worker, born, WHY, CLERK)
    correct_sex(kiosk.hall, worker, Sex.FEMALE, WHY, CLERK)
    correct_birth(kiosk.hall, worker, old, WHY, CLERK)
    assert (known(kiosk, worker).sex, known(kiosk, worker).birth_date) == (Sex.FEMALE, old)


def test_answers_are_given_for_somebody_and_a_telephone_number_is_not_lost(kiosk: SampleKiosk) -> None:
    worker = register(kiosk, "miao").worker
    answers = FirstAnswers("13900000002", ("masonry",), None)
    answer_for(kiosk.hall, worker, answers, WHY, CLERK)
    assert known(kiosk, worker).answers == answers
    for wrong in (replace(answers, phone=None), replace(answers, phone="123")):
        with pytest.raises(Refused):
            answer_for(kiosk.hall, worker, wrong, WHY, CLERK)
    with pytest.raises(Refused, match="reason"):
        answer_for(kiosk.hall, worker, answers, " ", CLERK)
    assert known(kiosk, worker).answers == answers
